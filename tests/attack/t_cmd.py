# t_cmd.py - sends every command of commands.txt through its socket as every role,
# as nobody, with a forged session and with a key, and compares with the table;
# what is refused has done nothing.  Where it is root, also as one who is neither
# root nor the owner of the door, but of its group, as pages are, without a token.
import os, re, socket, sqlite3, sys, time, urllib.parse

SRC, RUN, STATE = os.environ["SRC"], os.environ["RUN"], os.environ["STATE"]
NONE = "A" * 43
failed = 0


def expect(what, fits, more=""):
    global failed
    if not fits:
        failed += 1
        print("FAIL:", what, more)


def say(door, line, once=False):
    until = time.time() + 60
    while True:
        try:
            s = socket.socket(socket.AF_UNIX)
            s.settimeout(60)
            s.connect(f"{RUN}/{door}.sock")
            s.sendall(line.encode() + b"\n")
            said = urllib.parse.unquote(s.makefile().readline().strip())
        except (ConnectionError, FileNotFoundError):
            said = ""
        # a door whose program opens its files anew is there again soon
        if once or (said and "no answer in time" not in said) or time.time() > until:
            return said
        time.sleep(0.2)


rows = []
for line in open(f"{SRC}/tests/attack/commands.txt"):
    w = line.split("#")[0].split()
    if w:
        rows.append((w[0], w[1], w[2], w[3:]))
known = re.findall(r'\{ "([a-z-]+)",\s+MEWS_(?:AUTH_|COURIER_)?DOOR',
                   open(f"{SRC}/lib/command.c").read())
expect("the table of commands was read", len(known) > 60, len(known))
for name in known:
    expect(f"{name} is in commands.txt", name in [r[0] for r in rows])
for r in rows:
    expect(f"{r[0]} of commands.txt is a command", r[0] in known)


def sign_in(user, pin):
    said = say("auth", f"sign-in user={user} pin={pin} source=127.0.0.1")
    m = re.search(r" token=(\S+)", said)
    expect(f"{user} signs in", m, said)
    return m.group(1)


token = {"u": sign_in("user", "11111"), "i": sign_in("installer", "55555"),
         "a": sign_in("administrator", "99999"), "n": NONE}
said = say("auth", f"key-add token={token['a']} name=reader")
token["key"] = re.search(r" key=(\S+)", said).group(1)
names = {"u": "the user", "i": "the installer", "a": "the administrator",
         "n": "a forged session", "key": "a read-only key"}


def line_of(row, t):
    fields = [f.replace("=TOKEN", "=" + t).replace("=NONE", "=" + NONE)
              for f in row[3]]
    return " ".join([row[0]] + fields)


def dump(name, but=()):
    db = sqlite3.connect(f"file:{STATE}/{name}?mode=ro", uri=True, timeout=10)
    tables = [r[0] for r in db.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table'") if r[0] not in but]
    return {t: db.execute(f'SELECT * FROM "{t}" ORDER BY 1').fetchall() for t in tables}


def state():
    history = sqlite3.connect(f"file:{STATE}/history.db?mode=ro", uri=True, timeout=10)
    return {"config": dump("config.db"),
            # trying is noted, and a session that was asked for is used
            "auth": dump("auth/auth.db", ("audit", "source", "puk", "session")),
            "events": history.execute("SELECT count(*) FROM event WHERE who IN "
                                      "('user', 'installer')").fetchall(),
            "files": sorted(f for d in ("backup", "wanted", "courier") for f in
                            (os.listdir(f"{STATE}/{d}") if
                             os.path.isdir(f"{STATE}/{d}") else ())
                            if not f.startswith("courier.db"))}


before, sent = state(), 0
for row in rows:
    name, door, who, fields = row
    for key in token:
        if key in who or "n" in who or "s" in who:
            continue
        sent += 1
        said = say(door, line_of(row, token[key]))
        expect(f"{name} by {names[key]} is refused", said.startswith("denied "), said)
for row in rows:
    if row[2] != "s":
        continue
    for key in ("u", "i", "a"):
        sent += 1
        said = say(row[1], line_of(row, "") + f" token={token[key]}")
        expect(f"{row[0]} takes no token", said.startswith("bad "), said)
time.sleep(2.5)  # events are written by the second
after = state()
for part in before:
    expect(f"what was refused left {part} as it was", before[part] == after[part])

# where a role may, it is not the role that stands in the way
for row in rows:
    for key in ("u", "i", "a"):
        if key not in row[2]:
            continue
        sent += 1
        if row[0].startswith("files-"):  # mewsd begins anew before it answers
            said = say(row[1], line_of(row, token[key]), once=True) or "ok"
            say(row[1], "status")
        else:
            said = say(row[1], line_of(row, token[key]))
        expect(f"{row[0]} by {names[key]} is heard", said and
               not re.search("for role|no such session|needs a session|no session",
                             said), said)
        if "ticket=NONE" in row[3]:
            expect(f"{row[0]} by {names[key]} needs a ticket",
                   said.startswith("denied "), said)
    if row[2] == "n":
        said = say(row[1], line_of(row, token["u"]))
        expect(f"{row[0]} needs no role", "for role" not in said, said)
def strangers():
    """What they are told, one line a command; in a process of its own."""
    os.setgroups([])
    os.setgid(os.stat(f"{RUN}/mewsd.sock").st_gid)
    os.setuid(65534)
    for row in rows:
        line = line_of(row, "").replace(" token= ", " ").removesuffix(" token=")
        if row[2] != "n":
            said = say(row[1], line)
            expect(f"{row[0]} by a stranger", said.startswith("denied ") and
                   "needs a session" in said, said)
    os._exit(1 if failed else 0)


if os.getuid() == 0:
    os.chmod(RUN, 0o755)
    child = os.fork()
    if child == 0:
        strangers()
    expect("strangers give no command", os.waitpid(child, 0)[1] == 0)
print(f"{sent} lines, {len(rows)} commands")
sys.exit(1 if failed else 0)
