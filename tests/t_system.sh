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

# --- nobody measures ----------------------------------------------------------------------

server_stop mewsd
expect "it is told that nothing is measured" home "Nothing is measured"
finish
