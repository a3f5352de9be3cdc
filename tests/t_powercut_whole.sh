#!/bin/bash
# t_powercut_whole.sh - the power is cut at random instants of a backup, of a
# restore, and of a start on damaged files (LONG=yes: 500 of each): the next
# start finds both databases old or both new, and each backup is whole.
. "${SRC:?}/tests/lib.sh" || exit 1
need python3
STATES=40 STARTS=12 # of which each takes a second
[ "${LONG:-no}" = no ] || STATES=500 STARTS=500
BACKUP=$DIR/state/backup/mews-20260310T030000Z.backup

traced() { # COMMAND...
	LD_PRELOAD=$BUILD/tests/disk.so DISK_DIR=$DIR/state \
		DISK_TRACE=$DIR/trace "$@" >>"$DIR/log/traced.log" 2>&1
}

begin() { # what follows is recorded
	rm -rf "$DIR/before" "$DIR/trace"
	cp -r "$DIR/state" "$DIR/before"
}

cut() { # STATES [--never-synced]
	local seed=$RANDOM rc
	rm -rf "$DIR/cut"
	mkdir "$DIR/cut"
	"$BUILD/tests/powercut_whole" "$DIR/trace" "$DIR/before" "$DIR/cut" \
		"$1" $seed ${2:-} 2>"$DIR/log/cut.log"
	rc=$?
	echo "figure: seed $seed"
	[ -n "${2:-}" ] || tail -n 3 "$DIR/log/cut.log"
	return $rc
}

settle() { # all of a database in one file
	python3 - "$DIR/state" <<'PY'
import pathlib, sqlite3, sys
for file in pathlib.Path(sys.argv[1]).glob("*.db"):
    db = sqlite3.connect(file)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
PY
}

fill() { # PLATE FROM
	server_simulator --minutes "$1" --from "$2" --to 0 >"$DIR/run/minutes" \
		2>>"$DIR/log/import.log" &&
		server_mews mews import "$1" "$DIR/run/minutes" \
			>>"$DIR/log/import.log" 2>&1 ||
		die "The history of $1 was not taken"
}

damage() { # FILE: each seventh page, from the third on
	python3 - "$1" <<'PY'
import os, random, sys
random.seed(7)
with open(sys.argv[1], "r+b") as f:
    for page in range(2, os.path.getsize(sys.argv[1]) // 4096, 7):
        f.seek(page * 4096)
        f.write(random.randbytes(4096))
PY
}

server_folders
server_site
fill P1 "$(date -u -d '-1 day' +%s)"
mkdir "$DIR/state/backup"
settle

# --- a backup ---------------------------------------------------------------------

begin
expect "a backup is written" traced server_mews mews backup "$BACKUP"
expect "$STATES cuts in it: whole or not there" cut $STATES
expect_not "without a sync it would not be" cut 60 --never-synced

# --- a restore, and the start that follows ----------------------------------------

sed 's/^site "[^"]*"/site "Other"/' "$DIR/demo.site" >"$DIR/other.site"
server_mews mews site import "$DIR/other.site" >/dev/null
fill P2 "$(date -u -d '-1 day' +%s)"
settle
begin
expect "it is restored" traced server_mews mews restore "$BACKUP"
expect "and opened" traced "$BUILD/tests/powercut_whole" --start "$DIR/state"
expect "$STATES cuts in it: old or new" cut $STATES
expect_not "without a sync they would not be" cut 60 --never-synced

# --- a start on damaged files --------------------------------------------------------

server_mews mews site import "$DIR/other.site" >/dev/null
fill P5 "$(date -u -d '-1 day' +%s)"
settle
damage "$DIR/state/history.db"
damage "$DIR/state/config.db"
begin
expect "damaged files are opened" traced "$BUILD/tests/powercut_whole" \
	--start "$DIR/state"
expect "and set aside" [ "$(find "$DIR/state" -name '*.damaged-*Z' | wc -l)" = 2 ]
expect "$STARTS cuts in it: the next start goes on" cut $STARTS
expect_not "without a sync it would not" cut 24 --never-synced
finish
