#!/bin/bash
# t_auth.sh - the real mews-auth over its socket: signs in, blocks, survives
# kill -9, nonsense and a second one, and tells nothing it should not.
. "${SRC:?}/tests/lib.sh" || exit 1
need python3 sqlite3

DB=$DIR/state/auth/auth.db
LOG=$DIR/log/mews-auth.log

ask() { # LINE: prints the answer, asking on while too many try at once
	local answer i
	for ((i = 0; i < 60; i++)); do
		answer=$(ask_once "$1")
		[[ $answer == again* ]] || break
		sleep 1
	done
	printf '%s\n' "$answer"
}
ask_once() { # LINE
	printf '%s\n' "$1" | python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.settimeout(20)
s.connect(sys.argv[1])
s.sendall(sys.stdin.buffer.read())
print(s.makefile().readline(), end="")' "$DIR/run/auth.sock"
}

sql() { sqlite3 -cmd '.timeout 20000' "file:$DB?mode=ro" "$1"; }
field() { sed -nE "s/.* $1=([^ ]*).*/\\1/p"; }
sign_in() { # USER PIN [ADDRESS]: each try from another, which never waits
	ask "sign-in user=$1 pin=$2 source=${3:-10.0.$((RANDOM % 256)).$((RANDOM % 256))}"
}
says() { # WORD LINE
	[ "${2%% *}" = "$1" ]
}
start() {
	server_run_mews mews-auth mews-auth
	server_wait mews-auth 20 ask users
}
mode() { stat -c %a "$1"; }

# --- filling an empty one ---------------------------------------------------------

server_folders
expect "seed_auth prints nothing" \
	[ -z "$(server_mews tests/seed_auth 2>&1)" ]
expect_not "it refuses one that is not empty" server_mews tests/seed_auth
start
expect "the folder is closed" [ "$(mode "$DIR/state/auth")" = 700 ]
expect "the pepper is read only" [ "$(mode "$DIR/state/auth/pepper")" = 400 ]
expect "the pepper has 32 bytes" \
	[ "$(stat -c %s "$DIR/state/auth/pepper")" = 32 ]
expect "auth.db is closed" [ "$(mode "$DB")" = 600 ]
expect "the socket is for the group" [ "$(mode "$DIR/run/auth.sock")" = 660 ]
expect "three users are listed" [ "$(ask users)" = "ok name0=administrator \
role0=administrator lang0= name1=installer role1=installer lang1= \
name2=user role2=user lang2= n=3 factory=0" ]

# --- in and out -----------------------------------------------------------------

for pair in administrator:99999 installer:55555 user:11111; do
	answer=$(sign_in "${pair%:*}" "${pair#*:}")
	expect "${pair%:*} gets in" says ok "$answer"
	expect "with the right role" [ "$(field role <<<"$answer")" = \
		"${pair%:*}" ]
	expect "and no factory codes" [ "$(field factory <<<"$answer")" = 0 ]
done
token=$(field token <<<"$answer")
expect "the token has 43 characters" [ ${#token} = 43 ]
expect "the session is known" [ "$(ask "session token=$token" |
	field user)" = user ]
expect "its csrf is the one of the sign-in" [ "$(ask "session token=$token" |
	field csrf)" = "$(field csrf <<<"$answer")" ]
expect "set-codes is for the factory state" says denied \
	"$(ask "set-codes token=$token pin=48261 puk=73920164850917")"
other=$(sign_in user 11111 | field token)
expect "sign-out answers" [ "$(ask "sign-out token=$other")" = ok ]
expect "and ends the session" says none "$(ask "session token=$other")"

# --- one only -----------------------------------------------------------------

server_mews mews-auth >"$DIR/second" 2>&1
expect "a second one ends with 1" [ $? = 1 ]
expect "and says why" grep -q 'already running' "$DIR/second"
expect "the first serves on" says ok "$(ask "session token=$token")"

# --- guesses ------------------------------------------------------------------

expect "unknown and wrong are answered alike" \
	[ "$(sign_in nobody 48261)" = "$(sign_in installer 48261)" ]
expect "and told that they need not wait" [ "$(sign_in nobody 48261)" = \
	"denied wait=0 text=wrong%20user%20or%20code" ]
expect "the right one clears the count" says ok "$(sign_in installer 55555)"
for ((i = 0; i < 20; i++)); do
	sign_in installer "4826$((i % 10))" >"$DIR/guess.$i" &
	guesses[i]=$!
done
wait "${guesses[@]}"
expect "20 guesses at once are all refused" \
	[ "$(cat "$DIR"/guess.* | sort -u)" = \
	"denied wait=0 text=wrong%20user%20or%20code" ]
expect "five of them counted" [ "$(sql \
	"SELECT pin_failed FROM user WHERE name = 'installer'")" = 5 ]
expect "it was blocked once" [ "$(sql \
	"SELECT count(*) FROM audit WHERE what = 'pin-blocked'")" = 1 ]
expect "the right PIN is refused then" says denied \
	"$(sign_in installer 55555)"
expect "others get in" says ok "$(sign_in administrator 99999)"
expect "an obvious PIN is refused" [ "$(ask "unblock user=installer \
puk=00000555500000 pin=12345 source=x" | field why)" = pin-obvious ]
expect "the PUK sets a new PIN" [ "$(ask "unblock user=installer \
puk=00000555500000 pin=48261 source=x" | cut -d' ' -f1)" = ok ]
expect "the new PIN is right" says ok "$(sign_in installer 48261)"
expect "the old one is not" says denied "$(sign_in installer 55555)"

# --- killed between counting and looking ----------------------------------------

killed() { # kills it once a try is counted; fails when the answer was quicker
	local before now
	sleep 2 # after it a try is free
	before=$(sql "$failed")
	python3 - "$DB" "$DIR/run/auth.sock" "${SERVER_PID[mews-auth]}" \
		"$failed" "10.99.0.$i" <<-'END'
		import os, signal, socket, sqlite3, sys, time
		db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
		def count():
		    return db.execute(sys.argv[4]).fetchone()[0]
		before, until = count(), time.time() + 60
		s = socket.socket(socket.AF_UNIX)
		s.connect(sys.argv[2])
		s.sendall(b"sign-in user=administrator pin=48261 source=%s\n" % sys.argv[5].encode())
		while count() == before and time.time() < until:
		    pass
		os.kill(int(sys.argv[3]), signal.SIGKILL)
		sys.exit(s.makefile().readline() != "")
		END
	local early=$?
	server_stop mews-auth 2>/dev/null
	start
	now=$(sql "$failed")
	expect "the count went from $before to $now" [ "$now" = $((before + 1)) ]
	[ $early = 0 ]
}

failed="SELECT pin_failed FROM user WHERE name = 'administrator'"
hits=0
# the hash takes some 30 ms: on a busy machine the answer may be quicker
for ((i = 0; i < 30 && hits == 0; i++)); do
	killed && hits=$((hits + 1))
	expect "the right PIN clears the count" says ok \
		"$(sign_in administrator 99999)"
done
expect "one was killed before the answer" [ $hits -gt 0 ]
expect "the session outlived them" says ok "$(ask "session token=$token")"

# --- nonsense -------------------------------------------------------------------

python3 - "$DIR/run/auth.sock" >"$DIR/nonsense" <<'END'
import os, socket, sys
def say(line):
    s = socket.socket(socket.AF_UNIX)
    s.settimeout(20)
    s.connect(sys.argv[1])
    try:
        s.sendall(line)
    except BrokenPipeError:
        pass
    print(s.makefile(errors="replace").readline(), end="")
say(b"sign-in user=user pin=" + b"1" * 1000000 + b" source=x\n")
say(b"sign-in user=user pin=" + b"1" * 5000 + b" source=x\n")
for line in (b"", b" ", b"\0", b"users\0", b"sign-in", b"sign-in user=user",
        b"sign-in user=user pin=1111a source=x", b"users users",
        b"sign-in user=' pin=11111 source=x", b"USERS", b"%75sers",
        b"sign-in user=user user=user pin=11111 source=x",
        b"session token=../../../../../../../../../../../../../etc/xx"):
    say(line + b"\n")
for i in range(200):
    say(os.urandom(200).replace(b"\n", b"") + b"\n")
END
expect "215 lines of nonsense are bad" \
	[ "$(grep -c '^bad ' "$DIR/nonsense")" = 215 ]
expect "and nothing else" [ "$(wc -l <"$DIR/nonsense")" = 215 ]
expect "it serves on" says ok "$(sign_in user 11111)"

# --- nothing told, nothing kept -----------------------------------------------------

cat "$DB" "$DB"-wal "$LOG" >"$DIR/all"
expect_not "no PUK is stored or logged" \
	grep -aqE '00000(9999|5555|1111)00000' "$DIR/all"
expect_not "no token is" grep -aqF -e "$token" "$DIR/all"
expect_not "no PIN is logged" grep -qE '99999|55555|11111|48261' "$LOG"
if ! grep -q __asan_init "$BUILD/mews-auth"; then
	rss=$(awk '$1 == "VmRSS:" { print $2 }' \
		"/proc/${SERVER_PID[mews-auth]}/status")
	expect "the hash gives its 19 MiB back: $rss kB" [ "$rss" -lt 16000 ]
fi

# --- the end, and a damaged file ------------------------------------------------

SECONDS=0
pid=${SERVER_PID[mews-auth]}
kill -TERM "$pid"
wait "$pid"
expect "SIGTERM ends it with 0" [ $? = 0 ]
expect "and is not long about it: $SECONDS s" [ $SECONDS -le 30 ]
expect_not "its socket is gone" test -e "$DIR/run/auth.sock"
unset 'SERVER_PID[mews-auth]'

mv "$DIR/state/auth/pepper" "$DIR/pepper"
server_mews mews-auth >"$DIR/out" 2>&1
expect "without the pepper it does not start" [ $? = 1 ]
expect "and says so" grep -q 'pepper is gone' "$DIR/out"
mv "$DIR/pepper" "$DIR/state/auth/pepper"
rm -f "$DB-wal" "$DB-shm"
head -c 100000 /dev/urandom >"$DB"
cp "$DB" "$DIR/damaged"
timeout 10 "$BUILD/mews-auth" --state "$DIR/state" --run "$DIR/run" \
	>"$DIR/out" 2>&1
expect "with a damaged auth.db it does not start" [ $? = 1 ]
expect "and names the file" grep -q 'auth/auth.db' "$DIR/out"
expect "which stays as it was" cmp -s "$DB" "$DIR/damaged"

# --- as from the parcel -----------------------------------------------------------

rm -rf "$DIR/state"
server_folders
start
expect "only the administrator is listed" [ "$(ask users)" = "ok \
name0=administrator role0=administrator lang0= n=1 factory=1 open=1" ]
expect "the user is kept out" says denied "$(sign_in user 11111)"
expect "so is the installer" says denied "$(sign_in installer 55555)"
answer=$(sign_in administrator 99999)
expect "the administrator is led to set codes" \
	[ "$(field factory <<<"$answer")" = 1 ]
token=$(field token <<<"$answer")
expect "not the leaflet's" [ "$(ask "set-codes token=$token pin=48261 \
puk=00000999900000" | field why)" = puk-obvious ]
expect "own codes are taken" [ "$(ask "set-codes token=$token pin=48261 \
puk=73920164850917")" = ok ]
expect "the session is over" says none "$(ask "session token=$token")"
server_stop mews-auth
start
expect "the leaflet's PIN is dead" says denied "$(sign_in administrator 99999)"
expect "the own one opens" [ "$(sign_in administrator 48261 |
	field factory)" = 0 ]
finish
