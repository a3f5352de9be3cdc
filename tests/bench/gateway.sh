# gateway.sh - mewsd as a plain gateway to one meter that answers at once.
#
# Sourced by bench.sh once its server has ended: prints rows.  GATEWAY_S (5) is
# how long each of them takes.

gateway_rows() { # BAUD
	local DIR
	DIR=$(mktemp -d "$BUILD/bench-gateway.XXXXXX") || return 1
	server_folders
	cat >"$DIR/bench.sim" <<-END
	line A rtu $1
	meter P1 line A unit 1 vendor BTicino model F4N200 shows house base 0 turn 0
	END
	cat >"$DIR/bench.site" <<-END
	line A rtu $DIR/run/line-A $1 8E1 timeout 300
	gateway port $MODBUS_PORT address 127.0.0.1 forward A
	gateway allow 127.0.0.0/8 read
	END
	SCRIPT=$DIR/bench.sim PACE= server_start_simulator
	server_mews mews site import "$DIR/bench.site" >"$DIR/log/site.log" 2>&1
	server_run_mews mewsd mewsd
	server_wait "The gateway" 10 grep -q 'line A is open\|gateway: port' \
		"$DIR/log/mewsd.log"
	sleep 1
	/usr/bin/python3 "$SRC/tests/bench/gateway.py" "$MODBUS_PORT" "$1" \
		"${GATEWAY_S:-5}"
	server_end
	rm -rf "$DIR"
}
