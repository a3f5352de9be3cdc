#!/bin/bash
# t_storage.sh - the space of the history: what a budget means before it is
# saved, what is refused in words, and that mewsd keeps to it.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl sqlite3
PACE=--fast

server_folders
server_certificate
server_site
server_start_simulator
server_fill
server_users
server_start_daemons
for pair in "csv_format programs" "folder_spare 0" "folder_minutes all"; do
	# shellcheck disable=SC2086
	server_mews mews set $pair >/dev/null || die "no setting"
done
server_start_courier
server_start_web

says() { # TEXT: the page that came back does
	grep -qF "$1" "$DIR/page"
}
budget() { # the field's value
	web /settings/storage | tr -d '\n' |
		sed -nE 's/.*value="([0-9]*)"[^>]*id="mb".*/\1/p'
}
post() { # MB DO: the status
	web_post /settings/storage --data-urlencode "mb=$1" \
		--data-urlencode "do=$2"
}
minutes() { # chunks of minutes
	sqlite3 "file:$DIR/state/history.db?mode=ro" \
		'SELECT count(*) FROM chunk WHERE id < 1 << 48'
}

expect "to the sign-in" [ "$(web_code /settings/storage)" = 303 ]
web_sign_in user 11111 >/dev/null
expect "not for users" [ "$(web_code /settings/storage)" = 403 ]
rm -f "$DIR/jar"
web_sign_in installer 55555 >/dev/null

standard=$(budget)
expect "a budget stands there" [ "$standard" -ge 64 ]
web /settings/storage >"$DIR/page"
expect "it is said in days" says "and these"
expect "floors are said" says "400 days"

expect "a smaller one is shown" [ "$(post 64 look)" = 200 ]
expect "and not saved" says "This is not saved yet."
expect "really not" [ "$(budget)" = "$standard" ]
expect "it is saved" [ "$(post 64 save)" = 303 ]
expect "really" [ "$(budget)" = 64 ]
expect "mews knows" [ "$(server_mews mews settings |
	sed -nE 's/^history_mb +([0-9]+).*/\1/p')" = 64 ]

for bad in "" -1 0 1e9 12,5 9999999999999999999999 '<b>'; do
	expect "'$bad' is refused" [ "$(post "$bad" save)" = 400 ]
	expect "'$bad' in words" says "is no whole number of megabytes"
done
expect "more than there is" [ "$(post 1048576 save)" = 400 ]
expect "in words" says "than there is room for"
expect "less than energies need" [ "$(post 1 save)" = 400 ]
expect "says why" says "energies keep their minutes for 400 days"
expect "still 64" [ "$(budget)" = 64 ]

# the data folder has every minute so far
folder_done() {
	[ "$(server_mews mews do courier-status sink=folder |
		awk '$1 == "good" { print $2 }')" -gt 0 ]
}
server_wait "The data folder" 300 folder_done
with_voltage() { # how many days' files have it
	grep -l voltage_l1 "$DIR"/state/data/P1/*/P1_????-??-??.csv | wc -l
}
days=$(with_voltage)

# the shell may: below that nothing of counters goes, and nothing young
before=$(minutes)
server_mews mews set history_mb 1 >/dev/null
for ((n = 0; n < 100; n++)); do
	[ "$(minutes)" -lt "$before" ] && break
	sleep 0.2
done
expect "old minutes go" [ "$(minutes)" -lt "$before" ]
expect "those of counters stay" [ "$(sqlite3 \
	"file:$DIR/state/history.db?mode=ro" \
	'SELECT count(*) FROM thinned WHERE class = 0')" = 0 ]

# and every page that shows such a period says so
border() { # CLASS: up to when its minutes are merged
	sqlite3 "file:$DIR/state/history.db?mode=ro" \
		"SELECT max(upto) FROM thinned WHERE class = $1 AND level = 0"
}
for ((n = 0; n < 300; n++)); do
	[ -n "$(border 1)" ] && [ -n "$(border 2)" ] && break
	sleep 0.2
done
tells() { # SENTENCE CLASS PATH[?QUERY]
	local day sign='?'
	day=$(TZ=$ZONE date -d "@$(($(border "$2") - 86400))" +%F)
	case $3 in *\?*) sign='&' ;; esac
	web "$3${sign}at=$day" >"$DIR/page"
	says "$1"
}
merged='Minutes before '
history='/history?on=P1&of=active_power&by=minute'
expect "the history says it" tells "$merged" 1 "$history"
expect "to what" says " were merged to hours."
expect "and takes it for no gap" [ "$(grep -c 'P1 has no data' \
	"$DIR/page")" = 0 ]
expect "not of a time that is whole" [ "$(web "$history" |
	grep -c "$merged")" = 0 ]
expect "nor of hours, which are" [ "$(web "${history/minute/hour}&at=$(
	TZ=$ZONE date -d "@$(($(border 1) - 86400))" +%F)" |
	grep -cE ' before .* were merged ')" = 0 ]
expect "a meter says it" tells "$merged" 1 \
	'/meters/P1?of=active_power&by=minute'
expect "the series do" tells '"into":"hour"' 1 \
	'/api/v1/series?on=P1&of=active_power&by=minute'
expect "a file does, for people" tells "$merged" 1 \
	'/csv/P1?of=voltage_l1&by=minute&for=excel'
web -D "$DIR/head" -o "$DIR/page" "/csv/P1?of=voltage_l1&by=minute&for=programs&at=$(
	TZ=$ZONE date -d "@$(($(border 1) - 86400))" +%F)"
expect "for programs beside it" grep -q \
	'^Mews-Merged: minute; before=.*Z; into=hour' "$DIR/head"
expect "not in it" [ "$(grep -c "$merged" "$DIR/page")" = 0 ]

day=$(TZ=$ZONE date -d "@$(($(border 1) - 86400))" +%F)
ask="/download/get?on=P1&by=minute&from=$day&to=$day"
web "$ask&for=excel" >"$DIR/page"
expect "a download does, for people" says "$merged"
for pack in '' zip; do
	web -D "$DIR/head" -o "$DIR/page" "$ask&for=programs&pack=$pack"
	expect "for programs beside it: '$pack'" grep -q \
		'^Mews-Merged: minute; before=.*Z; into=hour' "$DIR/head"
done
expect_not "not in it either" says "$merged"
if python3 -c 'import jsonschema' 2>/dev/null; then
	web "/api/v1/series?on=P1&of=active_power&by=minute&at=$day" >"$DIR/page"
	expect "the series are as described" python3 "$SRC/tests/t_api.py" \
		"$SRC/etc/openapi.json" /series "$DIR/page"
fi

# and the files that stood there lose it
server_stop mews-courier # the hour's round is the first thing it does
server_start_courier
fewer() {
	[ "$(with_voltage)" -lt "$days" ]
}
server_wait "Days without voltage" 120 fewer
expect "their energy stays" grep -q active_energy_import \
	"$DIR/state/data/P1/${day%%-*}/P1_$day.csv"

# hours go after years only: the border alone is set here
for class in 0 2; do
	sqlite3 -cmd '.timeout 10000' "$DIR/state/history.db" \
		"INSERT OR REPLACE INTO thinned(class, level, upto)
		VALUES($class, 1, $(border 1)),($class, 2, 1)"
done
merged='Hours before '
expect "power quality says it" tells "$merged" 1 '/meters/P1/quality?by=hour'
expect "a comparison does" tells "$merged" 1 '/compare?on=P1&by=hour'
expect "of the other side too" [ "$(web "/compare?on=P1&by=hour&then=$(
	TZ=$ZONE date -d "@$(($(border 1) - 86400))" +%F)" |
	grep -c "$merged")" = 1 ]
expect "to days" tells 'were merged to days' 1 '/meters/P1?by=hour'

# a clock in doubt: a person says that it is right
expect "no doubt, no question" [ "$(web /settings/storage |
	grep -c 'value="clock"')" = 0 ]
expect "the answer is taken" [ "$(post 64 clock)" = 303 ]
finish
