#!/bin/bash
# t_se.sh - SE1 to SE8: tokens nobody guesses or plants, cookies as they should
# be, and sessions that end when they have to.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd curl openssl spawn-fcgi python3 sqlite3

DB=$DIR/state/auth/auth.db
BASE=https://127.0.0.1:$HTTPS_PORT
sql() { sqlite3 -cmd '.timeout 5000' "$DB" "$1"; }
cookie() { # NAME: its value in the jar
	awk -v name="$1" '$6 == name { print $7 }' "$DIR/jar"
}
with() { # TOKEN PATH: the status for a session cookie alone
	curl -sk --http1.1 --max-time 20 -o "$DIR/body" -w '%{http_code}' \
		-H "Cookie: __Host-mews=$1" "$BASE$2"
}
within() { # SECONDS WHAT COMMAND...: until it succeeds
	local until=$((SECONDS + $1)) what=$2
	shift 2
	while ! "$@" && [ $SECONDS -lt $until ]; do
		sleep 0.2
	done
	expect "$what" "$@"
}
out() { # TOKEN: it opens nothing
	[ "$(with "$1" /meters)" = 303 ]
}
in_() { [ "$(with "$1" /meters)" = 200 ]; }

server_folders
server_certificate
server_site
server_users
server_start_daemons
server_start_web

# --- strength, fixation, flags (SE1, SE2, SE5, SE6) -----------------------------------

for i in 1 2 3 4 5 6; do
	rm -f "$DIR/jar"
	expect "sign-in $i" [ "$(web_sign_in user 11111)" = 303 ]
	cookie __Host-mews >>"$DIR/tokens"
done
expect "six tokens share no place of 112 bits" python3 - "$DIR/tokens" <<'END'
import base64, sys
raw = [base64.urlsafe_b64decode(t.strip() + "=") for t in open(sys.argv[1])]
ones = [int.from_bytes(r, "big") for r in raw]
same = 0
for bit in range(256):
    same += len({n >> bit & 1 for n in ones}) == 1
sys.exit(not (len(set(raw)) == 6 and all(len(r) == 32 for r in raw) and 256 - same >= 112))
END
planted=$(head -n 1 "$DIR/tokens" | tr 'A-Za-z' 'N-ZA-Mn-za-m')
rm -f "$DIR/jar"
mapfile -t hidden < <(web /login | web_hidden)
web -D "$DIR/head" -o /dev/null -H "Cookie: __Host-mews=$planted; $(
	awk '/__Host-mews-form/ { print $6 "=" $7 }' "$DIR/jar")" \
	"${hidden[@]}" --data-urlencode user=user --data-urlencode pin=11111 \
	-H "Origin: $BASE" /login
expect "a planted token is not taken" out "$planted"
for name in __Host-mews __Host-mews-device; do
	flags=$(grep -i "^set-cookie: $name=[A-Za-z0-9]" "$DIR/head" | tr -d '\r')
	for flag in Secure HttpOnly SameSite=Strict Path=/; do
		expect "$name has $flag" grep -qiE "; *$flag(;|\$)" <<<"$flags"
	done
	expect_not "$name names no domain" grep -qi domain= <<<"$flags"
done
expect_not "the session's cookie has no end of its own" grep -qiE \
	'^set-cookie: __Host-mews=.*(expires|max-age)' "$DIR/head"
expect_not "no address carries a token" grep -iE \
	"^location:.*([A-Za-z0-9_-]{22})" "$DIR/head"
rm -f "$DIR/jar"
web /login >"$DIR/page"
expect "codes are posted" grep -q '<form[^>]* method="post" action="/login"' \
	"$DIR/page"
token=$(tail -n 1 "$DIR/tokens")
expect_not "the token is on no page" sh -c "curl -sk --http1.1 -H \
	'Cookie: __Host-mews=$token' $BASE/meters $BASE/account |
	grep -qF -e '$token'"
rm -f "$DIR/jar"
web_sign_in user 11111 >/dev/null
device=$(cookie __Host-mews-device)
expect "a known browser is known by a cookie of its own" [ ${#device} = 22 ]
expect "which is no way in" [ "$(curl -sk --http1.1 -o /dev/null -w \
	'%{http_code}' -H "Cookie: __Host-mews-device=$device; \
__Host-mews=$device" "$BASE/meters")" = 303 ]

# --- the end of one (SE3) ----------------------------------------------------------------

rm -f "$DIR/jar"
web_sign_in user 11111 >/dev/null
token=$(cookie __Host-mews)
expect "it is in" in_ "$token"
web -o /dev/null /sign-out
expect "an address alone signs nobody out" in_ "$token"
WEB_CSRF=$(web_csrf /meters) web_post /sign-out >/dev/null
within 10 "signed out, the cookie that was kept is dead" out "$token"

# --- a form that outlives its session ------------------------------------------------------

rm -f "$DIR/jar"
web_sign_in user 11111 >/dev/null
csrf=$(web_csrf /account)
rm -f "$DIR/jar"
late() { # CURL-ARGUMENTS...: the form of before
	WEB_CSRF=$csrf web_post /account --data-urlencode lang=it \
		--data-urlencode theme= "$@"
}
expect "a form without session: 303" [ "$(late -D "$DIR/head")" = 303 ]
login=$(sed -nE 's/^location: (.*)\r$/\1/Ip' "$DIR/head")
expect "to the sign-in that leads back: $login" \
	[ "$login" = "/login?next=/account&done=over" ]
web "$login" >"$DIR/page"
expect "with words" grep -q 'nothing was done' "$DIR/page"
mapfile -t hidden < <(web_hidden <"$DIR/page")
expect "signed in again, its page comes" [ "$(web -o /dev/null \
	-w '%{redirect_url}' "${hidden[@]}" --data-urlencode user=user \
	--data-urlencode pin=11111 -H "Origin: $BASE" /login)" = "$BASE/account" ]
expect "the old form: 403" [ "$(late)" = 403 ]
expect "nothing was done, in words" grep -q 'This form is too old' "$DIR/page"
expect "and its page is near" grep -q 'href="/account">Open the page again' "$DIR/page"
expect_not "nothing was" grep -q '<html lang="it"' <(web /account)
expect "from elsewhere it is not explained" [ "$(web -o "$DIR/page" \
	-w '%{http_code}' --data-urlencode "csrf=$csrf" \
	-H 'Origin: https://elsewhere.example' /account)" = 403 ]
expect_not "to whom cannot know" grep -q 'too old</h1>' "$DIR/page"

# --- a box that is too busy to tell signs nobody out --------------------------------------

rm -f "$DIR/jar"
web_sign_in user 11111 >/dev/null
csrf=$(web_csrf /account)
token=$(cookie __Host-mews)
sleep 1.2 # pages believe for a second
kill -STOP "${SERVER_PID[mews-auth]}"
expect "mews-auth is silent: 503" [ "$(web -D "$DIR/head" -o "$DIR/page" \
	-w '%{http_code}' /meters)" = 503 ]
expect "in words" grep -q 'The box is busy' "$DIR/page"
expect "which come again by themselves" grep -q 'data-again="5"' "$DIR/page"
expect_not "no cookie is taken away" grep -qi '^set-cookie: __Host-mews=' "$DIR/head"
expect "a form: 503" [ "$(WEB_CSRF=$csrf web_post /account \
	--data-urlencode lang=it --data-urlencode theme=)" = 503 ]
expect "that it was not done is said" grep -q 'may not have been done' "$DIR/page"
expect_not "and it is not sent again by itself" grep -q 'data-again' "$DIR/page"
kill -CONT "${SERVER_PID[mews-auth]}"
within 60 "the session is there again" in_ "$token"
expect "for the browser too" [ "$(web_code /meters)" = 200 ]

# --- malformed ones (SE4) ------------------------------------------------------------------

rm -f "$DIR/jar"
web_sign_in user 11111 >/dev/null
token=$(cookie __Host-mews)
expect "this token is good" in_ "$token"
python3 - "$token" >"$DIR/cookies" <<'END'
import sys
t = sys.argv[1]
for c in ("", "=", ";", ";;;;", "__Host-mews", "__Host-mews=", "__Host-mews==", "=x",
          "__Host-mews=" + "A" * 43, "__Host-mews=" + "A" * 42, "__Host-mews=" + "A" * 44,
          "__Host-mews=" + "A" * 4000, "__Host-mews=%00", "__Host-mews=" + "%41" * 43,
          "__Host-mews=\"" + t + "\"x", "__Host-mews=' OR 1=1 --", "__Host-mews=../../etc",
          "__Host-mews=" + t[:-1], "__Host-mews=" + t.swapcase(), "__host-mews=" + t,
          "__Host-mews =" + t, "mews=" + t, "__Secure-mews=" + t, "__Host-mews-form=" + t,
          "__Host-mews=\u00e9", "__Host-mews=a; " * 40, "a=b; " * 500,
          "__Host-mews=x, __Host-mews=" + t, "$Version=1; __Host-mews=<script>"):
    print(c)
END
n=0
while read -r line; do
	n=$((n + 1))
	status=$(curl -sk --http1.1 --max-time 20 -o "$DIR/body" \
		-w '%{http_code}' -H "Cookie: $line" "$BASE/meters")
	case $status in
	303 | 400 | 413 | 431) ;;
	*) expect "cookie $n is refused: $status" false ;;
	esac
done <"$DIR/cookies"
expect "$n malformed cookies were tried" [ $n -ge 28 ]
rm -f "$DIR/jar"
expect "it serves on" [ "$(web_sign_in user 11111)" = 303 ]

# --- time (SE7): what the clock would do is done to the row -------------------------------

fresh() { # USER PIN: a session, alone of its user; its token
	rm -f "$DIR/jar"
	web_sign_in "$1" "$2" >/dev/null
	cookie __Host-mews
}
ago() { # USER COLUMN SECONDS
	sql "UPDATE session SET $2 = CAST(strftime('%s', 'now') AS INTEGER) - $3
		WHERE user = (SELECT id FROM user WHERE name = '$1')"
}
while read -r user pin idle whole; do
	token=$(fresh "$user" "$pin")
	ago "$user" used $((idle - 60))
	sleep 1.2 # pages believe for a second
	expect "$user: a minute before idle's end it lives" in_ "$token"
	ago "$user" used $((idle + 60))
	within 10 "a minute after it is over" out "$token"
	token=$(fresh "$user" "$pin")
	ago "$user" begun $((whole - 60))
	sleep 1.2
	expect "$user: a minute before the end of all it lives" in_ "$token"
	ago "$user" begun $((whole + 60))
	within 10 "a minute after it is over" out "$token"
done <<'END'
user 11111 43200 2592000
installer 55555 1800 43200
administrator 99999 1800 43200
END

# --- codes, rights, a new box (SE8) --------------------------------------------------------

ask() { # LINE: the answer of mews-auth
	printf '%s\n' "$1" | python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.settimeout(60)
s.connect(sys.argv[1])
s.sendall(sys.stdin.buffer.read())
print(s.makefile().readline(), end="")' "$DIR/run/auth.sock"
}
field() { sed -nE "s/.* $1=([^ ]*).*/\\1/p"; }
ends() { # WHAT USER PIN LINE: and the session that was open is over at once
	local token answer
	token=$(fresh "$2" "$3")
	in_ "$token" || expect "$2 is in" false
	answer=$(ask "${4//TOKEN/$token}")
	expect "$1: ${answer%% *}" [ "${answer%% *}" = ok ]
	within 10 "the session is over" out "$token"
}
ends "own PIN" user 11111 \
	"own-codes token=TOKEN old=11111 pin=48261 source=127.0.0.1"
ends "PUK" user 48261 \
	"unblock user=user puk=00000111100000 pin=62849 source=127.0.0.1"
ends "given PIN" user 62849 "user-pin user=user what=pin pin=73519"
ends "other role" user 73519 "user-set user=user role=installer"
ends "other rights" user 73519 "user-set user=user rights=device:1"
ends "disabled" user 73519 "user-set user=user enabled=0"
token=$(fresh installer 55555)
expect "the installer is in" in_ "$token"
mine=$(fresh administrator 99999)
expect "codes are reset" [ "$(ask reset-codes)" = ok ]
within 10 "the installer's session is over" out "$token"
within 10 "so is the administrator's" out "$mine"

finish
