"""guess.py - speaks to the socket of mews-auth as a page does, for the attacks
on codes: guess.py SOCKET WHAT.

Prints what is not as it should be, and nothing when all is.
"""
import os
import random
import re
import socket
import sys
import threading
import time
from urllib.parse import quote

PIN, PUK = "48261", "73920164850917"
OTHER = "62849"
LATE = "90517"
NEXT = "40718"
MANY = 10000 if os.environ.get("MEWS_LONG") else 1500
MARKS = []  # every code and token that was ever valid, for who looks in logs


class Door:
    def __init__(self, path):
        self.path = path

    def ask(self, word, **fields):
        """The answer's word and fields."""
        line = word + "".join(
            " %s=%s" % (k, quote(str(v), safe="~!:/.,-_")) for k, v in fields.items())
        for _ in range(100):
            s = socket.socket(socket.AF_UNIX)
            s.settimeout(60)
            try:
                s.connect(self.path)
                s.sendall(line.encode() + b"\n")
                answer = s.makefile().readline().split()
            except (BlockingIOError, ConnectionError):
                continue
            finally:
                s.close()
            if answer:
                break
        else:
            raise SystemExit("mews-auth does not answer")
        got = dict(f.split("=", 1) for f in answer[1:])
        MARKS.extend(got[k] for k in ("token", "ticket", "device", "key", "pin", "puk")
                     if got.get(k))
        return answer[0], got

    def enter(self, user, pin, source=None, **more):
        return self.ask("sign-in", user=user, pin=pin, source=source or elsewhere(), **more)

    def ticket(self, token, pin):
        word, got = self.ask("confirm", token=token, pin=pin, source="192.0.2.1")
        must("the PIN again gives a ticket", word == "ok")
        return got.get("ticket", "")


def elsewhere():
    return "10.%d.%d.%d" % tuple(random.randrange(256) for _ in range(3))


def must(what, good):
    if not good:
        print("FAIL:", what)


def turn(ask):
    """Asks until it is a stranger's turn."""
    for _ in range(240):
        word, got = ask()
        if word != "again":
            break
        time.sleep(0.25)
    return word, got


def patient(door, *args, **kw):
    return turn(lambda: door.enter(*args, **kw))


def opened(door, user, pin):
    """By the right PUK."""
    return turn(lambda: door.ask("unblock", user=user, puk=PUK, pin=pin, source=elsewhere()))


# --- AU3: what may not be a PIN -----------------------------------------------------


def obvious():
    """Five and more digits that people choose first, the leaflet's among them."""
    some = {str(d) * n for d in range(10) for n in (5, 6, 8, 16)}
    for n in (5, 6, 8):
        for first in range(10):
            for step in range(-9, 10):
                some.add("".join(str((first + i * step) % 10) for i in range(n)))
    for part in range(100):
        some.add(("%02d" % part * 3)[:5])
        some.add("%02d" % part * 3)
    for day in range(1, 32):
        for month in range(1, 13):
            if day <= (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]:
                some.add("%02d%02d%d" % (day, month, random.randrange(10)))
                some.add("%02d%02d%d" % (day, month, random.randrange(1900, 2100)))
                some.add("%d%02d%02d" % (random.randrange(1900, 2100), month, day))
    return sorted(some)


def rules(door):
    word, got = door.enter("administrator", "99999")
    must("the leaflet's PIN lets the administrator in", word == "ok")
    token, tried = got.get("token", ""), obvious()
    must("more than 1,200 of them", len(tried) > 1200)
    for pin in tried:
        word, got = door.ask("set-codes", token=token, pin=pin, puk=PUK)
        must("%s is refused" % pin, word == "bad" and got.get("why") == "pin-obvious")
    for pin in ("4826", "48261" * 4, "4826a", "48 261", ""):
        word, got = door.ask("set-codes", token=token, pin=pin, puk=PUK)
        must("'%s' is refused" % pin, word == "bad")
    for at in range(10):
        word, got = door.ask("set-codes", token=token, pin=PUK[at:at + 5], puk=PUK)
        must("digits of the PUK are", word == "bad" and got.get("why") == "pin-in-puk")
    for d in "951":
        word, got = door.ask("set-codes", token=token, pin=PIN, puk="00000%s00000" % (d * 4))
        must("the leaflet's PUK is", word == "bad" and got.get("why") == "puk-obvious")
    must("the right ones are taken",
         door.ask("set-codes", token=token, pin=PIN, puk=PUK)[0] == "ok")
    must("the leaflet's PIN is dead", door.enter("administrator", "99999")[0] == "denied")
    for user in ("installer", "user"):
        word, got = door.enter("administrator", PIN)
        token = got["token"]
        must("%s gets codes" % user, door.ask(
            "user-pin", token=token, ticket=door.ticket(token, PIN), user=user, what="both",
            pin=PIN, puk=PUK)[0] == "ok")


# --- AU4 to AU8: guesses --------------------------------------------------------------


def one_address(door):
    """From one address; the right one is refused there, nobody else is."""
    live = {u: door.enter(u, PIN)[1] for u in ("administrator", "installer", "user")}
    looked = 0
    for i in range(MANY):
        word, got = door.enter("user", "7%04d" % i, "192.0.2.66")
        looked += word == "denied"
    must("at most ten of %d were looked at: %d" % (MANY, looked), looked <= 10)
    must("the right one is refused there",
         door.enter("user", PIN, "192.0.2.66")[0] in ("denied", "again"))
    for user, was in live.items():
        must("the session of %s lives" % user,
             door.ask("session", token=was["token"])[0] == "ok")
    must("the administrator gets in from elsewhere",
         patient(door, "administrator", PIN)[0] == "ok")


def many_addresses(door):
    """From as many addresses: five count, the browser that was in gets in."""
    word, got = patient(door, "installer", PIN)
    must("the installer is in", word == "ok")
    mine = got
    right = 0
    for i in range(MANY):
        source = "10.7.%d.%d" % (i // 256, i % 256)
        right += door.enter("installer", "7%04d" % i, source)[0] == "ok"
    must("none was right", right == 0)
    for i in range(5):
        patient(door, "installer", "73519")
    must("it is blocked for strangers", patient(door, "installer", PIN)[0] == "denied")
    must("the session lives", door.ask("session", token=mine["token"])[0] == "ok")
    word, got = door.enter("installer", PIN, device=mine["device"])
    must("the known browser gets in", word == "ok")
    must("and is told of five wrong ones", got.get("failed") == "5")
    mine = got
    token = patient(door, "administrator", PIN)[1]["token"]
    word, got = door.ask("user-get", user="installer", token=token)
    must("the administrator sees the block", got.get("blocked") == "1")
    for i in range(5):
        must("a wrong one is", door.enter("installer", "7%04d" % i,
                                         device=mine["device"])[0] == "denied")
    must("five wrong ones block that browser",
         patient(door, "installer", PIN, device=mine["device"])[0] == "denied")
    word, got = opened(door, "installer", OTHER)
    must("the PUK opens it", word == "ok")
    must("with the new PIN", patient(door, "installer", OTHER)[0] == "ok")


def parallel(door):
    """30 at once: at most five count, the right one is refused after."""
    words = []

    def guess(i):
        words.append(door.enter("user", "8%04d" % i)[0])
    threads = [threading.Thread(target=guess, args=(i,)) for i in range(30)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    must("none is right and none is broken: %s" % set(words),
         set(words) <= {"denied", "again"})
    must("the right one is refused after", patient(door, "user", PIN)[0] == "denied")
    word, got = opened(door, "user", OTHER)
    must("the PUK opens it", word == "ok")
    must("once", patient(door, "user", OTHER)[0] == "ok")


def puks(door):
    """many wrong ones from one address: six an hour; then from as many addresses."""
    looked = 0
    for i in range(MANY // 5):
        word, got = door.ask("unblock", user="user", puk="1%013d" % (7 * i + 11), pin=PIN,
                             source="192.0.2.67")
        looked += word == "denied"
        if got.get("wait") == "1" and looked < 6:
            time.sleep(0.25)
    must("six of them were looked at: %d" % looked, looked == 6)
    many = 0
    for i in range(MANY // 5):
        word, got = door.ask("unblock", user="user", puk="1%013d" % (7 * i + 11), pin=PIN,
                             source=elsewhere())
        many += word == "denied"
        if word == "again" and got["wait"] == "1":
            time.sleep(0.05)
    must("at most 60 an hour from all: %d" % many, many <= 54)


def late_puk(door):
    """An hour later the right one works."""
    must("the right PUK sets a PIN", turn(lambda: door.ask(
        "unblock", user="user", puk=PUK, pin=LATE, source="192.0.2.67"))[0] == "ok")


def is_new(door):
    word, got = door.ask("users")
    must("only the administrator is there", got.get("n") == "1" and got.get("factory") == "1")


def closed(door):
    must("the leaflet's PIN is refused", patient(door, "administrator", "99999")[0] == "denied")
    must("and people can be told why", door.ask("users")[1].get("open") == "0")


# --- LO1: every kind of event ----------------------------------------------------------


def kinds(door):
    """What the rest did not cause."""
    for _ in range(5):
        patient(door, "user", "73519")
    patient(door, "user", LATE)
    word, got = patient(door, "administrator", PIN)
    token = got["token"]

    def do(word, **more):
        ticket = door.ticket(token, PIN)
        word, got = door.ask(word, token=token, ticket=ticket, **more)
        must("%s %s: %s" % (word, more, got), word == "ok")
    do("user-add", user="bea", role="user")
    do("user-set", user="bea", name="bee")
    do("user-set", user="bee", role="installer")
    do("user-set", user="bee", rights="device:1")
    do("user-set", user="bee", enabled=0)
    do("user-set", user="bee", enabled=1)
    do("user-pin", user="bee", what="both")
    do("user-remove", user="bee")
    do("user-pin", user="user", what="both", pin=NEXT, puk=PUK)
    word, got = door.ask("key-add", token=token, name="robot")
    must("a key is made", word == "ok")
    must("and revoked", door.ask("key-remove", token=token, id=got["id"])[0] == "ok")
    patient(door, "user", NEXT)
    word, got = patient(door, "user", NEXT)
    must("others are ended", door.ask("session-end", token=got["token"])[1].get("n") == "1")
    word, got = door.ask("own-codes", token=got["token"], old=NEXT, pin="50973", make=1,
                         source="192.0.2.1")
    must("own codes change", word == "ok")
    must("sign-out", door.ask("sign-out", token=got["token"])[0] == "ok")
    for i in range(200):
        door.enter("nobody", PIN)


def main():
    door = Door(sys.argv[1])
    for what in sys.argv[2].split(","):
        globals()[what](door)
    with open(sys.argv[3], "a", encoding="ascii") as f:
        for mark in dict.fromkeys(MARKS):
            if len(mark) > 10:
                f.write(mark + "\n")


main()
