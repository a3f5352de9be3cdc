/* Page enhancement. Every page works without it.
   [data-reveal=ID]       shows a PIN field; hidden without this script
   [data-again=SECONDS]   the page is loaded again after that
   main[data-renew=SECONDS]  each [data-part] is fetched anew after that; the page once it says so no more
   main[data-poll=URL]    polls {"t":…, "now":…, "v":{"P1.active_power":"10.42",…}} every data-every seconds;
                          values are texts: nothing is rounded here
   [data-live=KEY]        takes its text from there
   [data-idle=SECONDS]    is shown two minutes before a session without use ends after that; its button stays signed in
   main[data-minute]      is fetched anew when the minute changed; each [data-part] is replaced
   A page whose values are older than 30 s, or that cannot be polled for 10 s, gets the class is-stale. */
(function () {
  'use strict';
  function all(q, f) { [].forEach.call(document.querySelectorAll(q), f); }

  all('[data-reveal]', function (b) {
    b.hidden = false;
    b.addEventListener('click', function () {
      var i = document.getElementById(b.dataset.reveal), on = i.type === 'password';
      i.type = on ? 'text' : 'password'; b.setAttribute('aria-pressed', on); i.focus();
    });
  });

  var idle = document.getElementById('idle'), used = Date.now();
  function ask(quiet) { return fetch('/account', { method: 'HEAD', credentials: 'same-origin', cache: 'no-store', headers: quiet ? { 'X-Mews-Renewal': '1' } : {} }); }
  if (idle) {
    idle.querySelector('button').addEventListener('click', function () { ask(false).then(function () { used = Date.now(); idle.hidden = true; }); });
    setInterval(function () {
      var left = idle.dataset.idle - (Date.now() - used) / 1000;
      if (left < 120 && left > 0 && idle.hidden) { idle.hidden = false; idle.querySelector('button').focus(); }
      if (left > 0) return;
      used += 60000; /* another page may have used the session: ask without using it */
      ask(true).then(function (r) { if (r.redirected) location.replace(location.href); else idle.hidden = true; });
    }, 1000);
  }

  var shut = []; /* paper gets the tables too */
  addEventListener('beforeprint', function () { shut = [].slice.call(document.querySelectorAll('details:not([open])')); shut.forEach(function (d) { d.open = true; }); });
  addEventListener('afterprint', function () { shut.forEach(function (d) { d.open = false; }); });

  var bad = document.querySelector('[data-focus]') || document.querySelector('[aria-invalid=true]') || document.getElementById('errors'); if (bad) bad.focus({ preventScroll: true });
  var main = document.getElementById('main');
  if (main && main.dataset.again) setTimeout(function () { location.reload(); }, main.dataset.again * 1000);
  function follow() {
    setTimeout(function () {
      (document.hidden ? Promise.resolve() : renew()).then(function () { if (main.dataset.renew) follow(); else location.reload(); }, follow);
    }, main.dataset.renew * 1000);
  }
  if (main && main.dataset.renew) follow();
  if (!main || !main.dataset.poll) return;

  var every = (+main.dataset.every || 2) * 1000, wait = every, last = Date.now(), minute = +main.dataset.minute || 0;

  function get(url) {
    return fetch(url, { credentials: 'same-origin', cache: 'no-store', headers: { 'X-Mews-Renewal': '1' } }).then(function (r) {
      if (r.status === 401) location.reload();
      if (!r.ok || r.redirected) throw r;
      return r;
    });
  }
  /* a part that is being read, typed in or folded out stays as it is */
  function busy(e) { return e.contains(document.activeElement) || e.querySelector('details[open]') || (window.getSelection() + '' && e.contains(getSelection().anchorNode)); }
  function renew() {
    return get(location.href).then(function (r) { return r.text(); }).then(function (t) {
      var d = new DOMParser().parseFromString(t, 'text/html');
      if (main.dataset.renew) main.dataset.renew = d.getElementById('main').dataset.renew || '';
      all('[data-part], .l-head, .c-foot', function (e) {
        var q = e.dataset.part ? '[data-part="' + e.dataset.part + '"]' : '.' + e.className.split(' ')[0], n = d.querySelector(q);
        if (n && !busy(e)) e.replaceWith(document.importNode(n, true));
      });
    });
  }
  function show(m) {
    main.classList.toggle('is-stale', m.now - m.t > 30);
    all('[data-live]', function (e) {
      var v = m.v[e.dataset.live];
      if (v !== undefined && e.textContent !== v) e.textContent = v;
    });
    if (minute && Math.floor(m.now / 60) !== minute) { minute = Math.floor(m.now / 60); return renew(); }
  }
  function tick() {
    if (document.hidden) return setTimeout(tick, every);
    get(main.dataset.poll).then(function (r) { return r.json(); }).then(function (m) {
      last = Date.now(); wait = every; return show(m);
    }).catch(function () {
      wait = Math.min(wait * 2, 60000);
      if (Date.now() - last > 10000) main.classList.add('is-stale');
    }).then(function () { setTimeout(tick, wait); });
  }
  tick();
})();
