#!/bin/bash
# t_system.sh - the administrator's home: what it tells, a backup at once, its
# file, and site and history as they were in it.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl sqlite3
PACE=--fast

server_folders
server_certificate
server_site
server_start_simulator
server_fill $(($(date +%s) - 7200))
server_users
server_start_daemons
server_start_web

says() { # TEXT: the page that came back does
	grep -qF "$1" "$DIR/page"
}
for who in 'user 11111 /home' 'installer 55555 /bus' 'administrator 99999 /system'; do
	rm -f "$DIR/jar"
	# shellcheck disable=SC2086
	set -- $who
	expect "signing in as $1" [ "$(web_sign_in "$1" "$2")" = 303 ]
	expect "/ leads to $3" [ "$(web -o /dev/null -w '%{redirect_url}' / |
		sed 's|.*[0-9]/|/|')" = "$3" ]
	[ "$1" = administrator ] || expect "/system is not for $1" \
		[ "$(web_code /system)" = 403 ]
done

home() { # TEXT: stands on the page, which is kept
	web /system >"$DIR/page"
	says "$1"
}
server_wait "All devices" 60 home "10 of 10 answer"
expect "the devices answer" says "10 of 10 answer"
expect "the space is told" says "2,048"
expect "the users are" says "installer"
expect "and what they may" says "May sign in"
expect "who signed in is told" says "(127.0.0.1)"
expect "that nothing goes out is told" says "mews-courier does not answer"
expect "the zone is" says "Europe/Paris"
expect "no backup yet" says "None yet"
expect "the machine's addresses are" grep -qE '[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+|>–<' \
	"$DIR/page"

# --- a backup at once -------------------------------------------------------------------

expect "asked for" [ "$(WEB_CSRF=$(web_csrf /system) web_post \
	/system/backup)" = 303 ]
server_wait "The backup" 60 home "/system/backup/mews-"
expect "it is there" says "/system/backup/mews-"
event() { # TEXT
	web /events | grep -qF "$1"
}
server_wait "Its event" 60 event "A backup was written"
expect "an event tells" event "A backup was written"
name=$(grep -o 'mews-[0-9TZ]*\.backup' "$DIR/page" | head -n 1)
expect "its file comes" [ "$(web -D "$DIR/head" -o "$DIR/file" \
	-w '%{http_code}' "/system/backup/$name")" = 200 ]
expect "as it is" cmp -s "$DIR/file" "$DIR/state/backup/$name"
expect "under its name" grep -qi "attachment; filename=\"$name\"" "$DIR/head"
expect "kept by nobody" grep -qi 'Cache-Control: no-store' "$DIR/head"
expect "sound" [ "$(sqlite3 "$DIR/file" 'PRAGMA quick_check')" = ok ]
expect_not "without codes" grep -qaE 'argon2|pepper' "$DIR/file"
for bad in mews-20200101T000000Z.backup ..%2f..%2fauth%2fauth.db auth.db x; do
	expect "$bad: 404 or 400" grep -qxE '40[04]' <(web_code \
		"/system/backup/$bad"; echo)
	expect "not to restore either" grep -qxE '40[04]' <(web_code \
		"/system/restore/$bad"; echo)
done

# --- and back -----------------------------------------------------------------------------

site() {
	sqlite3 "file:$DIR/state/config.db?mode=ro" 'SELECT name FROM site'
}
minutes() {
	sqlite3 "file:$DIR/state/history.db?mode=ro" \
		'SELECT (SELECT count(*) FROM frame) + (SELECT count(*) FROM chunk)'
}
was=$(site)
server_mews mews do site-set \
	text='site "Another" board QE1 zone Europe/Paris' >/dev/null
expect "the site has another name" [ "$(site)" = Another ]
restore() { # PIN
	web_post "/system/restore/$name" --data-urlencode "pin=$1"
}
expect "not without a PIN" [ "$(restore '')" = 400 ]
expect "nor with a wrong one" [ "$(restore 12345)" = 400 ]
expect "in words" says "Wrong PIN"
expect "still the other name" [ "$(site)" = Another ]
web "/system/restore/$name" >"$DIR/page"
expect "what it does is said" says "give way to those of the backup"
expect "restored" [ "$(restore 99999)" = 303 ]
again() {
	[ "$(site)" = "$was" ]
}
server_wait "The former name" 60 again
expect "the name is as before" again
server_wait "All devices" 60 home "10 of 10 answer"
expect "all devices answer again" says "10 of 10 answer"
expect "the history is there" [ "$(minutes)" -gt 0 ]
server_wait "The event" 60 event "were replaced by a backup"
expect "an event tells that" event "were replaced by a backup"
expect "what was there is aside" ls "$DIR"/state/config.db.before-*
expect "the session lives" [ "$(web_code /system)" = 200 ]

# one that is damaged changes nothing
dd if=/dev/urandom of="$DIR/state/backup/$name" bs=4096 seek=3 count=8 \
	conv=notrunc status=none
expect "asked for, though damaged" [ "$(restore 99999)" = 303 ]
server_wait "The refusal" 60 event "could not be restored"
expect "is told" event "could not be restored"
expect "and nothing changed" [ "$(site)" = "$was" ]

# --- one from elsewhere -------------------------------------------------------------------

rm -f "$DIR"/state/config.db.before-* "$DIR"/state/history.db.before-*
server_mews mews do site-set \
	text='site "Third" board QE1 zone Europe/Paris' >/dev/null
upload() { # FILE [CURL-ARGUMENTS...]: the status
	local file=$1
	shift
	web -o "$DIR/page" -w '%{http_code}' -F "csrf=$(web_csrf /system/upload)" \
		-F "file=@$file" -H "Origin: https://127.0.0.1:$HTTPS_PORT" \
		"$@" /system/upload/file
}
fares() { # TEXT
	web /system/upload >"$DIR/page"
	says "$1"
}
refused() { # WHAT FILE TEXT
	expect "$1: it comes" [ "$(upload "$2")" = 303 ]
	server_wait "$1: the answer" 60 fares "$3"
	expect "$1: beside the field" grep -q 'id="file-bad"' "$DIR/page"
	expect "$1: nothing stays" [ -z "$(ls "$DIR"/state/backup/brought* 2>/dev/null)" ]
}
expect "the page leads there" home 'href="/system/upload"'
expect "a form without file: 400" [ "$(web -o "$DIR/page" -w '%{http_code}' \
	-F "csrf=$(web_csrf /system/upload)" \
	-H "Origin: https://127.0.0.1:$HTTPS_PORT" /system/upload/file)" = 400 ]
head -c 5000000 /dev/urandom >"$DIR/noise"
refused "noise" "$DIR/noise" "is no backup of mews"
: >"$DIR/nothing"
refused "an empty file" "$DIR/nothing" "is no backup of mews"
refused "a database of another kind" "$DIR/state/auth/auth.db" "is no backup of mews"
cp "$DIR/file" "$DIR/broken"
dd if=/dev/urandom of="$DIR/broken" bs=4096 seek=3 count=8 conv=notrunc \
	status=none
refused "a damaged one" "$DIR/broken" "This backup is damaged"
head -c "$(($(stat -c %s "$DIR/file") * 2 / 3))" "$DIR/file" >"$DIR/broken"
refused "one that is cut" "$DIR/broken" "This backup is damaged"
cp "$DIR/file" "$DIR/newer"
sqlite3 "$DIR/newer" 'PRAGMA user_version = 9999; PRAGMA application_id = 0'
refused "one of a newer program" "$DIR/newer" "of a newer mews"
cp "$DIR/file" "$DIR/newer"
sqlite3 "$DIR/newer" "SELECT writefile('$DIR/inside', data) FROM backup"
sqlite3 "$DIR/inside" 'PRAGMA user_version = 9999; PRAGMA application_id = 0'
sqlite3 "$DIR/newer" "UPDATE backup SET data = readfile('$DIR/inside')"
refused "one with a newer site" "$DIR/newer" "of a newer mews"
sqlite3 "$DIR/newer" "UPDATE backup SET data = randomblob(8192)"
refused "one with a broken site" "$DIR/newer" "This backup is damaged"
expect "a form that breaks off" [ -z "$(printf 'POST %s HTTP/1.1\r\nHost: %s\r
Content-Length: 99999\r\n\r\nxx' /system/upload/file "127.0.0.1:$HTTPS_PORT" |
	timeout 5 openssl s_client -quiet -connect "127.0.0.1:$HTTPS_PORT" \
	2>/dev/null | grep -i ' 200 OK')" ]
expect "without its token: 403" [ "$(web -o "$DIR/page" -w '%{http_code}' \
	-F csrf=00 -F "file=@$DIR/file" \
	-H "Origin: https://127.0.0.1:$HTTPS_PORT" /system/upload/file)" = 403 ]
expect "signed out: to the sign-in" [ "$(curl -sk --http1.1 -o /dev/null \
	-w '%{http_code}' -F csrf=00 -F "file=@$DIR/nothing" \
	"https://127.0.0.1:$HTTPS_PORT/system/upload/file")" = 303 ]
dribble() { # a file without end, from a stranger: answered before it is read
	{
		printf 'POST /system/upload/file HTTP/1.1\r\nHost: %s\r
Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 9000000000\r
\r\n--x' "127.0.0.1:$HTTPS_PORT"
		sleep 60
	} | timeout 60 openssl s_client -quiet \
		-connect "127.0.0.1:$HTTPS_PORT" >"$DIR/dribble.$1" 2>/dev/null
}
for i in 1 2 3 4; do
	dribble "$i" &
	dribblers[i]=$!
done
answered() {
	[ "$(grep -l '303 See Other' "$DIR"/dribble.* 2>/dev/null | wc -l)" = 4 ]
}
server_wait "Strangers are sent to the sign-in" 40 answered
expect "while strangers send without end, downloads go on" \
	[ "$(web_code "/system/backup/$name")" = 200 ]
kill "${dribblers[@]}" 2>/dev/null
expect_not "more than the disk has room for" server_mews mews do backup-bring \
	at=0 text=00 size=4000000000000000 2>/dev/null
server_wait "That is told" 20 fares "The disk has no room"
expect "nothing was replaced so far" [ "$(site)" = Third ]

expect "a sound one" [ "$(upload "$DIR/file")" = 303 ]
server_wait "That it is good" 60 fares "can be restored"
name=brought.backup
expect "it came whole" cmp -s "$DIR/file" "$DIR/state/backup/$name"
expect "and replaces nothing" [ "$(site)" = Third ]
web "/system/restore/$name" >"$DIR/page"
expect "it is said which" says "in the file that was uploaded on"
expect "not without a PIN" [ "$(restore '')" = 400 ]
expect "nor with a wrong one" [ "$(restore 12345)" = 400 ]
expect "nothing was replaced yet" [ "$(site)" = Third ]
expect "with the PIN" [ "$(restore 99999)" = 303 ]
server_wait "The name of the file" 60 again
server_wait "All devices" 60 home "10 of 10 answer"
expect "what was there is aside" ls "$DIR"/state/config.db.before-* \
	"$DIR"/state/history.db.before-*
expect_not "the upload is gone" test -e "$DIR/state/backup/$name"
rm -f "$DIR/jar"
web_sign_in installer 55555 >/dev/null
for path in /system/upload /system/restore/brought.backup; do
	expect "$path is not the installer's" [ "$(web_code $path)" = 403 ]
done
rm -f "$DIR/jar"
web_sign_in administrator 99999 >/dev/null

# --- every kind of the security log, in every language --------------------------------------

kinds=$(sed -nE 's/^\t\{ "([a-z-]+)", MEWS_.*/\1/p' "$SRC/lib/audit.c")
for kind in $kinds; do
	sqlite3 -cmd '.timeout 10000' "$DIR/state/auth/auth.db" "INSERT INTO
		audit(t, what, user, about, source) VALUES(unixepoch(),
		'$kind', 'anna', 'berta', '192.0.2.77')"
done
words() { # LANGUAGE KIND: its sentence, or the longest stretch without a hole
	awk -v key="${2//-/_}" '/^\taudit \{/ { in_ = 1 } /^\t\}/ { in_ = 0 }
		in_ && $1 == key && $2 == "=" { sub(/^[^=]*= /, ""); print }' \
		"$SRC/templates/lang/$1.hdf" | sed 's/{[0-9]}/\n/g' |
		awk 'length > length(long) { long = $0 } END { print long }'
}
for lang in en it fr; do
	web_post /account --data-urlencode "lang=$lang" --data-urlencode theme= \
		>/dev/null
	sleep 1.2 # pages believe for a second
	web '/events?from=people' >"$DIR/page"
	missing=
	for kind in $kinds; do
		says "$(words $lang "$kind")" || missing="$missing $kind"
	done
	expect "$lang: all $(wc -w <<<"$kinds") kinds are told${missing:+, but$missing}" \
		[ -z "$missing" ]
	expect "$lang: with who and from where" grep -qF '192.0.2.77' "$DIR/page"
done
web_post /account --data-urlencode lang=en --data-urlencode theme= >/dev/null

# --- nobody measures ----------------------------------------------------------------------

server_stop mewsd
expect "it is told that nothing is measured" home "Nothing is measured"
finish
