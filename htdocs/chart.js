/* History chart: glue between the page and uPlot. No inline styles, no eval, no time-zone data in the
   browser: the server sends the site's offsets (tz) and, for bars, one timestamp per bar. uPlot.tzDate is
   not used (wrong in 1.6.32 when the viewer's own zone has summer time).
   Page contract
     [data-chart=URL]      host; has its height from CSS; data-read names the element that says a value
     [data-zoom=in|out|all], inside [data-zooms hidden]
   JSON  {kind:"line"|"bar", by:"minute"|"hour"|…, unit, name, dec, title, tz:[[from,offset],…], to, now,
          t0, step   for minutes    or   t:[…]   one a bucket,
          merged:{before, into} where values before that time were merged to a coarser level,
          s:[{plate, device, v:[…], for a line that has them lo:[…], hi:[…],
              from the hour on q:[…] 1 not over, 2 estimated, 4 partial, 8 doubtful, missing:[…] minutes}]}   null is a gap */
(function () {
  'use strict';
  var host = document.querySelector('[data-chart]');
  if (!host || !window.uPlot) return;
  var lang = document.documentElement.lang || 'en'; if (lang === 'en') lang = 'en-GB';
  var read = document.getElementById(host.dataset.read), words = read ? read.dataset : {};
  var u = null, D = null, S = null, full = null, idx = null, odd = [];

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
  /* A and B in the hour that a day has twice */
  function letter(t) { var h = local(t).getUTCHours(); return local(t - 3600).getUTCHours() === h ? ' B' : local(t + 3600).getUTCHours() === h ? ' A' : ''; }
  function hm(t) { var d = local(t); return ('0' + d.getUTCHours()).slice(-2) + ':' + ('0' + d.getUTCMinutes()).slice(-2) + letter(t); }

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
  function lost(i) { return past(i) && !(D.merged && at(i) < D.merged.before); }
  function several() { return D.s.length > 1; }
  function count() { return S.v.length; }
  function none(v) { return v.every(function (x) { return x == null; }); }
  function curve(k) { return several() ? '--curve-' + (k + 1) : '--c-chart'; }
  function days() { return D.by === 'hour' && count() > 25; }
  function barLabel(i) {
    var t = D.t[i]; if (t == null) return '';
    if (days()) return fmt(t, { day: 'numeric', month: 'short' });
    if (D.by === 'hour') return hm(t).slice(0, 2) + letter(t);
    if (D.by === 'day') return count() > 31 ? fmt(t, { day: 'numeric', month: 'short' }) : String(local(t).getUTCDate());
    if (D.by === 'month') return fmt(t, { month: 'short' });
    return String(local(t).getUTCFullYear());
  }
  function barName(i) {
    var t = at(i);
    if (D.by === 'hour') return (days() ? fmt(t, { weekday: 'short', day: 'numeric', month: 'short' }) + ', ' : '') + hm(t) + '\u2013' + hm(D.t[i + 1] || D.to);
    if (D.by === 'day') return fmt(t, { weekday: 'short', day: 'numeric', month: 'short' });
    if (D.by === 'month') return fmt(t, { month: 'long', year: 'numeric' });
    return String(local(t).getUTCFullYear());
  }

  function say(i) {
    if (!read) return;
    if (i == null) { for (i = count() - 1; i > 0 && D.s.every(function (c) { return c.v[i] == null; }); i--); }
    var s = document.createDocumentFragment(), unit = D.unit ? '\u00a0' + D.unit : '';
    function put(tag, text) { var e = document.createElement(tag); e.textContent = text; s.appendChild(e); }
    function one(c) {
      var v = c.v[i], q = c.q ? c.q[i] : 0, name = several() ? c.plate + '\u00a0' : '';
      if (v == null && several() && none(c.v)) return;
      if (v == null) return put('span', name + (words.none || ''));
      put('b', name + (q & 2 ? '\u2248\u202f' : '') + num(v) + unit);
      if (c.lo && !several()) put('span', (words.to || '{0} – {1}').replace('{0}', num(c.lo[i])).replace('{1}', num(c.hi[i])) + unit);
      if (q & 1) put('span', words.open || '');
      if (q & 2) put('span', words.guess || '');
      if (q & 4) put('span', (words.missing || '{0}').replace('{0}', write(c.missing[i], 0)));
    }
    if (D.s.every(function (c) { return none(c.v); })) put('span', words.fewest || '');
    else { put('span', minutes() ? hm(at(i)) : barName(i)); D.s.forEach(one); }
    read.textContent = ''; read.appendChild(s);
  }

  function hatch(c, x, y, w, h, color, way) {
    var p = devicePixelRatio, k, n = 7 * p;
    c.save(); c.beginPath(); c.rect(x, y, w, h); c.clip(); c.beginPath(); c.strokeStyle = color;
    for (k = -h; k < w + h; k += n) { c.moveTo(x + k, way > 0 ? y : y + h); c.lineTo(x + k + h, way > 0 ? y + h : y); }
    c.stroke(); c.restore();
  }
  /* hatch where nothing was measured; of several curves each in a lane of its own */
  function gaps(self) {
    var c = self.ctx, b = self.bbox, p = devicePixelRatio, lane = several() ? 7 * p : b.height;
    function pos(k) { return self.valToPos(minutes() ? D.t0 + (k - 0.5) * D.step : k - 0.5, 'x', true); }
    c.save(); c.beginPath(); c.rect(b.left, b.top, b.width, b.height); c.clip(); c.lineWidth = p; c.globalAlpha = several() ? 0.9 : 0.55;
    D.s.forEach(function (curved, k) {
      var i = 0, j, v = curved.v, n = v.length;
      if (several() && none(v)) return;
      for (; i < n; i++) if (v[i] == null && lost(i)) {
        for (j = i; j < n && v[j] == null && lost(j); j++);
        if (j < n || !minutes() || j - i > 2) hatch(c, pos(i), several() ? b.top + k * (lane + p) : b.top, pos(j) - pos(i), lane, token(several() ? curve(k) : '--field-line'), 1);
        i = j;
      }
    });
    c.restore();
  }

  /* bars side by side; those that are not over, estimated or partial are hatched after */
  function isOpen(i) { return D.t && past(i) && (D.t[i + 1] || D.to) > D.now; }
  function bars(k) {
    return function (self, si, i0, i1) {
      odd[k] = [];
      var fill = new Path2D(), n = D.s.length, v = self.data[si], i, x, w, y, zero = self.valToPos(0, 'y', true), p = devicePixelRatio;
      var slot = self.valToPos(1, 'x', true) - self.valToPos(0, 'x', true), all = Math.min(slot * (n > 1 ? 0.8 : 0.68), 56 * p * n);
      for (i = i0; i <= i1; i++) if (v[i] != null) {
        w = Math.max(all / n - (n > 1 && all / n > 4 * p ? p : 0), p * 0.5); x = self.valToPos(i, 'x', true) - all / 2 + k * all / n; y = self.valToPos(v[i], 'y', true);
        fill.rect(x, Math.min(y, zero), w, Math.abs(zero - y));
        var q = (D.s[k].q ? D.s[k].q[i] : 0) | (isOpen(i) ? 1 : 0);
        if (q & 7) odd[k].push([x, Math.min(y, zero), w, Math.abs(zero - y), q & 1 ? -1 : 1]);
      }
      return { stroke: null, fill: fill, clip: null, flags: 1 };
    };
  }
  function marked(self) {
    var c = self.ctx, p = devicePixelRatio;
    c.save(); c.beginPath(); c.rect(self.bbox.left, self.bbox.top, self.bbox.width, self.bbox.height); c.clip(); c.lineWidth = 2 * p;
    odd.forEach(function (o) { o.forEach(function (r) { if (r[2] > 3 * p) hatch(c, r[0] + p, r[1] + p, r[2] - 2 * p, r[3] - p, token('--module'), r[4]); }); });
    c.restore();
  }

  /* from zero, but a voltage is shown where it moves */
  function height(a, b) {
    if (a == null) return [0, 1];
    if (D.kind === 'line' && S.lo && a > 0 && a > b * 0.6) return [a - (b - a) * 0.15 - b * 0.002, b + (b - a) * 0.15 + b * 0.002];
    return [a < 0 ? a * 1.06 : 0, b > 0 ? b * 1.06 : a < 0 ? 0 : 1];
  }
  function opts() {
    var bar = D.kind === 'bar', slots = !minutes(), font = '13px ' + token('--font');
    var axis = { stroke: col('--ink-3'), font: font, grid: { stroke: col('--line'), width: 1 }, ticks: { show: false }, gap: 6 };
    var x = Object.assign({}, axis, { grid: { show: false }, size: 28 });
    if (slots) {
      x.splits = function (self, _, min, max) {
        var a = [], i, k = Math.max(1, Math.ceil((max - min) / Math.max(3, host.clientWidth / (days() || count() > 31 ? 64 : 44))));
        if (days()) { for (i = 0; i < count(); i++) if (hm(at(i)).slice(0, 2) === '00') a.push(i); k = Math.max(1, Math.ceil(k / 24)); a = a.filter(function (_, n) { return n % k === 0; }); }
        else for (i = 0; i < count(); i += k) a.push(i);
        return a.filter(function (i) { return i >= min && i <= max; });
      };
      x.values = function (_, s) { return s.map(barLabel); };
    } else { x.splits = ticks; x.values = function (_, s) { return s.map(function (t) { var m = hm(t); return m === '00:00' && t > D.t0 ? '24:00' : m; }); }; }
    var DASH = [null, [8, 4], [2, 3], [10, 3, 2, 3], [5, 2], [1, 4]], s = [{}], wide = D.s.length === 1 && S.lo;
    if (wide) s.push({ stroke: null, points: { show: false } }, { stroke: null, points: { show: false } });
    D.s.forEach(function (_, k) {
      s.push(bar ? { stroke: null, width: 0, fill: col(curve(k)), points: { show: false }, paths: bars(k) }
        : { stroke: col(curve(k)), width: several() ? 2 : 1.5, dash: several() ? DASH[k] : undefined, points: { show: false } });
    });
    return {
      width: host.clientWidth, height: host.clientHeight, legend: { show: false }, padding: [10, slots ? 4 : 20, 0, 0],
      cursor: { y: false, points: { show: !bar, size: 8 }, drag: { x: true, y: false }, focus: { prox: -1 } },
      scales: { x: { time: false, range: function (_, a, b) { return a == null || b - a >= (count() - 2) * width() ? full : [a, b]; } }, y: { range: function (_, a, b) { return height(a, b); } } },
      axes: [x, Object.assign({}, axis, { size: 48, space: 40, values: function (_, v) { return v.map(axisNum); } })],
      series: s, bands: wide ? [{ series: [2, 1], fill: col('--c-chart-band') }] : [],
      hooks: { setCursor: [function (self) { if (self.cursor.idx !== idx) { idx = self.cursor.idx; say(idx); } }], drawAxes: [gaps], draw: bar ? [marked] : [] }
    };
  }

  function width() { return minutes() ? D.step : 1; }
  function show(d) {
    D = d; S = d.s[0]; idx = null; odd = []; if (u) u.destroy();
    var x = S.v.map(function (_, i) { return minutes() ? at(i) : i; }), vs = D.s.map(function (c) { return c.v; });
    full = minutes() ? [D.t0, D.to] : [-0.5, count() - 0.5];
    u = new uPlot(opts(), [x].concat(!several() && S.lo ? [S.lo, S.hi] : [], vs), host);
    say(null); touch(u.over);
    all('[data-zooms]', function (e) { e.hidden = false; });
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
    w = Math.max(w, 10 * width() / (minutes() ? 1 : 4)); var a = Math.min(Math.max(c - w / 2, full[0]), full[1] - w); u.setScale('x', { min: a, max: a + w });
  }
  function step(n) { var last = count() - 1; idx = Math.min(last, Math.max(0, (idx == null ? last + (n < 0 ? 1 : 0) : idx) + n)); var at = u.data[0][idx]; u.setCursor({ left: u.valToPos(at, 'x'), top: 10 }); say(idx); }

  host.addEventListener('keydown', function (e) {
    var k = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 }[e.key];
    if (k) step(k); else if (e.key === 'Home') { idx = 1; step(-1); } else if (e.key === 'End') { idx = count() - 2; step(1); }
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
  function zoomed() { return full && u && u.scales.x.max - u.scales.x.min < full[1] - full[0] - width(); }
  setInterval(function () { if (D && D.now < D.to && !document.hidden && !zoomed() && idx == null) load(); }, 60000);
  load();
})();
