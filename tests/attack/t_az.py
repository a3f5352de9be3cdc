# t_az.py - walks every page as every role, as nobody and with a forged session,
# and compares with roles.txt (AZ1-AZ5).
import glob, os, re, sys
from visitor import *

SRC = os.environ["SRC"]
rows = []
for line in open(f"{SRC}/tests/attack/roles.txt"):
    w = line.split("#")[0].split()
    if w:
        rows.append((w[0], w[1], w[2], w[3:] or [w[0]]))

# every page of the sources is in the table, with no other methods
def macros(text):
    return dict(re.findall(r'#define (\w+)\s+"([^"]*)"', text))


shared = macros("".join(open(f).read() for f in glob.glob(f"{SRC}/cgi-bin/*.h")))
pages = {}
for f in glob.glob(f"{SRC}/cgi-bin/page_*.c") + glob.glob(f"{SRC}/cgi-bin/data_*.c"):
    text = open(f).read()
    m = re.search(r"\.path = ([^,]+),", text)
    if m:
        here = {**shared, **macros(text)}
        path = "".join(here.get(x, x.strip('"'))
                       for x in re.findall(r'\w+|"[^"]*"', m.group(1)))
        has = re.search(r"\.methods = ([^,]+),", text).group(1)
        pages[path] = ("G" if "GET" in has else "") + ("P" if "POST" in has else "")
for path, methods in pages.items():
    expect(f"{path} is in roles.txt with {methods}",
           [r for r in rows if r[0] == path and r[1] == methods])
for r in rows:
    expect(f"{r[0]} of roles.txt is a page", r[0] in pages)

who = {
    "u": Visitor().sign_in("user", "11111"),
    "i": Visitor().sign_in("installer", "55555"),
    "a": Visitor().sign_in("administrator", "99999"),
    "n": Visitor(),
    "forged": Visitor(),
}
who["forged"].cookies["__Host-mews"] = "A" * 43
names = {"u": "user", "i": "installer", "a": "administrator", "n": "nobody",
         "forged": "a forged session"}
asked = 0


def walk(key, v, csrf):
    global asked
    for path, methods, roles, examples in rows:
        may = ("n" if key == "forged" else key) in roles
        for at in examples:
            for method in ("GET", "POST", "HEAD"):
                asked += 1
                what = f"{method} {at} as {names[key]}"
                has = ("P" if method == "POST" else "G") in methods
                # the form of who may is not sent: other tests do that
                if method == "POST" and has and may:
                    a = v.post(at, {}, csrf="0" * 64)
                    expect(what + " without its token", a.status == 403 or
                           (at == "/setup" and a.place() == "/"), a.status)
                    continue
                a = (v.post(at, {}, csrf=csrf) if method == "POST" else
                     v.ask(method, at))
                if not has:
                    expect(what, a.status == 405, a.status)
                elif may:
                    expect(what, a.status not in (401, 403, 405) and
                           a.status < 500 and not a.place().startswith("/login"),
                           f"{a.status} {a.place()}")
                elif key in ("n", "forged"):
                    expect(what, a.status == 401 or (a.status == 303 and
                           a.place().startswith("/login")), f"{a.status} {a.place()}")
                else:
                    expect(what, a.status == 403, a.status)
                if not may and method != "HEAD":
                    expect(what + " shows no plate",
                           not re.search(r"\bP1\b(?!/|\.csv)", text_of(a.body)))


for key, v in who.items():
    csrf = "" if key in ("n", "forged") else v.csrf()
    if csrf:
        a = v.post("/account", {"lang": "", "theme": ""}, csrf=csrf)
        expect(f"the token of {names[key]} is good", a.status == 303, a.status)
    walk(key, v, csrf)
    if csrf:
        expect(f"{names[key]} is still signed in", v.get("/account").status == 200)

# what is critical asks for the PIN again: every page whose command has a ticket, as
# far as this site has one, and without the PIN says so beside the field
critical = {"/users/add": {"name": "anna", "role": "user", "lang": "", "sees": "all"},
            "/users/user": {"name": "user", "role": "user", "lang": "",
                            "sees": "all", "enabled": "1"},
            "/users/user/codes": {"what": "puk"}, "/users/user/remove": {},
            "/settings/certificate/own": {},
            "/settings/certificate/request": {"names": "box.example.org"},
            "/settings/share": {"smb": "on", "ftp": "off", "do": "save"}}
for path, fields in critical.items():
    m = re.search('name="(pin|mine)"', who["a"].get(path).body)
    expect(f"{path} has a field for the PIN", m)
    for pin in ("", "48261") if path == "/users/add" else ("",):
        a = who["a"].post(path, {**fields, (m.group(1) if m else "pin"): pin})
        expect(f"{path} with the PIN '{pin}' says so beside the field",
               a.status == 400 and re.search('id="(pin|mine)-bad"', a.body),
               a.status)
expect("no user was made, changed or removed",
       not Visitor().get("/login").body.count(">anna<"))

finish(f"{asked} requests, {len(rows)} pages")
