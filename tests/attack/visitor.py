# visitor.py - what a browser does and what it would never do: cookies, forms,
# requests of any shape.  For the tests of this folder.
import html, http.client, os, re, ssl, sys, urllib.parse

HOST = "127.0.0.1"
PORT = int(os.environ["HTTPS_PORT"])
ORIGIN = f"https://{HOST}:{PORT}"
failed = 0


def expect(what, fits, more=""):
    global failed
    if fits:
        return
    failed += 1
    print("FAIL:", what, more)


def finish(said):
    print(said)
    sys.exit(1 if failed else 0)


class Answer:
    def __init__(self, r):
        self.status, self.headers = r.status, r.headers
        self.body = r.read().decode("utf-8", "replace")

    def place(self):
        return self.headers.get("Location", "")


class Visitor:
    def __init__(self, source=HOST):
        self.cookies, self.line, self.source = {}, None, source

    def ask(self, method, path, body=None, headers=None):
        head = {"Host": f"{HOST}:{PORT}"}
        if self.cookies:
            head["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        head.update(headers or {})
        for again in (True, False):
            try:
                if self.line is None:
                    self.line = http.client.HTTPSConnection(
                        HOST, PORT, timeout=60, source_address=(self.source, 0),
                        context=ssl._create_unverified_context())
                self.line.request(method, path, body, head)
                a = Answer(self.line.getresponse())
                break
            except (http.client.HTTPException, OSError):
                self.line = None
                if not again:
                    raise
        for c in a.headers.get_all("Set-Cookie") or []:
            name, value = c.split(";")[0].split("=", 1)
            if value:
                self.cookies[name] = value
            else:
                self.cookies.pop(name, None)
        return a

    def get(self, path, **kw):
        return self.ask("GET", path, **kw)

    def csrf(self, path="/account"):
        m = re.search('name="csrf" value="([0-9a-f]+)"', self.get(path).body)
        return m.group(1) if m else ""

    def post(self, path, fields=None, csrf=None, headers=None):
        form = dict(fields or {})
        if csrf is None:
            csrf = self.csrf()
        if csrf:
            form["csrf"] = csrf
        head = {"Content-Type": "application/x-www-form-urlencoded",
                "Origin": ORIGIN, "Sec-Fetch-Site": "same-origin"}
        head.update(headers or {})
        return self.ask("POST", path, urllib.parse.urlencode(form),
                        {k: v for k, v in head.items() if v is not None})

    def sign_in(self, user, pin):
        a = self.post("/login", {"user": user, "pin": pin}, self.csrf("/login"))
        expect(f"{user} signs in", a.status == 303, str(a.status))
        return self


def text_of(page):
    return html.unescape(re.sub("<[^>]*>", " ", page))
