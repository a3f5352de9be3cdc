#!/bin/bash
# t_night.sh - the real mewsd in a night that has an hour twice, in a time that
# runs fast: a counter passes its modulus, one jumps for ten minutes, a phase
# tells no number; and what pages and files make of that night.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl python3
FAST_FROM=$(date -u -d '2025-10-25 23:50:00' +%s) # UTC; 01:50 in Paris
FAST_SITE=$DIR/night.site SCRIPT=$DIR/night.sim
A=$((FAST_FROM + 600)) # 02:00 for the first time
B=$((A + 3600)) C=$((A + 7200))
PASSES=$((B + 1200))
END=$((C + 300))
Q=active_energy_import

# --- who is there ------------------------------------------------------------------

meter() { # PLATE LINE UNIT VENDOR MODEL PROFILE [MORE]
	local base=$((++meters * 10000000))
	echo "meter $1 line $2 unit $3 vendor $4 model $5 shows house" \
		"base $base" >>"$SCRIPT"
	echo "device $1 \"$1\" line $2 unit $3 profile $6 every 30" \
		"${7:-}" >>"$FAST_SITE"
}
meters=0
echo 'site "Night" board Q zone Europe/Paris' >"$FAST_SITE"
echo "line A rtu $DIR/run/line-A 19200 8E1 timeout 10000" >>"$FAST_SITE"
echo "line A rtu 19200" >"$SCRIPT"
meter M1 A 1 BTicino F4N200 passes
meter M2 A 2 Eastron SDM630 eastron-sdm630
meter M3 A 3 '"Carlo Gavazzi"' VMU-MC carlo-gavazzi-vmu-mc \
	"pulses 1 active_energy_import 1"
meter M4 A 4 BTicino F4N200 bticino-f4n200

# The first counter is 0 again twenty minutes after the end of summer time.
ZONE=Europe/Paris
. "$SRC/tests/fast.sh"
server_folders
fast_env ""
modulus=$("${FAST_ENV[@]}" "$BUILD/mews-simulator" --data "$SRC/tests/data" \
	--run "$DIR/run" --zone $ZONE --minutes M1 --from $PASSES \
	--to $((PASSES + 60)) "$SCRIPT" | awk -F, -v q=$Q 'NR == 1 {
		for (i = 1; i <= NF; i++) if ($i == q) at = i }
		NR == 2 { print int($at / 10) * 10 }')
[ -n "$modulus" ] || die "what M1 shows is not known"
sed -i "/^meter M1 /s/\$/ sick \"passes $modulus\"/" "$SCRIPT"
{
	echo "profile passes"
	sed -E "/^read[ \t]+$Q /s/\$/ modulus=$((modulus / 10))/; s/^/|/" \
		"$SRC/etc/meters/bticino-f4n200.meter"
} >>"$FAST_SITE"
cp "$FAST_SITE" "$SITE"

# --- the night ---------------------------------------------------------------------

sum() { # minutes|hours PLATE FROM TO
	fast_show "$1" "$2" $Q "$3" "$4" | awk '{ sum += $2 } END { print sum + 0 }'
}
value() { # PLATE QUANTITY; nothing where the meter tells no number
	fast_show values "$1" | awk -v q="$2" '$1 == q { print $2 }'
}
told() { # PLATE WORDS
	fast_show events "$1" | grep -q "$2"
}
sick() { # PLATE SICKNESS
	echo "$*" >"$DIR/run/simulator.ctl"
}
measured() { # PLATE
	[ -n "$(value "$1" $Q)" ]
}
is() { # T: it is later than that
	[ "$(fast_now)" -gt "$1" ]
}

server_site
FAST_BEGAN=$(date +%s%N)
fast_simulator
fast_mewsd
server_wait mewsd 20 test -S "$DIR/run/mewsd.sock"
for plate in M1 M2 M3 M4; do
	server_wait "$plate" 30 measured $plate
done

sick M3 swapped 14437000
sick M2 nan 0
no_number() {
	[ -z "$(value M2 voltage_l1)" ]
}
server_wait "A voltage that is no number" 60 no_number
expect "case 6: the others of the block are there" [ -n "$(value M2 voltage_l2)" ]
before=$(value M2 active_energy_import)
moves() {
	[ "$(value M2 active_energy_import)" != "$before" ]
}
server_wait "case 6: the next block" 60 moves
server_wait "A jump that lasts" 60 told M3 "counter-unexplained $Q 14437"
booked() {
	sum hours M3 $((FAST_FROM / 3600 * 3600)) "$(fast_now)"
}
small=$(booked)
expect "case 4: nothing of it is booked" [ "$small" -lt 100000 ]
id=$(server_mews mews do accept-energy event="$(fast_show events M3 |
	awk '/counter-unexplained/ { print $1; exit }')" |
	awk '$1 == "id" { print $2 }')
expect "case 4: until a person accepts it" [ "$(booked)" -gt 14000000 ]
expect "case 4: which is undone" server_mews mews do undo id="$id"
expect "case 4: wholly" [ "$(booked)" -lt 100000 ]
server_wait "The end of the night" 600 is $END
server_stop mewsd

# --- case 2: the counter that passed its modulus ------------------------------------

expect "case 2: it is told" told M1 "counter-wrap $Q"
expect_not "case 2: as no new meter" told M1 'counter-\(reset\|suspect\|unexplained\)'
conserved() { # PLATE MODULUS: what was used since the first index is in hours
	fast_show minutes "$1" $Q "$FAST_FROM" "$(fast_now)" | awk -v m="$2" \
		-v sum="$(sum hours "$1" $((FAST_FROM / 3600 * 3600)) \
			"$(fast_now)")" '
		$2 < 0 { bad = 1 }
		NR == 1 { sum -= $2; from = $3 }
		{ last = $3 }
		END { exit bad || NR < 10 || sum != last - from + m }'
}
expect "case 2: nothing is lost or added" conserved M1 "$modulus"
expect "nor of another one" conserved M4 0

# --- case 5: the hour that was twice ------------------------------------------------------

hours() { # FROM TO: how many of M4 are stored
	fast_show hours M4 $Q "$1" "$2" | wc -l
}
expect "case 5: it is two hours" [ "$(hours $A $B) $(hours $B $C)" = "1 1" ]
server_certificate
server_users
server_run_mews mews-auth mews-auth
server_wait mews-auth 20 test -S "$DIR/run/auth.sock"
server_start_web
expect "signing in" [ "$(web_sign_in user 11111)" = 303 ]
has() { # PATH REGEX
	web "$1" | tr -s '\n\t' '  ' | grep -Eq "$2"
}
day='at=2025-10-26'
for page in "/history?on=M4&of=$Q&by=hour&$day" "/meters/M4?of=$Q&by=hour&$day"; do
	expect "case 5: ${page%%\?*} has the first" has "$page" '02 A–02'
	expect "case 5: and the second" has "$page" '02 B–03'
done
web "/csv/M4?by=hour&$day&for=programs" >"$DIR/hours"
web "/api/v1/series?on=M4&of=$Q&by=hour&$day" >"$DIR/series"
web "/api/v1/series?on=M4&of=$Q&by=hour&at=2026-03-29" >"$DIR/spring"
summer() {
	python3 - "$DIR" "$Q" "$(sum hours M4 $A $B)" "$(sum hours M4 $B $C)" <<'PY'
import csv, json, sys
folder, quantity, first, second = sys.argv[1:]
rows = list(csv.DictReader(open(folder + "/hours", encoding="utf-8-sig")))
by_time = {cell: row for row in rows for cell in row.values()
           if cell and cell.startswith("2025-10-26T02:00:00+")}
assert sorted(by_time) == ["2025-10-26T02:00:00+01:00",
                           "2025-10-26T02:00:00+02:00"], by_time
for offset, want in ("+02:00", first), ("+01:00", second):
    row = by_time["2025-10-26T02:00:00" + offset]
    assert row[quantity + "_delta_Wh"] == want, (row, want)
chart = json.load(open(folder + "/series"))
values = chart["s"][0]["v"]
assert len(values) == 25, len(values)
assert [round(v * 1000) for v in values[2:4]] == [int(first), int(second)]
assert len(json.load(open(folder + "/spring"))["s"][0]["v"]) == 23
PY
}
expect "case 5: file and chart have 25 hours with their sums, March 23" summer

# --- case 6: what pages and files say ------------------------------------------------------

web "/csv/M2?by=minute&$day&for=programs" >"$DIR/minutes"
holes() {
	python3 - "$DIR/minutes" <<'PY'
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")))
name = [c for c in rows[0] if c.startswith("voltage_l1_")]
other = [c for c in rows[0] if c.startswith("voltage_l2_")]
rows = [r for r in rows if r[other[0]]][-8:]
assert len(rows) == 8 and len(name) >= 3, (len(rows), name)
assert all(r[c] == "" for r in rows for c in name)
PY
}
expect "case 6: fields are empty" holes
expect "case 6: the page shows a dash" has /meters/M2 \
	'data-live="M2.voltage_l1">–<'
finish
