#!/bin/bash
# t_bus_pages.sh - the installer's pages of the bus, its lines and the gateway,
# in a house with a silent meter: what they say, and what they refuse.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl mbpoll

server_folders
server_certificate
server_site
server_start_simulator
server_users
server_start_daemons
server_start_web

has() { # PATH REGEX: the page says so
	web "$1" | tr '\n' ' ' | grep -Eq "$2"
}
csrf() { # PATH: of the form in the page's main part
	web "$1" | web_hidden | sed -n 's/^csrf=//p' | tail -n 1
}
post() { # PATH FIELD=VALUE...: the status; the page is in $DIR/said
	local path=$1 field
	local -a fields
	shift
	fields=(--data-urlencode "csrf=$(csrf "$path")")
	for field in "$@"; do
		fields+=(--data-urlencode "$field")
	done
	web -o "$DIR/said" -w '%{http_code}' "${fields[@]}" \
		-H "Origin: https://127.0.0.1:$HTTPS_PORT" "$path"
}
said() { # REGEX
	tr '\n' ' ' <"$DIR/said" | grep -Eq "$1"
}

# --- whose pages they are -------------------------------------------------------------

pages="/bus /settings/rs485 /settings/rs485/A /settings/rs485/A/remove
	/settings/add-line /gateway /gateway/map /gateway/rules /gateway/reset
	/gateway/frames /gateway/frames/file"
expect "signing in as user" [ "$(web_sign_in user 11111)" = 303 ]
for page in $pages; do
	expect "$page is not the user's" [ "$(web_code "$page")" = 403 ]
done
for who in 'administrator 99999' 'installer 55555'; do
	rm -f "$DIR/jar"
	# shellcheck disable=SC2086
	expect "signing in as $who" [ "$(web_sign_in $who)" = 303 ]
	for page in $pages; do
		expect "$page: 200" [ "$(web_code "$page")" = 200 ]
	done
	case $who in admin*) home=/system ;; *) home=/bus ;; esac
	expect "/ leads to $home" [ "$(web -o /dev/null \
		-w '%{redirect_url}' / | sed 's|.*[0-9]/|/|')" = $home ]
done

# --- a meter that is silent --------------------------------------------------------------

expect "ten modules on the rail" [ "$(web /bus | tr '\n' ' ' |
	grep -o 'c-rail__v' | wc -l)" = 10 ]
echo 'P3 silent' >>"$DIR/run/simulator.ctl"
server_wait "The alarm" 60 has /bus 'P3 Kitchen does not answer'
expect "it says what to do" has /bus \
	'No answer at address 3 since [0-9:]+\. Check its supply.*19200 8E1'
expect "and leads to the test" has /bus 'href="/devices/P3/test">Test address 3'
expect "and is an event" has /bus 'P3 does not answer</span>'

# --- a line -----------------------------------------------------------------------------------

line=(name=A path=/dev/ttyS0 baud=19200 parity=E stop=1 timeout=300 pause=0)
bad() { # WHAT FIELD=VALUE REGEX: refused beside the field, what was typed kept
	local field=${2%%=*}
	expect "$1: 400" [ "$(post /settings/rs485/A "${line[@]/#$field=*/$2}")" \
		= 400 ]
	expect "$1: in words" said "id=\"$field-bad\".*$3"
	expect "$1: the field says so" said \
		"id=\"$field\" name=\"$field\" aria-invalid=\"true\""
}
bad "a name with a blank" 'name=A B' 'A B.* cannot be a name'
bad "no name" 'name=' 'cannot be a name'
bad "a name too long" 'name=ABCDEFGHIJKLMNOP' 'cannot be a name'
bad "another line's name" 'name=B' 'There is a line B already'
bad "markup in a port" 'path=<b>"' '&lt;b&gt;&quot;.* is no port'
bad "a port with a comment" 'path=/dev/tty S0 #' 'is no port'
bad "a port too long" "path=/dev/$(printf '%0150d' 0)" 'more than 127'
bad "a speed that is none" 'baud=19201' '19201.* is no speed'
bad "no parity" 'parity=X' 'none of the choices'
bad "three stop bits" 'stop=3' 'none of the choices'
bad "a timeout too short" 'timeout=49' '49.* is not a number from 50 to 10000'
bad "a timeout that is a word" 'timeout=soon' 'soon.* is not a number'
bad "a pause below 0" 'pause=-1' '-1.* is not a number from 0 to 200'
expect "a foreign field: refused" [ "$(post /settings/rs485/A x=1)" = 400 ]
expect "no such line" [ "$(web_code /settings/rs485/nowhere)" = 404 ]
expect "another line's port: 400" [ "$(post /settings/add-line kind=tcp \
	name=C path=127.0.0.1 "port=$REMOTE_PORT" timeout=300 pause=0)" = 400 ]
expect "and says whose" said 'belongs to line B already'
expect "it stays as it was" has /settings/rs485/A \
	"run/line-A</span>, 19200 8E1, timeout 300.+ms"

expect "a line with devices stays: 200" [ "$(post \
	/settings/rs485/A/remove)" = 200 ]
expect "and they are named" said 'P1, P2, P3'
expect "a new one: 303" [ "$(post /settings/add-line kind=tcp name=C \
	path=127.0.0.1 port=1 timeout=300 pause=0)" = 303 ]
expect "is there" has /settings/rs485 'Gateway line C'
expect "is removed: 303" [ "$(post /settings/rs485/C/remove)" = 303 ]
expect_not "is gone" has /settings/rs485 'Gateway line C'

server_wait "Line B again" 60 has /bus '>2 <small>of 2 answer'
expect "a port where nobody is: 303" [ "$(post /settings/rs485/B name=B \
	path=127.0.0.1 port=1 timeout=300 pause=0)" = 303 ]
expect "is being tried" has '/settings/rs485/B?trial=30' \
	'Trying the new settings for 30.+s'
server_wait "The old settings" 90 has /settings/rs485/B \
	'The old ones are back in force'
expect "are in force" has /settings/rs485/B "127.0.0.1:$REMOTE_PORT"

# --- a line that does not open: why, in words ----------------------------------------------

why() { # REGEX: the home of the bus and the line's page say so
	has /bus "RS485 port of line A has not opened since [0-9:]+.*$1" &&
		has /settings/rs485/A "$1"
}
echo 'line A gone' >>"$DIR/run/simulator.ctl"
server_wait "No port" 20 why 'There is no port [^ ]*/line-A\. Plug'
ln -sfn /dev/null "$DIR/run/line-A"
server_wait "No serial port" 20 why 'line-A is no serial port\.'
/usr/bin/python3 -c '
import fcntl, os, sys, time
master, slave = os.openpty()
fcntl.flock(slave, fcntl.LOCK_EX)
os.symlink(os.ttyname(slave), sys.argv[1] + ".new")
os.rename(sys.argv[1] + ".new", sys.argv[1])
time.sleep(60)' "$DIR/run/line-A" &
holder=$!
server_wait "Held by another" 20 why 'Another program holds [^ ]*/line-A\. End'
expect "a test says it too: 303" [ "$(post /devices/P1/test)" = 303 ]
server_wait "The reason" 30 has /devices/P1/test \
	'The line is not open.*Another program holds [^ ]*/line-A\. End'
kill $holder
echo 'line A back' >>"$DIR/run/simulator.ctl"
server_wait "Open again" 30 has /settings/rs485/A 'Open since'

# --- the gateway ------------------------------------------------------------------------------

expect "nobody is there yet" has /gateway 'No client has connected'
server_wait "The port in force" 20 has /gateway "Port $MODBUS_PORT.*127.0.0.1"
expect "and who to tell it" has /gateway "Tell the SCADA: .*port $MODBUS_PORT"
expect "frames are kept from now on" [ "$(web_code /gateway/frames)" = 200 ]
ask() { # UNIT
	mbpoll -m tcp -p "$MODBUS_PORT" -a "$1" -t 4:hex -r 1 -c 2 -1 127.0.0.1 \
		>/dev/null 2>&1
}
asked() {
	web_code /gateway/frames
	ask 1
	ask 77
	has '/gateway/frames?pause=1' 'from the line.*01 03 00 00 00 02' &&
		has '/gateway/frames?unit=77' 'exception 0A'
}
server_wait "The frames" 30 asked
expect_not "filtered by unit, no other is there" has '/gateway/frames?unit=77' 'from the line'
expect "errors only" has '/gateway/frames?faults=1' 'exception 0A'
expect_not "and no request" has '/gateway/frames?faults=1' '>sent<'
expect "as CSV" grep -q '^time_us,way,client' <(web '/gateway/frames/file?as=csv')
expect "with the bytes" grep -q '4D 03 00 00 00 02' \
	<(web '/gateway/frames/file?as=text&unit=77')
for query in unit=256 unit=x function=-1 client=%3Cb%3E; do
	expect "$query: 400" [ "$(web_code "/gateway/frames?$query")" = 400 ]
	expect "$query: in words" has "/gateway/frames?$query" \
		'This filter cannot be used'
	expect "$query: no file" [ "$(web_code \
		"/gateway/frames/file?$query")" = 400 ]
done
server_wait "The refusal" 20 has /gateway 'No device has that unit.*unit 77'
expect "is forgotten: 303" [ "$(post /gateway/reset)" = 303 ]
server_wait "The empty list" 20 has /gateway 'Nothing was refused'

rules() { # TEXT: the status
	web -o "$DIR/said" -w '%{http_code}' -F "text=$1" \
		-F "csrf=$(csrf /gateway/rules)" \
		-H "Origin: https://127.0.0.1:$HTTPS_PORT" /gateway/rules
}
expect "a word that is none: 400" [ "$(rules \
	$'gateway port 1502\ngateway alow 10.0.0.0/8 read')" = 400 ]
expect "with its line" said 'Line 2 is not understood: gateway alow'
expect "another line of the site: 400" [ "$(rules 'line X rtu /x 19200 8E1')" \
	= 400 ]
expect "rules: 303" [ "$(rules 'gateway allow 127.0.0.0/8 read units 1-8')" \
	= 303 ]
expect "are in force" has /gateway '127.0.0.0/8.*read.*1.8'
expect "a port that another program has: 303" [ "$(rules \
	"gateway port $HTTPS_PORT address 127.0.0.1 forward A")" = 303 ]
server_wait "That it is taken" 20 has /gateway \
	"Port $HTTPS_PORT.*every unit to line A.*It cannot be opened"
finish
