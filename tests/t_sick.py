"""t_sick.py DIR STEP ARGUMENTS...: what mewsd made of sick meters.

Step speeds holds a pseudo-terminal for each speed and notes how it is set up;
the others look into live.db and history.db, and fail in words.
"""
import os
import pty
import sqlite3
import subprocess
import sys
import termios
import time

DIR = sys.argv[1]
RUN = DIR + "/run"
BAUDS = [1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200]


def rows(name, sql, *values):
    for _ in range(50):  # the writer may be at work
        try:
            db = sqlite3.connect(f"file:{name}?mode=ro", uri=True)
            db.row_factory = sqlite3.Row
            return db.execute(sql, values).fetchall()
        except sqlite3.OperationalError:
            time.sleep(0.1)
    raise SystemExit(f"{name} cannot be read")


def live(sql, *values):
    return rows(RUN + "/live.db", sql, *values)


def plates():
    return {r["id"]: r["plate"]
            for r in rows(DIR + "/state/config.db",
                          "SELECT id, plate FROM device")}


def device(plate):
    ids = {name: number for number, name in plates().items()}
    return live("SELECT * FROM device WHERE id = ?", ids[plate])[0]


def code(plate, number):
    ids = {name: n for n, name in plates().items()}
    found = live("SELECT n FROM exception WHERE device = ? AND code = ?",
                 ids[plate], number)
    return found[0]["n"] if found else 0


def count_events(kind, subject):
    return len([r for r in rows(DIR + "/state/history.db",
                                "SELECT subject FROM event WHERE kind = ?",
                                kind)
                if r["subject"].startswith(subject)])


def expect(what, right):
    if not right:
        raise SystemExit(f"FAIL: {what}")


def speeds():
    masters = {}
    for baud in BAUDS:
        master, slave = pty.openpty()
        mode = termios.tcgetattr(slave)
        mode[4] = mode[5] = termios.B50
        termios.tcsetattr(slave, termios.TCSANOW, mode)
        path = f"{RUN}/speed-{baud}"
        os.symlink(os.ttyname(slave), path + ".new")
        masters[baud] = master
    for baud in BAUDS:
        os.rename(f"{RUN}/speed-{baud}.new", f"{RUN}/speed-{baud}")
    while True:
        with open(RUN + "/speeds.new", "w") as f:
            for baud, master in masters.items():
                mode = termios.tcgetattr(master)
                f.write(f"{baud} {mode[4]} {mode[5]} "
                        f"{int(bool(mode[2] & termios.CSTOPB))}\n")
        os.rename(RUN + "/speeds.new", RUN + "/speeds")
        time.sleep(0.5)


def set_up(*want):
    seen = {}
    for line in open(RUN + "/speeds"):
        baud, i, o, two = (int(word) for word in line.split())
        seen[baud] = (i, o, two)
    for text in want:
        baud, _, stop = text.split(":")
        speed = getattr(termios, "B" + baud)
        expect(f"{baud} baud, {stop} stop bits: {seen[int(baud)]}",
               seen[int(baud)] == (speed, speed, int(stop == "2")))


def path(line, want):
    ids = {r["name"]: r["id"] for r in
           rows(DIR + "/state/config.db", "SELECT id, name FROM line")}
    for _ in range(50):
        seen = [r["path"] for r in live("SELECT path FROM line WHERE id = ?",
                                        ids[line])]
        if seen == [want]:
            return
        time.sleep(0.1)
    raise SystemExit(f"FAIL: {line} is opened as {seen}")


def events(subject, *want):
    for kind, n in zip(want[::2], want[1::2]):
        for _ in range(40):
            seen = count_events(kind, subject)
            if seen >= int(n):
                break
            time.sleep(0.1)
        expect(f"{kind} of {subject}: {seen} times", seen == int(n))


def timeout(plate, least, most):
    us = device(plate)["timeout_us"]
    expect(f"{plate} is waited for {us} us", int(least) <= us <= int(most))


def count(plate, column):
    print(device(plate)[column])


def busy(plate, asked):
    n, now = code(plate, 6), device(plate)["asked"]
    cycles = (now - int(asked)) / 3
    expect(f"{plate}: {n} of 6", n >= 3)
    expect(f"{plate}: {cycles} cycles of three in 11 s", cycles <= 4)


def refused():
    names = plates()
    expect(f"B1: {code('B1', 2)} refusals", code("B1", 2) == 1)
    expect(f"B2: {code('B2', 2)} refusals", 2 <= code("B2", 2) <= 5)
    expect("B1 tells nothing", count_events("register-refused", "B1") == 0)
    expect("B2 tells once", count_events("register-refused", "B2") == 1)
    seen = {(names[r["device"]], r["quantity"])
            for r in live("SELECT device, quantity FROM value")}
    for name in ("voltage_l1", "active_power", "apparent_power",
                 "active_energy_import"):
        expect(f"B1 gives {name}", ("B1", name) in seen)
        expect(f"B2 and {name}",
               (("B2", name) in seen) == (name != "apparent_power"))


def bases():
    out = {}
    for line in open(DIR + "/sick.sim"):
        word = line.split()
        if word and word[0] == "meter":
            out[word[1]] = int(word[word.index("base") + 1])
    return out


def within(plate, wh, base):
    """The house took less than 2 MWh; the second meter of B4 is 3 MWh ahead."""
    low = [base] + ([base + 3000000] if plate == "B4" else [])
    return any(b <= wh < b + 2000000 for b in low)


def own():
    names, base = plates(), bases()
    for r in live("SELECT * FROM value WHERE quantity = "
                  "'active_energy_import' AND value IS NOT NULL"):
        plate = names[r["device"]]
        if plate in base:
            expect(f"{plate} shows {r['value']}",
                   within(plate, r["value"], base[plate]))


def late(least):
    """Each silence of a late meter is an answer that came too late."""
    names = plates()
    n = sum(r["timeouts"] for r in live("SELECT id, timeouts FROM device")
            if names[r["id"]].startswith("D"))
    expect(f"{n} late answers", n >= int(least))


def cost(minute, *dead):
    """Us of the line that a minute lost to silences: three of four probes wait
    once, one waits twice."""
    ids = {name: number for number, name in plates().items()}
    n = sum(r["timeouts"] for plate in dead for r in
            live("SELECT timeouts FROM minute WHERE line = 0 AND id = ? "
                 "AND t = ?", ids[plate], int(minute)))
    expect(f"{n} probes in a minute", 0 < n and n * 300000 * 5 / 4 <= 3600000)


def minutes(first, *dead):
    first = int(first)
    for plate in bases():
        if not plate.startswith("A") or plate in dead:
            continue
        out = subprocess.run(
            [os.environ.get("BUILD", ".") + "/tests/show", "--state",
             DIR + "/state", "--run", RUN, "minutes", plate, "active_power",
             str(first), str(first + 120)],
            stdout=subprocess.PIPE, text=True, check=False).stdout.split("\n")
        seen = [int(line.split()[0]) for line in out if line]
        expect(f"{plate} has the minutes {seen}", seen == [first, first + 60])


STEPS = {"speeds": speeds, "set": set_up, "path": path, "events": events,
         "timeout": timeout, "count": count, "busy": busy, "refused": refused,
         "own": own, "late": late, "cost": cost, "minutes": minutes}
STEPS[sys.argv[2]](*sys.argv[3:])
