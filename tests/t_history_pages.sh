#!/bin/bash
# t_history_pages.sh - chart, table, CSV and comparison give the same sums; the
# pages of history say what is missing, and refuse in words.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl python3

server_folders
server_certificate
server_site
server_start_simulator
server_fill
server_users
server_start_daemons
server_start_web

expect "signing in as user" [ "$(web_sign_in user 11111)" = 303 ]

# --- the same sums everywhere --------------------------------------------------------

cat >"$DIR/sums.py" <<'END'
"""sums.py WHAT FILE PLATE [STEP-S]: a sum in kWh, from one of the answers"""
import csv, json, re, sys
from decimal import Decimal

what, name, plate = sys.argv[1:4]
with open(name, encoding="utf-8-sig") as f:
    text = f.read()
if what == "json":
    chart = json.loads(text)
    values = next(s for s in chart["s"] if s["plate"] == plate)["v"]
    assert len(values) <= 1500
    total = sum(Decimal(str(v)) for v in values if v is not None)
    unit = {"kWh": 1, "MWh": 1000}.get(chart["unit"])
    if chart["unit"] == "kW":
        total, unit = total / 60, 1
    print(total * unit)
elif what == "csv":
    rows = list(csv.reader(text.splitlines()))
    column = rows[0].index(plate)
    print(sum(Decimal(r[column]) for r in rows[1:] if r[column]) / 1000)
elif what == "table":
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", text, re.S)
    rows = [[re.sub(r"<small.*?</small>|<[^>]*>|\s", "", c, flags=re.S)
             for c in re.findall(r"<t[hd].*?</t[hd]>", r, re.S)] for r in rows]
    column = next(i for i, c in enumerate(rows[0]) if c.startswith(plate))
    number = lambda t: Decimal(re.sub("[^0-9.]", "", t) or "0")
    parts = sum(number(r[column]) for r in rows[1:-1])
    total = number(rows[-1][column])
    rounded = Decimal(1).scaleb(total.as_tuple().exponent) * len(rows) / 2
    assert rows[-1][0] == "Inall" and abs(total - parts) <= rounded, rows
    print(total)
elif what == "compare":
    print(re.search(r'c-readout[^>]*>\s*<span>[^0-9]*([0-9.,]+)', text)[1])
END
sums() { python3 "$DIR/sums.py" "$@"; }
ask() { # FILE PATH
	web "$2" >"$DIR/$1"
}
alike() { # A B: the same, rounded to the last digit of A
	python3 -c 'import sys
from decimal import Decimal
a, b = map(Decimal, sys.argv[1:])
sys.exit(abs(a - b) > Decimal(1).scaleb(min(a.as_tuple().exponent, 0)) / 2)' "$@"
}

day=$(TZ=$ZONE date -d '3 days ago' +%Y-%m-%d)
last=$(TZ=$ZONE date -d yesterday +%Y-%m-%d)
energy='of=active_energy_import'
for where in "by=hour&at=$day" "by=day&from=$day&to=$last" \
	"by=hour&from=$day&to=$last" "by=minute&at=$day"; do
	ask chart "/api/v1/series?on=P1,P2&$energy&$where"
	ask sheet "/csv?on=P1,P2&$energy&$where&for=programs"
	ask page "/history?on=P1,P2&$energy&$where"
	for plate in P1 P2; do
		truth=$(sums csv "$DIR/sheet" \
			"${plate}_active_energy_import_delta_Wh")
		expect_not "$plate $where: something was used" alike 0 "$truth"
		expect "$plate $where: chart and CSV" \
			alike "$(sums json "$DIR/chart" $plate)" "$truth"
		expect "$plate $where: table and CSV" \
			alike "$(sums table "$DIR/page" $plate)" "$truth"
	done
done
ask one "/csv/P1?by=hour&at=$day&of=active_energy_import&for=programs"
ask sheet "/csv?on=P1&$energy&by=hour&at=$day&for=programs"
expect "the file of one meter says the same" [ "$(sums csv "$DIR/one" \
	active_energy_import_delta_Wh)" = "$(sums csv "$DIR/sheet" \
	P1_active_energy_import_delta_Wh)" ]
ask page "/compare?on=P1&$energy&by=hour&at=$day"
expect "the comparison says the same" alike "$(sums compare "$DIR/page" P1)" \
	"$(sums csv "$DIR/sheet" P1_active_energy_import_delta_Wh)"

# --- no more than a chart can show -------------------------------------------------

series() { # QUERY: level and number of values
	web "/api/v1/series?$1" | python3 -c 'import json, sys
chart = json.load(sys.stdin)
print(chart["by"], len(chart["s"][0]["v"]))'
}
expect "a day is 1440 minutes" [ "$(series "on=P1&by=minute&at=$day")" = \
	"minute 1440" ]
expect "on 400 pixels it is 24 hours" [ "$(series \
	"on=P1&by=minute&at=$day&width=400")" = "hour 24" ]
expect "two days are hours" [ "$(series "on=P1&from=$day&to=$last&by=minute")" \
	= "hour 72" ]
expect "two years are days" [ "$(series \
	'on=P1&from=2024-01-01&to=2025-12-31')" = "day 731" ]

# --- what the pages say --------------------------------------------------------------

has() { # PATH REGEX: the page says so
	web "$1" | tr -s '\n\t' '  ' | grep -Eq "$2"
}
before=$(TZ=$ZONE date -d '60 days ago' +%Y-%m-%d)
expect "no meter: a question" has /history 'Choose a meter\.'
expect "a gap is named" has "/history?on=P1&by=hour&at=$before" \
	'P1: no data from 00.01 through 23.24'
expect "a meter is added" [ "$(web -o /dev/null -w '%{redirect_url}' \
	"/history?on=P1&$energy&by=day&at=$day&add=P2" | sed 's|.*/history|/history|')" \
	= "/history?on=P1,P2&$energy&by=day&at=${day%-*}-01" ]
expect "a meter that lacks it says so" has "/history?on=P1,P7&of=active_power" \
	'P7</span> Gas</a> <span class="u-mute">does not measure this'
expect "a comparison in words" has "/compare?on=P1&by=hour&at=$last&then=$day" \
	'[0-9.]+.% (more|less)</b> than [A-Z][a-z]+ [0-9]+ .*kWh (more|less) than'
expect "a period without figures: the reason" has \
	"/compare?on=P1&by=hour&at=$last&then=$before" \
	'No figures for .*, so no percentage'
expect "two meters" has "/compare?on=P1&with=P2&by=hour&at=$day" \
	'than P2 Lights and sockets: .*kWh (more|less) than'
expect "what cannot be compared" has '/compare?on=P1&with=P7' \
	'The second meter does not count Energy taken'
expect "today is compared until now" has /compare 'until [0-9]{2}:[0-9]{2}'
expect "quality: THD and its limit" has /meters/P2/quality \
	'Limit of EN 50160, 8\.0.%'
expect "quality: a voltage" has /meters/P2/quality 'Voltage L1 .*2[0-9]{2}\.[0-9]'
expect "quality: THD alone" has /meters/P2/quality \
	'This meter does not tell them apart\.'
expect "quality: no such phase" [ "$(web_code '/meters/P2/quality?phase=l4')" \
	= 400 ]
expect "quality: a water meter" has /meters/P6/quality \
	'This meter does not measure harmonics\.'

# --- what they refuse -----------------------------------------------------------------

refused() { # WHAT PATH REGEX: 400, in words, what was typed kept
	expect "$1: 400" [ "$(web -o "$DIR/said" -w '%{http_code}' "$2")" = 400 ]
	expect "$1: in words" eval "tr -s '\n\t' '  ' <'$DIR/said' | grep -Eq '$3'"
}
refused "days the wrong way round" "/history?on=P1&from=$last&to=$day" \
	"id=\"dates-bad\".*the first before the last.*value=\"$last\".*value=\"$day\""
refused "no such day" '/history?on=P1&from=2026-02-30' \
	'These days cannot be shown.*value="2026-02-30"'
refused "no day at all" '/history?on=P1&from=%3Cscript%3E' \
	'These days cannot be shown.*value="&lt;script&gt;"'
refused "no such level" '/history?on=P1&by=week' 'These days cannot be shown'
refused "nothing to compare" '/compare?on=P1&at=tomorrow' \
	'These days cannot be compared.*value="tomorrow"'
refused "no such length" '/compare?by=minute' 'These days cannot be compared'
for path in '/history?on=P99' '/history?on=P1&of=nothing' '/compare?on=P99' \
	'/history?on=P1&add=P99' '/meters/P99/quality' '/csv' '/csv?on=P99' \
	'/api/v1/series' '/api/v1/series?on=P1,P99' \
	'/history?on=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'; do
	expect "$path: 404" [ "$(web_code "$path")" = 404 ]
done
for path in '/history?on=P1,P2,P3,P4,P5,P6,P7' '/history?at=2026-11-22x' \
	'/meters/P2/quality?by=minute' '/csv?on=P1&for=nobody' \
	'/api/v1/series?on=P1&by=week' '/history?nonsense=1'; do
	expect "$path: 400" [ "$(web_code "$path")" = 400 ]
done
finish
