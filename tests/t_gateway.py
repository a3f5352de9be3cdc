#!/usr/bin/python3
"""t_gateway.py - masters and meters around the real mewsd.

Line A is a pseudo-terminal with meters of every sickness, line B a remote
gateway of the same kind, line C a stranger's (pymodbus).  A register holds its
own number, mixed with its unit, so that every wrong answer shows.
"""
import fcntl
import os
import re
import select
import signal
import socket
import sqlite3
import struct
import subprocess
import sys
import termios
import threading
import time
import tty

BUILD, DIR = sys.argv[1:3]
PORT, PORT_A, PORT_B = (int(a) for a in sys.argv[3:6])
LONG = os.environ.get("LONG") == "yes"
T = 0.25  # the lines' timeout, s
failed = 0


def expect(what, good, *seen):
    global failed
    print("ok:" if good else "FAIL:", what, *([] if good else seen), flush=True)
    failed += not good


# --- meters ---------------------------------------------------------------------


def crc(data):
    total = 0xFFFF
    for byte in data:
        total ^= byte
        for _ in range(8):
            total = total >> 1 ^ (0xA001 if total & 1 else 0)
    return struct.pack("<H", total)


def value(unit, register):
    return (unit * 257 + register) & 0xFFFF


def answer(unit, pdu):
    """What a well meter answers."""
    f = pdu[0]
    if f in (1, 2):
        start, n = struct.unpack(">HH", pdu[1:5])
        bits = [value(unit, start + i) & 1 for i in range(n)]
        data = bytes(sum(b << i for i, b in enumerate(bits[k:k + 8]))
                     for k in range(0, n, 8))
        return bytes([f, len(data)]) + data
    if f in (3, 4):
        start, n = struct.unpack(">HH", pdu[1:5])
        if n == 0 or n > 125:
            return bytes([f | 0x80, 3])
        return struct.pack(">BB%dH" % n, f, 2 * n,
                           *(value(unit, start + i) for i in range(n)))
    if f in (5, 6, 8, 22):
        return pdu
    if f in (15, 16):
        return pdu[:5]
    if f == 23:
        start, n = struct.unpack(">HH", pdu[1:5])
        return answer(unit, struct.pack(">BHH", 3, start, n)).replace(
            b"\x03", b"\x17", 1)
    return bytes([f]) + pdu[:0:-1]  # a function nobody knows


class Line(threading.Thread):
    """Meters on a pseudo-terminal; sick by unit.  baud: at its pace."""

    def __init__(self, path):
        super().__init__(daemon=True)
        self.path, self.baud, self.seen, self.sick = path, 0, [], {}
        self.plug()
        self.start()

    def plug(self):
        self.master, self.slave = os.openpty()
        tty.setraw(self.slave)
        attr = termios.tcgetattr(self.slave)
        attr[4] = attr[5] = termios.B50
        termios.tcsetattr(self.slave, termios.TCSANOW, attr)
        if os.path.islink(self.path):
            os.unlink(self.path)
        os.symlink(os.ttyname(self.slave), self.path)
        self.plugged = True

    def unplug(self):
        self.plugged = False
        time.sleep(0.1)
        os.unlink(self.path)
        os.close(self.slave)
        os.close(self.master)

    def run(self):
        while True:
            if not self.plugged:
                time.sleep(0.02)
                continue
            if not select.select([self.master], [], [], 0.05)[0]:
                continue
            frame = b""
            try:
                while not frame or select.select(
                        [self.master], [], [], 0.002)[0]:
                    frame += os.read(self.master, 512)
                    if len(frame) > 3 and crc(frame) == b"\0\0":
                        break
                if len(frame) > 3:
                    self.serve(frame)
            except OSError:
                pass

    def put(self, unit, pdu, bad=0):
        frame = bytes([unit]) + pdu
        check = crc(frame)
        self.raw(frame + bytes([check[0] ^ bad, check[1]]))

    def raw(self, data):
        if self.baud:
            time.sleep(len(data) * 11 / self.baud)
        os.write(self.master, data)

    def serve(self, frame):
        unit, pdu = frame[0], frame[1:-2]
        self.seen.append((time.monotonic(), unit, pdu))
        if self.baud:
            time.sleep((len(frame) + 3.5) * 11 / self.baud)
        good = answer(unit, pdu)
        if unit == 0:
            return
        if unit in self.sick:
            self.sick[unit](self, unit, pdu, good)
        else:
            self.put(unit, good)

    def asked(self, unit, since=0, function=None):
        return [s for s in self.seen if s[1] == unit and s[0] >= since
                and function in (None, s[2][0])]


def late(line, unit, pdu, good):
    """Every second answer comes after the time is over."""
    late.turn = not late.turn
    if late.turn:
        time.sleep(T + 0.04)
    line.put(unit, good)


late.turn = False


def noise(n):
    return bytes((i * 37 + 11) & 0xFF for i in range(n))


def foreign(line, unit, pdu, good):
    line.put(unit + 100, good)


def foreign_function(line, unit, pdu, good):
    line.put(unit, bytes([good[0] ^ 7]) + good[1:])


def exception(line, unit, pdu, good):
    line.put(unit, bytes([pdu[0] | 0x80, pdu[2]]))  # the code is asked for


def for_ever(line, unit, pdu, good):
    end = time.monotonic() + 1
    while time.monotonic() < end:
        line.raw(noise(16))
        time.sleep(0.005)


def holes(line, unit, pdu, good):
    frame = bytes([unit]) + good
    frame += crc(frame)
    for i in range(0, len(frame), 4):
        line.raw(frame[i:i + 4])
        time.sleep(0.02)


SICK = {
    102: late,
    103: lambda line, unit, pdu, good: None,
    104: lambda line, unit, pdu, good: line.put(unit, good, bad=1),
    105: lambda line, unit, pdu, good: (line.put(unit, good),
                                        line.put(unit, good)),
    106: lambda line, unit, pdu, good: (line.put(unit, pdu),
                                        line.put(unit, good)),
    107: foreign,
    108: lambda line, unit, pdu, good: line.put(unit, good[:-2]),
    109: lambda line, unit, pdu, good: line.put(unit, good + b"\0\0"),
    110: lambda line, unit, pdu, good: (line.raw(noise(7)),
                                        line.put(unit, good)),
    111: lambda line, unit, pdu, good: (line.put(unit, good),
                                        line.raw(noise(9))),
    112: for_ever,
    113: exception,
    114: foreign_function,
    115: holes,
    116: lambda line, unit, pdu, good: time.sleep(0.09) or line.put(unit, good),
    117: lambda line, unit, pdu, good: None,
    118: lambda line, unit, pdu, good: (line.put(unit + 100, good),
                                        line.put(unit, good)),
}


class Remote(threading.Thread):
    """A gateway whose units are sick in the ways of TCP."""

    def __init__(self):
        super().__init__(daemon=True)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.seen, self.connections = [], 0
        self.start()

    def run(self):
        while True:
            s, _ = self.listener.accept()
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self.connections += 1
            threading.Thread(target=self.talk, args=(s,), daemon=True).start()

    def talk(self, s):
        try:
            while head := exactly(s, 7):
                tid, _, n, unit = struct.unpack(">HHHB", head)
                pdu = exactly(s, n - 1)
                self.seen.append((time.monotonic(), unit, pdu))
                good = answer(unit, pdu)
                whole = mbap(tid, unit, good)
                if unit == 22:
                    s.sendall(mbap(tid + 1, unit, good))
                elif unit == 23:
                    pass  # hangs
                elif unit == 24:
                    for byte in whole:
                        s.sendall(bytes([byte]))
                        time.sleep(0.002)
                elif unit == 25:
                    s.sendall(struct.pack(">HHHB", tid, 0, 60000, unit) + good)
                elif unit == 26:
                    s.sendall(mbap(tid - 1, unit, good) + whole)
                elif unit == 27:
                    s.sendall(mbap(tid, unit, bytes([pdu[0] | 0x80, 10])))
                elif unit == 28:
                    s.sendall(whole)
                    time.sleep(0.05)
                    break
                else:
                    s.sendall(whole)
        except OSError:
            pass
        s.close()


# --- masters ----------------------------------------------------------------------


def exactly(s, n):
    data = b""
    while len(data) < n:
        part = s.recv(n - len(data))
        if not part:
            return b""
        data += part
    return data


def mbap(tid, unit, pdu):
    return struct.pack(">HHHB", tid & 0xFFFF, 0, len(pdu) + 1, unit) + pdu


def dial(port=PORT, source="127.0.0.1", host="127.0.0.1"):
    s = socket.create_connection((host, port), 5, (source, 0))
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return s


def hear(s):
    """tid, unit, PDU; None at the end."""
    head = exactly(s, 7)
    if not head:
        return None
    tid, zero, n, unit = struct.unpack(">HHHB", head)
    assert zero == 0 and 2 <= n <= 254
    return tid, unit, exactly(s, n - 1)


def read(start=0, n=2, function=3):
    return struct.pack(">BHH", function, start, n)


def ask(s, unit, pdu, tid=0x4D57):
    s.sendall(mbap(tid, unit, pdu))
    got = hear(s)
    if got is None:
        return None
    assert got[:2] == (tid, unit), got
    return got[2]


def once(unit, pdu, port=PORT, source="127.0.0.1"):
    with dial(port, source) as s:
        return ask(s, unit, pdu)


def ends(s, within=3):
    """True when the other side closes."""
    s.settimeout(within)
    try:
        while s.recv(4096):
            pass
        return True
    except ConnectionError:
        return True
    except socket.timeout:
        return False


def except_of(pdu, code):
    return bytes([pdu[0] | 0x80, code])


def timed(call, *args):
    begun = time.monotonic()
    got = call(*args)
    return got, time.monotonic() - begun


def log():
    with open(DIR + "/log/mewsd.log") as f:
        return f.read()


def until(call, seconds=60):
    end = time.monotonic() + seconds
    while not (good := call()) and time.monotonic() < end:
        time.sleep(0.05)
    return good


def process(name):
    with open("/proc/%d/status" % mewsd.pid) as f:
        return int(re.search(name + r":\s+(\d+)", f.read())[1])


# --- the site ---------------------------------------------------------------------

line = Line(DIR + "/run/line-A")
line.sick.update(SICK)
remote = Remote()


def stranger():
    """pymodbus as the gateway of line C; its port."""
    with socket.create_server(("127.0.0.1", 0)) as s:
        port = s.getsockname()[1]
    code = """
import sys
from pymodbus.datastore import ModbusSequentialDataBlock as Block
from pymodbus.datastore import ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartTcpServer
unit = lambda n: ModbusSlaveContext(hr=Block(0, [n * 10 + i for i in range(99)]),
                                    zero_mode=True)
StartTcpServer(context=ModbusServerContext({1: unit(1), 40: unit(2)}, single=False),
               address=("127.0.0.1", int(sys.argv[1])))
"""
    program = subprocess.Popen([sys.executable, "-c", code, str(port)],
                               stderr=subprocess.DEVNULL)
    return program, port


other, port_c = stranger()
SITE = f"""
site "Test" zone UTC
line A rtu {line.path} 19200 8E1 timeout {int(T * 1000)}
line B tcp 127.0.0.1 {remote.port} timeout {int(T * 1000)}
line C tcp 127.0.0.1 {port_c} timeout 300
device P1 "a" line A unit 1 profile eastron-sdm630 every 2
device P2 "b" line A unit 2 profile eastron-sdm630 every 2
device P3 "c" line B unit 1 profile eastron-sdm630 every 5 gateway 51
device P4 "d" line B unit 21 profile eastron-sdm630 every 5
device P5 "e" line C unit 1 profile eastron-sdm630 every 60 gateway 61
device P6 "f" line C unit 40 profile eastron-sdm630 every 60
gateway port {PORT_A} forward A
gateway port {PORT_B} address 127.0.0.1 forward B
gateway port {PORT_B} address ::1
gateway allow 127.0.0.1 read-write
gateway allow ::1 read-write
gateway allow 127.0.1.0/24 read-write
gateway allow 127.0.0.2 read
gateway allow 127.0.0.3 read-write units 1-2 registers 10-19
gateway allow 127.0.0.4 none
gateway allow 127.0.0.5 read units 1-2
gateway allow 127.0.0.6 read-write first
"""
FOLDERS = ["--state", DIR + "/state", "--run", DIR + "/run", "--share",
           BUILD + "/share"]


def shell(*words):
    return subprocess.run([BUILD + "/mews", *FOLDERS, *words], check=True,
                          capture_output=True, text=True).stdout


def begin(site, *options):
    with open(DIR + "/site", "w") as f:
        f.write(site)
    shell("site", "import", DIR + "/site")
    shell("set", "gateway_open", "always")
    return subprocess.Popen([BUILD + "/mewsd", *FOLDERS, "--debug", *options],
                            stderr=open(DIR + "/log/mewsd.log", "a"))


mewsd = None


def stop():
    mine = [p for p in (mewsd, other) if p]
    for p in mine:
        p.terminate()
    for p in mine:
        try:
            p.wait(5)
        except subprocess.TimeoutExpired:
            p.kill()


# --- what is right passes -------------------------------------------------------------


def transparent():
    with dial() as s:
        for function in (1, 2, 3, 4):
            for start, n in ((0, 1), (100, 125), (65535, 1)):
                pdu = read(start, n, function)
                expect(f"function {function}, {n} at {start}",
                       ask(s, 1, pdu) == answer(1, pdu))
        pdus = {5: b"\x05\0\x10\xff\0", 6: b"\x06\0\x10\x12\x34",
                8: b"\x08\0\0\xab\xcd", 15: b"\x0f\0\x01\0\x09\x02\xff\x01",
                16: b"\x10\0\x01\0\x02\x04\x01\x02\x03\x04",
                22: b"\x16\0\x04\0\xf2\0\x25",
                23: b"\x17\0\x03\0\x06\0\x0e\0\x01\x02\0\xff"}
        for function, pdu in pdus.items():
            expect(f"function {function}", ask(s, 1, pdu) == answer(1, pdu))
        for function in (9, 17, 20, 24, 43, 65, 100, 127):
            pdu = bytes([function]) + noise(function % 9)
            expect(f"unknown function {function}",
                   ask(s, 1, pdu) == answer(1, pdu), line.seen[-1])
        pdu = bytes([100]) + noise(252)
        expect("frames of 256 bytes", ask(s, 1, pdu) == answer(1, pdu))
        big = b"\x10\0\x01\0\x7b\xf6" + noise(246)
        expect("the longest write", ask(s, 1, big) == answer(1, big))
        for code in range(1, 9):
            expect(f"exception {code} of a unit",
                   once(113, read(code), PORT_A) == except_of(read(), code))
        for tid in (0, 1, 0xFFFF):
            expect(f"transaction {tid}", ask(s, 1, read(), tid)
                   == answer(1, read()))


def units():
    expect("a unit that nobody knows", once(99, read()) == except_of(read(), 10))
    expect("a unit with another number",
           once(51, read(7)) == answer(1, read(7)))
    expect("behind the remote gateway", remote.seen[-1][1] == 1)
    expect("a unit of another line", once(21, read(7)) == answer(21, read(7)))
    expect("a port for one line", once(77, read(7), PORT_A)
           == answer(77, read(7)))
    expect("and for another", once(77, read(7), PORT_B) == answer(77, read(7)))
    try:
        with dial(PORT_B, "::1", "::1") as s:
            expect("IPv6", ask(s, 2, read(9)) == answer(2, read(9)))
    except OSError as why:
        expect("IPv6", why.errno in (97, 99), why)


def strangers():
    def poll(*more):
        done = subprocess.run(
            ["mbpoll", "-m", "tcp", "-0", "-1", "-p", str(PORT), *more],
            capture_output=True, text=True)
        return done.stdout + done.stderr

    got = poll("-a", "2", "-r", "30", "-c", "3", "-t", "4", "127.0.0.1")
    expect("mbpoll reads", all(f"[{r}]: \t{value(2, r)}" in got
                               for r in (30, 31, 32)), got)
    got = poll("-a", "2", "-r", "30", "-t", "4", "127.0.0.1", "777")
    expect("mbpoll writes", "Written 1 references" in got, got)
    expect("and it arrives", line.asked(2)[-1][2] == b"\x06\0\x1e\x03\x09"
           or any(s[2] == b"\x06\0\x1e\x03\x09" for s in line.asked(2)[-5:]))
    from pymodbus.client.tcp import ModbusTcpClient
    client = ModbusTcpClient("127.0.0.1", port=PORT)
    client.connect()
    got = client.read_input_registers(5, 4, slave=1)
    expect("pymodbus reads", getattr(got, "registers", None)
           == [value(1, 5 + i) for i in range(4)], got)
    got = client.read_holding_registers(3, 2, slave=99)
    expect("pymodbus hears an exception",
           getattr(got, "exception_code", 0) == 10, got)
    expect("pymodbus as the remote gateway", until(
        lambda: once(40, read(3, 2)) == b"\x03\x04\0\x17\0\x18"))
    client.write_register(3, 4711, slave=40)
    got = client.read_holding_registers(3, 1, slave=40)
    expect("it is written", getattr(got, "registers", None) == [4711], got)
    client.close()


# --- bytes in every order ----------------------------------------------------------------


def framing():
    whole = mbap(5, 1, read(3))
    good = mbap(5, 1, answer(1, read(3)))
    with dial() as s:
        for cut in range(1, len(whole)):
            s.sendall(whole[:cut])
            time.sleep(0.003)
            s.sendall(whole[cut:])
            if exactly(s, len(good)) != good:
                expect(f"cut at byte {cut}", False)
        for byte in whole:
            s.sendall(bytes([byte]))
            time.sleep(0.003)
        expect("cut anywhere", exactly(s, len(good)) == good)
        s.sendall(whole * 3 + whole[:4])
        expect("joined", exactly(s, 3 * len(good)) == 3 * good)
        s.sendall(whole[4:])
        expect("and its end", exactly(s, len(good)) == good)


def pipelined():
    with dial() as s:
        s.sendall(b"".join(mbap(7, 1 + i % 2, read(i)) for i in range(60)))
        got = [hear(s) for _ in range(60)]
        expect("60 requests with one transaction id, in order",
               got == [(7, 1 + i % 2, answer(1 + i % 2, read(i)))
                       for i in range(60)])
        units = [1, 2, 51, 21]
        s.sendall(b"".join(mbap(i, units[i % 4], read(i)) for i in range(60)))
        got = sorted(hear(s) for _ in range(60))
        real = {1: 1, 2: 2, 51: 1, 21: 21}
        expect("60 with their own, to two lines",
               got == [(i, units[i % 4], answer(real[units[i % 4]], read(i)))
                       for i in range(60)])
        s.sendall(b"".join(mbap(9, u, read(5)) for u in (51, 99, 1, 99, 21)))
        got = [hear(s)[1] for _ in range(5)]
        expect("one id to lines, and to nobody, in order",
               got == [51, 99, 1, 99, 21], got)


def malformed():
    with dial() as well:
        for length in (0, 1, 255, 256, 60000, 65535):
            with dial() as s:
                s.sendall(struct.pack(">HHHB", 1, 0, length, 1) + read())
                expect(f"length {length} is closed", ends(s))
        for text in (b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\0\x01",
                     struct.pack(">HHHB", 1, 1, 6, 1) + read(), noise(300)):
            with dial() as s:
                s.sendall(text)
                expect(f"{text[:8]} is closed", ends(s))
        expect("nobody else is", ask(well, 1, read()) == answer(1, read()))
        begun = time.monotonic()
        for pdu in (read()[:4], read() + b"\0", b"\x03", b"\x06\0\x10\0",
                    b"\x0f\0\x01\0\x09\x01\xff", b"\x10\0\x01\0\x02\x04\x01",
                    b"\x10\0\x01\0\x03\x04\x01\x02\x03\x04",
                    b"\x16\0\x04\0\xf2", b"\x17\0\x03\0\x06\0\x0e\0\x01\x03\0"):
            expect(f"{pdu.hex()} is exception 3",
                   ask(well, 78, pdu, 1) == except_of(pdu, 10) or
                   ask(well, 1, pdu, 1) == except_of(pdu, 3))
            expect("it was first", once(77, pdu, PORT_A) == except_of(pdu, 3))
        for pdu in (b"\0", b"\0\0\0\0\1", b"\x80", b"\x83\0\0\0\1", b"\xff"):
            expect(f"{pdu.hex()} is exception 1",
                   ask(well, 1, pdu) == except_of(pdu, 1))
        expect("none of them is on the line", not line.asked(77, begun))


def urgent():
    with dial() as s:
        whole = mbap(1, 1, read(258, 1))
        for i in range(1, 4):
            s.sendall(whole[:-i])
            s.send(whole[-i:], socket.MSG_OOB)
            expect(f"{i} urgent bytes stay in their place",
                   hear(s) == (1, 1, answer(1, read(258, 1))))


def half_closed():
    with dial() as s:
        s.sendall(b"".join(mbap(i, 1, read(i)) for i in range(5)) + b"\0\1")
        s.shutdown(socket.SHUT_WR)
        got = [hear(s) for _ in range(5)]
        expect("who says no more still hears", got ==
               [(i, 1, answer(1, read(i))) for i in range(5)])
        expect("and is closed", hear(s) is None)


def vanishing():
    begun = time.monotonic()
    with dial() as well:
        clients = [dial(PORT_A, f"127.0.1.{i % 6 + 1}") for i in range(24)]
        for i, s in enumerate(clients):
            s.sendall(b"".join(mbap(k, 116, read(100 * i + k))
                               for k in range(4)))
        time.sleep(0.15)
        for s in clients:
            s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                         struct.pack("ii", 1, 0))
            s.close()
        got, took = timed(ask, well, 1, read())
        expect("all vanish, nobody is kept", got == answer(1, read())
               and took < 0.4, took)
    time.sleep(0.5)
    n = len(line.asked(116, begun))
    expect("what they asked is not", 1 <= n <= 5, n)


def deaf():
    """Clients that ask and never read."""
    flood = mbap(1, 1, read(0, 125)) + mbap(2, 99, read()) * 1000
    held = []

    def drown(s):
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        s.settimeout(1)
        sent = 0
        try:
            while sent < 64 << 20:
                s.sendall(flood)
                sent += len(flood)
        except socket.timeout:
            held.append(sent)
        except OSError as why:
            held.append(why)

    before = process("VmRSS")
    with dial() as well:
        clients = [dial(source=f"127.0.1.{i % 4 + 1}") for i in range(16)]
        threads = [threading.Thread(target=drown, args=(s,)) for s in clients]
        for t in threads:
            t.start()
        worst = i = 0
        while any(t.is_alive() for t in threads):
            i += 1
            got, took = timed(ask, well, 2, read(i % 9))
            worst = max(worst, took)
            if got != answer(2, read(i % 9)):
                expect("right beside the deaf", False, got)
        expect("who does not read is held back", len(held) == 16 and
               all(isinstance(n, int) for n in held), held)
        expect("nobody else waits", worst < 0.9, worst)
        grown = process("VmRSS") - before
        expect("nor is memory used", grown < 2048 or sanitized, grown)
        for s in clients:
            s.close()


# --- sick meters -----------------------------------------------------------------------


def sick_meters():
    good, dead = {105, 106, 110, 111, 115, 118}, {104, 107, 108, 114, 117}
    with dial(PORT_A) as s:
        for round in range(3):
            for unit in sorted(good | dead):
                if unit == 117 and round > 0:
                    continue
                pdu = read(unit + round)
                got = ask(s, unit, pdu)
                want = answer(unit, pdu) if unit in good else except_of(pdu, 11)
                if got != want:
                    expect(f"unit {unit}", False, got)
                pdu = read(round)
                if ask(s, 1, pdu) != answer(1, pdu):
                    expect(f"the unit behind {unit}", False)
        expect("doubled, echoed, foreign, short, noise: right or none", True)
        got, took = timed(ask, s, 112, read())
        expect("noise for ever ends", got == except_of(read(), 11)
               and took < 2.5, got, took)
        expect("then the line is quiet again", until(
            lambda: ask(s, 1, read(3)) == answer(1, read(3))))
        pdu = read(4)
        got = ask(s, 109, pdu)
        expect("a long one is none, or right", got in (except_of(pdu, 11),
                                                       answer(109, pdu)), got)


def late_answers():
    wrong = right = silent = 0
    rounds = 100 if LONG else 20
    with dial(PORT_A) as s:
        for i in range(rounds):
            pdu = read(1000 + i)
            got = ask(s, 102, pdu)
            silent += got == except_of(pdu, 11)
            wrong += got not in (answer(102, pdu), except_of(pdu, 11))
            for unit, start in ((1, 2000 + i), (102, 3000 + i)):
                pdu = read(start)
                got = ask(s, unit, pdu)
                right += got == answer(unit, pdu)
                wrong += got not in (answer(unit, pdu), except_of(pdu, 11))
    expect("no late answer is delivered", wrong == 0, wrong)
    expect("and there were some", silent >= rounds * 0.9 and right >= rounds,
           silent, right)


def dead_unit():
    with dial(PORT_A) as s, dial() as well:
        first = [timed(ask, s, 103, read()) for _ in range(2)]
        expect("a silent unit takes its time",
               all(g == except_of(read(), 11) for g, _ in first)
               and first[0][1] >= T, first)
        before = len(line.asked(103))
        begun = time.monotonic()
        took = [timed(ask, s, 103, read()) for _ in range(20)]
        expect("then none", all(g == except_of(read(), 11) and t < 0.05
                                for g, t in took), took)
        expect("and is not asked", len(line.asked(103)) == before)
        time.sleep(max(0, begun + 1.2 - time.monotonic()))
        got, t = timed(ask, s, 103, read())
        expect("but once a second passed", t >= T and
               len(line.asked(103)) == before + 1, t)
        worst = max(timed(ask, well, 1, read(i))[1] for i in range(20))
        expect("its neighbour does not feel it", worst < T + 0.2, worst)
        expect("nor does mews", until(lambda: line.asked(1, begun, 4)))


# --- sharing -------------------------------------------------------------------------------


def joining():
    clients = [dial(PORT_A, f"127.0.1.{i + 1}") for i in range(10)]
    begun = time.monotonic()
    clients[0].sendall(mbap(0, 116, read(1)))
    time.sleep(0.03)
    for i, s in enumerate(clients[1:]):
        s.sendall(mbap(i, 116, read(700)))
    got = [hear(s)[2] for s in clients]
    expect("nine who ask the same", got == [answer(116, read(1))]
           + 9 * [answer(116, read(700))])
    expect("are one to the line", len(line.asked(116, begun)) == 2,
           line.asked(116, begun))
    begun = time.monotonic()
    for s in clients:
        s.sendall(mbap(1, 60, b"\x06\0\x05\0\x07"))
    expect("writes stay ten", [hear(s)[2] for s in clients]
           == 10 * [b"\x06\0\x05\0\x07"] and
           len(line.asked(60, begun)) == 10)
    for s in clients:
        s.close()


def waiting():
    with dial(PORT_A) as s, dial(PORT_A, "127.0.1.9") as t:
        begun = time.monotonic()
        s.sendall(b"".join(mbap(i, 116, read(800 + i)) for i in range(16)))
        answers = []
        for _ in range(16):
            tid, _, pdu = hear(s)
            answers.append((tid, time.monotonic() - begun, pdu))
        busy = [a for a in answers if a[2] == except_of(read(), 6)]
        good = [a for a in answers if a[2] == answer(116, read(800 + a[0]))]
        expect("who waits too long hears it", len(busy) >= 3 and
               len(good) >= 6 and len(busy) + len(good) == 16, answers)
        expect("in time", all(0.88 < a[1] < 1.02 for a in busy), busy)
        clients = [dial(PORT_A, f"127.0.1.{i // 8 + 1}") for i in range(16)]
        for k, c in enumerate(clients):
            c.sendall(b"".join(mbap(i, 116, read(100 * k + i))
                               for i in range(16)))
        got, took = timed(ask, t, 1, read(5))
        expect("a crowd in front of one", got == answer(1, read(5))
               and took < 0.7, got, took)
        codes = [hear(c)[2] for c in clients for _ in range(16)]
        right = sum(c[0] == 3 for c in codes)
        expect("every one of them is answered",
               right + codes.count(except_of(read(), 6)) == 256 and right > 5,
               right)
        for c in clients:
            c.close()


def greedy():
    """Eight clients flat out on a paced line; mews reads two meters every 2 s."""
    line.baud = 19200
    counts = [0] * 8
    stop_at = time.monotonic() + (60 if LONG else 16)
    wrong, silent = [], []
    longest = [0.0]

    def hammer(k):
        source = "127.0.1.1" if k < 7 else "127.0.1.2"
        with dial(PORT_A, source) as s:
            s.settimeout(5)
            i = 0
            while time.monotonic() < stop_at:
                pdu = read(1000 * k + i % 900, 50)
                i += 1
                got, took = timed(ask, s, 30 + k, pdu)
                longest[0] = max(longest[0], took)
                if got == answer(30 + k, pdu):
                    counts[k] += 1
                elif got == except_of(pdu, 11):
                    silent.append(pdu)
                elif got != except_of(pdu, 6):
                    wrong.append(got)

    begun = time.monotonic() + 2
    threads = [threading.Thread(target=hammer, args=(k,)) for k in range(8)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    line.baud = 0
    expect("nothing wrong in a crowd", not wrong, wrong[:3])
    # the meters live in this program, which may itself be late
    expect("hardly a silence", len(silent) <= sum(counts) / 25, len(silent))
    for unit in (1, 2):
        blocks = {}
        for at, _, pdu in line.asked(unit, begun, 4):
            blocks.setdefault(pdu, []).append(at)
        gaps = [b - a for times in blocks.values()
                for a, b in zip(times, times[1:]) if len(times) > 4]
        expect(f"unit {unit} is read every 2 s", gaps and max(gaps) < 2.5,
               gaps)
    rate = sum(counts) / (stop_at - begun + 2)
    expect("and the rest of the line is theirs", rate > 7, rate)
    expect("one client of its own has as much as seven of one address",
           0.8 < counts[7] / sum(counts[:7]) < 1.25, counts)
    expect("nobody waits for long", longest[0] < 1.1 + T, longest)


# --- all at once, rights, limits --------------------------------------------------------------


def broadcasts():
    for pdu, echo in ((b"\x06\0\x10\x12\x34", 5), (b"\x05\0\x10\xff\0", 5),
                      (b"\x10\0\x01\0\x01\x02\0\x07", 5),
                      (b"\x0f\0\x01\0\x02\x01\x03", 5)):
        begun = time.monotonic()
        got, took = timed(once, 0, pdu)
        expect(f"{pdu.hex()} to all units", got == pdu[:echo] and took >= 0.09,
               got, took)
        expect("is sent once", until(lambda: [s[2] for s in line.asked(
            0, begun)] == [pdu]), line.asked(0, begun))
    begun = time.monotonic()
    for pdu in (read(), read(0, 1, 1), b"\x11", b"\x2b\x0e\x01\0",
                b"\x17\0\x03\0\x06\0\x0e\0\x01\x02\0\xff"):
        expect(f"{pdu.hex()} is not", once(0, pdu) == except_of(pdu, 1))
    pdu = b"\x06\0\x10\x12\x34"
    expect("nor who may not write",
           once(0, pdu, source="127.0.0.2") == except_of(pdu, 1))
    expect("none of these is sent", not line.asked(0, begun))


def rights():
    begun = time.monotonic()
    with dial(source="127.0.0.2") as s:
        reads = (1, 2, 3, 4, 7, 11, 12, 17, 20, 24)
        for function in list(range(1, 128)):
            pdu = bytes([function]) + b"\0\0\0\1"
            if function in reads and function > 4 or function in (16, 15, 22):
                continue
            got = ask(s, 1, pdu)
            want = answer(1, pdu) if function in reads else except_of(pdu, 1)
            if got != want:
                expect(f"function {function} of who may read", False, got)
        seen = {s[2][0] for s in line.asked(1, begun)}
        expect("who may read reaches the line by these alone",
               seen <= {1, 2, 3, 4}, seen)
        for pdu in (b"\x07", b"\x0b", b"\x11", b"\x2b\x0e\x01\0"):
            expect(f"{pdu.hex()} reads", ask(s, 1, pdu)[0] & 0x7F == pdu[0]
                   and ask(s, 1, pdu) != except_of(pdu, 1))
        for pdu in (b"\x2b\x0d\x01\0", b"\x2b", b"\x0f\0\x01\0\x02\x01\x03",
                    b"\x10\0\x01\0\x01\x02\0\x07", b"\x16\0\x04\0\xf2\0\x25"):
            expect(f"{pdu.hex()} does not", ask(s, 1, pdu)
                   == except_of(pdu, 1))
    with dial(source="127.0.0.3") as s:
        for unit, pdu, good in (
                (1, read(10, 10), True), (2, read(19, 1), True),
                (1, read(9, 2), False), (1, read(19, 2), False),
                (21, read(10, 1), False), (1, b"\x06\0\x0a\0\1", True),
                (1, b"\x06\0\x14\0\1", False), (1, b"\x11", False)):
            want = answer(unit, pdu) if good else except_of(pdu, 1)
            expect(f"some registers of some units: {unit} {pdu.hex()}",
                   ask(s, unit, pdu) == want)
    for source in ("127.0.0.4", "127.0.0.9"):
        with dial(source=source) as s:
            expect(f"{source} is not let in", ends(s))
    once(1, b"\x10\0\x01\0\x02\x04\xca\xfe\x03\x04")
    found = until(lambda: re.search(
        r"127\.0\.0\.1:\d+ wrote: unit 1, function 16, registers 1-2, "
        r"value cafe0304: OK", log()))
    expect("a write is told", found)
    expect("so is the refused, not each", 1 <= log().count(
        "refused 127.0.0.2") <= 10, log().count("refused 127.0.0.2"))
    expect("and who was not let in", "127.0.0.4" in log())


def many():
    def fds():
        return len(os.listdir(f"/proc/{mewsd.pid}/fd"))

    with dial(source="127.0.1.77") as well:
        good = ask(well, 1, read()) == answer(1, read())
        alone = fds()
        clients = []
        most = 0
        for i in range(1100):
            try:
                clients.append(dial())
            except OSError:
                pass
            if i % 20 == 0:
                most = max(most, fds())
                good &= ask(well, 1, read(i)) == answer(1, read(i))
        expect("1100 connections", len(clients) > 1000, len(clients))
        expect("the one that asks is served", good)
        most = max(most, fds())
        expect("few are kept", most < 128, most)
        time.sleep(0.2)

        def alive(some):
            n = 0
            for s in some:
                s.settimeout(0.02)
                try:
                    n += s.recv(1) != b""
                except socket.timeout:
                    n += 1
                except OSError:
                    pass
            return n

        expect("eight of one address", alive(clients) == 8, alive(clients))
        for s in clients:
            s.close()
        until(lambda: ask(well, 1, read()) and fds() <= alone)
        clients = []
        for i in range(60):
            s = dial(source=f"127.0.1.{i // 6 + 1}")
            s.settimeout(2)
            try:
                ask(s, 1, read())
            except OSError:
                pass
            clients.append(s)
        n = alive(clients)
        expect("32 in all, who asked are not sent away for others",
               n == 31 and alive(clients[:31]) == 31, n)
        expect("the one that asks is served on",
               ask(well, 1, read(3)) == answer(1, read(3)))
        for s in clients:
            s.close()


# --- remote gateways, cables ----------------------------------------------------------------


def timed_open(s, unit, pdu):
    """As timed(ask), again for a second while a remote that has just ended
    its connection is not connected to yet."""
    give_up = time.monotonic() + 1
    while True:
        got, took = timed(ask, s, unit, pdu)
        if got != except_of(pdu, 10) or time.monotonic() > give_up:
            return got, took
        time.sleep(0.05)


def remotes():
    good, none = {24, 26, 28, 29}, {22: 11, 25: 10, 27: 10}
    stop_at = time.monotonic() + 4
    worst = [0.0]

    def beside():
        with dial() as s:
            while time.monotonic() < stop_at:
                got, took = timed(ask, s, 1, read(4))
                worst[0] = max(worst[0], took)
                assert got == answer(1, read(4))

    thread = threading.Thread(target=beside)
    thread.start()
    with dial(PORT_B) as s:
        for unit in good:
            for i in range(3):
                got, _ = timed_open(s, unit, read(i))
                if got != answer(unit, read(i)):
                    expect(f"remote unit {unit}", False, got)
                time.sleep(0.1 if unit == 28 else 0)
        expect("bytes one by one, old answers, connections that end", True)
        for unit, code in none.items():
            got, took = (timed(ask, s, unit, read()) if code == 10
                         else timed_open(s, unit, read()))
            expect(f"remote unit {unit}", got == except_of(read(), code)
                   and took < 1.2, got, took)
            until(lambda: ask(s, 29, read(3)) == answer(29, read(3)))
        got, took = timed(ask, s, 23, read())
        expect("one that hangs", got == except_of(read(), 11) and
               0.8 < took < 1.2, got, took)
        expect("and its neighbour", until(
            lambda: ask(s, 29, read(6)) == answer(29, read(6))))
    thread.join()
    expect("the serial line does not feel it", worst[0] < T + 0.2, worst)


# --- mews itself, and what it tells ----------------------------------------------------------


def rows(file, sql):
    db = sqlite3.connect(f"file:{DIR}/{file}?mode=ro", uri=True, timeout=5)
    try:
        return db.execute(sql).fetchall()
    finally:
        db.close()


def door(command):
    with socket.socket(socket.AF_UNIX) as s:
        s.settimeout(5)
        s.connect(DIR + "/run/mewsd.sock")
        s.sendall(command.encode() + b"\n")
        return s.makefile().readline()


def registers(start, n, function=4):
    got = once(255, read(start, n, function))
    return got[2:] if got[0] == function else got


def value_map():
    """(plate, quantity): address of the slot, decimals."""
    table = [l.split(",") for l in shell("gateway-map").splitlines()[1:]]
    slots = {(r[4], r[6]): int(r[0]) for r in table if r[7] == "value"}
    digits = {(r[4], r[6]): int(r[9]) for r in table if r[7] == "stored"}
    return slots, digits


def slot(address):
    """float, stored, quality, age"""
    return struct.unpack(">fqHH", registers(address, 8))


def itself():
    state = struct.unpack(">4sHHHHHHHHIII", registers(0, 16))
    expect("mews tells its state", state[0] == b"mews" and state[4] == 6
           and state[6] == 1 and abs(state[10] - time.time()) < 3, state)
    from pymodbus.client.tcp import ModbusTcpClient
    from pymodbus.mei_message import ReadDeviceInformationRequest
    client = ModbusTcpClient("127.0.0.1", port=PORT)
    client.connect()
    got = client.execute(ReadDeviceInformationRequest(2, 0, unit=255,
                                                      slave=255))
    expect("pymodbus hears who it is", got.information.get(0) == b"mews"
           and got.information.get(6) == b"Test", vars(got))
    client.close()
    slots, digits = value_map()
    expect("each value of each device has a slot", len(slots) ==
           len(set(slots.values())) and {p for p, _ in slots} ==
           {"P1", "P2", "P3", "P4", "P5", "P6"}, len(slots))
    at = slots["P1", "voltage_l1"]
    expect("values are there", until(lambda: slot(at)[2] == 0), slot(at))
    live = {(p, q): v for p, q, v in rows("run/live.db", f"""
        SELECT 'P' || device, quantity, value FROM value""")}
    wrong = []
    for key, address in slots.items():
        f, stored, quality, age = slot(address)
        if quality == 0 and not (
                stored == live[key] and age < 70 and
                abs(f - stored / 10 ** digits[key]) <= abs(f) * 1e-6):
            wrong.append((key, f, stored, quality, age, live[key]))
        if quality != 0 and (f == f or stored != -2 ** 63):
            wrong.append((key, f, stored, quality))
    expect("they are those of live.db, or none", not wrong, wrong[:3])
    end = max(slots.values()) + 8
    for start, n in ((16, 1), (15, 2), (998, 4), (end, 1), (end - 1, 2)):
        expect(f"{n} registers at {start} are exception 2",
               once(255, read(start, n)) == except_of(read(), 2))
    expect("the last one is not", len(registers(end - 1, 1)) == 2)
    expect("it writes nothing", once(255, b"\x06\0\x10\0\1") == b"\x86\1")
    begun = time.monotonic()
    for _ in range(200):
        registers(1000, 125)
    expect("the line does not feel it", not line.asked(255, begun)
           and time.monotonic() - begun < 5)
    line.sick[2] = lambda line, unit, pdu, good: None
    at = slots["P2", "voltage_l1"]
    expect("a value grows old", until(lambda: slot(at)[2] == 1), slot(at))
    expect("and is none then", slot(at)[0] != slot(at)[0])
    del line.sick[2]
    expect("and comes back", until(lambda: slot(at)[2] == 0), slot(at))


def whole(unit, pdu):
    frame = bytes([unit]) + pdu
    return frame + crc(frame)


def told():
    expect("frames are kept for a minute", re.match(
        r"ok until=\d+", door("frames-on")))
    with dial(source="127.0.1.50") as s:
        who = "127.0.1.50:%d" % s.getsockname()[1]
        for unit, pdu in ((1, read(40)), (1, read(40)), (51, read(3)),
                          (104, read()), (99, read()), (1, b"\x06\0\1\0\2")):
            ask(s, unit, pdu)
        client = until(lambda: [c for c in rows("run/live.db", """
            SELECT who, requests, answers, exceptions, refusals, waiting, port
            FROM traffic_client""") if c[0] == who and c[1] == 6])
        expect("a client is told", client == [(who, 6, 4, 2, 2, 0, PORT)],
               client)
    frames = until(lambda: [f for f in rows("run/live.db", f"""
        SELECT way, unit, function, result, bytes, took FROM traffic_frame
        WHERE client = '{who}' ORDER BY id""")][:22])
    expect("so is each frame, on both sides", [f[0] for f in frames[:4]] ==
           [0, 1, 2, 3] and frames[0][4] == mbap(0x4D57, 1, read(40)) and
           frames[1][4] == whole(1, read(40)) and
           frames[2][4] == whole(1, answer(1, read(40))) and
           frames[3][4] == mbap(0x4D57, 1, answer(1, read(40))) and
           0 < frames[2][5] <= frames[3][5], frames[:4])
    line.sick.update({121: SICK[104], 122: SICK[107]})
    with dial(PORT_A, source="127.0.1.51") as s:
        for unit in (121, 122):
            ask(s, unit, read())
    came = until(lambda: (f := rows("run/live.db", """SELECT result, bytes FROM
        traffic_frame WHERE way = 2 AND client LIKE '127.0.1.51:%'
        ORDER BY id"""))[1:] and f, 5)
    torn = bytearray(whole(121, answer(121, read())))
    torn[-2] ^= 1
    expect("what came damaged, and of another", came == [
        (4, bytes(torn)), (6, whole(222, answer(122, read())))], came)
    expect("nobody's unit is not on a line", [f[0] for f in frames
           if f[1] == 99] == [0, 3], frames)
    units = {(l, u): c for l, u, *c in rows("run/live.db", """
        SELECT line, unit, asked, answered, exceptions, silent, answer_p50,
        slowest FROM traffic_unit""")}
    a, ok, own, silent, p50, slowest = units[1, 1]
    expect("units are counted", a >= 3 and ok >= 3 and 0 < p50 and
           0 < slowest and (2, 1) in units, units)
    why = {(r, u) for r, u in rows("run/live.db",
                                   "SELECT reason, unit FROM traffic_refusal")}
    expect("refusals have a reason", ("unit", 99) in why, why)
    minutes = rows("run/live.db", "SELECT sum(requests), sum(busy) FROM"
                   " traffic_minute")
    expect("minutes are there", minutes[0][0] >= 6 and minutes[0][1] > 0,
           minutes)
    expect("it counts anew", door("gateway-reset").startswith("ok") and until(
        lambda: rows("run/live.db", "SELECT requests FROM traffic")[0][0] == 0))

    def happened(kind):
        return rows("state/history.db", f"""SELECT source, arg1, arg2, arg3,
            subject FROM event WHERE kind = '{kind}'""")

    once(2, b"\x10\0\x01\0\x02\x04\xca\xfe\x03\x04", source="127.0.1.51")
    done = subprocess.run(
        ["mbpoll", "-m", "tcp", "-0", "-1", "-p", str(PORT), "-a", "77", "-r",
         "30", "-t", "4", "127.0.0.1", "777"], capture_output=True, text=True)
    expect("mbpoll is told of no unit", "Written" not in done.stdout)
    with dial(source="127.0.0.2") as s:
        for pdu in (b"\x05\0\x10\xff\0", b"\x06\0\x10\0\1",
                    b"\x0f\0\x01\0\x02\x01\x03",
                    b"\x10\0\x01\0\x01\x02\0\7", b"\x16\0\4\0\xf2\0\x25",
                    b"\x17\0\3\0\6\0\x0e\0\x01\x02\0\xff"):
            expect(f"function {pdu[0]} of who may read is exception 1",
                   ask(s, 1, pdu) == except_of(pdu, 1))
    expect("a write is an event", until(lambda: [
        e for e in happened("gateway-write") if e[0].startswith("127.0.1.51:")
        and e[1:] == ("2/16", "1-2 = cafe0304", "OK", "P2")], 70),
        happened("gateway-write"))
    expect("a refusal too", until(lambda: [
        e for e in happened("gateway-refused")
        if e[0].startswith("127.0.0.2:")]), happened("gateway-refused"))


def matrix():
    """Every function to every unit, of one who may read units 1 and 2."""
    begun = time.monotonic()
    reads = {1, 2, 3, 4, 7, 11, 12, 17, 20, 24}
    wrong = []
    with dial(source="127.0.0.5") as s:
        for unit in range(256):
            ask_all = []
            for f in range(256):
                if unit in (1, 2) and f in reads - {1, 2, 3, 4}:
                    continue  # whose length nobody here knows
                ask_all.append((f, bytes([f]) + b"\0\0\0\1"))
            for i in range(0, len(ask_all), 16):
                s.sendall(b"".join(mbap(f, unit, pdu)
                                   for f, pdu in ask_all[i:i + 16]))
                got = dict((tid, pdu) for tid, _, pdu in
                           (hear(s) for _ in ask_all[i:i + 16]))
                for f, pdu in ask_all[i:i + 16]:
                    may = unit in (1, 2) and f in reads
                    want = answer(unit, pdu) if may else except_of(pdu, 1)
                    if got[f] != want:
                        wrong.append((unit, f, got[f]))
    expect("65,000 functions and units: what is listed, and no more",
           not wrong, len(wrong), wrong[:3])
    seen = {(s[1], s[2][0]) for s in line.seen if s[0] >= begun}
    expect("nothing else is on the line", seen <= {
        (u, f) for u in (1, 2) for f in (1, 2, 3, 4)}, seen)


def flood():
    """More requests than any line can carry."""
    line.baud = 19200
    stop_at = time.monotonic() + (30 if LONG else 10)
    begun = time.monotonic() + 2
    total, busy, wrong = [], [], []

    def pour(k):
        with dial(PORT_A, f"127.0.1.{k + 100}") as s:
            s.settimeout(5)
            i = n = n6 = 0
            while time.monotonic() < stop_at:
                s.sendall(b"".join(mbap(j, 30 + k, read(100 * k + j, 20))
                                   for j in range(16)))
                for _ in range(16):
                    tid, _, pdu = hear(s)
                    n += 1
                    if pdu == b"\x83\x06":
                        n6 += 1
                    elif pdu != answer(30 + k, read(100 * k + tid, 20)) and \
                            pdu != b"\x83\x0b":
                        wrong.append(pdu)
            total.append(n)
            busy.append(n6)

    threads = [threading.Thread(target=pour, args=(k,)) for k in range(24)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    line.baud = 0
    expect("a flood is answered", sum(total) > 3000 and
           sum(busy) > sum(total) / 2 and not wrong, sum(total), sum(busy),
           wrong[:3])
    for unit in (1, 2):
        blocks = {}
        for at, _, pdu in line.asked(unit, begun, 4):
            if at < stop_at:
                blocks.setdefault(pdu, []).append(at)
        gaps = [b - a for times in blocks.values()
                for a, b in zip(times, times[1:]) if len(times) > 2]
        expect(f"unit {unit} is read on", gaps and max(gaps) < 3, gaps)


def first():
    """One address before others."""
    line.baud = 19200
    stop_at = time.monotonic() + 6
    took = {}

    def poll(source, unit):
        mine = took.setdefault(source, [])
        with dial(PORT_A, source) as s:
            while time.monotonic() < stop_at:
                mine.append(timed(ask, s, unit, read(len(mine), 50))[1])
                time.sleep(0.3 if source == "127.0.0.6" else 0)

    threads = [threading.Thread(target=poll, args=(a, 40 + i)) for i, a in
               enumerate(["127.0.0.6"] + [f"127.0.1.{i}" for i in range(1, 8)])]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    line.baud = 0
    mine = sorted(took["127.0.0.6"])
    others = sorted(took["127.0.1.1"])
    expect("who is first waits for less", len(mine) > 5 and
           2 * mine[len(mine) // 2] < others[len(others) // 2], mine, others)


def settings():
    for key, value in (("gateway_per_address", 2), ("gateway_wait_ms", 300),
                       ("gateway_unit", 200)):
        shell("set", key, str(value))
    try:
        expect("mews itself has another unit", until(
            lambda: try_once(200, read(0, 2, 3)) == b"\x03\x04mews"))
        expect("and not that", once(255, read()) == except_of(read(), 10))
        clients = []
        for _ in range(2):
            clients.append(dial(PORT_A, "127.0.1.90"))
            ask(clients[-1], 1, read())
        with dial(PORT_A, "127.0.1.90") as s:
            expect("two of an address", ends(s))
        s = clients[0]
        s.sendall(b"".join(mbap(i, 116, read(800 + i)) for i in range(16)))
        begun = time.monotonic()
        got = [(hear(s)[2], time.monotonic() - begun) for _ in range(16)]
        busy = [t for pdu, t in got if pdu == b"\x83\x06"]
        expect("the wait is shorter", busy and max(busy) < 0.45, got)
        for s in clients:
            s.close()
    finally:
        for key, value in (("gateway_per_address", 8),
                           ("gateway_wait_ms", 900), ("gateway_unit", 255)):
            shell("set", key, str(value))
    expect("and as it was", until(
        lambda: try_once(255, read(0, 2, 3)) == b"\x03\x04mews"))


def stays():
    """The map when devices go and come."""
    before, _ = value_map()
    talking = dial()
    here = "%%:%d" % talking.getsockname()[1]
    expect("a client", ask(talking, 2, read(2)) == answer(2, read(2)))

    def counted():
        return (rows("run/live.db", "SELECT begun FROM traffic"),
                rows("run/live.db", "SELECT who, since FROM traffic_client "
                     f"WHERE requests > 0 AND who LIKE '{here}'"))

    begun = until(lambda: counted() if counted()[1] else None)
    expect("it is counted", begun)
    site = SITE.replace('device P1 "a"', 'device Q1 "new"').replace(
        "line A unit 1 profile", "line A unit 3 profile")
    with open(DIR + "/site", "w") as f:
        f.write(site)
    shell("site", "import", DIR + "/site")
    expect("another device has other registers", until(lambda: {
        p for p, _ in value_map()[0]} >= {"Q1", "P2"}))
    after, _ = value_map()
    expect("the client stays", ask(talking, 2, read(2)) ==
           answer(2, read(2)))
    expect("and so does what was counted", until(lambda: counted() == begun),
           counted(), begun)
    talking.close()
    expect("it is gone when it is", until(lambda: counted()[1] == []))
    expect("the others keep theirs", all(after[k] == a for k, a in
           before.items() if k[0] != "P1"))
    expect("and none is given again", not set(before.values()) &
           {a for k, a in after.items() if k[0] == "Q1"})
    at = before["P1", "voltage_l1"]
    got = until(lambda: try_once(255, read(at, 8, 3)))
    expect("those of the removed are there, and empty", struct.unpack(
        ">HHqHH", got[2:]) == (0x7fc0, 0, -2 ** 63, 4, 65535), got)
    with open(DIR + "/site", "w") as f:
        f.write(SITE)
    shell("site", "import", DIR + "/site")
    until(lambda: try_once() == answer(1, read(2)))


def commissioned():
    """No port before the site has its own codes."""
    global mewsd
    shell("set", "gateway_open", "commissioned")
    until(lambda: try_once() is None)
    expect("closed without mews-auth", try_once() is None)
    auth = subprocess.Popen([BUILD + "/mews-auth", *FOLDERS],
                            stderr=subprocess.DEVNULL)

    def tell(command):
        with socket.socket(socket.AF_UNIX) as s:
            s.settimeout(10)
            s.connect(DIR + "/run/auth.sock")
            s.sendall(command.encode() + b"\n")
            return s.makefile().readline()

    try:
        until(lambda: os.path.exists(DIR + "/run/auth.sock"))
        time.sleep(1.2)
        expect("closed with the codes of the leaflet", try_once() is None)
        expect("and that is told", until(lambda: rows(
            "run/live.db", "SELECT state FROM traffic")[0][0] == 1))
        token = re.search(r"token=(\S+)", tell(
            "sign-in user=administrator pin=99999 source=127.0.0.1"))[1]
        got = tell(f"set-codes token={token} pin=48151 puk=62342791846230")
        expect("new codes", got.startswith("ok"), got)
        expect("open with its own", until(
            lambda: try_once() == answer(1, read(2))))
    finally:
        auth.terminate()
        auth.wait(5)
        shell("set", "gateway_open", "always")
    until(lambda: try_once() == answer(1, read(2)))


def pulled():
    with dial(PORT_A) as s:
        s.sendall(b"".join(mbap(i, 116, read(i)) for i in range(6)))
        time.sleep(0.12)
        line.unplug()
        got = [hear(s)[2] for _ in range(6)]
        expect("an adapter is pulled", got[-1] == except_of(read(), 10), got)
        got, took = timed(ask, s, 1, read())
        expect("meanwhile there is no path", got == except_of(read(), 10)
               and took < 0.1, got, took)
        line.plug()
        expect("it comes back", until(
            lambda: ask(s, 1, read(2)) == answer(1, read(2))))
    with dial() as s, dial(PORT_A) as t:
        expect("a client", ask(s, 1, read(2)) == answer(1, read(2)))
        t.sendall(b"".join(mbap(i, 116, read(i)) for i in range(8)))
        time.sleep(0.12)
        mewsd.send_signal(signal.SIGHUP)
        got = [hear(t) for _ in range(8)]
        expect("what is open when the site begins anew is answered",
               [g[0] for g in got] == list(range(8)) and all(
                   g[2] in (answer(116, read(g[0])), except_of(read(), 10))
                   for g in got), got)
        expect("who has a connection keeps it", until(
            lambda: ask(s, 1, read(2)) == answer(1, read(2))) and
            ask(t, 77, read(3)) == answer(77, read(3)))
        with open(DIR + "/site", "w") as f:
            f.write(SITE.replace(f"gateway port {PORT_A} forward A\n", ""))
        shell("site", "import", DIR + "/site")
        expect("but not to a port that is gone", ends(t))
        expect("while others do", ask(s, 1, read(4)) == answer(1, read(4)))
        with open(DIR + "/site", "w") as f:
            f.write(SITE.replace("allow 127.0.0.1 read-write",
                                 "allow 127.0.0.1 none"))
        shell("site", "import", DIR + "/site")
        expect("nor when no rule lets it in any more", ends(s))
        with open(DIR + "/site", "w") as f:
            f.write(SITE)
        shell("site", "import", DIR + "/site")
    expect("and is served", until(lambda: try_once() == answer(1, read(2))))


def try_once(unit=1, pdu=read(2)):
    try:
        return once(unit, pdu)
    except OSError:
        return None


def plain():
    """A line, a port and a right, no device; the port is taken at first."""
    global mewsd
    ends_well()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", PORT))
        taken.listen()
        mewsd = begin(f"""
line A rtu {line.path} 19200 8E1 timeout {int(T * 1000)}
gateway port {PORT} address 127.0.0.1 forward A
gateway allow 127.0.0.0/8 read
""")
        expect("a port that is taken is told", until(
            lambda: f"port {PORT} of 127.0.0.1: Address already" in log()))
    expect("and had when it is free", until(
        lambda: try_once() == answer(1, read(2))))
    expect("without a device, any unit", once(200, read(9))
           == answer(200, read(9)))
    expect("who may read does not write",
           once(200, b"\x06\0\x05\0\x07") == b"\x86\1")
    if LONG:
        with dial() as s, dial() as slow:
            s.sendall(b"\0\1\0")
            for byte in mbap(1, 1, read()):
                slow.send(bytes([byte]))
                time.sleep(1)
            expect("a byte a second is a request",
                   hear(slow) == (1, 1, answer(1, read())))
            expect("half of one is closed", ends(s, 10))


def ends_well():
    begun = time.monotonic()
    mewsd.terminate()
    expect("it ends well", mewsd.wait(5) == 0)
    expect("at once", time.monotonic() - begun < 2)


with open(BUILD + "/Makefile") as f:
    sanitized = "-fsanitize" in f.read()
ALL = [transparent, units, strangers, framing, pipelined, malformed, urgent,
       half_closed, vanishing, deaf, sick_meters, late_answers, dead_unit,
       joining, waiting, greedy, broadcasts, rights, many, remotes, itself,
       told, matrix, flood, first, settings, stays, commissioned, pulled, plain]
try:
    mewsd = begin(SITE, "--modbus-port", str(PORT), "--modbus-address",
                  "127.0.0.1")
    expect("it comes up", until(lambda: try_once() == answer(1, read(2))))
    for part in ALL:
        if len(sys.argv) > 6 and part.__name__ not in sys.argv[6:]:
            continue
        print("---", part.__name__, flush=True)
        try:
            part()
        except Exception as why:
            expect(part.__name__, False, type(why).__name__, why,
                   why.__traceback__.tb_next and
                   why.__traceback__.tb_next.tb_lineno)
        if mewsd.poll() is not None:
            expect("it lives", False, mewsd.returncode)
            break
    ends_well()
finally:
    stop()
sys.exit(failed != 0)
