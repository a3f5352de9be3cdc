/* History chart: glue between the page and uPlot. No inline styles, no eval, no time-zone data in the
   browser: the server sends the site's offsets (tz) and, for bars, one timestamp per bar. uPlot.tzDate is
   not used (wrong in 1.6.32 when the viewer's own zone has summer time).
   Page contract
     [data-chart=URL]      host; has its height from CSS; data-read names the element that says a value
     [data-zoom=in|out|all], inside [data-zooms hidden], shown for minutes
   JSON  {kind:"line"|"bar", by:"minute"|"hour"|…, unit, name, dec, title, tz:[[from,offset],…], to, now,
          t0, step   for minutes    or   t:[…]   one a bucket,
          v:[…], and for a line that has them lo:[…], hi:[…]}   null is a gap */
(function () {
  'use strict';
  var host = document.querySelector('[data-chart]');
  if (!host || !window.uPlot) return;
  var lang = document.documentElement.lang || 'en'; if (lang === 'en') lang = 'en-GB';
  var read = document.getElementById(host.dataset.read), words = read ? read.dataset : {};
  var u = null, D = null, full = null, idx = null, running = null;

  function all(q, f) { document.querySelectorAll(q).forEach(f); }
  function token(n) { return getComputedStyle(host).getPropertyValue(n).trim(); }
  function col(n) { return function () { return token(n); }; }
  /* as the box writes numbers: browsers differ in when they group thousands */
  var marks = { it: ['.', ','], fr: ['\u202f', ','] }[document.documentElement.lang] || [',', '.'];
  function write(v, dec) {
    var p = Math.abs(v).toFixed(dec).split('.'), s = p[0].replace(/\B(?=(\d{3})+$)/g, marks[0]) + (p[1] ? marks[1] + p[1] : '');
    return (v < 0 && /[1-9]/.test(s) ? '\u2212' : '') + s;
  }
  function num(v) { return write(v, D.dec); }
  function axisNum(v, _, all) { var d = 0, step = all.length > 1 ? all[1] - all[0] : 1; while (d < 3 && Math.abs(step * Math.pow(10, d) - Math.round(step * Math.pow(10, d))) > 1e-6) d++; return write(v, d); }
  function off(t) { var o = D.tz[0][1]; for (var i = 1; i < D.tz.length && D.tz[i][0] <= t; i++) o = D.tz[i][1]; return o; }
  function local(t) { return new Date((t + off(t)) * 1000); }            /* read with getUTC… only */
  function fmt(t, o) { o.timeZone = 'UTC'; return local(t).toLocaleString(lang, o); }
  function hm(t) { var d = local(t); return ('0' + d.getUTCHours()).slice(-2) + ':' + ('0' + d.getUTCMinutes()).slice(-2); }

  /* ticks on whole local times, also across a clock change */
  var STEPS = [60, 300, 600, 900, 1800, 3600, 7200, 10800, 14400, 21600, 43200, 86400, 172800, 604800];
  function ticks(self, axis, min, max, px) {
    var room = Math.max(2, self.bbox.width / devicePixelRatio / 64), st = STEPS.filter(function (s) { return (max - min) / s <= room; })[0] || 2592000;
    var out = [], l = Math.ceil((min + off(min)) / st) * st, t;
    for (; out.length < 40; l += st) { t = l - off(l - off(min)); if (t > max) break; out.push(t); }
    return out;
  }
  function minutes() { return D.by === 'minute'; }
  function at(i) { return D.t ? D.t[i] : D.t0 + i * D.step; }
  function past(i) { return at(i) < D.now; }
  function barLabel(i) {
    var t = D.t[i]; if (t == null) return '';
    if (D.by === 'hour') return hm(t).slice(0, 2);
    if (D.by === 'day') return String(local(t).getUTCDate());
    if (D.by === 'month') return fmt(t, { month: 'short' });
    return String(local(t).getUTCFullYear());
  }
  function barName(i) {
    var t = at(i);
    if (D.by === 'hour') return hm(t) + '\u2013' + hm(D.t[i + 1] || D.to);
    if (D.by === 'day') return fmt(t, { weekday: 'short', day: 'numeric', month: 'short' });
    if (D.by === 'month') return fmt(t, { month: 'long', year: 'numeric' });
    return String(local(t).getUTCFullYear());
  }

  function say(i) {
    if (!read) return;
    if (i == null) { for (i = D.v.length - 1; i > 0 && D.v[i] == null; i--); }
    var v = D.v[i], s = document.createDocumentFragment();
    function put(tag, text) { var e = document.createElement(tag); e.textContent = text; s.appendChild(e); }
    if (!D.v.some(function (x) { return x != null; })) put('span', words.fewest || '');
    else {
      put('span', minutes() ? hm(at(i)) : barName(i));
      if (v == null) put('span', words.none || '');
      else {
        put('b', num(v) + (D.unit ? '\u00a0' + D.unit : ''));
        if (D.lo) put('span', (words.to || '{0} – {1}').replace('{0}', num(D.lo[i])).replace('{1}', num(D.hi[i])) + (D.unit ? '\u00a0' + D.unit : ''));
        if (isOpen(i)) put('span', words.open || '');
      }
    }
    read.textContent = ''; read.appendChild(s);
  }

  function gaps(self) {                                                   /* hatch where nothing was measured */
    var c = self.ctx, b = self.bbox, i = 0, j, x0, x1, y, n = D.v.length, p = devicePixelRatio;
    function pos(k) { return self.valToPos(minutes() ? D.t0 + (k - 0.5) * D.step : k - 0.5, 'x', true); }
    c.save(); c.beginPath(); c.rect(b.left, b.top, b.width, b.height); c.clip();
    c.strokeStyle = token('--field-line'); c.lineWidth = p; c.globalAlpha = 0.55;
    for (; i < n; i++) if (D.v[i] == null && past(i)) {
      for (j = i; j < n && D.v[j] == null && past(j); j++);
      if (j < n || !minutes() || j - i > 2) {
        x0 = pos(i); x1 = pos(j);
        c.save(); c.beginPath(); c.rect(x0, b.top, x1 - x0, b.height); c.clip(); c.beginPath();
        for (y = b.top - (x1 - x0); y < b.top + b.height; y += 7 * p) { c.moveTo(x0, y + (x1 - x0)); c.lineTo(x1, y); }
        c.stroke(); c.restore();
      }
      i = j;
    }
    c.restore();
  }

  /* the bar that is not over is hatched, where uPlot has drawn it */
  function isOpen(i) { return D.t && past(i) && (D.t[i + 1] || D.to) > D.now; }
  function note(self, _, i, x, y, w, h) { if (isOpen(i)) running = [x, y, w, h]; }
  function open(self) {
    if (!running) return;
    var c = self.ctx, p = devicePixelRatio, x0 = running[0], y0 = running[1], b = running[2], h = running[3], y;
    c.save(); c.beginPath(); c.rect(x0 + p, y0 + p, b - 2 * p, h - p); c.clip(); c.beginPath();
    c.strokeStyle = token('--module'); c.lineWidth = 2 * p;
    for (y = y0; y < y0 + h + b; y += 5 * p) { c.moveTo(x0, y); c.lineTo(x0 + b, y - b); }
    c.stroke(); c.restore();
  }

  /* from zero, but a voltage is shown where it moves */
  function height(a, b) {
    if (a == null) return [0, 1];
    if (D.kind === 'line' && D.lo && a > 0 && a > b * 0.6) return [a - (b - a) * 0.15 - b * 0.002, b + (b - a) * 0.15 + b * 0.002];
    return [a < 0 ? a * 1.06 : 0, b > 0 ? b * 1.06 : a < 0 ? 0 : 1];
  }
  function opts() {
    var bar = D.kind === 'bar', slots = !minutes(), font = '13px ' + token('--font');
    var axis = { stroke: col('--ink-3'), font: font, grid: { stroke: col('--line'), width: 1 }, ticks: { show: false }, gap: 6 };
    var x = Object.assign({}, axis, { grid: { show: false }, size: 28 });
    if (slots) {
      x.splits = function () { var k = Math.ceil(D.v.length / Math.max(3, host.clientWidth / 44)), a = []; for (var i = 0; i < D.v.length; i += k) a.push(i); return a; };
      x.values = function (_, s) { return s.map(barLabel); };
    } else { x.splits = ticks; x.values = function (_, s) { return s.map(function (t) { var m = hm(t); return m === '00:00' && t > D.t0 ? '24:00' : m; }); }; }
    var s = [{}, { stroke: bar ? null : col('--c-chart'), width: bar ? 0 : 1.5, fill: bar ? col('--c-chart') : undefined, points: { show: false }, paths: bar ? uPlot.paths.bars({ size: [0.68, 56], radius: 0.06, each: note }) : undefined }];
    if (D.lo) s.splice(1, 0, { stroke: null, points: { show: false } }, { stroke: null, points: { show: false } });
    return {
      width: host.clientWidth, height: host.clientHeight, legend: { show: false }, padding: [10, slots ? 4 : 20, 0, 0],
      cursor: { y: false, points: { show: !bar, size: 8 }, drag: { x: !slots, y: false }, focus: { prox: -1 } },
      scales: { x: { time: false, range: function (_, a, b) { return slots ? [-0.5, D.v.length - 0.5] : (a == null || b - a >= (D.v.length - 2) * D.step ? full : [a, b]); } }, y: { range: function (_, a, b) { return height(a, b); } } },
      axes: [x, Object.assign({}, axis, { size: 48, space: 40, values: function (_, v) { return v.map(axisNum); } })],
      series: s, bands: D.lo ? [{ series: [2, 1], fill: col('--c-chart-band') }] : [],
      hooks: { setCursor: [function (self) { if (self.cursor.idx !== idx) { idx = self.cursor.idx; say(idx); } }], drawAxes: [gaps], draw: bar ? [open] : [] }
    };
  }

  function show(d) {
    D = d; idx = running = null; if (u) u.destroy();
    var x = D.v.map(function (_, i) { return minutes() ? at(i) : i; });
    full = minutes() ? [D.t0, D.to] : null;
    u = new uPlot(opts(), D.lo ? [x, D.lo, D.hi, D.v] : [x, D.v], host);
    say(null); touch(u.over);
    all('[data-zooms]', function (e) { e.hidden = !full; });
    all('[data-series]', function (e) { e.textContent = D.unit ? D.name + ', ' + D.unit : D.name; });
    host.dispatchEvent(new CustomEvent('chart:ready'));
  }
  function load() {
    return fetch(host.dataset.chart, { credentials: 'same-origin' }).then(function (r) { if (!r.ok) throw r; return r.json(); }).then(show)
      .catch(function () { if (read && !u) read.textContent = words.fail || ''; });
  }

  function zoom(k, at) {
    if (!full) return; var s = u.scales.x, w = (s.max - s.min) * k, c = at == null ? (s.min + s.max) / 2 : at;
    if (w >= full[1] - full[0]) return u.setScale('x', { min: full[0], max: full[1] });
    w = Math.max(w, 600); var a = Math.min(Math.max(c - w / 2, full[0]), full[1] - w); u.setScale('x', { min: a, max: a + w });
  }
  function step(n) { var last = D.v.length - 1; idx = Math.min(last, Math.max(0, (idx == null ? last + (n < 0 ? 1 : 0) : idx) + n)); var at = u.data[0][idx]; u.setCursor({ left: u.valToPos(at, 'x'), top: 10 }); say(idx); }

  host.addEventListener('keydown', function (e) {
    var k = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[e.key];
    if (k) step(k); else if (e.key === 'Home') { idx = 1; step(-1); } else if (e.key === 'End') { idx = D.v.length - 2; step(1); }
    else if (e.key === '+') zoom(0.5); else if (e.key === '-') zoom(2); else if (e.key === 'Escape' && full) u.setScale('x', { min: full[0], max: full[1] }); else return;
    e.preventDefault();
  });
  function touch(el) {                                                    /* one finger reads, two fingers zoom, vertical scrolls the page */
    var p = {}, d0 = 0, s0;
    function left(e) { return e.clientX - el.getBoundingClientRect().left; }
    el.addEventListener('pointerdown', function (e) { if (e.pointerType !== 'mouse') { p[e.pointerId] = left(e); s0 = { min: u.scales.x.min, max: u.scales.x.max }; var k = Object.keys(p); d0 = k.length === 2 ? Math.abs(p[k[0]] - p[k[1]]) : 0; } });
    el.addEventListener('pointermove', function (e) {
      if (!(e.pointerId in p)) return; p[e.pointerId] = left(e); var k = Object.keys(p);
      if (k.length === 2 && d0 && full) { var f = d0 / Math.max(20, Math.abs(p[k[0]] - p[k[1]])), w = Math.min((s0.max - s0.min) * f, full[1] - full[0]), c = (s0.min + s0.max) / 2; u.setScale('x', { min: Math.max(full[0], c - w / 2), max: Math.min(full[1], c + w / 2) }); }
      else u.setCursor({ left: left(e), top: 10 });
    });
    ['pointerup', 'pointercancel', 'pointerleave'].forEach(function (n) { el.addEventListener(n, function (e) { delete p[e.pointerId]; }); });
  }
  all('[data-zoom]', function (b) { b.addEventListener('click', function () { if (b.dataset.zoom === 'all') zoom(1e9); else zoom(b.dataset.zoom === 'in' ? 0.5 : 2); }); });
  new ResizeObserver(function () { if (u) u.setSize({ width: host.clientWidth, height: host.clientHeight }); }).observe(host);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () { if (u) u.redraw(); });
  var keep; addEventListener('beforeprint', function () { keep = document.documentElement.dataset.theme; document.documentElement.dataset.theme = 'light'; if (u) u.setSize({ width: 640, height: 300 }); });
  addEventListener('afterprint', function () { if (keep) document.documentElement.dataset.theme = keep; else delete document.documentElement.dataset.theme; if (u) u.setSize({ width: host.clientWidth, height: host.clientHeight }); });
  /* what is still growing grows; not while somebody looks closer */
  function zoomed() { return full && u && u.scales.x.max - u.scales.x.min < full[1] - full[0] - 60; }
  setInterval(function () { if (D && D.now < D.to && !document.hidden && !zoomed() && idx == null) load(); }, 60000);
  load();
})();
