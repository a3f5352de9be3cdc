#!/bin/bash
# t_disk.sh - a disk that is full for an hour, and one whose calls fail: mewsd
# goes on measuring, sets nothing aside, and writes what waited in order.
. "${SRC:?}/tests/lib.sh" || exit 1
. "$SRC/tests/fast.sh"
need python3
FAULTS=40
[ "${LONG:-no}" = no ] || FAULTS=600
Q=active_energy_import
METERS="P1 P2 P5 P9 P10"

minutes() { # PLATE
	fast_show minutes "$1" $Q "$FAST_FROM" "$(fast_now)" 2>/dev/null
}

# What the meter counted from the first minute to the last is in the hours.
conserved() { # PLATE
	local first last sum
	read -r first before < <(minutes "$1" | head -n 1 | cut -d ' ' -f 2,3)
	last=$(minutes "$1" | tail -n 1 | cut -d ' ' -f 3)
	sum=$(fast_show hours "$1" $Q $((FAST_FROM / 3600 * 3600)) "$(fast_now)" |
		awk '$2 < 0 { bad = 1 } { sum += $2 }
		END { print bad ? -1 : sum }')
	[ "$((sum - first))" = "$((last - before))" ] ||
		! echo "hours $sum, first $first, from $before to $last"
}

start() { # [DISK_...=...]...
	rm -f "$DIR/run/mewsd.sock"
	fast_mewsd "$@"
	server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
}

right() { # WHAT: all that was measured is there, and right
	local plate
	sleep 1
	server_stop mewsd
	expect "$1: each database is whole" fast_whole
	expect "$1: none is set aside" [ -z "$(find "$DIR/state" \
		-name '*.damaged-*')" ]
	for plate in $METERS; do
		expect "$1: $plate lost no energy" conserved $plate
	done
	expect "$1: no minute is there twice" [ -z "$(minutes P1 |
		cut -d ' ' -f 1 | sort | uniq -d)" ]
}

# --- a full disk -----------------------------------------------------------------

heard() { # PLATE: Unix time of its last answer, fast
	fast_show device "$1" | cut -d ' ' -f 7
}
keeps() {
	[ "$(fast_status kept)" -ge "$1" ]
}
keeps_none() {
	[ "$(fast_status kept)" = 0 ]
}

full_hour() { # WHAT FILL EMPTY
	local from upto
	sleep 2
	$2
	from=$(fast_now)
	server_wait "$1: minutes that wait" 60 keeps 5
	sleep $((3600 / FAST - 1))
	expect "$1: it measures" [ "$(($(fast_now) - $(heard P1)))" -lt 300 ]
	server_wait "$1: a whole hour that waits" 60 keeps 30
	expect "$1: it is told once" [ "$(grep -c 'disk-full\|history: .*:' \
		"$DIR/log/mewsd.log")" = 1 ]
	upto=$(fast_now)
	$3
	server_wait "$1: writing what waited" 60 keeps_none
	expect "$1: that is told too" grep -q 'works again\|disk-works' \
		"$DIR/log/mewsd.log"
	expect "$1: the minutes of that hour are there" [ "$(fast_show \
		minutes P1 $Q "$from" "$upto" | wc -l)" -gt 15 ]
	right "$1"
}

fill_shim() {
	: >"$DIR/full"
}
empty_shim() {
	rm "$DIR/full"
}
fill_tmpfs() { # and whatever is given up meanwhile
	: >"$DIR/filling"
	while [ -e "$DIR/filling" ]; do
		dd if=/dev/zero bs=4k 2>/dev/null >>"$DIR/state/filler"
		sleep 0.2
	done &
	FILLS=$!
}
empty_tmpfs() {
	rm "$DIR/filling"
	wait $FILLS
	rm "$DIR/state/filler"
}

server_folders
server_site
fast_simulator
start DISK_FULL="$DIR/full"
full_hour "full" fill_shim empty_shim

# --- calls that fail -----------------------------------------------------------------

# A start may fail with words, never with a signal; the next one goes on.
crashed=0 refused=0
for ((k = 0; k < FAULTS; k++)); do
	case $((k % 4)) in
	0) fault="$((RANDOM % (k % 8 ? 150 : 30) + 1)) eio 1" ;;
	1) fault="$((RANDOM % 150 + 150)) eio $((RANDOM % 30 + 1))" ;;
	2) fault="$((RANDOM % 60 + 1)) enospc $((RANDOM % 30 + 1))" ;;
	3) fault="$((RANDOM % 60 + 1)) short $((RANDOM % 5 + 1))" ;;
	esac
	rm -f "$DIR/run/mewsd.sock"
	fast_mewsd DISK_FAULT="$fault"
	sleep 0.8
	kill "${SERVER_PID[mewsd]}" 2>/dev/null
	wait "${SERVER_PID[mewsd]}"
	rc=$?
	unset 'SERVER_PID[mewsd]'
	[ $rc = 0 ] || refused=$((refused + 1))
	[ $rc -le 1 ] || { crashed=$((crashed + 1)); echo "$fault: exit $rc"; }
done
echo "figure: $FAULTS faults, $refused starts refused"
expect "no call that fails ends it in disorder" [ $crashed = 0 ]
start
sleep 2
right "faults"
expect "most starts were made all the same" [ $refused -lt $((FAULTS / 2)) ]

# --- a disk that fails or is full when mewsd starts ------------------------------------

start_late() { # DISK_...=...
	rm -f "$DIR/run/mewsd.sock"
	: >"$DIR/log/mewsd.log"
	fast_mewsd "$@"
	server_wait "mewsd" 60 test -S "$DIR/run/mewsd.sock"
}
measures() {
	local t
	t=$(heard P1)
	[ -n "$t" ] && [ $(($(fast_now) - t)) -lt 300 ]
}
start_late DISK_FAULT="1 eio 2"
expect "a start that the disk fails is made again" grep -q "tried again" \
	"$DIR/log/mewsd.log"
server_wait "P1 after a late start" 30 measures
server_stop mewsd
fill_shim
start_late DISK_FULL="$DIR/full"
server_wait "P1 on a full disk" 30 measures
server_wait "minutes that wait from the start" 30 keeps 5
empty_shim
server_wait "writing them" 60 keeps_none
right "late"

# --- too little of the disk is free ----------------------------------------------------

OLD=$((FAST_FROM / 86400 * 86400 - 5 * 86400))
old_minutes() { # QUANTITY: of the day that was imported
	fast_show minutes P8 "$1" $OLD $((OLD + 86400)) | wc -l
}
short_disk() {
	"$BUILD/tests/show" --state "$DIR/state" events none | grep -q disk-short
}
thinned() {
	[ "$(old_minutes active_power)" = 0 ]
}
server_simulator --minutes P8 --from $OLD --to $((OLD + 86400)) \
	>"$DIR/run/P8.csv" 2>>"$DIR/log/import.log" &&
	server_mews mews import P8 "$DIR/run/P8.csv" >>"$DIR/log/import.log" 2>&1
expect "a past day is there" [ "$(old_minutes active_power)" -gt 1000 ]
counted=$(old_minutes $Q)
start DISK_SHORT="$DIR/scarce"
sleep 2
expect "with room enough it stays" [ "$(old_minutes active_power)" -gt 1000 ]
: >"$DIR/scarce"
server_wait "The event of a disk that is short" 60 short_disk
server_wait "The end of old minutes of power" 60 thinned
expect "those of energy are all kept" [ "$(old_minutes $Q)" = "$counted" ]
expect "new minutes of power too" [ "$(fast_show minutes P8 active_power \
	"$FAST_FROM" "$(fast_now)" | wc -l)" -gt 10 ]
right "short"
rm "$DIR/scarce"

# --- a small file system -------------------------------------------------------------

mv "$DIR/state" "$DIR/before"
mkdir "$DIR/state"
if mount -t tmpfs -o size=2m tmpfs "$DIR/state" 2>/dev/null; then
	trap 'rc=$?; server_end; umount "$DIR/state"; (exit $rc); lib_end' EXIT
	cp "$DIR/before/config.db" "$DIR/state/"
	: >"$DIR/log/mewsd.log"
	start
	expect "a ballast is kept" [ "$(stat -c %s "$DIR/state/ballast")" = 131072 ]
	full_hour "small" fill_tmpfs empty_tmpfs
	expect "it was given up" grep -q "ballast: the disk is full" \
		"$DIR/log/mewsd.log"
else
	echo "no file system can be mounted here"
fi
finish
