# t_cs.py - forms that do not come from a page of ours (CS1-CS3).
import re
from visitor import *

PATHS = [("/account", {"lang": "it", "theme": ""}, "a"),
         ("/account/sessions", {}, "a"), ("/users/add", {"name": "evil"}, "a"),
         ("/users/user", {"name": "evil"}, "a"), ("/settings/site", {"name": "x"}, "a"),
         ("/devices/P1/remove", {}, "a"), ("/gateway/reset", {}, "a"),
         ("/system/backup", {}, "a"), ("/sign-out", {}, "a"),
         ("/login", {"user": "user", "pin": "11111"}, "n"),
         ("/puk", {"user": "user", "puk": "1" * 14}, "n")]
a = Visitor().sign_in("administrator", "99999")
other = Visitor().sign_in("administrator", "99999")
n, m = Visitor(), Visitor()
tokens = {"a": a.csrf(), "n": n.csrf("/login")}
strange = {"a": other.csrf(), "n": m.csrf("/login")}
asked = 0


def refused(what, v, path, fields, csrf, headers=None):
    global asked
    asked += 1
    r = v.post(path, fields, csrf, headers)
    expect(f"{path}: {what}", r.status == 403, f"{r.status} {r.place()}")


FOREIGN = [
    ("another origin", {"Origin": "https://evil.example"}),
    ("another port", {"Origin": "https://127.0.0.1:1"}),
    ("plain HTTP", {"Origin": f"http://{HOST}x:{PORT}"}),
    ("null", {"Origin": "null"}),
    ("a name that begins alike", {"Origin": ORIGIN + ".evil.example"}),
    ("a name that ends alike", {"Origin": f"https://evil.{HOST}:{PORT}"}),
    ("cross-site", {"Sec-Fetch-Site": "cross-site"}),
    ("same-site", {"Sec-Fetch-Site": "same-site"}),
    ("nothing told", {"Origin": None, "Sec-Fetch-Site": None}),
]
for path, fields, who in PATHS:
    v, good = (a if who == "a" else n), tokens[who]
    for what, head in FOREIGN:
        refused(what, v, path, fields, good, head)
    for what, token in [("no token", ""), ("another's token", strange[who]),
                        ("a short token", good[:-1]), ("a long token", None),
                        ("zeros", "0" * 64), ("a letter", "g" * 64),
                        ("upper case", good.upper()[:63] + "G"),
                        ("one digit off", good[:-1] + ("0" if good[-1] != "0" else "1"))]:
        if token is None:
            r = v.post(path, fields, good + "0")
            expect(f"{path}: a long token", r.status in (400, 403, 413), r.status)
        else:
            refused(what, v, path, fields, token)

# A GET with the fields of a form changes nothing.
for path in ("/account?lang=it&theme=dark", "/users/add?name=evil&role=user&sees=all&mine=99999",
             "/settings/site?name=Evil", "/devices/P1/remove"):
    asked += 1
    a.get(path)
expect("no language was set", 'lang="en"' in a.get("/account").body)
expect("no user was added", "evil" not in a.get("/users").body)
expect("the site has its name", "Evil" not in a.get("/settings/site").body)
expect("P1 is there", a.get("/meters/P1").status == 200)
for path in ("/sign-out", "/account/sessions", "/system/backup", "/damage/seen"):
    expect(f"{path} is not for GET", a.get(path).status == 405)
expect("still signed in", a.get("/account").status == 200)

# Every form that is sent by POST carries a token, and no two the same bytes.
seen = set()
for path in ("/account", "/account/pin", "/account/puk", "/users/add", "/users/user",
             "/users/user/codes", "/users/user/remove", "/settings/site", "/devices/add",
             "/devices", "/devices/P1", "/devices/P1/remove", "/gateway/rules",
             "/settings/storage", "/settings/rs485/A", "/system", "/login", "/puk"):
    body = (n if path in ("/login", "/puk") else a).get(path).body
    for form in re.findall(r'(?s)<form[^>]*method="post".*?</form>', body):
        t = re.search('name="csrf" value="([0-9a-f]{64})"', form)
        expect(f"{path}: a form has its token", t)
        seen.add(t.group(1) if t else "")
    if "<form" in body:
        expect(f"{path}: tokens are masked anew",
               not set(re.findall('value="([0-9a-f]{64})"', body)) &
               set(re.findall('value="([0-9a-f]{64})"',
                   (n if path in ("/login", "/puk") else a).get(path).body)))

# With its own token and origin the same request is taken: the net is not blind.
r = a.post("/account", {"lang": "it", "theme": ""})
expect("the real form is taken", r.status == 303, r.status)
a.post("/account", {"lang": "", "theme": ""})
finish(f"{asked} requests, {len(seen)} tokens")
