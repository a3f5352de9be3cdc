#!/bin/bash
# t_jobs_web.sh - the pages that show jobs: scan, test, registers, breakers, as a
# browser without script sees them.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl sqlite3
SITE=$SRC/tests/data/jobs.site
SCRIPT=$SRC/tests/data/jobs.sim

post() { # PATH NAME=VALUE...: with the form token of that page; body, then status
	local path=$1 csrf pair
	local -a data=()
	shift
	csrf=$(web "${path%%\?*}" | sed -nE 's/.*name="csrf" value="([^"]*)".*/\1/p' |
		head -n 1)
	for pair in "csrf=$csrf" "$@"; do
		data+=(--data-urlencode "$pair")
	done
	web -w '\n%{http_code} %{redirect_url}\n' "${data[@]}" \
		-H "Origin: https://127.0.0.1:$HTTPS_PORT" "$path" >"$DIR/page"
	tail -n 1 "$DIR/page"
}
leads() { # PATH NAME=VALUE...: the path of a 303
	post "$@" | sed -nE 's,^303 https://[^/]*,,p'
}
has() { # TEXT: on the page got last
	tr -s ' \t\n\302\240' ' ' <"$DIR/page" | grep -qF -- "$1"
}
get() { # PATH
	web "$1" >"$DIR/page"
}
over() { # PATH: until it does not ask to be fetched anew
	local n
	for ((n = 0; n < 200; n++)); do
		get "$1"
		grep -q 'http-equiv="refresh"' "$DIR/page" || return 0
		sleep 0.3
	done
	return 1
}
refused() { # WHAT WORDS PATH NAME=VALUE...: 400 in words
	local what=$1 words=$2 status
	shift 2
	status=$(post "$@")
	expect "$what: refused ($status)" [ "${status%% *}" = 400 ]
	expect "$what: in words" has "$words"
}
ctl() {
	echo "$1" >"$DIR/run/simulator.ctl"
	sleep 0.7
}
history() { # SQL
	sqlite3 "file:$DIR/state/history.db?mode=ro" "$1"
}

server_folders
server_certificate
{
	sed -E -e "s,^(line +A +rtu +)[^ ]+,\\1$DIR/run/line-A," \
		-e "s,^(line +B +tcp +)[^ ]+ +[^ ]+,\\1127.0.0.1 $REMOTE_PORT," "$SITE"
	for name in fictional-breaker fictional-analyser; do
		echo "profile $name"
		sed 's/^/|/' "$SRC/tests/data/meters/$name.meter"
	done
} >"$DIR/jobs.site"
server_mews mews site import "$DIR/jobs.site" >"$DIR/log/site.log" 2>&1 ||
	die "the site was not taken: $(cat "$DIR/log/site.log")"
server_users
server_start_simulator
server_start_daemons
server_start_web

# --- who may --------------------------------------------------------------------------

expect "user signs in" [ "$(web_sign_in user 11111)" = 303 ]
for path in /devices/scan /devices/P2/test /devices/P2/registers \
	/breakers/Q1/operate?command=open; do
	expect "user: no $path" [ "$(web_code "$path")" = 403 ]
done
get /breakers
expect "user: reads breakers" has 'href="/breakers/Q1"'
expect_not "user: operates none" has operate
get /meters/Q1
expect "its values lead there" has 'href="/breakers/Q1"'
rm -f "$DIR/jar"
expect "installer signs in" [ "$(web_sign_in installer 55555)" = 303 ]

get /devices
expect "so does the list of devices" has 'href="/breakers"'

# --- harmonics by order ---------------------------------------------------------------

get /meters/N1
expect "its values lead to harmonics" has 'href="/meters/N1/quality"'
get /meters/N1/quality
expect "harmonics: of a phase" has 'Voltage L1, harmonics'
get '/meters/N1/quality?phase=l2'
expect "harmonics: of another" has 'Voltage L2, harmonics'
get '/meters/N1/quality?show=current&phase=l3'
expect "harmonics: of one that is measured" has 'Current L1, harmonics'
get /meters/Q1/quality
expect "harmonics: a device without" has 'This meter does not measure harmonics'

# --- scan -----------------------------------------------------------------------------

refused "address 0" "“0” is no address" /devices/scan do=scan line=A first=0 last=9 speeds=
expect "what was typed is kept" has 'value="0"'
refused "address 248" "“248” is no address" /devices/scan do=scan line=A first=1 last=248 speeds=
refused "backwards" "lower than the first" /devices/scan do=scan line=A first=9 last=8 speeds=
refused "a speed" "“19200 7E1” is no speed" /devices/scan do=scan line=A first=1 last=9 "speeds=19200 7E1"
refused "speeds of a gateway" "gateway sets the speed" /devices/scan do=scan line=B first=1 last=9 "speeds=9600 8N1"
refused "no line" "no longer there" /devices/scan do=scan line=Z first=1 last=9 speeds=
# long enough to be met while it goes on: silence takes 0.7 s an address
job=$(leads /devices/scan do=scan line=A first=19 last=45 speeds=)
get "$job"
expect "a scan goes on: $job" has "Scan goes on"
id=${job##*=}
refused "a second scan" "busy with another" /devices/scan do=scan line=A first=1 last=2 speeds=
expect "it pauses" [ "$(leads /devices/scan do=pause "job=$id")" = "$job" ]
get /devices/scan
expect "it is there again when the page was left" has "Scan rests"
expect "it goes on" [ "$(leads /devices/scan do=go "job=$id")" = "$job" ]
expect "it ends" over "$job"
expect "known" has '>known</span> <span class="c-plate">Q1</span> Demonstration breaker'
expect "new, with a plate" has '>new</span> <span class="c-plate c-plate--soft">P4</span>'
expect "recognised" has ">Fictional Demonstration breaker<"
expect "and ticked" has 'name="pick_1" value="30" checked'
expect_not "what was not recognised is not" has 'value="22" checked'
expect_not "nothing that is known is offered" grep -q 'name="pick_2"' "$DIR/page"
refused "nothing selected" "Nothing was selected" /devices/scan do=add "job=$id"
refused "not a new one" "Nothing was selected" /devices/scan do=add "job=$id" add=20
to=$(leads /devices/scan do=add "job=$id" pick_0=30)
expect "it is added: $to" [ "${to%%&*}" = "/devices/scan?done=added" ]
get /devices/scan
expect "it is known then" has '>known</span> <span class="c-plate">P5</span>'
sqlite3 "$DIR/run/live.db" "UPDATE found SET baud = 9600 WHERE unit = 21"
get /devices/scan
expect "another speed leads to the line" has 'href="/settings/rs485/A" aria-label="Set the line… Address 21"'
refused "an address without a type" "Choose the type of the ticked" \
	/devices/scan do=add "job=$id" pick_0=22 type=
expect "what was ticked is kept" grep -q 'name="pick_0" value="22" checked' \
	"$DIR/page"
refused "a template as type" "Choose the type of the ticked" \
	/devices/scan do=add "job=$id" pick_0=22 type=legrand-dpx3
leads /devices/scan do=add "job=$id" pick_0=22 type=carlo-gavazzi-em24 >/dev/null
expect "one that was not recognised is added with a type" grep -q \
	'^device P4 "Carlo Gavazzi EM24" line A unit 22 profile carlo-gavazzi-em24' \
	<(server_mews mews site export)
server_mews mews do device-remove plate=P4 >/dev/null
job=$(leads /devices/scan do=scan line=A first=200 last=201 speeds=)
expect "a scan of nobody ends" over "$job"
expect "other speeds are offered" has "Nothing answered at 19200 8E1. Try other speeds?"

job=$(leads /devices/scan do=scan line=C first=1 last=2 speeds=)
expect "a gateway that is not there ends it" over "$job"
expect "and why" has "127.0.0.1 is there, but refuses the connection. Check the port number"

# --- test -----------------------------------------------------------------------------

job=$(leads /devices/P2/test)
expect "a test ends: $job" over "$job"
expect "it answers" has "P2 answers in"
expect "bytes" has "<code>02 04 00 00 00 50 f0 05</code>"
expect "values beside units" has "Voltage L1"
ctl "P2 silent"
expect "a test of a silent one ends" over "$(leads /devices/P2/test)"
expect "it does not answer" has "No answer at address 2"
expect "what to do" has "Check its supply, then A and B, then its address and speed."
ctl "P2 foreign"
expect "a test of one with another's address ends" over "$(leads /devices/P2/test)"
expect "it is another" has "Address 18 answered, though address 2 was asked."
expect "what it said" has "<code>12 04 "
expect "what to do" has "Give each device of the line an address of its own."
ctl "P2 busy 6"
expect "a test of a busy one ends" over "$(leads /devices/P2/test)"
expect "it is busy" has "It is busy (code 6). Ask again in a moment."
ctl "P2 well"
expect "a job is its device's" [ "$(web_code "/devices/P2/test?job=${job##*=}")" = 200 ]
expect "and not another's" [ "$(web_code "/devices/Q1/test?job=${job##*=}")" = 404 ]
expect "a scan is no test" [ "$(web_code "/devices/Q1/test?job=$id")" = 404 ]
expect "no job" [ "$(web_code "/devices/Q1/test?job=1")" = 404 ]

# --- registers ------------------------------------------------------------------------

job=$(leads /devices/Q1/registers do=read function=3 address=900 count=1)
expect "registers are read: $job" over "$job"
expect "the form shows what was asked" has '<option value="3" selected>'
expect_not "and nothing else" has '<option value="4" selected>'
expect "in hexadecimal" has "<code>b4ea</code>"
expect "as printed" has ">40901<"
expect "unsigned" has "<b>46314</b>"
expect "signed" has ">-19222<"
refused "a count" "“126” cannot be read" /devices/Q1/registers do=read function=3 address=0 count=126
refused "behind the last" "no register behind 65535" /devices/Q1/registers do=read function=3 address=65535 count=2
refused "a function" "one of the functions" /devices/Q1/registers do=read function=7 address=0 count=1
get /devices/Q1/registers
expect "writing is off" has "Writing registers is off"
refused "written while off" "Writing registers is off" /devices/Q1/registers do=send wfunction=6 waddress=100 values=1 pin=55555
expect_not "an installer does not allow it" grep -q 'value="allow"' "$DIR/page"
rm -f "$DIR/jar"
expect "administrator signs in" [ "$(web_sign_in administrator 99999)" = 303 ]
expect "he allows it" [ -n "$(leads /devices/Q1/registers do=allow)" ]
refused "a value" "“70000” cannot be written" /devices/Q1/registers do=write wfunction=6 waddress=100 values=70000
refused "two values" "writes one value" /devices/Q1/registers do=write wfunction=6 waddress=100 "values=1 2"
expect "the second step" [ "$(post /devices/Q1/registers do=write wfunction=6 waddress=100 values=1)" = "200 " ]
expect "it says what" has "<code>1</code>"
refused "without PIN" "Type your PIN" /devices/Q1/registers do=send wfunction=6 waddress=100 values=1 pin=
refused "a wrong PIN" "Wrong PIN" /devices/Q1/registers do=send wfunction=6 waddress=100 values=1 pin=12345
expect "nothing was written" [ "$(history "SELECT count(*) FROM event WHERE kind = 'register-written'")" = 0 ]
job=$(leads /devices/Q1/registers do=send wfunction=6 waddress=100 values=1 pin=99999)
expect "it is written: $job" over "$job"
written() {
	get /devices/Q1/registers
	has "administrator</span> <span>Function 6, address 100: 1<"
}
server_wait "Who wrote what" 60 written

# --- breakers -------------------------------------------------------------------------

position() { # WORD
	get /breakers/Q1
	has "$1"
}
server_wait "Open" 60 position "Open (O)"
refused "without PIN" "Type your PIN" /breakers/Q1/operate?command=close command=close "reason=back <b>" pin=
expect "the reason is kept" has 'value="back &lt;b&gt;"'
job=$(leads /breakers/Q1/operate?command=close command=close "reason=back <b>" pin=99999)
get "$job"
expect "it is asked: $job" has "Asked: Close Q1."
expect "it ends" over "$job"
expect "it is confirmed" has "Q1 reports Closed (I)"
server_wait "Closed" 60 position "Closed (I)"
server_wait "What was done" 60 position "Close: confirmed"
expect "why" has "asked by administrator. back &lt;b&gt;"
expect "since when and by whom" has ", by administrator"
expect "a job is shown again, not done again" over "$job"
ctl "Q1 stuck"
expect "one that does not move ends" over "$(leads /breakers/Q1/operate command=open reason= pin=99999)"
expect "not confirmed" has "Not confirmed: Q1 still reports Closed (I) after 5 s"
ctl "Q1 willing"
ctl "Q1 trip"
server_wait "Tripped" 60 position "Tripped"
server_wait "And why" 60 position "It reports why: <b>overload</b>"
expect "closing is barred" has 'disabled>Close…'
sent=$(history "SELECT count(*) FROM event WHERE kind = 'operate-asked'")
expect "it is not asked" [ -z "$(leads /breakers/Q1/operate command=close reason= pin=99999)" ]
expect "and why" has "Find the cause and reset it first."
expect "nothing was sent" [ "$(history "SELECT count(*) FROM event WHERE kind = 'operate-asked'")" = "$sent" ]
expect "no such command" [ "$(web_code "/breakers/Q1/operate?command=explode")" = 404 ]
expect "no such breaker" [ "$(web_code /breakers/P1)" = 404 ]

# --- hostile values -------------------------------------------------------------------

long=$(printf '9%.0s' {1..500})
for value in "" " " -1 1e9 0x10 "$long" "'; DROP TABLE job; --" "<script>" "../../etc" $'\u202e' 99999999999999999999; do
	for form in \
		"/devices/scan do=scan line=A last=9 speeds= first" \
		"/devices/scan do=scan line=A first=1 last=9 speeds" \
		"/devices/scan do=scan first=1 last=9 speeds= line" \
		"/devices/scan do=add job=$id add" \
		"/devices/Q1/registers do=read function=3 count=1 address" \
		"/devices/Q1/registers do=write wfunction=16 waddress=1 values" \
		"/breakers/Q1/operate command=open pin= reason"; do
		read -ra part <<<"$form"
		[ "${part[-1]}" = speeds ] && [ -z "${value// /}" ] && continue
		status=$(post "${part[@]:0:${#part[@]}-1}" "${part[-1]}=$value")
		[[ $status = 4* ]] && grep -Eqi '<h1' "$DIR/page" ||
			expect "${part[0]} ${part[-1]}=${value:0:20}: $status" false
		[ "${part[0]}" = /breakers/Q1/operate ] && break
	done
done
expect "hostile values were answered" true
finish
