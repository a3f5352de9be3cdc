#!/usr/bin/python3
"""gateway.py - how much of a serial line other masters get through mewsd.

usage: gateway.py PORT BAUD SECONDS, prints rows for bench.sh.  Each client
has an address of its own and asks one request after the other.
"""
import socket
import struct
import sys
import threading
import time

PORT, BAUD = (int(a) for a in sys.argv[1:3])
SECONDS = float(sys.argv[3])
SILENCE = 3.5 * 11 / BAUD if BAUD <= 19200 else 0.00175
GOAL = {10: 0.95, 50: 0.97, 120: 0.98} if BAUD <= 19200 else dict.fromkeys(
    (10, 50, 120), 0.90)


def wire(n):
    """Seconds of a request for n registers, its answer and two silences."""
    return (13 + 2 * n) * 11 / BAUD + 2 * SILENCE


def client(k, n, end, took, bad):
    s = socket.create_connection(("127.0.0.1", PORT), 5, (f"127.0.1.{k + 1}", 0))
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    size = 9 + 2 * n
    while time.monotonic() < end:
        # an address of its own, so that nothing is joined
        pdu = struct.pack(">HHHBBHH", 1, 0, 6, 1, 3, 4096 + k, n)
        begun = time.monotonic()
        s.sendall(pdu)
        data = b""
        while len(data) < size and (part := s.recv(size - len(data))):
            data += part
            if len(data) >= 9 and data[7] & 0x80:
                break
        if len(data) == size:
            took.append(time.monotonic() - begun)
        else:
            bad.append(data)
    s.close()


def run(clients, n):
    took, bad = [], []
    begun = time.monotonic()
    threads = [threading.Thread(target=client,
                                args=(k, n, begun + SECONDS, took, bad))
               for k in range(clients)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    spent = time.monotonic() - begun
    took.sort()
    return len(took) / spent, took, len(bad)


for n, goal in GOAL.items():
    # the meter has 120 registers in a row at five addresses
    for clients in (1, 8, 32) if n < 120 else (1, 5):
        rate, took, bad = run(clients, n)
        share = rate * wire(n)
        print(f"gateway, {n} registers at {BAUD}, {clients} clients|{rate:.2f}"
              f"|req/s|wire limit {1 / wire(n):.2f}, {bad} refused|{share:.3f}"
              f"|ratio >= {goal}|{'yes' if share >= goal else 'no'}")
        if clients == 1:
            extra = (took[len(took) // 2] - wire(n)) * 1000
            print(f"gateway, {n} registers at {BAUD}, p50 above the wire|"
                  f"{extra:.2f}|ms|||<= 1|{'yes' if extra <= 1 else 'no'}")
