#!/bin/bash
# t_many.sh - many devices behind many gateways: all answer, none misses a
# minute.  60 on 4; with LONG=yes 500 on 16.  t_many.py plays the gateways.
. "${SRC:?}/tests/lib.sh" || exit 1
PYTHON=/usr/bin/python3
need $PYTHON
SITE=$DIR/many.site
GATEWAYS=4 DEVICES=60
[ "${LONG:-no}" = no ] || GATEWAYS=16 DEVICES=500

PORTS=
echo 'site "Many" board Q zone UTC' >"$SITE"
for ((g = 0; g < GATEWAYS; g++)); do
	port=$(free_port)
	PORTS="$PORTS $port"
	echo "line G$g tcp 127.0.0.1 $port timeout 300" >>"$SITE"
done
for ((d = 0; d < DEVICES; d++)); do
	echo "device M$d \"Meter $d\" line G$((d % GATEWAYS)) unit" \
		"$((d / GATEWAYS + 1)) profile carlo-gavazzi-vmu-mc every 5" \
		"pulses 1 active_energy_import 1"
done >>"$SITE"

listen() {
	local port
	for port in $PORTS; do
		(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || return 1
	done
}
all_answer() {
	[ "$(server_mews mews status |
		awk '$1 == "answering" { print $2 }')" = $DEVICES ]
}
minutes() { # PLATE: of the first whole minute
	"$BUILD/tests/show" --state "$DIR/state" --run "$DIR/run" minutes "$1" \
		active_energy_import $minute $((minute + 60)) | cut -d ' ' -f 1
}

server_folders
server_mews mews set model unlimited || die "the model cannot be set"
server_run gateways $PYTHON "$SRC/tests/t_many.py" $PORTS
server_wait "The gateways" 20 listen
server_site
server_run_mews mewsd mewsd
server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
server_wait "The last of $DEVICES devices" 30 all_answer
expect "all of $DEVICES devices answer" all_answer
minute=$(($(date +%s) / 60 * 60 + 60))
sleep $((minute + 66 - $(date +%s)))
missed=
for ((d = 0; d < DEVICES; d++)); do
	[ "$(minutes M$d)" = $minute ] || missed="$missed M$d"
done
expect "none missed the minute$missed" [ -z "$missed" ]
expect "all answer still" all_answer
echo "figure: $DEVICES devices, mewsd takes" \
	"$(awk '$1 == "VmRSS:" { print $2 }' \
		"/proc/${SERVER_PID[mewsd]}/status") kB"
finish
