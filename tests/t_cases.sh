#!/bin/bash
# t_cases.sh - the real mewsd, meters that jump, begin anew and fall silent, and
# a clock that is wrong: what is booked, told and put right by a person.
. "${SRC:?}/tests/lib.sh" || exit 1
need faketime
PACE=--fast
Q=active_energy_import

# The clock of mewsd and of who reads its files is what CLOCK says; the clock
# that never jumps stays real.
CLOCK=$DIR/clock
FAKE=(env LD_PRELOAD="$(dirname "$(find /usr/lib -name libfaketimeMT.so.1 |
	head -n 1)")/libfaketimeMT.so.1"
	FAKETIME_TIMESTAMP_FILE="$CLOCK" FAKETIME_NO_CACHE=1
	FAKETIME_DONT_FAKE_MONOTONIC=1)

clock() { # OFFSET, such as +2h
	echo "$1" >"$CLOCK"
}

now() {
	"${FAKE[@]}" date +%s
}

show() {
	"${FAKE[@]}" "$BUILD/tests/show" --state "$DIR/state" \
		--run "$DIR/run" "$@"
}

start() {
	server_run mewsd "${FAKE[@]}" "$BUILD/mewsd" --state "$DIR/state" \
		--run "$DIR/run" --share "$BUILD/share"
	server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
}

give() { # COMMAND...: as a person at the shell
	server_mews mews do "$@"
}

sick() { # PLATE SICKNESS
	echo "$*" >"$DIR/run/simulator.ctl"
	sleep 0.3
}

told() { # PLATE WORDS: an event
	show events "$1" | grep -q "$2"
}

sum() { # LEVEL PLATE [FROM TO]
	show "$1" "$2" $Q "${3:-$first}" "${4:-$(($(now) + 60))}" |
		awk '{ sum += $2 } END { print sum + 0 }'
}

index() { # PLATE
	show value "$1" $Q | cut -d ' ' -f 1
}

minutes() { # PLATE: how many are stored
	show minutes "$1" $Q "${2:-$first}" "${3:-$(($(now) + 60))}" | wc -l
}

more() { # PLATE N: more minutes than that
	[ "$(minutes "$1")" -gt "$2" ]
}

next_minute() { # PLATE: until one more is stored
	server_wait "A minute of $1" 90 more "$1" "$(minutes "$1")"
}

# Each hour is its minutes, and what was booked over it is not below 0.
hours_hold() { # PLATE
	show hours "$1" $Q "$first" "$(($(now) + 3600))" | awk '
		$2 < 0 || $1 % 3600 { bad = 1 } END { exit bad || NR == 0 }'
}

clock +0
server_folders
server_site
server_start_simulator
sick P2 swapped 90000000
first=$(($(now) / 3600 * 3600))
start
answers() {
	[ -n "$(index P10)" ] && [ -n "$(index P1)" ] && [ -n "$(index P2)" ]
}
server_wait "The meters" 30 answers
sleep 6 # each was read twice

# --- case 1 and 4: a reading that cannot be, and goes away ---------------------------------

sick P1 swapped 14437000
sick P2 well # case 3 begins
server_wait "Its event" 20 told P1 "counter-suspect $Q"
sick P1 well
server_wait "The reset" 90 told P2 "counter-reset $Q"
expect "it is told what was read, and after what" \
	told P1 "counter-suspect $Q [0-9]* [0-9]*$"
expect "nothing of it is booked" [ "$(sum minutes P1)" -lt 1000 ]
expect "it began no epoch" [ "$(show events P1 | grep -c 'counter-reset')" = 0 ]

# --- case 3: another meter at the same address -----------------------------------------------

read -r _ _ _ _ low high < <(show events P2 | grep "counter-reset $Q")
expect "the new one stands lower" [ "$low" -lt "$((high - 80000000))" ]
hour=$(sum hours P2)
expect "nothing is booked across" [ "$hour" -lt 1000 ]
expect_not "an old index below what was read" \
	give replace-meter plate=P2 quantity=$Q old=$((high - 1)) new=0 \
	date="$(now)"
id=$(give replace-meter plate=P2 quantity=$Q old=$((high + 700)) \
	new=$((low - 50)) date="$(now)" | awk '$1 == "id" { print $2 }')
expect "both parts are booked" \
	[ "$(($(sum hours P2) - hour - 750))" -lt 100 ]
expect "and not to minutes" [ "$(sum minutes P2)" -lt 1000 ]
server_wait "Who did it" 10 told P2 "meter-replaced $Q"
give undo id="$id" >/dev/null
expect "it is taken back" [ "$(($(sum hours P2) - hour))" -lt 100 ]
expect_not "twice" give undo id="$id"

# --- case 10: the clock jumps ahead, and back ---------------------------------------------------

had=$(minutes P1)
back=$(now)
clock +2h
server_wait "The jump" 20 told - "clock-jump 7[0-9]*"
next_minute P1
expect "two hours are a hole" [ "$(minutes P1 $((back + 120)) \
	$((back + 7000)))" = 0 ]
clock +110m
server_wait "The way back" 20 told - "clock-jump -[56][0-9]*"
list=$(show minutes P1 $Q "$first" $((back + 10000)))
next_minute P1
expect "what was closed stays as it is" [ "$(show minutes P1 $Q "$first" \
	$((back + 10000)) | grep -cxF "$list")" = "$(wc -l <<<"$list")" ]
expect "no minute is there twice" [ -z "$(show minutes P1 $Q "$first" \
	$((back + 20000)) | cut -d ' ' -f 1 | uniq -d)" ]
expect "it goes on" [ "$(minutes P1 "$first" $((back + 20000)))" -gt "$had" ]
conserved() { # in the order of the index; the first may have begun before
	show minutes "$1" $Q "$first" $((back + 20000)) | sort -n -k 3 | awk '
		NR == 1 { from = $3 } NR > 1 { sum += $2 } { last = $3 }
		END { exit NR < 2 || sum != last - from }'
}
expect "no energy is lost" conserved P1

# --- case 9: six hours without mewsd; case 10: a start without time ---------------------------------

server_stop mewsd
total=$(sum hours P1 "$first" $((back + 40000)))
end=$(show minutes P1 $Q "$first" $((back + 20000)) | tail -n 1 |
	cut -d ' ' -f 1,3)
sick P1 swapped 6000
answers_again() {
	[ -n "$(index P1)" ]
}
clock "-$(($(date +%s) - 600))" # ten minutes into 1970
start
server_wait "P1" 30 answers_again
sleep 65
clock +8h
expect "nothing is in 1970" [ "$(show minutes P1 $Q 0 86400 | wc -l)" = 0 ]
server_wait "The time" 20 told - clock-set
next_minute P1
gap() { # the hours in which nothing was measured
	show hours P1 $Q "$first" "$(($(now) + 3600))" |
		awk -v from="${end% *}" '$1 > from && $6 == 0 && $8 == 4'
}
expect "the hours of the gap have their parts" [ "$(gap | wc -l)" -ge 4 ]
expect "alike" [ "$(gap | awk 'NR == 1 { min = max = $2 }
	{ min = $2 < min ? $2 : min; max = $2 > max ? $2 : max }
	END { print max - min }')" -le 1 ]
expect "all of it is booked" [ "$(($(sum hours P1 "$first" \
	"$(($(now) + 3600))") - total))" -ge 6000 ]
expect "and no minute has it" [ "$(show minutes P1 $Q "${end% *}" \
	"$(($(now) + 60))" | awk '$2 > 1000' | wc -l)" = 0 ]
expect "no hour falls below 0" hours_hold P1

finish
