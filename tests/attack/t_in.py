#!/usr/bin/python3
"""IN4: texts that want to be lines of a mail's head.

t_in.py MEWS FOLDER ZONE: MEWS is the tool with its places; FOLDER is that of
smtp_sink.py.  Prints what got through, and at the end a line "vectors N".
"""
import email
import email.policy
import glob
import os
import shlex
import subprocess
import sys
import time

MEWS, FOLDER, ZONE = shlex.split(sys.argv[1]), sys.argv[2], sys.argv[3]
EVIL = "evil@e.tt"
BREAKS = ["\r\n", "\n", "\r", "%0d%0a", "\\r\\n", "\\n", "\u2028", "\u0085",
          "\u560d\u560a", "\x0b", "\x0c", "=0D=0A", "\r\n\r\n", "\r\n "]
VECTORS = ["a" + b + "Bcc: " + EVIL for b in BREAKS] + [
    "Bcc: " + EVIL, "=?utf-8?Q?=0D=0ABcc:_evil@e.tt?=",
    "=?utf-8?B?DQpCY2M6IGV2aWxAZS50dA==?=", "<" + EVIL + ">",
    "a <%s>, b" % EVIL, "a, " + EVIL, "a; " + EVIL, "\"a\" <%s>" % EVIL,
    EVIL + "> SIZE=1\r\nRCPT TO:<" + EVIL, "a\r\n.\r\nMAIL FROM:<%s>" % EVIL,
    "a\r\nContent-Type: text/html\r\n\r\nx", "--mews_1_1--", ".", "\tBcc: x",
    "group: %s;" % EVIL]
HEADS = ["auto-submitted", "content-language", "content-type", "date", "from",
         "message-id", "mime-version", "subject", "to"]
bad = []


def mews(*args):
    p = subprocess.run(MEWS + list(args), capture_output=True, text=True)
    return p.returncode, p.stdout + p.stderr


def do(*args):
    return mews("do", *args)


def send(letter, address):
    rc, said = do("mail-send", "letter=" + letter, "address=" + address,
                  "lang=en")
    return next((line.split()[1] for line in said.splitlines()
                 if line.startswith("id ")), None) if rc == 0 else None


def sent(ident):
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if "sent" in do("mails", "id=" + ident)[1].split():
            return True
        do("courier-wake", "sink=mail")
        time.sleep(0.1)
    return False


def quote(text):
    return text.replace("\\", "\\\\").replace('"', '\\"')


def put(what, n, rc_said, to):
    """A text that was taken must do no harm; one that was not, none at all."""
    if rc_said[0] == 0:
        ident = send("test", to)
        if ident is None or not sent(ident):
            bad.append("%s %d: no mail comes any more" % (what, n))
    return rc_said[0] == 0


def main():
    taken = expected = 0
    for n, v in enumerate(VECTORS):
        if send("test", v) is not None or send("test", "a@b.cc" + v):
            bad.append("address %d is taken" % n)
        if do("recipient-put", "id=0", "address=" + v, "lang=en",
              "gets=31")[0] == 0:
            bad.append("recipient %d is taken" % n)
        if put("site", n, do("site-set", 'text=site "%s" board QE1 zone %s '
               "contract 6000" % (quote(v), ZONE)), "site%d@b.cc" % n):
            taken, expected = taken + 1, expected + 1
    site = mews("site", "export", "-")[1].splitlines()
    devices = [line for line in site if line.startswith("device P")][:5]
    for n, v in enumerate(VECTORS):
        line = devices[n % 5]
        plate = line.split()[1]
        head, name, tail = line.split('"', 2)
        taken += do("device-put", "was=" + plate, 'text=%s"%s"%s' % (
            head, quote(v), tail))[0] == 0
        if n % 5 == 4 or n == len(VECTORS) - 1:
            ident = send("daily", "device%d@b.cc" % n)
            if ident is None or not sent(ident):
                bad.append("devices to %d: no report comes" % n)
            expected += 1
    for n, v in enumerate(VECTORS):
        if mews("set", "mail_from", v)[0] == 0:
            ident = send("test", "sender%d@b.cc" % n)
            expected += ident is not None
            do("courier-wake", "sink=mail")
    time.sleep(1)
    mews("set", "mail_from", "house@example.org")
    ident = send("test", "last@b.cc")
    expected += 1
    if not sent(ident):
        bad.append("the last does not come")
    until = time.monotonic() + 60
    while len(glob.glob(FOLDER + "/*.eml")) < expected and \
            time.monotonic() < until:
        time.sleep(0.2)
    look(expected)
    print("\n".join(bad))
    print("taken", taken)
    print("vectors", 4 * len(VECTORS))


def look(expected):
    mails = sorted(glob.glob(FOLDER + "/*.eml"))
    if len(mails) != expected:
        bad.append("%d mails and not %d" % (len(mails), expected))
    seen = set()
    for path in mails:
        sender, *to = open(path[:-4] + ".to").read().split()
        if sender != "house@example.org" or len(to) != 1 or \
                EVIL in to or to[0] in seen:
            bad.append("%s: from %s to %s" % (os.path.basename(path), sender,
                                              to))
        seen.update(to)
        m = email.message_from_binary_file(open(path, "rb"),
                                           policy=email.policy.default)
        if sorted(k.lower() for k in m.keys()) != HEADS:
            bad.append("%s: heads %s" % (path, m.keys()))
        try:
            people = [a.addr_spec for h in ("from", "to")
                      for a in m[h].addresses]
        except Exception as e:  # the parser trips over what is no address
            people = [repr(e)]
        if people != ["house@example.org"] + to or m.defects:
            bad.append("%s: people %s" % (path, people))
        kinds = [p.get_content_type() for p in m.walk()]
        if kinds[:4] != ["multipart/mixed", "multipart/alternative",
                         "text/plain", "text/html"] or \
                set(kinds[4:]) - {"text/csv"}:
            bad.append("%s: parts %s" % (path, kinds))


main()
