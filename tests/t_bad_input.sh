#!/bin/bash
# t_bad_input.sh - what is damaged is named and set aside, the rest goes on.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl sqlite3
PACE=--fast

server_folders
server_certificate
server_site
now=$(($(date +%s) / 60 * 60))

history() { # SQL
	sqlite3 "file:$DIR/state/history.db?mode=ro" "$1"
}

minutes() {
	history 'SELECT (SELECT count(*) FROM frame) + (SELECT count(*) FROM chunk)' \
		2>/dev/null || echo 0
}

# --- a CSV that is not whole -----------------------------------------------------------

good() { # LINES: an import that is right
	local i
	echo time,active_energy_import,active_power
	for ((i = 0; i < $1; i++)); do
		date -u -d "@$((now - 86400 + i * 60))" \
			"+%Y-%m-%dT%H:%M:00Z,$((1000000 + i * 10)),600"
	done
}
bad_csv() { # WHAT LINE: standard input is refused, naming the line
	local before
	before=$(minutes)
	server_mews mews import P1 - >"$DIR/said" 2>&1
	expect "$1: refused" [ $? = 1 ]
	expect "$1: line $2 is named: $(tail -n 1 "$DIR/said")" \
		grep -Eq "(line |:)$2([^0-9]|\$)" "$DIR/said"
	expect "$1: nothing stored" [ "$(minutes)" = "$before" ]
}
good 100 | head -c -9 | bad_csv "a line cut short" 101
good 100 | sed '50s/,600$//' | bad_csv "a field missing" 50
good 100 | sed '7s/600/6oo/' | bad_csv "no number" 7
good 100 | sed '9s/^20/19/' | bad_csv "out of order" 9
good 100 | sed '1s/active_power/activ_power/' | bad_csv "no such quantity" 1
good 100 | server_mews mews import P1 - >"$DIR/said" 2>&1
expect "a whole one is taken: $(tail -n 1 "$DIR/said")" [ $? = 0 ]
expect_not "and stored" [ "$(minutes)" = 0 ]

# --- a database that is damaged -----------------------------------------------------------

# Without what the log behind it could mend it with.
head -c 4096 /dev/urandom |
	dd of="$DIR/state/history.db" conv=notrunc status=none
rm -f "$DIR"/state/history.db-*
cp "$DIR/state/history.db" "$DIR/damaged"
server_start_simulator
server_users
server_start_daemons
sleep 1
expect "mewsd says which file: $(grep history.db "$DIR/log/mewsd.log" |
	head -n 1)" grep -q history.db "$DIR/log/mewsd.log"
aside=$(ls "$DIR"/state/history.db?* | grep -vE -- '-(wal|shm)$' | head -n 1)
expect "it is set aside: ${aside##*/}" [ -s "$aside" ]
expect "as it was" cmp -s "$DIR/damaged" "$aside"
expect "a new one is sound" [ "$(history 'PRAGMA integrity_check')" = ok ]
answering() { # N
	[ "$(server_mews mews status | awk '$1 == "answering" { print $2 }')" = "$1" ]
}
server_wait "The tenth device" 40 answering 10
expect "measuring goes on" answering 10

# --- a meter that is silent, one that garbles ----------------------------------------------

echo 'P3 silent' >>"$DIR/run/simulator.ctl"
echo 'P4 garble' >>"$DIR/run/simulator.ctl"
server_wait "The eighth device" 60 answering 8
expect "two fail, eight answer" answering 8
sqlite3 "file:$DIR/run/live.db?mode=ro" \
	'SELECT sum(damaged) > 0 FROM device' >"$DIR/said" 2>&1
expect "damaged answers are counted" grep -qx 1 "$DIR/said"
echo 'P3 well' >>"$DIR/run/simulator.ctl"
echo 'P4 well' >>"$DIR/run/simulator.ctl"
server_wait "The tenth device again" 90 answering 10
expect "all answer again" answering 10

# --- a template that is missing -------------------------------------------------------------

cp -RL "$BUILD/share" "$DIR/share"
rm "$DIR/share/templates/meters.cs"
echo '<?cs if:x ?>' >"$DIR/share/templates/about.cs"
share=$BUILD
mkdir "$DIR/build" && ln -s "$BUILD"/* "$DIR/build/" && rm "$DIR/build/share" &&
	ln -s "$DIR/share" "$DIR/build/share"
BUILD=$DIR/build
server_start_web
BUILD=$share
expect "signing in works" [ "$(web_sign_in user 11111)" = 303 ]
for page in meters about; do
	expect "/$page: 500" [ "$(web_code "/$page")" = 500 ]
	expect "/$page: in words" grep -Eqi '<h1[^>]*>[^<]+' <(web "/$page")
	expect_not "/$page: without a file name" grep -q "$page.cs" <(web "/$page")
	expect "$page.cs is in the log" grep -q "$page.cs" "$DIR"/log/pages.*.log
done
expect "home lives" [ "$(web_code /home)" = 200 ]
expect "a meter lives" [ "$(web_code /meters/P1)" = 200 ]
finish
