#!/bin/bash
# bench.sh - measures the whole server and prints figure, peer, ratio, goal.
#
# usage: bench.sh, in the build folder, with SRC set.  MINUTES (3) is how long
# mewsd is watched, LOAD_S (6) how long wrk loads a page.  Writes bench.json.
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
HTTPS_PORT=$(free_port) HTTP_PORT=$(free_port) MODBUS_PORT=$(free_port)
trap end EXIT
trap 'exit 130' INT TERM HUP
command -v wrk >/dev/null || die "wrk is missing: apt-get install wrk"
command -v sqlite3 >/dev/null || die "sqlite3 is missing: apt-get install sqlite3"

# --- one server, with the empty answer beside the pages ------------------------

server_folders
server_certificate
server_site
server_start_simulator
begun=$(date +%s.%N)
server_fill
filled=$(date +%s.%N)
server_users
server_start_daemons
server_conf
for n in 1 2; do
	server_run "empty.$n" spawn-fcgi -n -s "$DIR/run/empty.$n.sock" -- \
		"$BUILD/tests/bench/empty_fcgi"
done
cat >>"$DIR/lighttpd.conf" <<END
\$HTTP["url"] == "/empty" {
	fastcgi.server = ( "/empty" => (
		( "socket" => "$DIR/run/empty.1.sock", "check-local" => "disable" ),
		( "socket" => "$DIR/run/empty.2.sock", "check-local" => "disable" ) ) )
}
END
server_start_web

code=$(web_sign_in user 11111)
[ "$code" = 303 ] || die "signing in answered $code"
[ "$(web_code /home)" = 200 ] || die "the home page is not there"
cookie=$(awk '$6 ~ /mews$/ { print $6 "=" $7 }' "$DIR/jar" | tail -n 1)

# --- memory, at rest -----------------------------------------------------------

pss() { # NAME...: kB
	local name sum=0 kb
	for name in "$@"; do
		kb=$(awk '/^Pss:/ { print $2 }' \
			"/proc/${SERVER_PID[$name]}/smaps_rollup")
		sum=$((sum + kb))
	done
	echo $sum
}

all="mewsd mews-auth pages.1 pages.2 data.1 data.2 files.1 files.2 lighttpd"
for n in 1 2 3 4 5 6; do
	web_code /home >/dev/null
	web_code /meters/P1 >/dev/null
	web_code "/csv/P1?by=minute" >/dev/null
done

# --- mewsd at work: CPU and bytes written ----------------------------------------

ticks() {
	awk '{ sub(/.*\) /, ""); print $12 + $13 }' \
		"/proc/${SERVER_PID[mewsd]}/stat"
}

written() {
	awk '/^write_bytes/ { print $2 }' "/proc/${SERVER_PID[mewsd]}/io"
}

# Behind the first minute: an import is packed then, once.
echo "waiting for the first minute ..." >&2
minute() {
	server_mews mews status | awk '$1 == "minute" { print $2 }'
}
first=$(minute)
packed() {
	[ "$(minute)" -gt "$first" ]
}
server_wait "The first minute" 130 packed
sleep 5
echo "watching mewsd for $MINUTES minutes ..." >&2
t0=$(ticks) w0=$(written)
sleep $((MINUTES * 60))
t1=$(ticks) w1=$(written)
cpu=$(calc "($t1 - $t0) / $(getconf CLK_TCK) / $MINUTES" 3)
bytes=$(calc "($w1 - $w0) / $MINUTES" 0)
memory=$(calc "$(pss $all) / 1024" 1)

# --- load -------------------------------------------------------------------------

load() { # PATH: requests a second; dies when an answer is not 2xx
	wrk -t2 -c16 -d"$LOAD_S" -H "Cookie: $cookie" \
		"https://127.0.0.1:$HTTPS_PORT$1" >"$DIR/log/wrk.log" 2>&1 ||
		die "wrk failed: $(cat "$DIR/log/wrk.log")"
	grep -q 'Non-2xx' "$DIR/log/wrk.log" &&
		die "not every $1 was answered: $(cat "$DIR/log/wrk.log")"
	awk '/^Requests\/sec/ { print $2 }' "$DIR/log/wrk.log"
}

echo "loading the home page ..." >&2
load /empty >/dev/null || exit 1
empty=$(load /empty) || exit 1
home=$(load /home) || exit 1
series=$(load /meters/P1) || exit 1
after=$(calc "$(pss $all) / 1024" 1)

# --- the history's size ------------------------------------------------------------

server_stop mewsd
sqlite3 "file:$DIR/state/history.db?mode=ro" "VACUUM INTO '$DIR/packed.db'" ||
	die "the history cannot be copied"
total=$(stat -c %s "$DIR/packed.db")
size=$(sqlite3 "$DIR/packed.db" "SELECT sum(length(data)) FROM
	(SELECT data FROM chunk UNION ALL SELECT data FROM frame)")
samples=0
for plate in $(server_plates); do
	n=$(server_simulator --minutes "$plate" --from 0 --to 0 |
		awk -F, 'NR == 1 { for (i = 2; i <= NF; i++) one[i] = $i !~ /:/ }
			NR > 1 { for (i = 2; i <= NF; i++) n += one[i] && $i != "" }
			END { print n + 0 }')
	samples=$((samples + n))
done

ratio=$(calc "$home / $empty" 3)
row "home page over HTTPS, 2 processes|$home|req/s|empty FastCGI answer $empty|$ratio|ratio >= 0.25|$(met "$ratio >= 0.25")"
row "meter page over HTTPS, 2 processes|$series|req/s|empty FastCGI answer $empty|$(calc "$series / $empty" 3)||"
row "memory (PSS) of all seven processes, a few pages shown|$memory|MB|||< 25|$(met "$memory < 25")"
row "memory (PSS) of all seven processes, after the load|$after|MB|||< 25|$(met "$after < 25")"
for name in $all; do
	[ "$name" = mewsd ] ||
		row "memory (PSS) of $name, after the load|$(calc "$(pss "$name") / 1024" 1)|MB||||"
done
row "CPU of mewsd a minute, 10 devices|$cpu|s|||< 0.3|$(met "$cpu < 0.3")"
row "written to disk a minute (write_bytes of mewsd)|$bytes|bytes||||"
row "history of 26 days, all levels, a sample of a minute|$(calc "$total / $samples" 3)|bytes|file of $total bytes, $samples samples|||"
row "the same without the file's own overhead|$(calc "$size / $samples" 3)|bytes||||"
echo "loading the gateway ..." >&2
server_end
for baud in 19200 115200; do
	gateway_rows $baud >>"$ROWS" || die "the gateway was not measured"
done
poll_rows || die "the poller was not measured"
history_rows || die "the history was not measured"
row "import of 26 days of 10 devices|$(calc "$filled - $begun" 1)|s||||"

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
