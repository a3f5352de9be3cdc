# gateway.sh - what other masters get of a line, and what they cost.
#
# The meters are the F4N200 with its first 50 registers, one request each.
#
# Sourced by bench.sh once its server has ended: prints rows.  GATEWAY_S (10) is
# how long each figure of a plain gateway takes, SHARED_S (60) the line that
# mews polls too, DEAD_S (30) each of the two with a dead unit.

GATEWAY_METERS=32

gateway_begin() { # BAUD SITE-LINES: a line of meters, and mewsd
	local n
	server_folders
	{
		echo "line A rtu $1"
		for ((n = 1; n <= GATEWAY_METERS; n++)); do
			echo "meter P$n line A unit $n vendor BTicino" \
				"model F4N200 shows house base 0 turn 0"
		done
	} >"$DIR/bench.sim"
	{
		echo "line A rtu $DIR/run/line-A $1 8E1 timeout 300"
		echo "gateway allow 127.0.0.0/8 read"
		printf '%s\n' "$2"
	} >"$DIR/bench.site"
	SCRIPT=$DIR/bench.sim PACE= server_start_simulator
	mkdir -p "$DIR/share/meters"
	awk '/^read/ { if ($4 > 4145) next; sub(/ class=[a-z]+/, "") } { print }' \
		"$SRC/etc/meters/bticino-f4n200.meter" \
		>"$DIR/share/meters/bench.meter"
	"$BUILD/mews" --state "$DIR/state" --run "$DIR/run" \
		--share "$DIR/share" site import "$DIR/bench.site" >"$DIR/log/site.log" \
		2>&1 || die "no site: $(cat "$DIR/log/site.log")"
	server_mews mews set gateway_open always >>"$DIR/log/site.log" 2>&1
	server_run mewsd "$BUILD/mewsd" --state "$DIR/state" --run "$DIR/run" \
		--share "$DIR/share"
	server_wait "The gateway" 10 grep -q 'gateway: port' \
		"$DIR/log/mewsd.log"
	sleep 1
}

gateway_measure() { # WHAT BAUD SECONDS
	/usr/bin/python3 "$SRC/tests/bench/gateway.py" "$1" "$MODBUS_PORT" \
		"$2" "$3" "${SERVER_PID[mewsd]}" "$DIR/run/live.db"
}

gateway_rows() { # BAUD
	local DIR n
	DIR=$(mktemp -d "$BUILD/bench-gateway.XXXXXX") || return 1
	gateway_begin "$1" "gateway port $MODBUS_PORT address 127.0.0.1 forward A"
	[ "$1" != 19200 ] || gateway_measure memory "$1" 0 # before it had any
	gateway_measure share "$1" "${GATEWAY_S:-10}"
	[ "$1" != 19200 ] || gateway_measure dead "$1" "${DEAD_S:-30}"
	server_end
	rm -rf "$DIR"
	[ "$1" = 19200 ] || return 0
	DIR=$(mktemp -d "$BUILD/bench-gateway.XXXXXX") || return 1
	gateway_begin "$1" "gateway port $MODBUS_PORT address 127.0.0.1
$(for ((n = 1; n <= GATEWAY_METERS; n++)); do
	echo "device P$n \"Meter $n\" line A unit $n profile bench every 10"
done)"
	gateway_measure shared "$1" "${SHARED_S:-60}"
	server_end
	rm -rf "$DIR"
}
