#!/usr/bin/python3
"""t_simulator.py - reads the simulated meters with mbpoll, a stranger, and
holds them against the house's file, added up here."""
import calendar
import gzip
import os
import re
import socket
import struct
import subprocess
import sys
import termios
import time

SRC, RUN, PORT, STEP = sys.argv[1:5]
LINE = RUN + "/line-A"
failed = 0


def expect(what, good, *seen):
    global failed
    print("ok:" if good else "FAIL:", what, *([] if good else seen))
    failed += not good


# --- the house, from its file -------------------------------------------------

START = calendar.timegm((2006, 12, 16, 17, 24, 0))
house = {}  # minute: W, var, V, A, Wh, Wh, Wh
with gzip.open(SRC + "/tests/data/household-minutes.csv.gz", "rt") as f:
    next(f)
    for row in f:
        stamp, *cell = row.strip().split(",")
        at = calendar.timegm(time.strptime(stamp, "%Y-%m-%dT%H:%M:%S"))
        n = [float(c) for c in cell]
        house[at] = [n[0] * 1000, n[1] * 1000] + n[2:]
END = max(house) + 60
LAP = 25 * 86400
PART = {
    "house": lambda m: m[0],
    "rest": lambda m: m[0] - 60 * (m[4] + m[5] + m[6]),
    "submeter1": lambda m: 60 * m[4],
    "submeter3": lambda m: 60 * m[6],
    "submeter1+2": lambda m: 60 * (m[4] + m[5]),
}
base = {}
with open(SRC + "/tests/data/demo.sim") as f:
    for row in f:
        if found := re.match(r"meter +(\S+).* base (\d+)", row):
            base[found[1]] = int(found[2])


def laps(at):
    return max(0, (at - END) // LAP + 1)


def minute(at):
    return house[at - laps(at) * LAP]


def wh(part, to):
    """Wh from the file's start to a data time."""
    lap = laps(to)
    watt = PART[part]
    total = sum(watt(m) for t, m in house.items() if t < to - lap * LAP)
    total += lap * sum(watt(m) for t, m in house.items() if t >= END - LAP)
    return total / 60


def data_minute():
    with open(RUN + "/simulator.shift") as f:
        now = time.time() - int(f.read())
    return int(now) // 60 * 60


# --- reading ------------------------------------------------------------------

HOW = {
    "A": ["-m", "rtu", "-b", "9600", "-P", "even", LINE],
    "B": ["-m", "tcp", "-p", PORT, "127.0.0.1"],
}
WRONG = {
    "Illegal function": 1,
    "Illegal data address": 2,
    "Illegal data value": 3,
    "Target device failed to respond": 11,
    "Connection timed out": "silence",
}


def ask(line, unit, function, address, n):
    """The registers, or the exception's code, or "silence"."""
    kind = {1: "0", 3: "4:hex", 4: "3:hex"}[function]
    *options, where = HOW[line]
    done = subprocess.run(
        ["mbpoll", *options, "-0", "-1", "-o", "0.5", "-a", str(unit), "-t",
         kind, "-r", str(address), "-c", str(n), where],
        capture_output=True, text=True)
    if done.returncode == 0:
        return [int(x, 16) for x in re.findall(r":\s+0x(\w+)", done.stdout)]
    for text, code in WRONG.items():
        if text in done.stderr:
            return code
    return done.stderr


def number(regs, kind, low_first=False):
    if not isinstance(regs, list):
        return float("nan")
    regs = regs[::-1] if low_first else regs
    return struct.unpack(kind, struct.pack(">%dH" % len(regs), *regs))[0]


def steady(read):
    """read() inside one minute of the house, and that minute."""
    while True:
        before = data_minute()
        got = read()
        if data_minute() == before:
            return got, before


# plate, line, unit, part; then function, address, words, kind, low first,
# and what one of it is, for voltage, power and energy (None: has none)
F, U, S, D = ">f", ">I", ">i", ">Q"
METERS = [
    ("P1", "A", 1, "house",
     (3, 4096, 2, U, 0, .001), (3, 4116, 2, U, 0, .01), (3, 4124, 2, U, 0, 10)),
    ("P2", "A", 2, "rest",
     (4, 0, 2, F, 0, 1), (4, 52, 2, F, 0, 1), (4, 72, 2, F, 0, 1000)),
    ("P3", "A", 3, "submeter1", None, None, (3, 0, 2, U, 1, 1)),
    ("P5", "A", 5, "submeter3", None, None, (3, 0, 2, U, 1, 1)),
    ("P8", "A", 8, "submeter3",
     (4, 0, 2, S, 1, .1), (4, 40, 2, S, 1, .1), (4, 62, 2, S, 1, 100)),
    ("P9", "B", 1, "submeter1+2",
     (3, 23296, 2, U, 0, .1), (3, 23316, 2, S, 0, .01), (3, 20480, 4, D, 0, 10)),
    ("P10", "B", 2, "house",
     (4, 0, 2, F, 0, 1), (4, 52, 2, F, 0, 1), (4, 72, 2, F, 0, 1000)),
]


def value(line, unit, what):
    function, address, words, kind, low, one = what
    return number(ask(line, unit, function, address, words), kind, low) * one


def meters():
    for plate, line, unit, part, volt, watt, energy in METERS:
        if watt:
            (v, w), at = steady(lambda: (value(line, unit, volt),
                                         value(line, unit, watt)))
            mean = PART[part](minute(at))
            expect(plate + " power", abs(w - mean) <= .031 * mean + .1, w, mean)
            mean = minute(at)[2]
            expect(plate + " voltage", abs(v - mean) <= .0012 * mean + .1, v)
        e, at = steady(lambda: value(line, unit, energy))
        low, high = (base[plate] + wh(part, at + s) for s in (0, 60))
        # cut to its resolution; a float rounds to half a Wh
        expect(plate + " energy", low - energy[5] <= e <= high + .6, low, e,
               high)
    expect("a power moves inside its minute", moves())


def moves():
    seen = set()
    for _ in range(6):
        seen.add(tuple(ask("A", 1, 3, 4116, 2)))
        time.sleep(.7)
    return len(seen) > 3


def rest_of_map():
    expect("L2 is not wired", ask("A", 1, 3, 4098, 2) == [0, 0])
    expect("nothing flows back", ask("A", 1, 3, 4122, 1) == [0])
    expect("L12 is L1", abs(number(ask("A", 1, 3, 4110, 2), U) / 1000 -
                            minute(data_minute())[2]) < 2)
    expect("frequency", ask("A", 1, 3, 4134, 1) == [500])
    expect("frequency of another", ask("A", 8, 4, 55, 1) == [500])
    expect("a hole answers 0", ask("A", 2, 4, 36, 16) == [0] * 16)
    one = ask("A", 1, 3, 4100, 30)
    expect("a block holds its parts", len(one) == 30 and
           one[6:8] == ask("A", 1, 3, 4106, 2) and one[0:2] == [0, 0])
    expect("half a value", len(ask("A", 1, 3, 4097, 1)) == 1)


def exceptions():
    expect("no such register: 02", ask("A", 1, 3, 0, 2) == 2)
    expect("half behind the map: 02", ask("A", 3, 3, 1, 2) == 2)
    expect("a map of holding registers alone: 02", ask("A", 1, 4, 4096, 2) == 2)
    expect("beside the line's map: 02", ask("B", 1, 3, 20700, 2) == 2)
    expect("coils: 01", ask("A", 1, 1, 0, 1) == 1)
    expect("no such unit", ask("A", 99, 3, 0, 2) == "silence")
    expect("no such unit behind the gateway: 0B", ask("B", 99, 3, 0, 2) == 11)


def crc(frame):
    c = 0xffff
    for byte in frame:
        c ^= byte
        for _ in range(8):
            c = c >> 1 ^ 0xa001 if c & 1 else c >> 1
    return frame + struct.pack("<H", c)


def took(send, receive, request, n):
    """Seconds from a request to the n-th byte of its answer."""
    begin, got = time.monotonic(), 0
    send(request)
    while got < n and time.monotonic() < begin + 2:
        try:
            got += len(receive(n - got))
        except BlockingIOError:
            time.sleep(.0005)
    expect("%d bytes" % n, got == n)
    return time.monotonic() - begin


def pace():
    """50 registers: 8 + 105 characters of 11 bits, and 10 ms between."""
    fd = os.open(LINE, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    request = crc(struct.pack(">BBHH", 1, 3, 4096, 50))
    seen = sorted(took(lambda r: os.write(fd, r), lambda n: os.read(fd, n),
                       request, 105) for _ in range(5))
    os.close(fd)
    wire = 113 * 11 / 9600 + .010
    expect("never faster than the wire", seen[0] >= wire, wire, seen)
    expect("hardly slower", seen[0] < wire + .01, wire, seen)
    with socket.create_connection(("127.0.0.1", int(PORT)), 2) as s:
        request = struct.pack(">HHHBBHH", 1, 0, 6, 2, 4, 0, 50)
        seen = sorted(took(s.sendall, s.recv, request, 109) for _ in range(5))
    wire = 113 * 11 / 19200 + .010
    expect("the gateway has a wire too", seen[0] >= wire, wire, seen)
    expect("and is hardly slower", seen[0] < wire + .01, wire, seen)


def fast():
    fd = os.open(LINE, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    request = crc(struct.pack(">BBHH", 1, 3, 4096, 50))
    seen = sorted(took(lambda r: os.write(fd, r), lambda n: os.read(fd, n),
                       request, 105) for _ in range(20))
    os.close(fd)
    expect("faster than any wire", seen[10] < .005, seen)


def reopen():
    """A master that dies leaves its settings; the next sets the same ones."""
    for n in range(3):
        fd = os.open(LINE, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        tio = termios.tcgetattr(fd)
        tio[2] |= termios.PARENB
        tio[4] = tio[5] = termios.B9600
        try:
            termios.tcsetattr(fd, termios.TCSANOW, tio)
            expect("opened with parity again", True)
        except termios.error as e:
            expect("opened with parity again", False, e)
        os.close(fd)
        time.sleep(.7)


def sick(text):
    with open(RUN + "/simulator.ctl", "w") as f:
        f.write(text + "\n")
    time.sleep(.2)


def raw(seconds):
    """What comes on the line within so long after a request to unit 3."""
    fd = os.open(LINE, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    try:
        termios.tcflush(fd, termios.TCIFLUSH)
        os.write(fd, bytes.fromhex("030300000002c5e9"))
        time.sleep(seconds)
        try:
            return os.read(fd, 256)
        except BlockingIOError:
            return b""
    finally:
        os.close(fd)


def sickness():
    well = raw(.2)
    expect("well: 9 bytes", len(well) == 9, well)
    sick("P3 silent")
    expect("silent", raw(.4) == b"")
    expect("the others go on", len(ask("A", 4, 3, 0, 2)) == 2)
    sick("P3 garble")
    bad = raw(.2)
    expect("garble: 9 other bytes", len(bad) == 9 and bad != well, bad)
    sick("P3 short")
    expect("short: 7 bytes", raw(.2) == well[:7])
    sick("P3 foreign")
    expect("foreign: another unit", raw(.2)[:1] == b"\x13")
    sick("P3 late 350")
    expect("late: nothing in time", raw(.3) == b"")
    time.sleep(.2)
    expect("late: comes then", len(raw(.45)) == 9)
    sick("P3 late\nP3 late 0\nP3 blue\nP99 well\n\n" + "x" * 900)
    expect("nonsense changes nothing", raw(.3) == b"")
    time.sleep(.2)
    sick("\nP3 well")
    expect("well again", raw(.2) == well)
    sick("P9 silent")
    expect("0B for a silent meter", ask("B", 1, 3, 23296, 2) == 11)
    sick("P9 garble")
    expect("0B for a garbled answer", ask("B", 1, 3, 23296, 2) == 11)
    sick("P9 late 200")
    expect("the gateway waits", len(ask("B", 1, 3, 23296, 2)) == 2)
    sick("P9 well")


def broken():
    """What is no Modbus request."""
    for hexa in ("0103100000020000", "01", "ff" * 300, "0003000000021bc4"):
        fd = os.open(LINE, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
        os.write(fd, bytes.fromhex(hexa))
        time.sleep(.5)
        try:
            expect("no answer to nonsense", not os.read(fd, 256))
        except BlockingIOError:
            expect("no answer to nonsense", True)
        os.close(fd)
    for n in (0, 126):
        expect("%d registers: 03" % n, count(n)[:3] == b"\x01\x83\x03")
    tcp()


def count(n):
    fd = os.open(LINE, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
    os.write(fd, crc(struct.pack(">BBHH", 1, 3, 4096, n)))
    time.sleep(.2)
    answer = os.read(fd, 256)
    os.close(fd)
    return answer


def tcp():
    good = bytes.fromhex("000700000006020400000002")
    for junk in (b"GET / HTTP/1.1\r\n\r\n", bytes.fromhex("000100000001ff"),
                 bytes.fromhex("00010000ffff0103")):
        with socket.create_connection(("127.0.0.1", int(PORT)), 2) as s:
            s.sendall(junk)
            expect("junk closes", s.recv(99) == b"")
    with socket.create_connection(("127.0.0.1", int(PORT)), 2) as s:
        for i in range(len(good)):
            s.sendall(good[i:i + 1])
        expect("cut at every byte", s.recv(99)[:9] ==
               bytes.fromhex("000700000007020404"))
        s.sendall(good * 3)
        time.sleep(.5)
        expect("three at once", len(s.recv(99)) == 3 * 13)
        s.sendall(good)
    expect("lives on", len(ask("B", 2, 4, 0, 2)) == 2)


def gap():
    expect("nobody measured: P1 is silent", ask("A", 1, 3, 4096, 2) ==
           "silence")
    expect("the water meter is not", len(ask("A", 6, 3, 0, 2)) == 2)


{"meters": meters, "map": rest_of_map, "pace": pace, "reopen": reopen, "fast": fast,
 "exceptions": exceptions, "sickness": sickness, "broken": broken,
 "gap": gap}[STEP]()
sys.exit(failed != 0)
