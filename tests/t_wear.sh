#!/bin/bash
# t_wear.sh - how much the real mewsd writes in a day to history.db and what
# belongs to it, with 32 devices of 40 quantities: some minutes around the end of
# a day, in a time that runs fast (LONG=yes: a whole day).  The backup of the
# night, which is as large as what it backs up, is not counted.
. "${SRC:?}/tests/lib.sh" || exit 1
need python3
FAST=60
FAST_FROM=$(date -u -d '2026-03-10 23:38:00' +%s)
FAST_SITE=$DIR/wear.site SCRIPT=$DIR/wear.sim ZONE=UTC
MIDNIGHT=$((FAST_FROM + 1320))
EVENING=600 # s that are measured; well before midnight
TWICE=2 # what is in the WAL comes into the file at its checkpoint
if [ "${LONG:-no}" != no ]; then
	FAST_FROM=$((MIDNIGHT - 86400)) TWICE=1 EVENING=84600
fi
Q=active_energy_import

echo 'site "Wear" board Q zone UTC' >"$FAST_SITE"
meters=0
for line in A B C D; do
	echo "line $line rtu $DIR/run/line-$line 115200 8E1 timeout 10000" \
		>>"$FAST_SITE"
	echo "line $line rtu 115200" >>"$SCRIPT"
	for ((unit = 1; unit <= 8; unit++)); do
		echo "meter $line$unit line $line unit $unit vendor BTicino" \
			"model F4N200 shows house base $unit$unit" \
			"behind $((++meters * 17))" >>"$SCRIPT"
		echo "device $line$unit \"$line$unit\" line $line unit $unit" \
			"profile forty every 20" >>"$FAST_SITE"
	done
done
{
	echo "profile forty"
	awk '$1 != "read" || ++n <= 40 { sub(/ class=slow/, ""); print "|" $0 }' \
		"$SRC/etc/meters/bticino-f4n200.meter"
} >>"$FAST_SITE"
. "$SRC/tests/fast.sh"

is() { # T: it is later than that
	[ "$(fast_now)" -gt "$1" ]
}
wrote() { # bytes of the history so far
	python3 - "$DIR/trace" <<'PY'
import struct, sys
total = 0
with open(sys.argv[1], "rb") as f:
    while len(head := f.read(80)) == 80:
        op, n = struct.unpack_from("<II", head)
        f.read(n)
        if op == 1 and head[16:].startswith(b"history.db"):
            total += n
print(total)
PY
}
minutes() { # FROM TO: of how many minutes each of 8 quantities has values
	local q plate
	for plate in A1 B3 C5 D8; do
		for q in $Q voltage_l1; do
			fast_show minutes $plate $q "$1" "$2" | wc -l
		done
	done | awk '{ sum += $1 } END { print sum / 8 }'
}
packed() { # all minutes of the day before, as lib/schema has frames
	python3 - "$DIR/state/history.db" $MIDNIGHT <<'PY'
import sqlite3, sys
db = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
minute, end = 4 << 40, int(sys.argv[2])
frames = db.execute("SELECT count(*) FROM frame WHERE id BETWEEN ? AND ?",
                    (minute, minute + end - 60)).fetchone()[0]
chunks = db.execute("SELECT count(*) FROM chunk").fetchone()[0]
sys.exit(frames > 0 or chunks < 1000)
PY
}
answering() {
	[ "$(fast_status answering)" = 32 ]
}

server_folders
server_mews mews set model unlimited >/dev/null || die "no model"
server_site
FAST_BEGAN=$(date +%s%N)
fast_simulator
fast_mewsd DISK_TRACE="$DIR/trace"
server_wait mewsd 20 test -S "$DIR/run/mewsd.sock"
server_wait "32 devices" 60 answering
begin=$(($(fast_now) / 60 * 60 + 60))
server_wait "A minute" 60 is $begin
before=$(wrote)
server_wait "The evening" 1800 is $((begin + EVENING))
evening=$(($(wrote) - before))
per=$(minutes $begin $((begin + EVENING)))
server_wait "The packing of the day before" 120 packed
quantities=$(fast_show values D8 | wc -l)
server_stop mewsd
night=$(($(wrote) - before - evening))
figures() {
	awk -v e=$evening -v n=$night -v m="$per" -v from=$begin \
		-v to=$((begin + EVENING)) -v twice=$TWICE 'BEGIN {
		all = int((to - from) / 60)
		day = (twice * e / m * 1440 + n) / 1e6
		printf "figure: %d bytes in %.1f of %d minutes, %d around " \
			"midnight: %.1f MB a day\n", e, m, all, n, day
		exit m < 3 || day < 5 || day > 60 }'
}
expect "40 quantities" [ "$quantities" = 40 ]
expect "no more than 60 MB are written a day" figures
finish
