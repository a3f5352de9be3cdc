#!/bin/bash
# t_courier.sh - what leaves the house: the data folder, its growth and its way
# back after a crash, files, archives, keys, the API and metrics; a spreadsheet
# reads it.
. "$SRC/tests/lib.sh"
need lighttpd spawn-fcgi curl python3 unzip

python=/usr/bin/python3
[ -x $python ] || python=python3
data=$DIR/state/data

key() { # CURL-ARGUMENTS... PATH
	curl -sk --http1.1 --max-time 60 -H "Authorization: Bearer $KEY" \
		"${@:1:$#-1}" "https://127.0.0.1:$HTTPS_PORT${*: -1}"
}

key_code() {
	key -o /dev/null -w '%{http_code}' "$@"
}

code_is() { # STATUS PATH
	[ "$(key_code "$2")" = "$1" ]
}

rows() { # FILE
	wc -l <"$1" 2>/dev/null || echo 0
}

grown() { # FILE ROWS
	[ "$(rows "$1")" -gt "$2" ]
}

total() { # FILE COLUMN: its sum
	$python -c 'import csv, sys
print(sum(int(r[sys.argv[2]] or 0)
    for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig"))))' "$@"
}

# What mews-courier wrote is what is made of the history anew, but for rows
# that came since: each file is the begin of the other one.
same_folder() {
	rm -rf "$DIR/anew"
	server_mews mews export --folder "$DIR/anew" >/dev/null || return 1
	$python - "$data" "$DIR/anew" <<-'END'
		import pathlib, sys
		a, b = (pathlib.Path(p) for p in sys.argv[1:])
		names = {p.relative_to(a) for p in a.rglob("*.csv")}
		assert names == {p.relative_to(b) for p in b.rglob("*.csv")}
		assert len(names) > 20
		for n in names:
		    x, y = (a / n).read_bytes(), (b / n).read_bytes()
		    assert x == y or y.startswith(x), n
		    assert x.endswith(b"\n"), n
	END
}

server_folders
server_certificate
server_site
server_start_simulator
server_fill 3
server_users
server_start_daemons
server_mews mews set csv_format programs >/dev/null || die "no setting"
server_mews mews set folder_spare 0 >/dev/null || die "no setting"
server_start_courier
server_start_web

day=$(TZ=$ZONE date -d yesterday +%F)
today=$(TZ=$ZONE date +%F)
file=$data/P1/${day%%-*}/P1_$day.csv
open=$data/P1/${today%%-*}/P1_$today.csv
server_wait "The folder" 60 test -s "$data/SITE/SITE_months.csv"
server_wait "The open day" 60 test -s "$open"

# --- the folder ------------------------------------------------------------------

# what a meter measures for the first time is a column that comes with the next
# minute
server_wait "A folder that is what the history says" 120 same_folder
expect "a file is not touched that has its bytes" \
	test "$(stat -c %Y "$file")" -lt "$(date +%s)"
hours=$data/P1/${day%%-*}/P1_${day%-*}_hours.csv
wh=active_energy_import_delta_Wh
expect "a day has its minutes" test "$(rows "$file")" -ge 1381
$python - "$hours" "$file" "$day" "$wh" <<-'END' || FAILED=1
	import csv, sys
	hours, minutes, day, wh = sys.argv[1:]
	def total(path):
	    with open(path, encoding="utf-8-sig") as f:
	        return sum(int(r[wh]) for r in csv.DictReader(f)
	                   if r["time_local"].startswith(day))
	assert total(hours) == total(minutes) > 0, (total(hours), total(minutes))
	print("ok: the hours of a day are its minutes")
END
before=$(rows "$open")
server_wait "The next line" 150 grown "$open" "$before"
expect "the last line is whole" test "$(tail -c 1 "$open" | wc -l)" = 1

# A torn line, and a file that somebody spoiled.
server_stop mews-courier KILL
truncate -s -7 "$open"
echo spoiled >>"$hours"
rm -f "$data/P2/P2_months.csv"
server_start_courier
server_wait "The lost file" 60 test -s "$data/P2/P2_months.csv"
server_wait "The folder after a crash" 60 same_folder

# --- keys ------------------------------------------------------------------------

KEY=$(server_mews mews do key-add name=script | awk '$1 == "key" { print $2 }')
expect "a key opens the API" code_is 200 /api/v1/site
expect "a key opens no page" code_is 403 /home
expect "a key opens no settings" code_is 403 /settings/keys
expect "a key changes nothing" test "$(key_code -d a=b /csv/P1/2026.csv)" = 405
good=$KEY
KEY=${KEY%?}_
expect "another key opens nothing" code_is 401 /api/v1/site
KEY=$good
expect_not "no key stands in auth.db" grep -aq "$KEY" "$DIR/state/auth/auth.db"
narrow=$(server_mews mews do key-add name=water rights=device:6 |
	awk '$1 == "key" { print $2 }')
KEY=$narrow
expect "a narrow key sees its device" code_is 200 /csv/P6/$day.csv
for path in /csv/P1/$day.csv "/files/${file#"$data"/}" /files/SITE/SITE_months.csv \
	"/api/v1/series?on=P1" "/download/get?on=P1&by=day&from=$day&to=$day"; do
	expect "a narrow key does not see $path" code_is 404 "$path"
done
expect_not "metrics of a narrow key tell of no other" \
	sh -c "curl -sk -H 'Authorization: Bearer $KEY' https://127.0.0.1:$HTTPS_PORT/metrics | grep -q P1"
KEY=$good

# --- files, links, archives --------------------------------------------------------

key -o "$DIR/link.csv" "/csv/P1/$day.csv?of=counters"
expect "a link says what the folder says" \
	test "$(total "$DIR/link.csv" $wh)" = "$(total "$file" $wh)"
key "/api/v1/series?on=P1&of=active_energy_import&by=hour&at=$day" >"$DIR/series"
expect "the API says what the file says" $python -c 'import json, sys
d = json.load(open(sys.argv[1]))
scale = {"kWh": 1000, "MWh": 1000000, "Wh": 1}[d["unit"]]
got = round(sum(v or 0 for v in d["s"][0]["v"]) * scale)
sys.exit(got != int(sys.argv[2]))' "$DIR/series" "$(total "$file" $wh)"
path=/files/${file#"$data"/}
key -o "$DIR/file.csv" -D "$DIR/head" "$path"
expect "a file comes as it is" cmp -s "$DIR/file.csv" "$file"
etag=$(tr -d '\r' <"$DIR/head" | awk 'tolower($1) == "etag:" { print $2 }')
expect "a file has a tag" test -n "$etag"
expect "and is not sent twice" \
	test "$(key_code -H "If-None-Match: $etag" "$path")" = 304
expect "a part of it can be had" test "$(key -r 0-99 "$path" | wc -c)" = 100
for path in /files/config.db /files/P1/../../config.db /files/%2e%2e/config.db \
	/files/P1 /files/ /files/P1/.csv /csv/P1/x.csv /csv/P1/2026-13.csv \
	/csv/P1/2026/11.csv /csv/NIX/2026.csv; do
	expect "$path is nothing" sh -c \
		"case $(key_code --path-as-is "$path") in 400|404|301) ;; *) exit 1 ;; esac"
done
month=${day%-*}
key -o "$DIR/all.zip" \
	"/download/get?on=&by=minute&from=$month&to=$month&for=programs"
expect "an archive is whole" unzip -tqq "$DIR/all.zip"
expect "it has a file a meter" \
	test "$(unzip -Z1 "$DIR/all.zip" | grep -c '_minutes\.csv$')" = 10
for path in "/download/get?on=P1&by=week&from=$day&to=$day" \
	"/download/get?on=P1&by=day&from=$day&to=1999-01-01" \
	"/download/get?on=P1&by=day&from=x&to=$day"; do
	expect "$path is refused" code_is 400 "$path"
done

# --- API and metrics -----------------------------------------------------------------

if $python -c 'import jsonschema, prometheus_client' 2>/dev/null; then
	for path in /site /devices "/live?device=P1" "/live?as=exact" \
		"/series?on=P1" "/series?on=P1,P2&by=hour" /events \
		"/events?least=warning"; do
		key "/api/v1$path" >"$DIR/answer"
		expect "/api/v1$path is as described" $python \
			"$SRC/tests/t_api.py" "$SRC/etc/openapi.json" \
			"${path%%\?*}" "$DIR/answer"
	done
	KEY=nix
	key /api/v1/site >"$DIR/answer"
	KEY=$good
	expect "so is a refusal" $python "$SRC/tests/t_api.py" \
		"$SRC/etc/openapi.json" /site "$DIR/answer"
	key /metrics >"$DIR/answer"
	expect "metrics are OpenMetrics" $python "$SRC/tests/t_api.py" \
		--metrics "$DIR/answer"
else
	echo "python3-jsonschema or python3-prometheus-client is missing"
	FAILED=1
fi
expect "mews is healthy" test "$(key /healthz)" = ok

# --- what keeps the folder from being written, in words -------------------------------

web_sign_in administrator 99999 >/dev/null
mv "$data" "$data.away"
touch "$data"
WEB_CSRF=$(web_csrf /settings/folder)
web_post /settings/folder --data-urlencode do=test >/dev/null
says() { # WORDS
	web /settings/folder | grep -q "$1"
}
server_wait "The sentence on the page" 60 says "may not write there"
expect "the log says so too" grep -q "Not a directory\|File exists" \
	"$DIR/log/mews-courier.log"
rm -f "$data"
mv "$data.away" "$data"
web_post /settings/folder --data-urlencode do=test >/dev/null
server_wait "The folder's return" 60 says "Last written"
for value in 51 -1 x ''; do
	expect "folder_spare=$value is refused" test "$(web_post \
		/settings/folder --data-urlencode folder=on --data-urlencode \
		folder_minutes=all --data-urlencode csv_format=programs \
		--data-urlencode "folder_spare=$value")" = 400
done

# --- a key by the page, and its end ----------------------------------------------------

web_post /settings/keys --data-urlencode do=add \
	--data-urlencode 'name="><script>' --data-urlencode rights= >/dev/null
KEY=$(grep -o 'id="fresh">[^<]*' "$DIR/page" | cut -d '>' -f 2)
expect "the page shows a key" code_is 200 /api/v1/site
expect_not "and shows it once" says "$KEY"
id=$(server_mews mews do key-list | awk '$1 == "id2" { print $2 }')
web_post /settings/keys --data-urlencode do=ask --data-urlencode "id=$id" \
	>/dev/null
expect "asking first takes nothing away" code_is 200 /api/v1/site
web_post /settings/keys --data-urlencode do=remove --data-urlencode "id=$id" \
	>/dev/null
expect "its end is at once" code_is 401 /api/v1/site

# --- a spreadsheet takes numbers for numbers, whatever its language -------------------------

sheets() { # LANGUAGE SEPARATOR LOCALE POINT: all kinds of files
	local lang=$1 sheets=$DIR/sheets.$1 n=0 path
	local of="for=excel&on=P1,P10&of=active_energy_import&by=hour&at=$day"
	mkdir -p "$sheets"
	server_mews mews set language "$lang" >/dev/null &&
		server_mews mews export --folder "$DIR/$lang" >/dev/null ||
		return 1
	cp "$DIR/$lang/P10/${day%%-*}/P10_$day.csv" "$DIR/$lang"/P1/*/*_hours.csv \
		"$DIR/$lang"/{P1,SITE}/*_{days,months}.csv "$sheets"
	for path in "/csv/P1/$day.csv?for=excel" "/csv/P6/$month.csv?for=excel" \
		"/csv/P10/${day%%-*}.csv?for=excel" "/csv/P1/months.csv?for=excel" \
		"/csv/P1?for=excel&by=day&at=$day" "/csv?$of"; do
		n=$((n + 1))
		key -f -H "Accept-Language: $lang" -o "$sheets/web$n.csv" \
			"$path" || return 1
	done
	(cd "$sheets" && soffice --headless \
		"-env:UserInstallation=file://$DIR/office" --convert-to xlsx \
		--infilter="CSV:$2,34,76,1,,$3,false,true" ./*.csv \
		>>"$DIR/log/soffice.log" 2>&1
	$python "$SRC/tests/t_sheet.py" "$4" "$(printf "\\$(printf %o "$2")")" \
		./*.csv)
}
server_stop mews-courier
server_mews mews set csv_format excel >/dev/null || die "no setting"
if command -v soffice >/dev/null; then
	KEY=$good
	expect "a spreadsheet in English reads them" sheets en 44 1033 .
	expect "a spreadsheet in Italian reads them" sheets it 59 1040 ,
else
	echo "libreoffice-calc-nogui is missing"
	FAILED=1
fi
finish
