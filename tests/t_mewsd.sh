#!/bin/bash
# t_mewsd.sh - the real mewsd asks simulated meters: what is right is stored,
# what is late, garbled or silent is not, and nothing used is lost whatever
# happens to the line, to mewsd and to its files.
. "${SRC:?}/tests/lib.sh" || exit 1
PYTHON=/usr/bin/python3
need $PYTHON
PACE=--fast

show() {
	"$BUILD/tests/show" --state "$DIR/state" --run "$DIR/run" "$@"
}

device() { # PLATE FIELD: answer asked answered timeouts damaged exceptions last
	show device "$1" | cut -d ' ' -f "$2"
}

answers() { # PLATE
	[ "$(device "$1" 1)" = 1 ]
}

is_silent() { # PLATE
	[ "$(device "$1" 1)" = 2 ]
}

has_no_line() { # PLATE
	[ "$(device "$1" 1)" = 3 ]
}

status() { # NAME
	server_mews mews status | awk -v name="$1" '$1 == name { print $2 }'
}

all_answer() {
	[ "$(status answering)" = 10 ]
}

sick() { # PLATE SICKNESS
	echo "$*" >"$DIR/run/simulator.ctl"
}

minutes() { # PLATE QUANTITY
	show minutes "$1" "$2" $((start - 60)) $(($(date +%s) / 60 * 60))
}

has_minute() { # T
	minutes P1 active_power | grep -q "^$1 "
}

# Energy is conserved: the sum of all minutes but the first is what the index
# moved, no minute is negative and none is there twice.
conserved() { # PLATE QUANTITY
	minutes "$1" "$2" | awk '
		$1 <= t || $2 < 0 { bad = 1 }
		NR > 1 { sum += $2 }
		NR == 1 { first = $3 }
		{ t = $1; last = $3 }
		END { exit bad || NR < 2 || sum != last - first }'
}

# --- without a site -----------------------------------------------------------------

server_folders
server_run_mews mewsd mewsd
server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
expect "it runs without devices" [ "$(status devices)" = 0 ]
expect_not "a second one beside it" server_mews mewsd 2>"$DIR/log/second.log"
expect "says why" grep -q held "$DIR/log/second.log"
server_stop mewsd

# --- a damaged file at start ----------------------------------------------------------

for file in config history; do
	head -c 20000 /dev/urandom >"$DIR/state/$file.db"
	rm -f "$DIR/state/$file.db-wal" "$DIR/state/$file.db-shm"
done
server_run_mews mewsd mewsd
server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
expect "it runs with damaged files" [ "$(status devices)" = 0 ]
expect "both are set aside" [ "$(find "$DIR/state" -name '*.damaged-*' \
	! -name '*-wal' | wc -l)" = 2 ]
expect "each is told" [ "$(grep -c 'was damaged' "$DIR/log/mewsd.log")" = 2 ]
server_stop mewsd

# --- ten meters --------------------------------------------------------------------------

server_site
server_start_simulator
shift_s=$(cat "$DIR/run/simulator.shift")
start=$(($(date +%s) / 60 * 60))
server_run_mews mewsd mewsd
server_wait "The tenth device" 30 all_answer
expect "ten devices answer" all_answer

# --- late, garbled, silent ------------------------------------------------------------------

# Each is sick for a while; meanwhile its stored values stay as they were.
frozen() { # PLATE QUANTITY SICKNESS FIELD-THAT-GROWS
	local before after n asked
	sick "$1" $3
	sleep 3 # what was on its way is stored
	before=$(show value "$1" "$2")
	n=$(device "$1" "$4")
	asked=$(device P2 3)
	sleep 11
	after=$(show value "$1" "$2")
	expect "$1 $3: nothing is stored" [ "$before" = "$after" ]
	expect "$1 $3: it is counted" [ "$(device "$1" "$4")" -gt "$n" ]
	expect "$1 $3: the others go on" [ "$(device P2 3)" -gt "$asked" ]
}
frozen P1 active_power "late 700" 4
frozen P4 active_energy_import garble 5
frozen P3 active_energy_import silent 4
frozen P9 active_power silent 4
server_wait "The silence of P3" 30 is_silent P3
expect "a silent meter is told once" [ "$(grep -c 'device-silent P3' \
	"$DIR/log/mewsd.log")" = 1 ]
expect "its neighbour answers" answers P2
expect "so does the neighbour behind the gateway" answers P10
for plate in P1 P3 P4 P9; do
	sick $plate well
done
server_wait "All of them again" 60 all_answer

# --- a minute is right ---------------------------------------------------------------------------

minute=$(($(date +%s) / 60 * 60 + 60)) # the first whole one from now
server_wait "The minute $minute" 140 has_minute $minute
read -r watts volts <<<"$(gzip -dc "$SRC/tests/data/household-minutes.csv.gz" |
	awk -F, -v at="$(date -u -d "@$((minute - shift_s))" \
		+%Y-%m-%dT%H:%M:00)" '$1 == at { print $2 * 1000, $4 }')"
near() { # VALUE TRUTH PER-CENT
	awk -v a="$1" -v b="$2" -v p="$3" 'BEGIN {
		d = a - b; exit !(a != "" && d * d <= (b * p / 100) ^ 2) }'
}
mean() { # PLATE QUANTITY
	minutes "$1" "$2" | awk -v t="$minute" '$1 == t { print $2 }'
}
if [ -n "$watts" ]; then
	for plate in P1 P10; do
		power=$(mean $plate active_power)
		volt=$(mean $plate voltage_l1)
		expect "$plate: $power is ten times $watts W" \
			near "$power" "$(awk "BEGIN { print $watts * 10 }")" 5
		expect "$plate: $volt is a hundred times $volts V" \
			near "$volt" "$(awk "BEGIN { print $volts * 100 }")" 1
	done
else
	echo "the house has a gap in this minute"
fi
expect "the polls of the minute are in it" grep -qE '^1[12]/12$' <(
	minutes P1 active_power | awk -v t="$minute" '$1 == t { print $6 "/" $7 }')
# The index lies between what the meter shows at both ends of the minute's
# last seconds.
server_simulator --minutes P5 --from "$minute" --to $((minute + 60)) \
	>"$DIR/p5.csv"
truth=$(tail -n 1 "$DIR/p5.csv" | cut -d , -f 2)
index=$(minutes P5 active_energy_import | awk -v t="$minute" \
	'$1 == t { print $3 }')
expect "P5 counts $index, at the end of the minute $truth" [ \
	$((truth - index)) -ge 0 -a $((truth - index)) -le 5 ]

# --- the adapter is pulled and comes back ----------------------------------------------------------

server_stop simulator KILL
server_wait "The loss of the line" 10 has_no_line P1
expect "told once" [ "$(grep -c 'line-gone A' "$DIR/log/mewsd.log")" = 1 ]
: >"$DIR/log/simulator.log"
server_start_simulator
server_wait "The line again" 20 all_answer
expect "the adapter is found again" all_answer

# --- the site is read again -------------------------------------------------------------------------

kill -HUP "${SERVER_PID[mewsd]}"
server_wait "The site again" 20 all_answer
expect "SIGHUP reads the site again" [ "$(grep -c 'measures .*10 devices' \
	"$DIR/log/mewsd.log")" = 2 ]

# --- the disk takes nothing for more than a minute ---------------------------------------------------

$PYTHON - "$DIR/state/history.db" 75 <<'PY' &
import sqlite3, sys, time
db = sqlite3.connect(sys.argv[1], isolation_level=None)
db.execute("BEGIN IMMEDIATE")
time.sleep(float(sys.argv[2]))
db.execute("ROLLBACK")
PY
holder=$!
keeps() {
	[ "$(status kept)" -gt 0 ]
}
server_wait "A minute that waits" 80 keeps
expect "it is told once" [ "$(grep -c 'mewsd: disk-full' \
	"$DIR/log/mewsd.log")" = 1 ]
expect "meanwhile it measures" answers P1
wait $holder
keeps_none() {
	[ "$(status kept)" = 0 ]
}
server_wait "The writing of what waited" 30 keeps_none
expect "and that it works again" grep -q 'mewsd: disk-works' \
	"$DIR/log/mewsd.log"

# --- a power cut, and an end in good order -------------------------------------------------------------

server_stop mewsd KILL
server_run_mews mewsd mewsd
server_wait "mewsd after the cut" 10 all_answer
server_stop mewsd
server_run_mews mewsd mewsd
server_wait mewsd 10 all_answer
last=$(($(date +%s) / 60 * 60))
server_wait "The minute $last" 80 has_minute "$last"
for plate in P1 P2 P3 P4 P5 P8 P9 P10; do
	expect "$plate: nothing used is lost, nothing is there twice" \
		conserved $plate active_energy_import
done
expect "P6: no litre is lost" conserved P6 water_volume
expect "P7: nor of gas" conserved P7 gas_volume
if [ -n "$watts" ]; then
	expect "something was used at all" [ "$(minutes P1 \
		active_energy_import | awk '{ s += $2 } END { print s }')" -gt 0 ]
fi

kill -TERM "${SERVER_PID[mewsd]}"
for ((n = 0; n < 20; n++)); do
	kill -0 "${SERVER_PID[mewsd]}" 2>/dev/null || break
	sleep 0.1
done
expect "it ends within two seconds" [ $n -lt 20 ]
wait "${SERVER_PID[mewsd]}"
expect "and ends well" [ $? = 0 ]
unset 'SERVER_PID[mewsd]'
finish
