#!/bin/bash
# t_amend_pages.sh - what a person may do to the history by the pages: a new
# meter, an unexplained jump, a wrong hour, and all of it taken back; and
# whatever is wrong answered in words beside its field.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl python3
PACE=--fast
Q=active_energy_import
NBSP=$'\xc2\xa0'

server_folders
server_certificate
server_site
server_start_simulator
server_plates() { echo P1 P9; } # P2 has no past
server_fill
server_users
sick() { # PLATE SICKNESS
	echo "$*" >"$DIR/run/simulator.ctl"
	sleep 0.3
}
sick P2 swapped 90000000
server_start_daemons
server_start_web

show() { "$BUILD/tests/show" --state "$DIR/state" --run "$DIR/run" "$@"; }
told() { show events "$1" | grep -q "$2"; } # PLATE WORDS
says() { grep -qF "$1" "$DIR/page"; }       # TEXT: the page that came back does
beside() { # FIELD TEXT: what is said beside the field
	tr -d '\n\t' <"$DIR/page" |
		grep -oE "id=\"$1-bad\">.{0,400}" | sed 's|</p>.*||' |
		grep -qF "$2"
}
get() { # PATH: the page, into $DIR/page
	web "$1" >"$DIR/page"
}
fill() { # FIELD=VALUE...: arguments of a form, the last of a name counts
	local pair
	local -A f=()
	for pair in "$@"; do f[${pair%%=*}]=${pair#*=}; done
	FORM=()
	for pair in "${!f[@]}"; do
		FORM+=(--data-urlencode "$pair=${f[$pair]}")
	done
}
sum() { # LEVEL PLATE FROM TO
	show "$1" "$2" $Q "$3" "$4" | awk '{ sum += $2 } END { print sum + 0 }'
}
into() { # SQL: into the history, as mewsd would write it
	python3 -c 'import sqlite3, sys
db = sqlite3.connect(sys.argv[1] + "/history.db", timeout=10)
db.executescript(sys.argv[2])
db.commit()' "$DIR/state" "$1"
}
read_once() {
	[ -n "$(show value P1 $Q)" ] && [ -n "$(show value P2 $Q)" ]
}
server_wait "The meters" 30 read_once
sleep 6 # each was read twice
sick P2 well

# --- who may --------------------------------------------------------------------------

pages="/amendments /meters/P1/replace /meters/P1/correct"
for page in $pages; do
	expect "$page: to the sign-in" [ "$(web_code "$page")" = 303 ]
done
web_sign_in user 11111 >/dev/null
for page in $pages; do
	expect "$page: not for users" [ "$(web_code "$page")" = 403 ]
done
expect_not "a user is led to none of them" grep -q '/correct?\|/replace"' \
	<(web '/meters/P1?by=day')
rm -f "$DIR/jar" # another visitor
web_sign_in installer 55555 >/dev/null
WEB_CSRF=$(web_csrf /meters/P1/correct)
for page in $pages; do
	expect "$page: for the installer" [ "$(web_code "$page")" = 200 ]
done
for page in /meters/P99/replace /meters/P99/correct /amendments/0 \
	/amendments/1 /amendments/x /unexplained/0 /unexplained/999999 \
	/unexplained/-1; do
	expect "$page: not there" [ "$(web_code "$page")" = 404 ]
done
get /amendments
expect "nothing was changed yet" says "Nobody changed the history yet."
expect "no new meter is seen" grep -qF "No counter of this meter began anew" \
	<(web /meters/P3/replace)

# --- one hour is corrected ----------------------------------------------------------------

hour=$(($(date +%s) / 3600 * 3600 - 20 * 3600))
clock=$(TZ=$ZONE date -d "@$hour" '+%Y-%m-%d %H:%M')
was=$(sum hours P9 $hour $((hour + 3600)))
meter() { web "/meters/P9?by=hour&at=$(TZ=$ZONE date -d "@$hour" +%F)"; }
expect "the meter's table leads to it" grep -qF \
	"/meters/P9/correct?of=$Q&amp;by=hour&amp;since=$hour" <(meter)
get "/meters/P9/correct?of=$Q&by=hour&since=$hour"
kwh() { printf '%d.%03d' $(($1 / 1000)) $(($1 % 1000)); }
expect "the old value is shown" says "$(kwh "$was")"
expect "and when it begins" says "value=\"$clock\""

correct() { # FIELD=VALUE...: the status
	fill of=$Q by=hour "when=$clock" value=12.345 "reason=A wrong wire" \
		step=check "$@"
	web_post /meters/P9/correct "${FORM[@]}"
}
bad() { # FIELD VALUE SENTENCE
	expect "$1 '${2:0:20}': refused" [ "$(correct "$1=$2")" = 400 ]
	expect "$1 '${2:0:20}': $3" beside "$1" "$3"
}
bad of voltage_l9 "Choose a value"
bad of breaker_state "Choose a value"
bad of nothing "Choose a value"
expect "hours of a gauge: refused" [ "$(correct of=active_power)" = 400 ]
expect "hours of a gauge: in words" beside by "only single minutes"
bad by week "Choose a period"
bad by "" "Choose a period"
bad when "" "is no time"
bad when yesterday "is no time"
bad when 2026-02-30 "is no time"
bad when "${clock%:*}:30" "The period begins at"
bad when 2199-01-01 "not over yet"
bad value "" "is no value in kWh"
bad value -1 "is no value in kWh"
bad value 1e3 "is no value in kWh"
bad value "1,234.5" "is no value in kWh"
bad value 0.0001 "is no value in kWh"
bad value 9999999999999 "is no value in kWh"
bad value "$(kwh "$was")" "what is stored already"
bad reason "" "Say why"
bad reason "   " "Say why"
bad reason "$(printf 'x%.0s' {1..201})" "200 letters"
expect "a minute of which nothing is known: refused" \
	[ "$(correct by=minute "when=2020-01-01 00:00")" = 400 ]
expect "in words" beside when "Nothing was measured"
expect "two mistakes are counted" says "One value to correct"
correct 'value=<b>1' reason= >/dev/null
expect "what was typed comes back escaped" says 'value="&lt;b&gt;1"'
expect "both are said" says "Nothing was saved. 2 values to correct"
expect "nothing was changed" [ "$(sum hours P9 $hour $((hour + 3600)))" = "$was" ]

expect "it is shown first" [ "$(correct)" = 200 ]
expect "old beside new" says "$(kwh "$was")"
expect "with what was typed" says "12.345"
expect "and not done yet" \
	[ "$(sum hours P9 $hour $((hour + 3600)))" = "$was" ]
expect "it can be changed again" [ "$(correct step=edit)" = 200 ]
expect "with what was typed before" says 'value="A wrong wire"'
expect "then it is done" [ "$(correct value=12,345 step=save)" = 303 ]
expect "exactly" [ "$(sum hours P9 $hour $((hour + 3600)))" = 12345 ]
day=$(TZ=$ZONE date -d "$(TZ=$ZONE date -d "@$hour" +%F)" +%s)
expect "the day is its hours" \
	[ "$(sum days P9 "$day" $((day + 86400)))" = \
		"$(sum hours P9 "$day" $((day + 86400)))" ]
get /amendments
expect "it is listed with the old value" says \
	"12.345$NBSP"'kWh instead of '"$(kwh "$was")"
expect "why" says "A wrong wire"
expect "and who" says "installer"
correct step=save >/dev/null
expect "twice the same is refused in words" beside value "stored already"
get /amendments
undo=$(grep -o '/amendments/[0-9]*' "$DIR/page" | head -n 1)
expect "undoing asks first" [ "$(web_code "$undo")" = 200 ]
expect "it is still there" \
	[ "$(sum hours P9 $hour $((hour + 3600)))" = 12345 ]
expect "undone" [ "$(web_post "$undo")" = 303 ]
expect "as it was" [ "$(sum hours P9 $hour $((hour + 3600)))" = "$was" ]
expect "twice: refused" [ "$(web_post "$undo")" = 400 ]
expect "twice: in words" says "undone before"
expect "the list says so" grep -q 'Undone on .* by installer' <(web /amendments)
expect "a form of elsewhere: 403" [ "$(web -o /dev/null -w '%{http_code}' \
	--data-urlencode csrf=00 -H "Origin: https://127.0.0.1:$HTTPS_PORT" \
	"$undo")" = 403 ]

# --- one minute of a gauge --------------------------------------------------------------

minute=$((hour + 600))
power() { # the mean, lowest and highest of that minute
	show minutes P9 active_power $minute $((minute + 60)) |
		cut -d ' ' -f 2,4,5
}
had=$(power)
spike() { # FIELD=VALUE...
	correct of=active_power by=minute \
		"when=$(TZ=$ZONE date -d "@$minute" '+%Y-%m-%d %H:%M')" "$@"
}
expect "a gauge may be below 0" [ "$(spike value=-1.5)" = 200 ]
expect "it is shown with its sign" grep -q "[-−]1[.]5" "$DIR/page"
expect "it is done" [ "$(spike value=-1.5 step=save)" = 303 ]
expect "the minute is what was said" [ "$(power | cut -d ' ' -f 1)" = -15000 ]
expect "so are its extremes" [ "$(power | tr ' ' '\n' | sort -u)" = -15000 ]
get /amendments
undo=$(grep -o '/amendments/[0-9]*' "$DIR/page" | head -n 1)
expect "and it is taken back" [ "$(web_post "$undo")" = 303 ]
expect "whole" [ "$(power)" = "$had" ]
expect "a minute that nobody measured" [ "$(spike "when=2020-01-01 00:00")" = 400 ]
expect "is said" beside when "Nothing was measured in this minute."

# --- a new meter ----------------------------------------------------------------------

server_wait "The reset" 120 told P2 "counter-reset $Q "
read -r _ _ _ _ low high < <(show events P2 | grep "counter-reset $Q ")
expect "events show every digit" grep -qF "$(python3 -c \
	"print(f'{$high / 1000:,.3f}')")" <(web '/events?device=P2')
expect "and lead to the page" grep -qF 'href="/meters/P2/replace"' \
	<(web '/events?device=P2')
get /meters/P2/replace
counter=$(grep -o '<option value="[0-9]*" selected>' "$DIR/page" |
	head -n 1 | cut -d '"' -f 2)
expect "it shows the index of before" says "value=\"$(kwh "$high")\""
replace() { # FIELD=VALUE...: the status
	fill counter="$counter" "old=$(kwh $((high + 700)))" \
		"new=$(kwh $((low - 50)))" step=check "$@"
	web_post /meters/P2/replace "${FORM[@]}"
}
expect "another counter of the meter brings its own indexes" \
	grep -qF "value=\"$(kwh "$high")\"" <(web --data-urlencode "csrf=$WEB_CSRF" \
	-H "Origin: https://127.0.0.1:$HTTPS_PORT" \
	--data-urlencode "counter=$counter" --data-urlencode old=1 \
	--data-urlencode step=look /meters/P2/replace)
date=$(tr -d '\n\t' <"$DIR/page" | grep -oE '<input[^>]*id="date"[^>]*>' |
	sed -nE 's/.*value="([^"]*)".*/\1/p')
worse() { # FIELD VALUE SENTENCE
	expect "$1 '${2:0:20}': refused" [ "$(replace "date=$date" "$1=$2")" = 400 ]
	expect "$1 '${2:0:20}': $3" beside "$1" "$3"
}
worse counter 999999 "Choose the counter"
worse old "$(kwh $((high - 1)))" "was read at"
worse old "" "is no value"
worse new "$(kwh $((low + 1)))" "was first read at"
worse new x "is no value"
worse date "" "is no time"
worse date 2020-01-01 "The meter was changed between"
before=$(sum hours P2 $hour $(($(date +%s) + 3600)))
expect "it is shown first" [ "$(replace "date=$date")" = 200 ]
expect "what it adds" says "This adds 0.750"
expect "then saved" [ "$(replace "date=$date" step=save)" = 303 ]
added=$(($(sum hours P2 $hour $(($(date +%s) + 3600))) - before))
expect "both parts are booked" [ "$added" -ge 750 -a "$added" -lt 1500 ]
replace "date=$date" step=save >/dev/null
expect "a second time it is no choice" beside counter "Choose the counter"
get /amendments
expect "it is listed" says "New meter: last index of the old one"
undo=$(grep -o '/amendments/[0-9]*' "$DIR/page" | head -n 1)
expect "and can be undone" [ "$(web_post "$undo")" = 303 ]
expect "so that it is asked again" grep -qF 'name="old"' \
	<(web /meters/P2/replace)

# --- an unexplained jump ----------------------------------------------------------------

# mewsd waits ten minutes before it says so
then=$(($(date +%s) - 7200))
into "INSERT INTO event(t, kind, severity, device, subject, who, source, arg1,
	arg2, arg3) SELECT $then, 'counter-unexplained', 2, min(device), 'P1',
	'', '', '$Q', '14437000', '' FROM series;
INSERT INTO epoch(series, since, t, before, first, event, fate)
	SELECT series.id, $then - 600, $then, 19391460, 33828460,
		(SELECT max(id) FROM event), 0 FROM series WHERE quantity = '$Q'
		AND device = (SELECT min(device) FROM series)"
event=$(show events P1 | awk '/counter-unexplained '$Q' / { print $1; exit }')
jump=/unexplained/$event
expect "events lead to it" grep -qF "href=\"$jump\"" <(web '/events?device=P1')
expect "so does the meter" grep -qF "href=\"$jump\"" <(web /meters/P1)
expect "so does the list" grep -qF "href=\"$jump\"" <(web /amendments)
get "$jump"
expect "it shows how much" says "+14,437."
expect "no answer: refused" [ "$(web_post "$jump")" = 400 ]
expect "in words" says "Choose one of the two answers"
before=$(sum hours P1 $hour $(($(date +%s) + 3600)))
expect "left out" [ "$(web_post "$jump" --data-urlencode answer=reject)" = 303 ]
expect "nothing is booked" [ "$(($(sum hours P1 $hour \
	$(($(date +%s) + 3600))) - before))" -lt 1000 ]
expect "a second answer: refused" \
	[ "$(web_post "$jump" --data-urlencode answer=accept)" = 400 ]
expect "in words" says "dealt with it meanwhile"
expect "the page says which" says "It was left out of the history."
undo=$(web /amendments | grep -o '/amendments/[0-9]*' | head -n 1)
expect "undone" [ "$(web_post "$undo")" = 303 ]
expect "taken in" [ "$(web_post "$jump" --data-urlencode answer=accept)" = 303 ]
expect "it is booked" [ "$(($(sum hours P1 $hour \
	$(($(date +%s) + 3600))) - before))" -ge 14437000 ]

expect_not "no page failed" grep -h 'template .*\.cs' "$DIR"/log/pages.1.log \
	"$DIR"/log/pages.2.log
finish
