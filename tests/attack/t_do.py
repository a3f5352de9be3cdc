#!/usr/bin/env python3
"""What a stranger sends who wants others to wait.

t_do.py HOST PORT repeat | big | slow N SECONDS | serve FROM N |
                  connect | master FROM | steady RATE SECONDS COOKIE PATH...
Ends with 1 and a sentence when the server does not do as it should.
"""
import http.client
import socket
import ssl
import statistics
import sys
import threading
import time

HOST, PORT = sys.argv[1], int(sys.argv[2])
TLS = ssl._create_unverified_context()
LIMIT = 20  # s: many times what it takes, for a loaded machine


def dial(source=None, patience=LIMIT):
    s = socket.create_connection(
        (HOST, PORT), patience, (source, 0) if source else None)
    return TLS.wrap_socket(s)


def ask(data, source=None):
    """The status of the answer; 0: none came, and the line was closed."""
    with dial(source) as s:
        try:
            s.sendall(data)
            got = s.recv(64)
        except (ConnectionError, ssl.SSLError):
            return 0
        return int(got.split()[1]) if got.startswith(b"HTTP/1.") else 0


def head(line, *more):
    return "\r\n".join([line, f"Host: {HOST}", "Connection: close",
                        *more, "", ""]).encode()


def post(body, kind="application/x-www-form-urlencoded", length=None):
    return head("POST /login HTTP/1.1", f"Content-Type: {kind}",
                f"Origin: https://{HOST}:{PORT}",
                f"Content-Length: {len(body) if length is None else length}"
                ) + body


def say(text):
    print(text)
    sys.exit(1)


def repeat():
    """DO1: the same name again and again, four at once, while others ask."""
    worst, codes = [0.0], []

    def one(field, size):
        begun = time.monotonic()
        codes.append(ask(post(field * (size // len(field)))))
        worst[0] = max(worst[0], time.monotonic() - begun)

    threads = [threading.Thread(target=one, args=case) for case in
               [(b"a&", n * 1024) for n in (8, 16, 32, 62)] + [(b"user=a&", 14)]]
    for t in threads:
        t.start()
    begun = time.monotonic()
    if ask(head("GET /login HTTP/1.1")) != 200:
        say("others are not served")
    mine = time.monotonic() - begun
    for t in threads:
        t.join()
    print(f"refused within {worst[0]:.2f} s, others served within {mine:.2f} s")
    if any(c not in (400, 413) for c in codes):
        say(f"answers {codes}")
    if max(worst[0], mine) > LIMIT / 2:
        say("too long")


def big():
    """DO3."""
    multipart = "multipart/form-data; boundary=x"
    part = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\nb\r\n'
    cases = [
        ("a long address", head("GET /" + "a" * 20000 + " HTTP/1.1")),
        ("a long query", head("GET /login?" + "a=b&" * 3000 + " HTTP/1.1")),
        ("a long header", head("GET / HTTP/1.1", "X-A: " + "a" * 20000)),
        ("many headers", head("GET / HTTP/1.1",
                              *[f"X-{i}: {'a' * 40}" for i in range(600)])),
        ("a large body", post(b"a=" + b"b" * 9000)),
        ("a body of 1 GiB", post(b"a", length=1 << 30)),
        ("a body of 10^20", post(b"a", length=10 ** 20)),
        ("a negative body", post(b"a", length=-1)),
        ("a body in words", post(b"a", length="many")),
        ("two lengths", head("POST /login HTTP/1.1", "Content-Length: 1",
                             "Content-Length: 2") + b"ab"),
        ("length and chunks", head("POST /login HTTP/1.1", "Content-Length: 4",
                                   "Transfer-Encoding: chunked") +
         b"0\r\n\r\n"),
        ("a chunk without end", head("POST /login HTTP/1.1",
                                     "Transfer-Encoding: chunked") +
         b"ffffffffffffffff\r\na"),
        ("a method", head("BREW /login HTTP/1.1")),
        ("a hundred fields", post(b"&".join(b"a%d=b" % i
                                            for i in range(100)))),
        ("parts where none belong", post(part * 20 + b"--x--\r\n", multipart)),
        ("parts without end", post(part * 900, multipart)),
        ("no boundary", post(part, "multipart/form-data")),
        ("a long boundary", post(part, multipart + "x" * 4000)),
    ]
    for name, data in cases:
        code = ask(data)
        if code != 0 and not 400 <= code <= 505 or code == 500:
            say(f"{name}: {code}")
    print(f"{len(cases)} refused")


def drip(s, data):
    try:
        s.sendall(data)
    except OSError:
        pass  # it had enough of us


def slow(n, seconds):
    """DO2: headers that come letter by letter, and as many bodies."""
    held, lock, end = [], threading.Lock(), time.monotonic() + seconds

    def one():
        try:
            s = dial(patience=3)
        except OSError:
            return
        with lock:
            held.append(s)

    threads = [threading.Thread(target=one) for _ in range(n)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    for s in held[::2]:
        drip(s, post(b"", length=60000))
    print("connected", len(held), flush=True)
    while time.monotonic() < end:
        for s in held:
            drip(s, b"G")
        time.sleep(0.5)


def serve(source, n):
    """Somebody else asks for pages."""
    took = []
    for _ in range(n):
        begun = time.monotonic()
        if ask(head("GET /login HTTP/1.1"), source) != 200:
            say("not served")
        took.append(time.monotonic() - begun)
    print(f"median {statistics.median(took):.2f} s, most {max(took):.2f} s")
    if statistics.median(took) > LIMIT / 2:
        say("too long")


def connect():
    """DO5 without raw sockets."""
    while True:
        try:
            socket.create_connection((HOST, PORT), 0.05).close()
        except OSError:
            pass


def master(source):
    """Another master asks for a register of mews itself."""
    end = time.monotonic() + LIMIT
    while time.monotonic() < end:
        try:
            with socket.create_connection((HOST, PORT), 5, (source, 0)) as s:
                s.sendall(bytes.fromhex("000100000006ff0300000001"))
                if len(s.recv(64)) >= 9:
                    return
        except OSError:
            time.sleep(0.2)
    say("no answer")


def steady(rate, seconds, cookie, *paths):
    """DO4: many pages of all kinds, for long."""
    workers, lock, end = 20, threading.Lock(), time.monotonic() + seconds
    codes = {}

    def one(k):
        line, n, due = None, 0, time.monotonic() + k / rate
        while due < end:
            time.sleep(max(0, due - time.monotonic()))
            due = max(due + workers / rate, time.monotonic() - 1)
            n += 1
            try:
                if line is None:
                    line = http.client.HTTPSConnection(
                        HOST, PORT, timeout=LIMIT, context=TLS)
                line.request("GET", paths[(n * workers + k) % len(paths)],
                             headers={"Cookie": cookie})
                r = line.getresponse()
                r.read()
                code = r.status
            except (OSError, http.client.HTTPException):
                line, code = None, 0
            with lock:
                codes[code] = codes.get(code, 0) + 1

    threads = [threading.Thread(target=one, args=(k,)) for k in range(workers)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    all_of = sum(codes.values())
    print(f"{all_of / seconds:.0f} requests a second, {codes}")
    if codes.get(200, 0) != all_of or all_of < rate * seconds / 2:
        say("not all were served")


WHAT = {"repeat": repeat, "big": big, "connect": connect,
        "slow": lambda n, s: slow(int(n), float(s)),
        "serve": lambda f, n: serve(f, int(n)), "master": master,
        "steady": lambda r, t, *more: steady(float(r), float(t), *more)}
WHAT[sys.argv[3]](*sys.argv[4:])
