#!/bin/bash
# bench.sh - measures the whole server and prints figure, peer, ratio, goal.
#
# usage: bench.sh, in the build folder, with SRC set.  MINUTES (3) is how long
# mewsd is watched, LOAD_S (6) how long wrk loads a page, PARTS which of web,
# gateways, poll, history, courier, cases and auth are measured.  Writes bench.json.
# The state stands on a disk (below the build folder), the run folder on a RAM
# disk, so that write_bytes counts the state alone.
set -u
BUILD=$PWD
MINUTES=${MINUTES:-3}
LOAD_S=${LOAD_S:-6}
DIR=$(mktemp -d "$BUILD/bench.XXXXXX") || exit 1
RAM=$(mktemp -d /dev/shm/mews-bench.XXXXXX) || exit 1
ln -s "$RAM" "$DIR/run"
ROWS=$DIR/rows
: >"$ROWS"

end() {
	trap '' INT TERM HUP
	server_end
	rm -rf "$DIR" "$RAM"
}

die() {
	echo "bench: $*" >&2
	exit 1
}

# name|value|unit|peer|ratio|goal|met; an empty field is not told
row() {
	printf '%s\n' "$1" >>"$ROWS"
}

met() { # awk condition
	awk "BEGIN { print ($1) ? \"yes\" : \"no\" }"
}

calc() {
	awk "BEGIN { printf \"%.${2:-2}f\", $1 }"
}

. "$SRC/tests/server.sh"
. "$SRC/tests/web.sh"
. "$SRC/tests/bench/gateway.sh"
. "$SRC/tests/bench/poll.sh"
. "$SRC/tests/bench/history.sh"
. "$SRC/tests/bench/courier.sh"
. "$SRC/tests/bench/cases.sh"
. "$SRC/tests/bench/web.sh"
. "$SRC/tests/bench/auth.sh"
HTTPS_PORT=$(free_port) HTTP_PORT=$(free_port) MODBUS_PORT=$(free_port)
trap end EXIT
trap 'exit 130' INT TERM HUP
command -v wrk >/dev/null || die "wrk is missing: apt-get install wrk"
command -v sqlite3 >/dev/null || die "sqlite3 is missing: apt-get install sqlite3"

gateways_rows() {
	local baud
	echo "loading the gateway ..." >&2
	for baud in 19200 115200; do
		gateway_rows $baud >>"$ROWS" || return 1
	done
}

for part in ${PARTS:-web gateways poll history courier cases}; do
	"${part}_rows" || die "$part was not measured"
done

awk -F'|' '
function text(s) {
	gsub(/["\\]/, "\\\\&", s)
	return (s == "" ? "null" : "\"" s "\"")
}
BEGIN { print "[" }
{ printf "%s  {\"name\": %s, \"value\": %s, \"unit\": %s, \"peer\": %s, \"ratio\": %s, \"goal\": %s, \"met\": %s}",
	(NR > 1 ? ",\n" : ""), text($1), $2, text($3), text($4),
	($5 == "" ? "null" : $5), text($6),
	($7 == "" ? "null" : ($7 == "yes" ? "true" : "false")) }
END { print "\n]" }' "$ROWS" >"$BUILD/bench.json"

awk -F'|' 'BEGIN { f = "%-56s %12s %-6s %6s  %-14s %-4s %s\n"
	printf f, "figure", "value", "unit", "ratio", "goal", "met", "peer" }
	{ printf f, $1, $2, $3, $5, $6, $7, $4 }' "$ROWS"
echo "The same is in $BUILD/bench.json."
