# t_xs.py - scripts in whatever is typed, sent or measured (XS1-XS3, XS5, IN2, IN3).
import html.parser, os, re, socket, time, urllib.parse
from visitor import *

MARK = "xq7"
VECTORS = [f'<script>{MARK}()</script>', f'"><img src=x onerror={MARK}()>',
           f"'><svg onload={MARK}()>", f'" onfocus={MARK}() autofocus="',
           f'javascript:{MARK}()', f'</title><script>{MARK}()</script>',
           f'<?cs var:{MARK} ?>', f'</textarea><script>{MARK}()</script>',
           f'{{{{{MARK}}}}}', f'&lt;script&gt;{MARK}()', f'<a href=//{MARK}>',
           f'$({MARK})`{MARK}`;|{MARK}', f'%0d%0aSet-Cookie:{MARK}=1',
           f"' OR 1=1 --{MARK}", "\u202e" + MARK, MARK + "\U0001f4a3",
           "../../../etc/passwd", "A" * 500]


class Live(html.parser.HTMLParser):
    """Tags and attributes that the mark got into."""

    def __init__(self):
        super().__init__()
        self.found, self.inside = [], False

    def handle_starttag(self, tag, attrs):
        names = [a for a, _ in attrs]
        self.inside = tag == "script"
        if MARK in tag or any(MARK in a for a in names) or \
           any(a.startswith("on") for a in names) or "style" in names:
            self.found.append((tag, names))
        for name, value in attrs:
            if name in ("href", "src", "action") and value and \
               re.match(r"\s*(javascript|data|//|https?):?", value, re.I) and \
               (MARK in value or not value.startswith("/")):
                self.found.append((tag, name, value))

    def handle_data(self, data):
        if self.inside and data.strip():
            self.found.append(("script", data))

    def handle_endtag(self, tag):
        self.inside = False


asked = 0


def look(what, a):
    global asked
    asked += 1
    expect(f"{what}: no failure of ours", a.status < 500 or a.status == 503, a.status)
    for name, value in a.headers.items():
        expect(f"{what}: header {name}", not name.lower().startswith("set-cookie")
               or MARK not in value)
    if "html" in a.headers.get("Content-Type", ""):
        p = Live()
        p.feed(a.body)
        expect(f"{what}: nothing lives", not p.found, str(p.found[:2]))
    expect(f"{what}: no template ran", "Lang." not in a.body)


# The net catches what it is for.
for bad in (f"<p onclick={MARK}()>", f"<script>{MARK}</script>", f"<a href='javascript:{MARK}'>"):
    p = Live()
    p.feed(bad)
    expect(f"the net catches {bad}", p.found)

a = Visitor().sign_in("administrator", "99999")
gets = ["/login", "/puk", "/account", "/users", "/events", "/history", "/compare",
        "/meters", "/meters/P1", "/meters/N1/quality", "/csv/P1", "/api/v1/series",
        "/devices", "/profiles", "/gateway", "/devices/scan", "/guide", "/system",
        "/settings/storage", "/devices/try", "/download", "/download/get", "/settings/mail",
        "/settings/reports", "/settings/reports/add", "/settings/ftp", "/settings/ftp/add",
        "/settings/share", "/settings/keys", "/settings/folder", "/settings/certificate",
        "/settings/certificate/put", "/settings/certificate/request"]
names = ["next", "done", "lang", "device", "day", "least", "from", "before", "on", "of",
         "by", "at", "with", "then", "add", "for", "name", "q"]

# What was measured and named, before anything is typed (the site of t_xs.sh).
stored = ["/home", "/meters", "/meters/P1", "/meters/P1/quality", "/history?on=P1",
          "/compare", "/devices", "/devices/P1", "/devices/P1/remove", "/bus", "/events",
          "/settings/site", "/settings/rs485", "/settings/rs485/A", "/gateway",
          "/gateway/map", "/users", "/users/user", "/system", "/breakers", "/profiles",
          "/devices/P1/test", "/devices/P1/registers", "/devices/scan",
          "/settings/mail", "/settings/reports", "/settings/ftp", "/settings/keys",
          "/settings/folder", "/download", "/settings/certificate"]
found = 0
for path in stored:
    r = a.get(path)
    look(path, r)
    found += MARK in r.body
expect("the names of the site are seen", found > 5, found)
expect("the name of the site that was taken is an event",
       MARK in re.search("(?s)<main.*</main>", a.get("/events").body).group())
expect("a name that is a template stands there as it was typed",
       f"&lt;?cs var:{MARK} ?&gt;" in a.get("/devices").body)

# What a meter says of itself, to mews and to another master through its gateway:
# bytes are shown as numbers, so that its text stands nowhere (evil_meter.py).
TEXT = MARK + "_meter"
BYTES = TEXT.encode().hex(" ")


def until_shown(path):
    end = time.monotonic() + 60
    while not re.search(f"{BYTES}|{TEXT}", (r := a.get(path)).body, re.I) and \
            time.monotonic() < end:
        time.sleep(0.5)
    look(path, r)
    expect(f"{path}: its bytes are there", BYTES in r.body.lower())
    expect(f"{path}: its text is not", TEXT not in r.body)


a.get("/gateway/frames")  # from now on frames are kept
with socket.create_connection((HOST, int(os.environ["MODBUS_PORT"])), 60) as s:
    s.sendall(bytes.fromhex("00010000" "0005" "0d2b0e0100"))
    expect("another master gets its text", TEXT.encode() in s.recv(260))
for path in ("/gateway/frames?pause=1&unit=13", "/gateway/frames/file?as=csv",
             "/gateway/frames/file?as=text"):
    until_shown(path)
r = a.post("/devices/P20/test", {}, csrf=a.csrf("/devices/P20/test"))
expect("it is tested", r.status == 303, r.status)
until_shown(r.place() or "/devices/P20/test")

for path in gets:
    for name in names:
        for v in VECTORS[:3] if path != "/events" else VECTORS:
            look(f"{path}?{name}", a.get(f"{path}?{name}={urllib.parse.quote(v)}"))
for v in VECTORS:
    q = urllib.parse.quote(v, safe="")
    for path in (f"/{q}", f"/meters/{q}", f"/users/{q}", f"/devices/{q}", f"/csv/{q}",
                 f"/settings/rs485/{q}", f"/profiles/{q}", f"/account/{q}",
                 f"/api/v1/series?on={q}", f"/breakers/{q}", f"/unexplained/{q}",
                 f"/settings/ftp/{q}", f"/settings/reports/{q}", f"/system/backup/{q}",
                 f"/system/restore/{q}", f"/files/{q}", f"/download/get?on={q}",
                 f"/download/get?on=P1&from={q}&to={q}"):
        look(path[:30], a.get(path))
    for head in ("User-Agent", "Referer", "X-Forwarded-For", "Accept-Language", "Cookie"):
        try:
            look(head, a.get("/events", headers={head: v.encode().decode("latin-1")}
                             if head != "Cookie" else {}))
        except ValueError:
            pass  # no client can send it

# Every field of a form, one after the other: a sentence beside it, typed values
# kept as text.  What is taken is looked at where it is shown.
forms = ["/account", "/users/add", "/users/user", "/users/user/codes", "/settings/site",
         "/devices/add", "/devices/P2", "/settings/add-line", "/gateway/rules",
         "/settings/storage", "/account/pin", "/puk", "/login", "/download",
         "/settings/mail", "/settings/reports/add", "/settings/ftp/add", "/settings/share",
         "/settings/keys", "/settings/folder", "/settings/certificate/request",
         "/settings/certificate/own"]
# What the button says.  Wrong PINs would end the session: here it stays empty.
also = {path: {"do": "save"} for path in forms if path.startswith("/settings/")
        and path.split("/")[2] in ("mail", "reports", "ftp", "share")}
n = Visitor()


def sent(what, path, v, fields, token):
    r = v.post(path, {**also.get(path, {}), **fields}, csrf=token)
    look(what, r)
    expect(f"{what}: taken, or refused in words",
           r.status in (200, 303) or "<h1" in r.body, r.status)


for path in forms:
    v = n if path in ("/puk", "/login") else a
    body = v.get(path).body
    token = re.search('name="csrf" value="([0-9a-f]+)"', body).group(1)
    inputs = set(re.findall(r'(?s)<(?:input|select|textarea)[^>]*\bname="([a-z0-9_]+)"',
                            body)) - {"csrf"}
    if path.startswith("/settings/"):
        inputs -= {"pin"}
    for field in sorted(inputs):
        for bad in VECTORS[:4] + VECTORS[15:]:
            sent(f"{path} {field}", path, v, {field: bad}, token)
    # of every field at once, so that what one field refuses does not hide another
    sent(f"{path} all", path, v, {f: VECTORS[1] for f in list(inputs)[:50]}, token)

# What is typed for mails and uploads, and in the files that are sent.
for path, kind in (("/settings/certificate/put", "file"), ("/profiles/add", "file"),
                   ("/settings/site/import", "file")):
    body = a.get(path).body
    token = re.search('name="csrf" value="([0-9a-f]+)"', body).group(1)
    for bad in VECTORS:
        parts = "".join(f'--b\r\nContent-Disposition: form-data; name="{k}"{more}\r\n\r\n{t}\r\n'
                        for k, more, t in (("csrf", "", token),
                                           (kind, '; filename="<b>xq7"', bad)))
        r = a.ask("POST", path, (parts + "--b--\r\n").encode(),
                  {"Content-Type": "multipart/form-data; boundary=b", "Origin": ORIGIN,
                   "Sec-Fetch-Site": "same-origin"})
        look(f"{path} file", r)
        expect(f"{path}: a file is refused in words",
               r.status in (200, 303, 400) and "<h1" in r.body, r.status)

# Users that nobody is: what was typed goes into the security log.
t = n.csrf("/login")
for bad in ("xq7-nobody", "<script>xq7()</script>", '"><img src=x onerror=xq7()>'):
    look("sign-in", n.post("/login", {"user": bad[:32], "pin": "48262"}, csrf=t,
                           headers={"User-Agent": VECTORS[0], "Referer": VECTORS[1]}))
for path in stored + ["/events?from=people"]:
    look(path, a.get(path))
expect("still signed in", a.get("/account").status == 200)
finish(f"{asked} requests")
