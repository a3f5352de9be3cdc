#!/bin/bash
# tests/bench/courier.sh - minutes of 32 devices with 40 quantities each as CSV:
# MB/s and memory, beside sqlite3 -csv with the same rows in a table, and what
# the folder writes a day.  DAYS (3) is how many days.
. "$SRC/tests/lib.sh"
need sqlite3 python3
days=${DAYS:-3}
make -s tests/bench/history || die "tests/bench/history was not built"

server_folders
from=$(($(date +%s) / 86400 * 86400 - days * 86400))
"$BUILD/tests/bench/history" --state "$DIR/state" write "$from" "$days" \
	>/dev/null || die "no history"
{
	echo 'site "Bench" board B zone UTC'
	echo 'line A tcp 127.0.0.1 1 timeout 300'
	for n in $(seq 32); do
		echo "device D$n \"Device $n\" line A unit $n profile finder-7e-64"
	done
} >"$DIR/bench.site"
server_mews mews site import "$DIR/bench.site" >/dev/null || die "no site"
server_mews mews set csv_format programs >/dev/null
server_mews mews set folder_minutes all >/dev/null

python3 - "$BUILD/mews" "$DIR" "$days" <<'END'
import pathlib, resource, sqlite3, subprocess, sys, time

mews, folder, days = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
out = folder / "out"


def cpu():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


begun, before, peak = time.monotonic(), cpu(), 0
with subprocess.Popen([mews, "--state", folder / "state", "--run",
                       folder / "run", "export", "--folder", out],
                      stdout=subprocess.DEVNULL) as p:
    while p.poll() is None:
        for line in open(f"/proc/{p.pid}/status"):
            if line.startswith("VmHWM") and time.monotonic() - begun > 1:
                peak = max(peak, int(line.split()[1]))
        time.sleep(0.1)
took, spent = time.monotonic() - begun, cpu() - before
files = [p for p in out.rglob("*.csv") if p.stem[-3] == "-"]
size = sum(p.stat().st_size for p in out.rglob("*.csv"))
minutes = sum(p.stat().st_size for p in files)
print(f"csv  {size / 1e6:.0f} MB in {took:.1f} s, {spent:.1f} s of CPU: "
      f"{size / 1e6 / spent:.0f} MB a second of CPU, peak {peak / 1024:.1f} MB")
print(f"csv  a day of minutes of all quantities: {minutes / 1e6 / days:.1f} MB")
db = sqlite3.connect(folder / "rows.db")
for p in files[:days]:
    lines = p.read_text().splitlines()
    n = lines[0].count(",") + 1
    db.execute("CREATE TABLE IF NOT EXISTS r(" +
               ",".join(f"c{i}" for i in range(n)) + ")")
    db.executemany(f"INSERT INTO r VALUES({','.join('?' * n)})",
                   ([float(c) if "." in c else int(c) if c.lstrip("-").isdigit()
                     else c for c in line.split(",")] for line in lines[1:]))
db.commit()
db.close()
before, got = cpu(), 0
for _ in range(8):
    got += len(subprocess.run(["sqlite3", "-csv", folder / "rows.db",
                               "SELECT * FROM r"], capture_output=True,
                              check=True).stdout)
spent = cpu() - before
print(f"sqlite3 -csv  {got / 1e6:.0f} MB, {spent:.1f} s of CPU: "
      f"{got / 1e6 / spent:.0f} MB a second of CPU")
END
server_mews mews set folder_minutes counters >/dev/null
rm -rf "$DIR/out"
server_mews mews export --folder "$DIR/out" >/dev/null
find "$DIR/out" -name '*-??.csv' -printf '%s\n' | awk -v d="$days" \
	'{ s += $1 } END { printf "folder  %.1f MB of minutes a day, counters alone\n", s / 1e6 / d }'
