#!/bin/bash
# t_kill.sh - mewsd is killed 100 times (LONG=yes: 1000), while it runs or in the
# middle of a write; no minute that was written is lost, changed or there twice,
# and no energy either.
. "${SRC:?}/tests/lib.sh" || exit 1
. "$SRC/tests/fast.sh"
need python3
KILLS=100
[ "${LONG:-no}" = no ] || KILLS=1000
Q=active_energy_import

minutes() { # PLATE
	fast_show minutes "$1" $Q "$FAST_FROM" "$(fast_now)" 2>/dev/null
}

hours() { # PLATE
	fast_show hours "$1" $Q $((FAST_FROM / 3600 * 3600)) "$(fast_now)"
}

kept() { # LIST: what it has is in history.db still
	minutes P1 | grep -cxF -f "$1"
}

# Starts mewsd, which is killed in the Nth write or after 1.2 s.
strike() {
	local until n=$((RANDOM % (k % 2 ? 60 : 400) + 1)) pid said=
	rm -f "$DIR/run/mewsd.sock"
	fast_mewsd DISK_FAULT="$n kill 1"
	pid=${SERVER_PID[mewsd]}
	until=$(($(date +%s%N) / 1000000 + 200 + RANDOM % 1000))
	while kill -0 "$pid" 2>/dev/null &&
		[ $(($(date +%s%N) / 1000000)) -lt $until ]; do
		sleep 0.05
		[ ! -S "$DIR/run/mewsd.sock" ] || said=$(fast_status minute)
		[ "${said:-$told}" -ge "$told" ] || unsaid=$((unsaid + 1))
		told=${said:-$told}
	done
	if kill -KILL "$pid" 2>/dev/null; then
		struck=$((struck + 1))
	fi
	wait "$pid" 2>/dev/null
	unset 'SERVER_PID[mewsd]'
}

server_folders
server_site
fast_simulator
struck=0 lost=0 unsaid=0 told=0
: >"$DIR/had"
for ((k = 0; k < KILLS; k++)); do
	strike 2>/dev/null
	[ -s "$DIR/had" ] && [ "$(kept "$DIR/had")" != \
		"$(wc -l <"$DIR/had")" ] && lost=$((lost + 1))
	minutes P1 >"$DIR/had"
done
fast_mewsd
server_wait mewsd 20 test -S "$DIR/run/mewsd.sock"
sleep 4
server_stop mewsd
echo "figure: $KILLS kills, $((KILLS - struck)) of them in a write;" \
	"$(minutes P1 | wc -l) minutes"
expect "no minute that was written is lost or changed" [ $lost = 0 ]
expect "none that was said to be written" [ $unsaid = 0 ]
expect "many were written" [ "$(minutes P1 | wc -l)" -gt $((KILLS / 3)) ]
expect "none is there twice" [ -z "$(minutes P1 | cut -d ' ' -f 1 |
	sort | uniq -d)" ]
expect "each database is whole" fast_whole

# What the meter counted from the first minute to the last is in the hours.
conserved() { # PLATE
	local first last sum
	read -r first before < <(minutes "$1" | head -n 1 | cut -d ' ' -f 2,3)
	last=$(minutes "$1" | tail -n 1 | cut -d ' ' -f 3)
	sum=$(hours "$1" | awk '$2 < 0 { bad = 1 } { sum += $2 }
		END { print bad ? -1 : sum }')
	[ "$((sum - first))" = "$((last - before))" ] ||
		! echo "hours $sum, first $first, from $before to $last"
}
for plate in P1 P2 P5 P9 P10; do
	expect "$plate: no energy is lost" conserved $plate
done
expect "something was used at all" [ "$(hours P1 |
	awk '{ s += $2 } END { print s }')" -gt 0 ]
finish
