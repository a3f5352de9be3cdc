"""auth.py - the home page while others guess PINs: auth.py PORT SECONDS COOKIE
RATE ADDRESSES.

Fetches /home 20 times a second over one connection, and beside it posts RATE
wrong sign-ins a second from that many addresses of 127.0.0.0/8.  Prints the
95th percentile of /home in ms, how many were asked and how many failed, and
the sign-ins sent.
"""
import http.client
import re
import ssl
import sys
import threading
import time
import urllib.parse

PORT, SECONDS, COOKIE = int(sys.argv[1]), float(sys.argv[2]), sys.argv[3]
RATE, ADDRESSES = int(sys.argv[4]), int(sys.argv[5])
TLS = ssl._create_unverified_context()
WORKERS = 10
sent = [0] * WORKERS


def connect(source):
    return http.client.HTTPSConnection("127.0.0.1", PORT, timeout=30, context=TLS,
                                       source_address=(source, 0))


def form():
    c = connect("127.0.0.1")
    c.request("GET", "/login")
    r = c.getresponse()
    text = r.read().decode()
    cookie = r.getheader("Set-Cookie").split(";")[0]
    return cookie, re.search(r'name="csrf" value="([0-9a-f]+)"', text).group(1)


def guess(worker, cookie, csrf, until):
    open_to, n = {}, 0
    while time.time() < until:
        begun = time.time()
        at = (n * WORKERS + worker) % ADDRESSES
        source = "127.0.%d.%d" % (1 + at // 250, 1 + at % 250)
        n += 1
        body = urllib.parse.urlencode({"csrf": csrf, "user": "installer", "pin": "7%04d" % n})
        try:
            c = open_to.setdefault(source, connect(source))
            c.request("POST", "/login", body, {
                "Cookie": cookie, "Origin": "https://127.0.0.1:%d" % PORT,
                "Content-Type": "application/x-www-form-urlencoded"})
            c.getresponse().read()
            sent[worker] += 1
        except (OSError, http.client.HTTPException):
            open_to.pop(source).close()
        if len(open_to) > 8:
            open_to.pop(next(iter(open_to))).close()
        time.sleep(max(0, begun + WORKERS / RATE - time.time()))


def main():
    until = time.time() + SECONDS
    if RATE > 0:
        cookie, csrf = form()
        for w in range(WORKERS):
            threading.Thread(target=guess, args=(w, cookie, csrf, until)).start()
        time.sleep(2)
    c, took, bad = connect("127.0.0.1"), [], 0
    while time.time() < until:
        begun = time.time()
        try:
            c.request("GET", "/home", headers={"Cookie": COOKIE})
            r = c.getresponse()
            r.read()
            bad += r.status != 200
        except (OSError, http.client.HTTPException):
            bad += 1
            c.close()
        took.append(time.time() - begun)
        time.sleep(max(0, begun + 0.05 - time.time()))
    took.sort()
    print("%.1f %d %d %d" % (1000 * took[int(len(took) * 0.95)], len(took), bad, sum(sent)))


main()
