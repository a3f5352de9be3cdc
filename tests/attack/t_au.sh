#!/bin/bash
# t_au.sh - AU1 to AU12, LO1, LO2: codes of the leaflet, guesses from one address
# and from many, PUKs, what is logged and what never is.  MEWS_LONG: 10,000 wrong
# PINs each, and 50 kills.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd curl openssl spawn-fcgi python3 sqlite3

DB=$DIR/state/auth/auth.db
ORIGIN=https://127.0.0.1:$HTTPS_PORT
MARKS=$DIR/marks # what was once a code or a token
guess() { # WHAT[,WHAT]: says only what is wrong
	python3 "$SRC/tests/attack/guess.py" "$DIR/run/auth.sock" "$1" \
		"$MARKS" 2>&1
}
right() { # WHAT PARTS
	local said
	said=$(guess "$2")
	expect "$1${said:+: ${said:0:300}}" [ -z "$said" ]
}
sql() { sqlite3 -cmd '.timeout 20000' "file:$DB?mode=ro" "$1"; }

server_folders
server_certificate
server_site
server_start_daemons
server_start_web

# --- from the parcel: one page, and nothing else (AU1, AU2) ------------------------

paths=$(sed -nE 's/^[[:space:]]*\.path = "([^"]*)".*/\1/p' \
	"$SRC"/cgi-bin/page_*.c "$SRC"/cgi-bin/data_*.c |
	sed -E 's,\*\*?,P1,' | sort -u)
walk() { # prints each path that answers with a page of its own
	local path
	for path in $paths; do
		case $path in
		/login | /puk | /setup | /healthz | /.well-known/*) continue ;;
		esac
		[ "$(web_code "$path")" = 200 ] && echo "$path"
	done
}
expect "more than 60 paths are known" [ "$(wc -w <<<"$paths")" -gt 60 ]
walk >"$DIR/nobody"
expect "installer and user get nowhere" [ "$(
	for pair in installer:55555 user:11111; do
		rm -f "$DIR/jar"
		web_sign_in "${pair%:*}" "${pair#*:}"
	done)" = 403403 ]
rm -f "$DIR/jar"
expect "the administrator gets in" [ "$(web_sign_in administrator 99999)" = 303 ]
walk >"$DIR/factory"
expect "and sees what nobody sees: $(tr '\n' ' ' <"$DIR/factory")" \
	cmp -s "$DIR/nobody" "$DIR/factory"
expect "which is no value and no device" [ -z "$(for path in $(cat "$DIR/nobody"); do
	web "$path" | grep -oE 'kWh|P1[^0-9]'
done)" ]
expect_not "other masters find no port" \
	bash -c "exec 3<>/dev/tcp/127.0.0.1/$MODBUS_PORT"
expect "the guide is there" [ "$(web_code /setup)" = 200 ]

# --- what may be a code (AU3), hashes and pepper (AU12) ----------------------------

right "obvious PINs, digits of the PUK and the leaflet's codes are refused" rules
expect "the pepper is for mews-auth alone" \
	[ "$(stat -c %a "$DIR/state/auth/pepper" "$DB" | tr '\n' ' ')" = "400 600 " ]
expect_not "no hash is of the code alone" grep -aq "$(printf %s 48261 |
	sha256sum | cut -c1-16)" "$DB"

# --- guesses (AU4 to AU8, AU10, AU11) -----------------------------------------------

web_code "/login" >/dev/null
right "wrong PINs from one address" one_address
expect "the browser is told to wait, in the words of a wrong PIN" [ "$(
	for ((i = 0; i < 5; i++)); do
		rm -f "$DIR/jar"
		web_sign_in user 7351$i
		echo
	done | sort -u)" = 403 ]
right "30 at once" parallel
right "wrong PINs from many addresses" many_addresses
expect "addresses that are remembered have an end" \
	[ "$(sql "SELECT count(*) <= 5000 FROM source")" = 1 ]
counted() { sql "SELECT pin_failed FROM user WHERE name = 'user'"; }
restart() {
	server_stop mews-auth 2>/dev/null
	server_run_mews mews-auth mews-auth
	server_wait mews-auth 30 test -S "$DIR/run/auth.sock"
}
lost=0
restart # one that starts has no strangers waiting
kills=${MEWS_LONG:+50}
for ((i = 0; i < ${kills:-3}; i++)); do
	[ "$(counted)" -lt 4 ] ||
		sqlite3 -cmd '.timeout 5000' "$DB" "UPDATE user SET pin_failed = 0"
	before=$(counted)
	python3 - "$DB" "$DIR/run/auth.sock" "${SERVER_PID[mews-auth]}" $i <<-'END'
	import os, signal, socket, sqlite3, sys, time
	db = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
	ask = "SELECT sum(pin_failed) FROM user"
	was, until = db.execute(ask).fetchone()[0], time.time() + 30
	s = socket.socket(socket.AF_UNIX)
	s.connect(sys.argv[2])
	s.sendall(b"sign-in user=user pin=84620 source=10.1.1.%d\n" % int(sys.argv[4]))
	while db.execute(ask).fetchone()[0] == was and time.time() < until:
	    pass
	os.kill(int(sys.argv[3]), signal.SIGKILL)
	END
	restart
	[ "$(counted)" = $((before + 1)) ] || lost=$((lost + 1))
done
expect "no count is lost in $i kills" [ $lost = 0 ]
right "PUKs: six an hour from one address, 60 from all" puks
sql "SELECT address, t FROM puk" >"$DIR/puks"
expect "the slots of the hour are kept" [ "$(wc -l <"$DIR/puks")" -ge 6 ]
sqlite3 -cmd '.timeout 5000' "$DB" "UPDATE puk SET t = t - 3700"
right "an hour later the right one works" late_puk

# --- the log (LO1) --------------------------------------------------------------------

right "what people do with users" kinds
server_mews mews reset-codes >"$DIR/out" 2>&1
expect "codes that are lost are taken away at the shell" \
	grep -q 'No code is valid' "$DIR/out"
right "which makes it a new box" is_new
server_mews mews set setup_minutes 1 >/dev/null 2>&1
sqlite3 -cmd '.timeout 5000' "$DB" "UPDATE user SET changed = 0"
late=$(awk '{ print $1 > 120 }' /proc/uptime) # else the time is not over yet
[ "$late" = 0 ] || right "later nobody sets the box up" closed
for kind in $(sed -nE 's/^\t\{ "([a-z-]+)", MEWS_.*/\1/p' "$SRC/lib/audit.c"); do
	[ "$kind$late" = setup-closed0 ] && continue
	expect "$kind is logged" [ "$(sql "SELECT count(*) > 0 FROM audit
		WHERE what = '$kind'")" = 1 ]
done
expect "with an address" [ "$(sql "SELECT count(*) FROM audit
	WHERE what IN ('sign-in', 'wrong-pin') AND source = ''")" = 0 ]
expect "the log has an end" [ "$(sql "SELECT count(*) <= 20200 FROM audit")" = 1 ]

# --- what is nowhere (LO2, AU9) -------------------------------------------------------

server_mews mews backup "$DIR/backup.mews" >/dev/null 2>&1
expect "a backup is made" [ -s "$DIR/backup.mews" ]
xxd -p -c 64 "$DIR/state/auth/pepper" | tr -d '\n' >"$DIR/pepper.hex"
cat "$DB" "$DB"-wal 2>/dev/null >"$DIR/all.db"
sort -u "$MARKS" | head -n 3000 >"$DIR/marks.some"
expect "tokens and codes were used: $(wc -l <"$DIR/marks.some")" \
	[ "$(wc -l <"$DIR/marks.some")" -gt 30 ]
for where in "$DIR"/log "$DIR/all.db" "$DIR/backup.mews"; do
	expect_not "none of them is in ${where##*/}" \
		grep -raqFf "$DIR/marks.some" "$where"
	expect_not "nor a PUK in ${where##*/}" \
		grep -raqE '73920164850917|00000(9999|5555|1111)00000' "$where"
done
expect_not "no PIN is logged" \
	grep -rqwE '48261|62849|90517|99999|55555|11111' "$DIR/log"
expect_not "the backup has no user and no pepper" sh -c \
	"xxd -p -c 64 '$DIR/backup.mews' | tr -d '\n' |
	grep -qF -f '$DIR/pepper.hex' || grep -aqi pepper '$DIR/backup.mews' ||
	grep -aq pin_hash '$DIR/backup.mews'"
expect_not "no program holds a code of the leaflet" sh -c "strings -a -n 5 \
	'$BUILD/mews-auth' '$BUILD/mewsd' '$BUILD/mews' '$BUILD/pages.fcgi' \
	'$BUILD/data.fcgi' |
	grep -E '^(99999|55555|11111|00000(9999|5555|1111)00000)\$'"
finish
