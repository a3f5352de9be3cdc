#!/usr/bin/env python3
"""Plays systemd for one program, or holds threads of one that runs.

run LISTEN-PORT NOTIFY-SOCKET WATCHDOG-MS COMMAND...
    gives it a socket, and prints what it says of itself
hold PID SECONDS
    stops all threads of it but the first
"""
import ctypes
import os
import signal
import socket
import sys
import time


def run(port, path, ms, command):
    notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    notify.bind(path)
    door = socket.socket()
    door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    door.bind(("127.0.0.1", port))
    door.listen(8)
    pid = os.fork()
    if pid == 0:
        os.dup2(door.fileno(), 3)
        os.environ.update(
            LISTEN_FDS="1", LISTEN_PID=str(os.getpid()),
            NOTIFY_SOCKET=path, WATCHDOG_USEC=str(ms * 1000))
        os.execv(command[0], command)
    print("pid", pid, flush=True)
    signal.signal(signal.SIGTERM, lambda *_: os.kill(pid, signal.SIGTERM))
    notify.settimeout(0.2)
    while os.waitpid(pid, os.WNOHANG)[0] == 0:
        try:
            print(" ".join(notify.recv(4096).decode().split("\n")), flush=True)
        except socket.timeout:
            pass


def hold(pid, seconds):
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long,
                            ctypes.c_void_p, ctypes.c_void_p]
    threads = [int(t) for t in os.listdir(f"/proc/{pid}/task")]
    for tid in threads:
        if tid != pid:
            if libc.ptrace(0x4206, tid, None, None) != 0:  # PTRACE_SEIZE
                sys.exit(77)
            libc.ptrace(0x4207, tid, None, None)  # PTRACE_INTERRUPT
    time.sleep(seconds)


if sys.argv[1] == "run":
    run(int(sys.argv[2]), sys.argv[3], int(sys.argv[4]), sys.argv[5:])
else:
    hold(int(sys.argv[2]), float(sys.argv[3]))
