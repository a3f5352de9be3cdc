#!/bin/bash
# t_watch.sh - mewsd under a supervisor: the port it is given lets nobody in
# before the site is commissioned, and it says that it lives only while it does.
. "$SRC/tests/lib.sh"
need python3
WATCHDOG=8000 # ms

said() { # TEXT: how often
	grep -c "^$1" "$DIR/log/mewsd.log"
}

said_more() { # TEXT TIMES
	[ "$(said "$1")" -gt "$2" ]
}

lets_in() {
	timeout 3 bash -c "exec 3<>/dev/tcp/127.0.0.1/$MODBUS_PORT" 2>/dev/null
}

answers() { # a master asks for a register of mews itself
	timeout 5 python3 - "$MODBUS_PORT" <<-'END'
	import socket, sys
	s = socket.create_connection(("127.0.0.1", int(sys.argv[1])), 3)
	s.settimeout(3)
	s.sendall(bytes.fromhex("000100000006ff0300000001"))
	sys.exit(len(s.recv(64)) < 9)
	END
}

server_folders
server_site
server_start_simulator
server_run mewsd python3 "$SRC/tests/t_watch.py" run "$MODBUS_PORT" \
	"$DIR/run/notify" $WATCHDOG "$BUILD/mewsd" --state "$DIR/state" \
	--run "$DIR/run" --share "$SHARE" --modbus-port "$MODBUS_PORT" \
	--modbus-address 127.0.0.1
server_wait "Its word that it is ready" 40 grep -qx READY=1 "$DIR/log/mewsd.log"
PID=$(awk '$1 == "pid" { print $2 }' "$DIR/log/mewsd.log")
expect_not "nobody gets in before the site is commissioned" lets_in

server_users
server_run_mews mews-auth mews-auth
server_wait "The port that was given" 40 answers
expect "the port is the one that was given" \
	grep -q "gateway: port $MODBUS_PORT of 127.0.0.1" "$DIR/log/mewsd.log"

n=$(said WATCHDOG=1)
server_wait "Its word that it lives" 40 said_more WATCHDOG=1 $((n + 1))

# Its threads stand still, and the loop that speaks goes on.
python3 "$SRC/tests/t_watch.py" hold "$PID" 25 &
HOLD=$!
server_wait "Its trouble" 20 grep -q "does not get on" "$DIR/log/mewsd.log"
n=$(said WATCHDOG=1)
wait $HOLD
[ $? = 77 ] && { echo "SKIP: threads cannot be held here"; exit 77; }
expect "it says nothing while its threads stand still" \
	[ "$(said WATCHDOG=1)" -le $((n + 1)) ]
server_wait "Its word that it lives again" 40 said_more WATCHDOG=1 $((n + 1))

server_stop mewsd
expect "it says that it ends" grep -qx STOPPING=1 "$DIR/log/mewsd.log"
finish
