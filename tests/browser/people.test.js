// people.test.js - pages of people, and of what leaves the house, in a real
// browser: no barrier that axe knows, at three widths, light and dark; a form of
// another origin, which gets nowhere (CS4); a session that nobody uses says so
// before it ends.
//
// usage: node people.test.js URL SHOTS
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');
const modules = process.env.NODE_MODULES;
const { chromium } = require(path.join(modules, 'playwright-core'));
const axe = fs.readFileSync(path.join(modules, 'axe-core/axe.min.js'), 'utf8');

const [url, shots] = process.argv.slice(2);
let failed = 0;

function expect(what, ok, seen) {
  console.log(`${ok ? 'ok' : 'FAIL'}: ${what}${ok ? '' : ` (${seen})`}`);
  if (!ok) failed++;
}

async function audit(page, name) {
  const all = [[390, 'light'], [1280, 'dark'], [768, 'dark'], [1280, 'light'],
    [390, 'dark'], [768, 'light']];
  for (const [width, colorScheme] of process.env.MEWS_LONG ? all
    : all.slice(0, 2)) {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(100);
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run());
    expect(`axe ${name} ${width} ${colorScheme}`, !violations.length,
      violations.map((v) =>
        `${v.id}: ${v.nodes.map((n) => n.target).join(' ')}`).join('; '));
    const over = await page.evaluate(() =>
      document.documentElement.scrollWidth - window.innerWidth);
    expect(`no sideways scroll ${name} ${width}`, over <= 0, `${over} px`);
    await page.screenshot({ fullPage: true,
      path: path.join(shots, `${name}-${width}-${colorScheme}.png`) });
  }
}

async function signIn(page, user, pin) {
  await page.goto(`${url}/login`);
  await page.selectOption('select[name=user]', user);
  await page.fill('input[name=pin]', pin);
  await page.click('form button[type=submit]');
  await page.waitForURL((u) => !u.pathname.startsWith('/login'));
}

// A page of another origin sends our forms by itself, with all that a browser
// would send along.
async function foreign(context, page) {
  const csrf = await page.getAttribute('input[name=csrf]', 'value');
  const seen = [];
  const server = http.createServer((q, r) => {
    r.setHeader('Content-Type', 'text/html');
    r.end(`<form method="post" action="${url}/account">
      <input name="lang" value="fr"><input name="theme" value="dark">
      <input name="csrf" value="${csrf}"></form>
      <script>document.forms[0].submit()</script>`);
  });
  await new Promise((done) => { server.listen(0, '127.0.0.1', done); });
  const evil = await context.newPage();
  evil.on('request', (q) => {
    if (q.url() === `${url}/account`) seen.push(q.allHeaders());
  });
  const answer = evil.waitForResponse(`${url}/account`, { timeout: 30000 });
  await evil.goto(`http://localhost:${server.address().port}/`);
  const r = await answer;
  expect('a form of another origin is refused',
    [303, 401, 403].includes(r.status()) &&
    (r.headers().location || '/login').startsWith('/login'), r.status());
  const cookies = (await Promise.all(seen)).map((h) => h.cookie || '');
  expect('it is sent without the session',
    cookies.every((c) => !/__Host-mews=/.test(c)), cookies);
  await evil.close();
  server.close();
  await page.goto(`${url}/account`);
  expect('and changed nothing', await page.getAttribute('html', 'lang') !== 'fr'
    && await page.getAttribute('html', 'data-theme') === null, 'changed');
}

// The half hour passes in the page alone.
async function idle(page) {
  await page.clock.install({ time: Date.now() });
  await page.goto(`${url}/account`);
  await page.clock.runFor(27 * 60000);
  expect('nothing is said at 27 minutes',
    !await page.locator('#idle').isVisible(), 'said');
  await page.clock.runFor(90000);
  expect('it is said 2 minutes before the end',
    await page.locator('#idle').isVisible(), 'hidden');
  await page.locator('#idle button').click();
  await page.waitForFunction(() => document.getElementById('idle').hidden);
  expect('and the button goes on',
    !await page.locator('#idle').isVisible(), 'still there');
}

async function look(page) {
  await page.check('input[name=theme][value=dark]');
  await page.click('main form.c-form button[type=submit]');
  await page.waitForURL('**/account?**');
  expect('dark is written into the page',
    await page.getAttribute('html', 'data-theme') === 'dark', 'not');
  await page.check('input[name=theme][value=""]');
  await page.click('main form.c-form button[type=submit]');
  await page.waitForURL('**/account?**');
}

async function run(browser) {
  const context = await browser.newContext({ ignoreHTTPSErrors: true,
    locale: 'en' });
  const page = await context.newPage();
  const violations = [];

  page.on('console', (m) => {
    if (/Content Security Policy/i.test(m.text())) violations.push(m.text());
  });
  await page.goto(`${url}/puk`);
  await audit(page, 'puk');
  await signIn(page, 'administrator', '99999');
  for (const at of ['account', 'account/pin', 'account/puk', 'users',
    'users/add', 'users/user', 'users/user/codes', 'users/user/remove',
    'guide', 'events', 'download', 'settings/folder', 'settings/share',
    'settings/ftp', 'settings/ftp/new', 'settings/mail', 'settings/reports',
    'settings/reports/new', 'settings/keys']) {
    await page.goto(`${url}/${at}`);
    await audit(page, at.replace(/\//g, '-'));
  }
  await page.goto(`${url}/users/add`);
  await page.click('main form.c-form button[type=submit]');
  expect('a form that is not whole is said to be', await page.locator(
    '#errors').isVisible(), 'nothing said');
  await audit(page, 'users-add-wrong');
  await page.goto(`${url}/account`);
  await look(page);
  await foreign(context, page);
  await idle(page);
  expect('no violation of the policy', !violations.length, violations);
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
