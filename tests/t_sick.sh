#!/bin/bash
# t_sick.sh - the real mewsd on four lines with sick meters, all at once: dead,
# slow, late, busy and refusing ones, two at one address, an adapter that is
# pulled and comes back as another port; and ports of every speed.  t_sick.py
# looks at what is stored.
. "${SRC:?}/tests/lib.sh" || exit 1
PYTHON=/usr/bin/python3
need $PYTHON
export PYTHONDONTWRITEBYTECODE=1
RUN=$DIR/run
SITE=$DIR/sick.site SCRIPT=$DIR/sick.sim ZONE=UTC
DEAD="A5 A12 A20 A31"
SPEEDS="1200:E:1 2400:N:2 4800:O:1 9600:N:1 19200:E:2 38400:O:2 57600:N:2 115200:E:1"

# --- who stands where ------------------------------------------------------------

meter() { # PLATE LINE UNIT VENDOR MODEL PROFILE EVERY [SICK]
	local base=$((++meters * 10000000))
	echo "meter $1 line $2 unit $3 vendor $4 model $5 shows house base" \
		"$base ${8:+sick \"$8\"}" >>"$SCRIPT"
	echo "device $1 \"$1\" line $2 unit $3 profile $6 every $7" \
		"${9:-}" >>"$SITE"
}
pulses() { # PLATE LINE UNIT EVERY [SICK]: a small, quick one
	meter "$1" "$2" "$3" '"Carlo Gavazzi"' VMU-MC carlo-gavazzi-vmu-mc \
		"$4" "${5:-}" "pulses 1 active_energy_import 1"
}

meters=0
echo 'site "Sick" board Q zone UTC' >"$SITE"
for line in A B C D; do
	echo "line $line rtu $RUN/line-$line 19200 8E1 timeout 300" >>"$SITE"
	echo "line $line rtu 19200" >>"$SCRIPT"
done
for ((unit = 1; unit <= 32; unit++)); do
	sick=
	[[ " $DEAD " = *" A$unit "* ]] && sick=silent
	meter A$unit A $unit BTicino F4N200 bticino-f4n200 10 "$sick"
done
meter B1 B 1 Eastron SDM630 eastron-sdm630 5 "lacks 40"
meter B2 B 2 Eastron SDM630 eastron-sdm630 5 "lacks 56"
pulses B3 B 3 5 "late 400"
pulses B4 B 4 5 "two 3000000"
pulses B5 B 5 5
pulses B6 B 6 2
pulses C1 C 1 1
for ((unit = 1; unit <= 40; unit++)); do
	sick=
	[ $((unit % 4)) = 1 ] && sick="late 350"
	[ $((unit % 4)) = 3 ] && sick="late 650"
	pulses D$unit D $unit $((unit % 2 ? 1 : 2)) "$sick"
done
for speed in $SPEEDS; do
	IFS=: read -r baud parity stop <<<"$speed"
	echo "line S$baud rtu $RUN/speed-$baud $baud 8$parity$stop" >>"$SITE"
	echo "device S$baud \"$baud\" line S$baud unit 1" \
		"profile carlo-gavazzi-vmu-mc pulses 1 active_energy_import 1" \
		>>"$SITE"
done

# --- all of them --------------------------------------------------------------------

look() { # STEP ARGUMENTS...
	$PYTHON "$SRC/tests/t_sick.py" "$DIR" "$@"
}
check() { # WHAT STEP ARGUMENTS...
	local what=$1
	shift
	expect "$what" look "$@"
}
state() { # PLATE: enum mews_answer
	"$BUILD/tests/show" --state "$DIR/state" --run "$RUN" device "$1" |
		cut -d ' ' -f 1
}
is() { # STATE PLATE...
	local want=$1 plate
	shift
	for plate in "$@"; do
		[ "$(state "$plate")" = "$want" ] || return 1
	done
}
sick() { # PLATE SICKNESS, or line NAME gone|back
	echo "$*" >"$RUN/simulator.ctl"
}
cpu() { # clock ticks that mewsd took
	awk '{ print $14 + $15 }' "/proc/${SERVER_PID[mewsd]}/stat"
}

server_folders
server_run speeds $PYTHON "$SRC/tests/t_sick.py" "$DIR" speeds
server_wait "The ports" 10 test -e "$RUN/speed-115200"
server_mews mews set model unlimited || die "no model"
server_site
server_start_simulator
server_run_mews mewsd mewsd --serial "$RUN/serial"
server_wait mewsd 10 test -S "$RUN/mewsd.sock"
start=$(date +%s)
server_wait "The meters of line C" 20 is 1 C1

# --- an adapter ---------------------------------------------------------------------

check "learnt: the name that stays" path C "$RUN/serial/by-path/line-C" || true
sick line C gone
server_wait "The loss of line C" 10 is 3 C1
before=$(cpu)
sleep 6
used=$(($(cpu) - before))
expect "no spin while it is gone ($used ticks in 6 s)" [ $used -lt 120 ]
ln -s "$RUN/line-D" "$RUN/line-C" # who has the old name now is another one
sick line C back B7
back=$(date +%s%N)
server_wait "Line C" 10 is 1 C1
took=$((($(date +%s%N) - back) / 1000000))
# 3 s to the next try, 2 s to the next look of the recorder
expect "found by its stable name within 3 s ($took ms)" [ $took -lt 5500 ]
check "one event for each change" events C line-gone 1 line-open 1

# --- what must be seen soon -----------------------------------------------------------

server_wait "The silence of the dead" 60 is 2 $DEAD
server_wait "The slow one" 30 is 1 B3
check "slow: it is waited for longer" timeout B3 600000 1200000
sick B5 busy 6
asked=$(look count B5 asked)
sleep 11
check "busy: asked again, and its code is counted" busy B5 "$asked"
expect "busy is not silent" is 1 B5
sick B5 well
server_wait "Two at one address" 120 look events B two-devices 1
check "refused: a hole costs one request, a register is told once" refused

# --- two whole minutes ------------------------------------------------------------------

first=$((start / 60 * 60 + 60))
while [ "$(date +%s)" -lt $((first + 122)) ]; do
	look own || FAILED=1
	sleep 2
done
check "nothing but what the meters show was ever seen" own
check "100 late answers and more came" late 100
check "the dead cost at most 6 % of the line" cost $((first + 60)) $DEAD
check "the others missed no minute" minutes $first $DEAD
check "ports are set up as they should be" set $SPEEDS
check "one silence is one event" events "A" device-silent 4

for plate in $DEAD; do
	sick $plate well
done
back=$(date +%s)
server_wait "The dead" 60 is 1 $DEAD
echo "ok: back after $(($(date +%s) - back)) s"
check "each is told once" events "A" device-silent 4 device-answers 4
expect "nothing went wrong" [ "$(grep -cE 'mewsd: .*(history|live values):' \
	"$DIR/log/mewsd.log")" = 0 ]
finish
