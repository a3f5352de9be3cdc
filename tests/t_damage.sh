#!/bin/bash
# t_damage.sh - databases with bytes changed at random: mewsd measures within
# seconds, starts once, and tells; and mews check, backup and restore.
. "${SRC:?}/tests/lib.sh" || exit 1
PYTHON=/usr/bin/python3
need $PYTHON
PACE=--fast
TIMES=${MEWS_DAMAGED:-12} # MEWS_LONG: 100
[ -z "${MEWS_LONG:-}" ] || TIMES=100

status() { # NAME
	server_mews mews status 2>/dev/null |
		awk -v name="$1" '$1 == name { print $2 }'
}

answers() { # N
	[ "$(status answering)" = "$1" ]
}

repair() {
	server_mews mews check --repair >>"$DIR/log/check.log"
}

# Without WAL: what is changed is what is read.
checkpoint() {
	$PYTHON - "$DIR/state" <<'PY'
import os, sqlite3, sys
for name in "config.db", "history.db":
    path = os.path.join(sys.argv[1], name)
    db = sqlite3.connect(path)
    db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    for tail in "-wal", "-shm":
        if os.path.exists(path + tail):
            os.unlink(path + tail)
PY
}

# Changes bytes of one file, anywhere, its head too; every third time a whole page.
change() { # SEED
	$PYTHON - "$DIR/state" "$1" <<'PY'
import os, random, sys
seed = int(sys.argv[2])
random.seed(seed)
name = "config.db" if seed % 4 == 3 else "history.db"
path = os.path.join(sys.argv[1], name)
size = os.path.getsize(path)
with open(path, "r+b") as f:
    if seed % 3 == 0:
        at = random.randrange(size // 4096) * 4096
        f.seek(at)
        f.write(random.randbytes(4096))
        print(name, "page", at // 4096)
    else:
        n = random.choice((1, 5, 50))
        for i in range(n):
            at = random.randrange(size)
            f.seek(at)
            f.write(bytes([random.randrange(256)]))
        print(name, n, "bytes")
PY
}

server_folders
server_certificate
server_site
server_users
server_fill "$(date -u -d '-3 days' +%s)"
server_start_simulator
server_run_mews mewsd mewsd
server_wait "The tenth device" 30 answers 10

# --- check, backup, restore ------------------------------------------------------

expect "a sound history is found sound" server_mews mews check
expect "a backup is written" server_mews mews backup "$DIR/one.backup"
expect "its checksum is what sha256sum says" sh -c \
	"cd '$DIR' && sha256sum -c one.backup.sha256"
expect_not "no file is overwritten" server_mews mews backup \
	"$DIR/one.backup" 2>>"$DIR/log/mews.log"
expect_not "no pepper and no code are in it" grep -qaE \
	'pepper|pin_hash|puk_hash' "$DIR/one.backup"

wrong_hour() {
	$PYTHON - "$DIR/state/history.db" <<'PY'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], timeout=10)
db.execute("UPDATE chunk SET data = substr(data, 1, 30) WHERE id ="
           " (SELECT max(id) FROM chunk WHERE id >> 48 = 0)")
db.execute("DELETE FROM chunk WHERE id ="
           " (SELECT min(id) FROM chunk WHERE id >> 48 = 1)")
db.commit()
PY
}
wrong_hour
expect_not "what is missing or damaged is found" server_mews mews check \
	>"$DIR/log/check.log" 2>&1
expect "the row that cannot be read" grep -q '^FILE .*chunk' "$DIR/log/check.log"
expect "the hours that are missing" grep -q '^I1 .*hour .*missing' \
	"$DIR/log/check.log"
expect "mewsd mends it while it runs" repair
expect "then it is sound" server_mews mews check
server_stop mewsd
wrong_hour
expect "without mewsd the file is mended" repair
expect "and is sound" server_mews mews check

server_mews mews site export "$DIR/before.site" >/dev/null
sed 's/^site "[^"]*"/site "Other"/' "$DIR/before.site" >"$DIR/other.site"
server_mews mews site import "$DIR/other.site" >/dev/null
expect "a backup is restored while mewsd is stopped" server_mews mews restore \
	"$DIR/one.backup"
server_mews mews site export "$DIR/after.site" >/dev/null
expect "the site is as it was" cmp "$DIR/before.site" "$DIR/after.site"
server_run_mews mewsd mewsd
server_wait "mewsd again" 30 answers 10
server_mews mews site import "$DIR/other.site" >/dev/null
expect "and while it runs" server_mews mews restore "$DIR/one.backup"
server_wait "The restored site" 30 answers 10
server_mews mews site export "$DIR/after.site" >/dev/null
expect "the site is as it was again" cmp "$DIR/before.site" "$DIR/after.site"
expect_not "what is no backup is refused" server_mews mews restore \
	"$DIR/before.site" 2>>"$DIR/log/mews.log"
expect "and nothing happened" answers 10
server_stop mewsd

# --- bytes changed at random ---------------------------------------------------------

server_mews mews check >/dev/null || FAILED=1
checkpoint
mkdir "$DIR/whole"
cp "$DIR"/state/{config,history}.db "$DIR/whole/"
mkdir -p "$DIR/state/backup"
cp "$DIR/one.backup" "$DIR/state/backup/mews-20251118T030000Z.backup"
worst=0 broken=0
for ((seed = 1; seed <= TIMES; seed++)); do
	rm -f "$DIR"/state/*.db*
	cp "$DIR/whole/"*.db "$DIR/state/"
	what=$(change "$seed")
	: >"$DIR/log/mewsd.log"
	begun=$SECONDS
	server_run_mews mewsd mewsd
	server_wait "mewsd with $what changed (seed $seed)" 60 answers 10
	took=$((SECONDS - begun))
	[ $took -le $worst ] || worst=$took
	kill -0 "${SERVER_PID[mewsd]}" || broken=1
	[ "$(grep -c 'was damaged' "$DIR/log/mewsd.log")" -le 1 ] || broken=1
	server_stop mewsd
done
expect "$TIMES damaged files: all devices answer within $worst s" \
	[ "$worst" -le 60 ]
expect "none was set aside twice, none ended mewsd" [ $broken = 0 ]

# --- the pages say so until an administrator has seen it --------------------------------

rm -f "$DIR"/state/*.db*
cp "$DIR/whole/"*.db "$DIR/state/"
head -c 8192 /dev/urandom | dd of="$DIR/state/history.db" conv=notrunc 2>/dev/null
server_run_mews mewsd mewsd
server_wait "mewsd after the last one" 60 answers 10
told() {
	"$BUILD/tests/show" --state "$DIR/state" events none |
		grep -q file-damaged
}
server_wait "The event" 10 told
expect "the event is there" told
server_run_mews mews-auth mews-auth
server_wait mews-auth 10 test -S "$DIR/run/auth.sock"
server_start_web
says() { # PATH TEXT
	web "$1" | grep -q "$2"
}
web_sign_in user 11111 >/dev/null
expect "a user reads of it on each page" says /meters 'The history was damaged'
expect_not "and has no button for it" says /meters 'action="/damage/seen"'
WEB_CSRF=$(web_csrf /meters)
expect "nor may send it" [ "$(web_post /damage/seen)" = 403 ]
rm "$DIR/jar"
web_sign_in administrator 99999 >/dev/null
expect "so does the administrator" says /bus 'The history was damaged'
WEB_CSRF=$(web_csrf /bus)
expect "who has seen it" [ "$(web_post /damage/seen)" = 303 ]
is_gone() {
	! says /bus 'The history was damaged'
}
server_wait "The end of the banner" 10 is_gone
expect "then it is gone" is_gone
expect "and the event stays" says /events 'history.db.damaged-'
finish
