// home.test.js - a real browser against a running server.
//
// usage: node home.test.js URL TRUTH SHOTS [PICTURE]
//
// TRUTH is JSON, computed from the house's file and not by mews:
//   { "today": [Wh of each complete hour], "before": [Wh of 24 hours],
//     "day": "YYYY-MM-DD", "dayWh": Wh of that day, "resolutionWh": n }
// SHOTS is a folder for pictures; PICTURE the file of README's.
'use strict';

const fs = require('fs');
const path = require('path');
const modules = process.env.NODE_MODULES;
const { chromium } = require(path.join(modules, 'playwright-core'));
const axe = fs.readFileSync(path.join(modules, 'axe-core/axe.min.js'), 'utf8');

const [url, truthFile, shots, picture] = process.argv.slice(2);
const truth = JSON.parse(fs.readFileSync(truthFile, 'utf8'));
const widths = [[390, 844], [768, 1024], [1280, 800]];
const themes = ['light', 'dark'];
let failed = 0;

function expect(what, ok, seen) {
  console.log(`${ok ? 'ok' : 'FAIL'}: ${what}${ok ? '' : ` (${seen})`}`);
  if (!ok) failed++;
}

async function audit(page, name) {
  for (const [width, height] of widths) {
    for (const colorScheme of themes) {
      await page.setViewportSize({ width, height });
      await page.emulateMedia({ colorScheme });
      await page.waitForTimeout(150);
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => window.axe.run());
      const said = violations.map((v) =>
        `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`).join('; ');
      expect(`axe ${name} ${width} ${colorScheme}`, !violations.length, said);
      const over = await page.evaluate(() =>
        document.documentElement.scrollWidth - window.innerWidth);
      expect(`no sideways scroll ${name} ${width}`, over <= 0, `${over} px`);
      await page.screenshot({ fullPage: true,
        path: path.join(shots, `${name}-${width}-${colorScheme}.png`) });
    }
  }
}

// The bars of the day, read back as Wh through the axis beside them.
function readBars() {
  const per = (node, name) => parseFloat(node.getAttribute(name));
  const box = document.querySelector('.c-bars');
  const ticks = [...box.querySelectorAll('svg[aria-hidden] text')]
    .map((t) => ({ y: per(t, 'y'),
      kwh: parseFloat(t.textContent.replace(',', '.')) }))
    .filter((t) => !Number.isNaN(t.kwh));
  const zero = ticks.find((t) => t.kwh === 0);
  const top = ticks.reduce((a, b) => (b.kwh > a.kwh ? b : a));
  const scale = top.kwh * 1000 / (zero.y - top.y);
  const chart = box.querySelector('svg[role=img]');
  const high = chart.getBoundingClientRect().height;
  const bars = { now: [], ghost: [], open: 0, crooked: 0 };
  for (const r of chart.querySelectorAll('rect')) {
    const drawn = r.getBoundingClientRect().height * 100 / high;
    const kind = ['now', 'ghost'].find((k) => r.classList.contains(k));
    if (!kind) {
      if ((r.getAttribute('fill') || '').includes('hatch') ||
          r.classList.contains('open')) bars.open++;
      continue;
    }
    const hour = Math.floor((per(r, 'x') + per(r, 'width') / 2) * 24 / 100);
    bars[kind][hour] = per(r, 'height') * scale;
    if (Math.abs(drawn - per(r, 'height')) > 0.5) bars.crooked++;
  }
  bars.tolerance = scale * 0.01; // heights have two decimals
  return bars;
}

function compare(name, bars, wh, tolerance) {
  wh.forEach((want, hour) => {
    if (want === null) return;
    const seen = bars[hour] === undefined ? 0 : bars[hour];
    expect(`${name} ${hour}:00 is ${want.toFixed(0)} Wh`,
      Math.abs(seen - want) <= tolerance, seen);
  });
}

// Splits one line of the "programs" form: commas, fields without quotes inside.
const fields = (line) => line.split(',').map((f) => f.replace(/^"|"$/g, ''));

function sumOfCsv(text) {
  const lines = text.replace(/^\ufeff/, '').trim().split(/\r?\n/);
  const head = fields(lines[0]);
  const col = head.findIndex((h) => /^active_energy_import.*delta/.test(h));
  if (col < 0) throw new Error(`no delta of active_energy_import: ${lines[0]}`);
  const rows = lines.slice(1).map(fields).filter((r) => /^\d{4}-/.test(r[0]));
  const unit = /kWh/.test(head[col]) ? 1000 : 1;
  return { rows: rows.length,
    wh: rows.reduce((s, r) => s + Number(r[col] || 0), 0) * unit };
}

async function download(page) {
  await page.goto(`${url}/meters/P1?by=minute&at=${truth.day}`);
  const form = page.locator('a[href*="/csv/"], form[action*="/csv/"] button');
  const [file] = await Promise.all([page.waitForEvent('download'),
    form.first().click()]);
  const link = new URL(file.url());
  link.searchParams.set('for', 'programs');
  const answer = await page.request.get(link.href);
  const { rows, wh } = sumOfCsv(await answer.text());
  expect(`${file.suggestedFilename()} has a name`,
    /^P1_\d{4}-\d\d-\d\d.*\.csv$/.test(file.suggestedFilename()), '');
  expect('the downloaded file is not empty',
    fs.statSync(await file.path()).size > 10000, '');
  // quantities that are measured since today leave no gap in earlier days
  link.searchParams.set('by', 'day');
  const days = (await (await page.request.get(link.href)).text()).split('\n');
  expect('a day is whole', days.some((d) => /^\d{4}-.*,$/.test(d)),
    days.map((d) => d.split(',').pop()));
  expect(`the CSV has a line a minute`, rows >= 1438 && rows <= 1500, rows);
  expect(`the CSV of ${truth.day} sums up to ${truth.dayWh.toFixed(0)} Wh`,
    Math.abs(wh - truth.dayWh) <= truth.resolutionWh, wh);
}

async function live(page) {
  await page.goto(`${url}/meters/P1`);
  const read = () => page.evaluate(() =>
    document.querySelector('main').innerText);
  const before = await read();
  let after = before;
  for (let i = 0; i < 40 && after === before; i++) {
    await page.waitForTimeout(500);
    after = await read();
  }
  expect('values move without reloading', after !== before, '');
}

async function run(browser) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true,
    locale: 'en-GB', timezoneId: 'America/New_York' });
  const page = await context.newPage();
  const outside = [], violations = [], errors = [];
  page.on('request', (r) => {
    if (!r.url().startsWith(url) && !r.url().startsWith('data:'))
      outside.push(r.url());
  });
  page.on('console', (m) => {
    if (/Content Security Policy/i.test(m.text())) violations.push(m.text());
    else if (m.type() === 'error') errors.push(m.text());
  });
  page.on('pageerror', (e) => errors.push(String(e)));

  await page.goto(`${url}/home`);
  expect('a stranger sees the login', page.url().includes('/login'),
    page.url());
  await audit(page, 'login');
  await page.selectOption('select[name=user]', 'user').catch(() =>
    page.fill('input[name=user]', 'user'));
  await page.fill('input[name=pin]', '11111');
  await page.click('form button[type=submit], form button:not([type])');
  await page.waitForURL('**/home');

  const bars = await page.evaluate(readBars);
  const tolerance = truth.resolutionWh + bars.tolerance;
  expect('a bar is drawn as high as it says', bars.crooked === 0,
    bars.crooked);
  compare('today', bars.now, truth.today, tolerance);
  compare('a week ago', bars.ghost, truth.before, tolerance);
  await audit(page, 'home');
  if (picture) {
    await page.setViewportSize({ width: 1280, height: 860 });
    await page.emulateMedia({ colorScheme: 'light' });
    await page.screenshot({ path: picture });
  }

  await live(page);
  await page.goto(`${url}/meters/P1?by=minute&at=${truth.day}`);
  await page.waitForTimeout(500);
  expect('the history is drawn', await page.locator('main canvas').count() > 0,
    'no canvas');
  await audit(page, 'meter');
  await page.goto(`${url}/meters`);
  await audit(page, 'meters');
  await download(page);

  expect('no request leaves the box', !outside.length, outside);
  expect('no violation of the policy', !violations.length, violations);
  expect('no error in a script', !errors.length, errors);
}

(async () => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'] });
  try {
    await run(browser);
  } catch (e) {
    expect('the test runs to its end', false, e.stack);
  } finally {
    await browser.close();
  }
  process.exit(failed ? 1 : 0);
})();
