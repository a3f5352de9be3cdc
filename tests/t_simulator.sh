#!/bin/bash
# t_simulator.sh - the simulated meters, read by a stranger and held against
# the house's file; t_simulator.py asks.
. "${SRC:?}/tests/lib.sh" || exit 1
need mbpoll python3
server_folders
export PYTHONDONTWRITEBYTECODE=1
RUN=$DIR/run

# Line A at 9600, so that the wire's time shows.
sed 's/^line  A rtu 19200/line  A rtu 9600/' "$SCRIPT" >"$DIR/slow.sim"
SCRIPT=$DIR/slow.sim

stranger() { # STEP
	python3 "$SRC/tests/t_simulator.py" "$SRC" "$RUN" "$REMOTE_PORT" "$1" ||
		FAILED=1
}

# Data time at which the simulator believes to be when it starts.
start_at() { # TIME ARGUMENTS...
	echo $(($(date +%s) - $(date -u -d "$1" +%s))) >"$RUN/simulator.shift"
	shift
	: >"$DIR/log/simulator.log"
	server_start_simulator "$@"
}

# --- where in time -----------------------------------------------------------------

server_start_simulator
now=$(date +%s)
shift_s=$(cat "$RUN/simulator.shift")
last=$(($(date -u -d 2007-01-11T14:49:00 +%s) + shift_s))
expect "the file ends today" [ $((last + 60)) -gt $now ]
expect "and not later" [ $last -lt $((now + 86400)) ]
expect "time of day is the house's" [ $((shift_s % 86400)) = $(((86400 - \
	$(TZ=Europe/Paris date +%:::z | sed 's/[+]0*//') * 3600) % 86400)) ]

# --- the past ------------------------------------------------------------------------

house() { # FROM TO EXPRESSION: sum over the file, from <= time < to
	gzip -dc "$SRC/tests/data/household-minutes.csv.gz" |
		awk -F, -v from="$1" -v to="$2" "NR > 1 && \$1 >= from && \$1 < to {
			s += $3; n++ } END { printf \"%.6f %d\n\", s, n }"
}

dump() { # PLATE FROM TO: data time
	server_simulator --minutes "$1" \
		--from $(($(date -u -d "$2" +%s) + shift_s)) \
		--to $(($(date -u -d "$3" +%s) + shift_s))
}

column() { # NAME: of a dump
	awk -F, -v name="$1" 'NR == 1 {
		for (i = 1; i <= NF; i++) if ($i == name) c = i; next }
		{ print $c }'
}

# Sum of the differences of an index, from the minute before the first.
rise() {
	awk 'NR == 1 { a = $1 } { b = $1 } END { printf "%d\n", b - a }'
}

read -r truth n < <(house 2006-12-17T00:00:00 2006-12-18T00:00:00 '$2 * 1000 / 60')
for plate in P1 P10; do
	dump $plate 2006-12-16T23:59:00 2006-12-18T00:00:00 >"$DIR/$plate.csv"
	expect "$plate: a line a minute" [ "$(wc -l <"$DIR/$plate.csv")" = \
		$((n + 2)) ]
	expect "$plate: a day's energy is the file's" awk -v truth="$truth" \
		-v seen="$(column active_energy_import <"$DIR/$plate.csv" | rise)" \
		-v one="$([ $plate = P1 ] && echo 10 || echo 1)" 'BEGIN {
			d = seen - truth; exit !(truth > 1000 && d <= one && d >= -one) }'
done
expect "a minute's power is the file's" [ "$(sed -n 3p "$DIR/P1.csv" |
	cut -d, -f 2,7)" = "$(gzip -dc "$SRC/tests/data/household-minutes.csv.gz" |
	awk -F, '$1 == "2006-12-17T00:00:00" {
		printf "%.1f,%.2f", $2 * 1000, $4 }')" ]
for pair in P3:6 P4:7 P5:8; do
	read -r truth n < <(house 2006-12-17T00:00:00 2006-12-24T00:00:00 \
		"\$${pair#*:}")
	expect "${pair%:*}: a week's pulses are the file's" [ "$(dump "${pair%:*}" \
		2006-12-16T23:59:00 2006-12-24T00:00:00 |
		column active_energy_import | rise)" = "${truth%.*}" ]
done
expect "no line for a minute nobody measured" [ "$(dump P1 \
	2006-12-21T11:20:00 2006-12-21T11:30:00 | wc -l)" = 9 ]
expect "water is measured then" [ "$(dump P6 \
	2006-12-21T11:20:00 2006-12-21T11:30:00 | wc -l)" = 11 ]
server_simulator --minutes P1 --from 0 --to 0 >"$DIR/all.csv"
expect "from 0: from the file's start" [ "$(sed -n 2p "$DIR/all.csv" |
	cut -d, -f 1)" = "$(date -u -d "@$(($(date -u -d 2006-12-16T17:24:00 \
	+%s) + shift_s))" +%Y-%m-%dT%H:%M:00Z)" ]
expect "to 0: to the last whole minute" [ $(($(date +%s) - $(date -d \
	"$(tail -n 1 "$DIR/all.csv" | cut -d, -f 1)" +%s))) -lt 125 ]
water=$(server_simulator --minutes P6 --from 0 --to 0 | column water_volume | rise)
expect "water is plausible" [ "$water" -gt 5000 -a "$water" -lt 20000 ]
expect "the index of the past goes on live" bash -c "
	live=\$(mbpoll -m rtu -b 9600 -P even -a 1 -t 4:int -B -0 -r 4124 -1 \
		'$RUN/line-A' | sed -n 's/^\[4124\]:[ \t]*//p')
	past=\$(tail -n 1 '$DIR/all.csv' | cut -d, -f 10)
	[ \$((live * 10 - past)) -ge 0 -a \$((live * 10 - past)) -le 500 ]"

# --- live ----------------------------------------------------------------------------

stranger reopen
stranger exceptions
stranger pace
stranger sickness
stranger broken
server_stop simulator
expect "the line is gone" [ ! -e "$RUN/line-A" -a ! -e "$RUN/simulator.ctl" ]

# a busy minute: all three sub-meters run
start_at 2006-12-28T21:15:05
stranger meters
stranger map
server_stop simulator
start_at 2006-12-21T11:23:10 --fast
stranger gap
server_stop simulator
# behind the file's end the last 25 days come again, and again
start_at 2007-02-04T20:10:05 --fast
stranger fast
stranger meters
server_stop simulator
rm "$RUN/simulator.shift"

# --- mistakes ------------------------------------------------------------------------

says() { # WHAT SENTENCE ARGUMENTS...
	local what=$1 sentence=$2
	shift 2
	timeout 10 "$BUILD/mews-simulator" "$@" >"$DIR/out" 2>&1
	expect "$what" [ $? = 1 ]
	expect "$what, in words" grep -qF -- "$sentence" "$DIR/out"
}

mkdir "$DIR/data"
cp "$SRC/tests/data/registers.csv" "$DIR/data/"
good=(--data "$SRC/tests/data" --run "$RUN")
says "no folder" "--data DIR, --run DIR" "$SCRIPT"
says "no such option" "not understood: '--slow'" "${good[@]}" --slow "$SCRIPT"
says "no data" "household-minutes.csv.gz: cannot be read" \
	--data "$DIR/data" --run "$RUN" "$SCRIPT"
head -c 100000 "$SRC/tests/data/household-minutes.csv.gz" \
	>"$DIR/data/household-minutes.csv.gz"
says "a truncated file" "household-minutes.csv.gz:" \
	--data "$DIR/data" --run "$RUN" "$SCRIPT"
python3 -c 'import gzip, sys, zlib
z = zlib.compressobj(wbits=31)
house = gzip.open(sys.argv[1]).read()
sys.stdout.buffer.write(z.compress(house) + z.flush(zlib.Z_SYNC_FLUSH))' \
	"$SRC/tests/data/household-minutes.csv.gz" \
	>"$DIR/data/household-minutes.csv.gz"
says "a file cut behind a line" "household-minutes.csv.gz:37284: damaged or" \
	--data "$DIR/data" --run "$RUN" "$SCRIPT"
printf 'time\n2006-12-16T17:24:00,1,2,3\n' | gzip \
	>"$DIR/data/household-minutes.csv.gz"
says "a damaged file" "household-minutes.csv.gz:2: not a later minute" \
	--data "$DIR/data" --run "$RUN" "$SCRIPT"
says "no such plate" "no meter 'P77'" "${good[@]}" --minutes P77 "$SCRIPT"
while IFS='|' read -r text sentence; do
	printf 'line A rtu 9600\n%s\n' "$text" >"$DIR/bad.sim"
	says "script: $text" "bad.sim:2: $sentence" "${good[@]}" "$DIR/bad.sim"
done <<'END'
colour blue|neither line nor meter
line A rtu 9600|a line has its own name
line B udp 9600|line NAME rtu|tcp BAUD
meter P1 unit 0|not understood: 'unit 0'
meter P1 line C|not understood: 'line C'
meter P1 unit|not understood: 'unit '
meter P1 unit 1 shows the_moon|not understood: 'shows the_moon'
meter P1 unit 1 shows house vendor A model B|P1: no facts about 'A' 'B'
meter P1 vendor A|P1: no unit, or shows nothing
END
(exec 3<>"/dev/tcp/127.0.0.1/$REMOTE_PORT") 2>/dev/null && die "port in use"
python3 -c 'import socket, sys, time
s = socket.socket()
s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
s.bind(("127.0.0.1", int(sys.argv[1]))); s.listen()
time.sleep(60)' "$REMOTE_PORT" &
taken=$!
listens() {
	(exec 3<>"/dev/tcp/127.0.0.1/$REMOTE_PORT") 2>/dev/null
}
server_wait "The other program" 30 listens
says "a port in use" "Address already in use" "${good[@]}" \
	--tcp-port "$REMOTE_PORT" "$SCRIPT"
kill $taken
finish
