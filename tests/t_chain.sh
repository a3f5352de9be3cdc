#!/bin/bash
# t_chain.sh - the whole way: simulated meters on a pseudo-terminal, mewsd,
# SQLite, FastCGI, lighttpd, and curl in place of a browser.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl
PACE=--fast

server_folders
server_certificate
server_site
server_start_simulator
server_users
server_start_daemons
server_start_web
shift_s=$(cat "$DIR/run/simulator.shift")

# What the house used in the minute that starts at Unix time $1: W, V.
house() {
	local at
	at=$(date -u -d "@$(($1 - shift_s))" +%Y-%m-%dT%H:%M:00)
	gzip -dc "$SRC/tests/data/household-minutes.csv.gz" |
		awk -F, -v at="$at" '$1 == at { print $2 * 1000, $4 }'
}

near() { # VALUE TRUTH PER-CENT
	awk -v a="$1" -v b="$2" -v p="$3" 'BEGIN {
		d = a - b
		exit !(a != "" && b != "" && d * d <= (b * p / 100) ^ 2) }'
}

# --- nobody gets in ---------------------------------------------------------------

for path in / /home /meters /meters/P1 /about; do
	expect "$path leads to the login" [ "$(web -o /dev/null \
		-w '%{http_code} %{redirect_url}' "$path" |
		sed 's/?.*//')" = "303 https://127.0.0.1:$HTTPS_PORT/login" ]
done
expect "data without a session: 401" [ "$(web_code /api/v1/live)" = 401 ]
expect "series without a session: 401" [ "$(web_code \
	'/api/v1/series?on=P1&of=active_power&by=minute')" = 401 ]
expect_not "CSV without a session" [ "$(web_code '/csv/P1?by=minute')" = 200 ]
expect "a wrong PIN stays out" [ "$(web_sign_in user 12345)" != 303 ]
expect "and is told so" grep -q 'Wrong user or PIN' <(
	mapfile -t hidden < <(web /login | web_hidden)
	web "${hidden[@]}" -d user=user -d pin=12346 \
		-H "Origin: https://127.0.0.1:$HTTPS_PORT" /login)
expect "still outside" [ "$(web_code /home)" = 303 ]
expect "a PIN of a megabyte: 4xx" grep -q '^4' <(
	{ printf 'user=user&pin='; head -c 1000000 /dev/zero | tr '\0' 1; } |
		web_code --data-binary @- /login)
expect "a PIN of 7000 digits is too long" grep -q '<h1[^>]*>This form is too long<' <(
	{ printf 'user=user&pin='; head -c 7000 /dev/zero | tr '\0' 1; } |
		web --data-binary @- /login)
expect "a PIN of 60000 digits: 4xx" grep -q '^4' <(
	{ printf 'user=user&pin='; head -c 60000 /dev/zero | tr '\0' 1; } |
		web_code --data-binary @- /login)
expect "a form from elsewhere: 403" [ "$(web_code -d user=user -d pin=11111 \
	-H 'Origin: https://example.org' /login)" = 403 ]
expect "the server lives" [ "$(web_code /login)" = 200 ]

# --- in -----------------------------------------------------------------------------

expect "the right PIN gets in" [ "$(web_sign_in user 11111)" = 303 ]
expect "home" [ "$(web_code /home)" = 200 ]
expect "all meters" [ "$(web_code /meters)" = 200 ]
for plate in $(server_plates); do
	expect "the page of $plate" [ "$(web_code "/meters/$plate")" = 200 ]
done
expect "no such meter: 404" [ "$(web_code /meters/P99)" = 404 ]
expect "no such page: 404" [ "$(web_code /nothing)" = 404 ]
web -D "$DIR/head" -o /dev/null /home
for header in "content-security-policy: default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" \
	'x-content-type-options: nosniff' 'x-frame-options: DENY' \
	'referrer-policy: same-origin' 'cache-control: no-store' \
	'cross-origin-opener-policy: same-origin' \
	'cross-origin-resource-policy: same-origin'; do
	expect "once: $header" [ "$(grep -ic "^$header" "$DIR/head")" = 1 ]
done
expect "the cookie cannot be read or stolen" grep -q \
	'^#HttpOnly_127.0.0.1.FALSE./.TRUE.0.__Host-mews' "$DIR/jar"

# --- live ---------------------------------------------------------------------------

# Ten devices answer within a few poll intervals.
answering() {
	[ "$(server_mews mews status | awk '$1 == "answering" { print $2 }')" = 10 ]
}
server_wait "The tenth device" 40 answering
expect "ten devices answer" answering
expect "live values" [ "$(web_code /api/v1/live)" = 200 ]
expect "live values are JSON" python3 -m json.tool <(web /api/v1/live) /dev/null

# --- a minute arrives in the CSV -----------------------------------------------------

minute=$(($(date +%s) / 60 * 60 + 60)) # the first whole one from now
stamp=$(date -u -d "@$minute" +%Y-%m-%dT%H:%M)
day=$(TZ=$ZONE date -d "@$minute" +%Y-%m-%d)
arrived() {
	web "/csv/P1?by=minute&at=$day&for=programs" >"$DIR/p1.csv"
	grep -q "$stamp" "$DIR/p1.csv"
}
server_wait "The minute $stamp" 140 arrived
column() { # NAME: of that minute
	awk -F, -v want="$1" -v stamp="$stamp" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == want) col = i }
		index($1, stamp) == 1 { print $col }' "$DIR/p1.csv"
}
read -r watts volts <<<"$(house "$minute")"
if [ -n "$watts" ]; then
	power=$(column active_power_mean_W)
	voltage=$(column voltage_l1_mean_V)
	expect "power $power W is the house's $watts W" near "$power" "$watts" 5
	expect "voltage $voltage V is the house's $volts V" \
		near "$voltage" "$volts" 1
else
	echo "the house has a gap in this minute"
fi

# --- as people read it ----------------------------------------------------------------

head_of() { # LANGUAGE QUERY: the first line of P1's CSV
	web -H "Accept-Language: $1" "/csv/P1?by=minute&at=$day&$2" | head -n 1
}
expect "what the chart shows comes first, in its unit" grep -q \
	'^.*;Ora UTC;Potenza attiva, media (kW);' <(head_of it of=active_power)
expect "another chart, another first" grep -q \
	'^.*;Heure UTC;Tension L1, moyenne (V);' <(head_of fr of=voltage_l1)
expect "no head has a unit of 1" [ "$(head_of en for=excel | grep -c '(1)')" = 0 ]
expect "names for programs are words" grep -qE '^[a-zA-Z0-9_,]+$' \
	<(head_of it for=programs | tr -d '\r')
expect "no such quantity: 404" [ "$(web_code '/csv/P1?of=nothing')" = 404 ]
sqlite3 "$DIR/state/config.db" \
	"INSERT INTO setting (key, value) VALUES ('csv_format', 'programs')"
expect "unless asked otherwise, the format of the setting" cmp -s \
	<(web "/csv/P1?by=minute&at=$day" | head -n 1) \
	<(web "/csv/P1?by=minute&at=$day&for=programs" | head -n 1)
for lang in en it fr; do
	expect "who asks for $lang gets it" grep -q "<html lang=\"$lang\">" <(
		web -H "Accept-Language: $lang-CH,$lang;q=0.9" /home)
done
web -o /dev/null '/login?lang=fr'
expect "what was chosen goes before" grep -q '<html lang="fr">' <(
	web -H 'Accept-Language: it' /home)

# --- out ------------------------------------------------------------------------------

cp "$DIR/jar" "$DIR/old"
mapfile -t hidden < <(web /home | web_hidden)
web -o /dev/null /sign-out
expect "a link signs nobody out" [ "$(web_code /home)" = 200 ]
web -o /dev/null "${hidden[@]}" -H "Origin: https://127.0.0.1:$HTTPS_PORT" \
	/sign-out
expect "signed out" [ "$(web_code /home)" = 303 ]
cp "$DIR/old" "$DIR/jar"
sleep 1.1 # a session is believed for a second
expect "the old cookie is worth nothing" [ "$(web_code /home)" = 303 ]

# --- the map of mews itself, for who sets up a master -------------------------------

expect "the installer gets in" [ "$(web_sign_in installer 55555)" = 303 ]
server_mews mews gateway-map >"$DIR/map.csv"
expect "each value has registers" grep -q \
	'^[0-9]*,[0-9]*,2,f32,P1,[^,]*,active_power,value,W,0' "$DIR/map.csv"
expect "the page's file is the shell's" cmp -s "$DIR/map.csv" \
	<(web "/csv/gateway-map.csv?for=programs")

# --- everything ends in two seconds -----------------------------------------------------

for name in pages.1 data.1 mewsd mews-auth simulator; do
	pid=${SERVER_PID[$name]}
	kill -TERM "$pid"
	for ((n = 0; n < 20; n++)); do
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.1
	done
	expect_not "$name ends" kill -0 "$pid" 2>/dev/null
	wait "$pid"
	expect "$name ends well" [ $? = 0 ]
	unset "SERVER_PID[$name]"
done
finish
