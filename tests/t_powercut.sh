#!/bin/bash
# t_powercut.sh - what the real mewsd writes is recorded, over a migration, a
# midnight with its roll-ups and packing, checkpoints and a kill; then the power
# is cut at 200 random instants of it (LONG=yes: 2000) and each of the states a
# disk may then hold must be what was committed, whole.
. "${SRC:?}/tests/lib.sh" || exit 1
. "$SRC/tests/fast.sh"
need python3
STATES=200
[ "${LONG:-no}" = no ] || STATES=2000
TRACE=$DIR/trace

record() { # SECONDS SIGNAL
	fast_mewsd DISK_TRACE="$TRACE"
	server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
	sleep "$1"
	server_stop mewsd "$2"
	rm -f "$DIR/run/mewsd.sock"
}

cut() { # STATES [--never-synced]
	mkdir -p "$DIR/cut"
	"$BUILD/tests/powercut" "$TRACE" "$DIR/before" "$DIR/cut" "$1" \
		"$seed" ${2:-} 2>"$DIR/log/cut.log"
}

# --- databases of the first version ------------------------------------------------

server_folders
python3 - "$SRC/lib/schema" "$DIR/state" <<'PY'
import sqlite3, sys
for name in "config", "history":
    db = sqlite3.connect(f"{sys.argv[2]}/{name}.db")
    db.executescript("PRAGMA journal_mode=WAL;" +
        open(f"{sys.argv[1]}/0001_{name}.sql").read() +
        "PRAGMA user_version=1;")
    db.close()
PY
cp -r "$DIR/state" "$DIR/before"
LD_PRELOAD=$BUILD/tests/disk.so DISK_DIR=$DIR/state DISK_TRACE=$TRACE \
	server_site

# --- an evening, and the night ------------------------------------------------------

fast_simulator
record 8 KILL
record 8 TERM
record 6 TERM
expect "it measured after midnight" [ "$(fast_show hours P1 active_power \
	$((FAST_FROM / 86400 * 86400 + 86400)) "$(fast_now)" | wc -l)" -ge 1 ]
expect "packed what was before" [ "$(python3 -c '
import sqlite3, sys
print(sqlite3.connect(sys.argv[1]).execute("SELECT count(*) FROM chunk")
    .fetchone()[0])' "$DIR/state/history.db")" -gt 100 ]

seed=$RANDOM
echo "figure: $(wc -c <"$TRACE") bytes recorded, seed $seed"
expect "$STATES cuts: old or new, and whole" cut $STATES
tail -n 5 "$DIR/log/cut.log"
expect_not "without a sync they would not be" cut 100 --never-synced
finish
