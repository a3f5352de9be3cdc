#!/usr/bin/python3
"""gateway.py - how much of a serial line other masters get through mewsd.

usage: gateway.py share|memory|dead|shared PORT BAUD SECONDS PID LIVE-DB, prints
rows for bench.sh.  Each client has an address of its own, asks a meter of its
own, and one request after the other.
"""
import os
import re
import socket
import sqlite3
import struct
import sys
import threading
import time

WHAT = sys.argv[1]
PORT, BAUD = (int(a) for a in sys.argv[2:4])
SECONDS = float(sys.argv[4])
PID, LIVE = int(sys.argv[5]), sys.argv[6]
SILENCE = 3.5 * 11 / BAUD if BAUD <= 19200 else 0.00175
GOAL = {10: 0.95, 50: 0.97, 120: 0.98} if BAUD <= 19200 else dict.fromkeys(
    (10, 50, 120), 0.90)


def row(name, value, unit, peer="", ratio="", goal="", met=None):
    print(f"gateway, {name}|{value}|{unit}|{peer}|{ratio}|{goal}|"
          + ("" if met is None else "yes" if met else "no"), flush=True)


def wire(n):
    """Seconds of a request for n registers, its answer and two silences."""
    return (13 + 2 * n) * 11 / BAUD + 2 * SILENCE


def dial(k):
    s = socket.create_connection(("127.0.0.1", PORT), 5, (f"127.0.1.{k + 1}", 0))
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return s


def ask(s, unit, n):
    """The length of the answer: 9 when it is an exception."""
    s.sendall(struct.pack(">HHHBBHH", 1, 0, 6, unit, 3, 4096, n))
    data = b""
    while len(data) < 9 + 2 * n and (part := s.recv(9 + 2 * n - len(data))):
        data += part
        if len(data) >= 9 and data[7] & 0x80:
            break
    return len(data)


def client(k, unit, n, end, took, bad):
    with dial(k) as s:
        while time.monotonic() < end:
            begun = time.monotonic()
            if ask(s, unit, n) == 9 + 2 * n:
                took.append(time.monotonic() - begun)
            else:
                bad.append(begun)


def run(clients, n, seconds, more=()):
    """Requests a second, times in order, how many were refused."""
    took, bad = [], []
    end = time.monotonic() + seconds
    threads = [threading.Thread(target=client,
                                args=(k, k + 1, n, end, took, bad))
               for k in range(clients)]
    threads += [threading.Thread(target=client, args=(100, unit, n, end, [], []))
                for unit in more]
    begun = time.monotonic()
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    spent = time.monotonic() - begun
    took.sort()
    return len(took) / spent, took, len(bad)


def cpu():
    with open(f"/proc/{PID}/stat") as f:
        fields = f.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory():
    with open(f"/proc/{PID}/status") as f:
        return int(re.search(r"VmRSS:\s+(\d+)", f.read())[1])


def share():
    for n, goal in GOAL.items():
        for clients in (1, 8, 32):
            before = cpu()
            rate, took, bad = run(clients, n, SECONDS)
            spent = (cpu() - before) / SECONDS * 100
            part = rate * wire(n)
            row(f"{n} registers at {BAUD}, {clients} clients", f"{rate:.2f}",
                "req/s", f"wire limit {1 / wire(n):.2f}, {bad} refused",
                f"{part:.3f}", f"ratio >= {goal}", part >= goal)
            if clients == 1 and took:
                extra = (took[len(took) // 2] - wire(n)) * 1000
                row(f"{n} registers at {BAUD}, p50 above the wire",
                    f"{extra:.2f}", "ms", goal="<= 1", met=extra <= 1)
            if clients == 8 and BAUD == 19200 and n == 10:
                row(f"CPU of mewsd, {clients} clients at {BAUD}",
                    f"{spent:.2f}", "%", goal="<= 2", met=spent <= 2)


def clients_memory():
    with dial(0) as s:
        ask(s, 1, 10)
    before = memory()
    held = [dial(k) for k in range(32)]
    for k, s in enumerate(held):
        ask(s, k % 8 + 1, 120)
    used = (memory() - before) / 1024
    row("memory of 32 clients", f"{used:.2f}", "MB", goal="<= 1",
        met=used <= 1)


def dead():
    """Four clients, and with one more that asks a dead unit; its back-off has
    grown by then."""
    _, well, _ = run(4, 10, SECONDS)
    run(1, 10, 31, [99])
    _, beside, _ = run(4, 10, SECONDS, [99])
    a, b = (t[len(t) * 99 // 100] * 1000 for t in (well, beside))
    row("p99 of healthy units beside a client on a dead one", f"{b:.0f}", "ms",
        f"without {a:.0f}", f"{b / a:.2f}", "ratio <= 1.5", b <= 1.5 * a)


def watch(end, seen):
    """The times of answers to mews, by device and quantity."""
    db = sqlite3.connect(f"file:{LIVE}?mode=ro", uri=True, timeout=5)
    while time.monotonic() < end:
        for device, quantity, t in db.execute(
                "SELECT device, quantity, t_ms FROM value"):
            seen.setdefault((device, quantity), set()).add(t)
        time.sleep(0.5)


def late(times):
    """s between the earliest and the latest in the period."""
    times = sorted(times)
    gaps = sorted(b - a for a, b in zip(times, times[1:]))
    if len(gaps) < 3:
        return 0
    period = round(gaps[len(gaps) // 2] / 1000) * 1000 or 1000
    base = times[0]
    off = [(t - base + period // 2) % period for t in times]
    return (max(off) - min(off)) / 1000


def shared():
    time.sleep(25)  # what is due at the start is asked
    seen = {}
    thread = threading.Thread(target=watch,
                              args=(time.monotonic() + SECONDS, seen))
    thread.start()
    rate, took, bad = run(8, 50, SECONDS)
    thread.join()
    worst = max(late(t) for t in seen.values())
    row("32 meters every 10 s, 8 greedy clients: poll late by at most",
        f"{worst:.2f}", "s", f"{sum(map(len, seen.values()))} answers, "
        f"{sum(late(t) > 0.5 for t in seen.values())} values late", goal="<= 0.5",
        met=worst <= 0.5)
    p99 = took[len(took) * 99 // 100]
    row("the same, p99 of a client", f"{p99:.2f}", "s", f"{bad} refused",
        goal="<= 1.0", met=p99 <= 1)
    row("the same, 50 registers", f"{rate:.2f}", "reads/s", goal=">= 9",
        met=rate >= 9)


{"share": share, "memory": clients_memory, "dead": dead,
 "shared": shared}[WHAT]()
