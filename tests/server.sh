# tests/server.sh - starts and ends a whole server below one folder.
#
# Sourced by bash scripts (the demo, the tests, the bench), which set before:
#   SRC, BUILD    source and build folder
#   DIR           the folder: state run log cache appear in it
#   HTTPS_PORT HTTP_PORT MODBUS_PORT (mewsd's gateway)
# and may set:
#   REMOTE_PORT   the simulated gateway's (else a free one)
#   SITE, SCRIPT  site file and simulator's script (tests/data/demo.*)
#   PACE          --fast: the simulator answers without the wire's pace
#   LINE          a real serial line instead of the simulated line A
# die SENTENCE is the caller's.  Programs end with the script, in whatever way
# the script ends.

PATH=$PATH:/usr/sbin:/sbin
SITE=${SITE:-$SRC/tests/data/demo.site}
SCRIPT=${SCRIPT:-$SRC/tests/data/demo.sim}
ZONE=$(sed -nE 's/^site .* zone +([^ ]+).*/\1/p' "$SITE")
PACE=${PACE:-}
LINE=${LINE:-}
declare -A SERVER_PID=()
SERVER_ORDER=()

server_mews() { # PROGRAM ARGUMENTS...: one that takes the three folders
	local program=$1
	shift
	"$BUILD/$program" --state "$DIR/state" --run "$DIR/run" \
		--share "$BUILD/share" "$@"
}

server_simulator() { # ARGUMENTS...
	"$BUILD/mews-simulator" --data "$SRC/tests/data" --run "$DIR/run" \
		--zone "$ZONE" --tcp-port "$REMOTE_PORT" "$@" "$SCRIPT"
}

# Own session: Ctrl-C reaches the script alone, which then ends them in order.
server_run() { # NAME COMMAND...
	local name=$1
	shift
	setsid setpriv --pdeathsig TERM -- "$@" \
		>>"$DIR/log/$name.log" 2>&1 </dev/null &
	SERVER_PID[$name]=$!
	SERVER_ORDER+=("$name")
}

server_run_mews() { # NAME PROGRAM ARGUMENTS...
	local name=$1 program=$2
	shift 2
	rm -f "$DIR/run/${program#mews-}.sock" # of one that was killed
	server_run "$name" "$BUILD/$program" --state "$DIR/state" \
		--run "$DIR/run" --share "$BUILD/share" "$@"
}

server_run_fcgi() { # NAME PROGRAM
	rm -f "$DIR/run/$1.sock"
	server_run "$1" spawn-fcgi -n -s "$DIR/run/$1.sock" -M 0660 -- \
		"$BUILD/$2" --state "$DIR/state" --run "$DIR/run" \
		--share "$BUILD/share"
}

server_stop() { # NAME [SIGNAL]
	local pid=${SERVER_PID[$1]:-} n
	[ -n "$pid" ] || return 0
	kill -s "${2:-TERM}" "$pid" 2>/dev/null
	for ((n = 0; n < 100; n++)); do
		kill -0 "$pid" 2>/dev/null || break
		sleep 0.05
	done
	kill -KILL "$pid" 2>/dev/null
	wait "$pid" 2>/dev/null
	unset "SERVER_PID[$1]"
}

server_end() {
	local i
	for ((i = ${#SERVER_ORDER[@]} - 1; i >= 0; i--)); do
		server_stop "${SERVER_ORDER[i]}"
	done
	SERVER_ORDER=()
}

server_name() { # PID: the name it was started by
	local name
	for name in "${!SERVER_PID[@]}"; do
		[ "${SERVER_PID[$name]}" = "$1" ] && echo "$name"
	done
}

# Dies when a program ended meanwhile or after SECONDS.
server_wait() { # WHAT SECONDS COMMAND...: until the command succeeds
	local what=$1 until=$((SECONDS + $2)) name
	shift 2
	while ! "$@" >/dev/null 2>&1; do
		for name in "${!SERVER_PID[@]}"; do
			kill -0 "${SERVER_PID[$name]}" 2>/dev/null ||
				server_died "$name"
		done
		[ $SECONDS -lt $until ] || die "$what did not come up" \
			"in time; the logs are in $DIR/log"
		sleep 0.1
	done
}

server_died() { # NAME
	die "$1 ended: $(tail -n 1 "$DIR/log/$1.log")" \
		"(its log is $DIR/log/$1.log)"
}

server_folders() {
	mkdir -p "$DIR"/{state,run,log,cache} ||
		die "The folder $DIR cannot be made."
}

server_apply() { # what is wanted of the machine; first, a certificate
	server_mews mews-apply --conf "$DIR/lighttpd.conf" \
		--web "127.0.0.1:$HTTPS_PORT" >>"$DIR/log/apply.log" 2>&1
}

server_certificate() {
	server_apply || die "No certificate was made: $(tail -n 1 "$DIR/log/apply.log")"
}

server_start_apply() { # plays the unit that starts mews-apply for a wish
	server_run apply bash -c 'while sleep 0.2; do
		[ -e "$1" ] && "${@:2}"
	done' - "$DIR/state/wanted/certificate" "$BUILD/mews-apply" \
		--state "$DIR/state" --run "$DIR/run" --share "$BUILD/share" \
		--conf "$DIR/lighttpd.conf" --web "127.0.0.1:$HTTPS_PORT"
}

server_site() { # the site file with this machine's line and port
	sed -E -e "s,^(line +A +rtu +)[^ ]+,\\1${LINE:-$DIR/run/line-A}," \
		-e "s,^(line +B +tcp +)[^ ]+ +[^ ]+,\\1127.0.0.1 $REMOTE_PORT," \
		"$SITE" >"$DIR/demo.site"
	server_mews mews site import "$DIR/demo.site" >"$DIR/log/site.log" 2>&1 ||
		die "The site was not taken: $(tail -n 1 "$DIR/log/site.log")"
}

server_start_simulator() { # ARGUMENTS...
	server_run simulator "$BUILD/mews-simulator" \
		--data "$SRC/tests/data" --run "$DIR/run" --zone "$ZONE" \
		--tcp-port "$REMOTE_PORT" $PACE "$@" "$SCRIPT"
	server_wait "The simulator" 20 grep -qx ready "$DIR/log/simulator.log"
}

server_plates() { # the devices whose history can be made up
	awk -v real="$LINE" '$1 == "device" {
		line = $0
		sub(/.*" +line +/, "", line)
		sub(/ .*/, "", line)
		if (real == "" || line != "A")
			print $2
	}' "$DIR/demo.site"
}

# In one file, so that one event tells of it: what stands in UTC is in order.
server_fill() { # [FROM]: the past of each device, as its meter would show it
	local plate to=$(($(date +%s) / 60 * 60))
	local all=$DIR/run/past.csv one=$DIR/run/one.csv
	for plate in $(server_plates); do
		server_simulator --minutes "$plate" --from "${1:-0}" --to $to \
			2>>"$DIR/log/import.log" | sed "1s|,|,$plate/|g" >"$one"
		[ -s "$one" ] || die "There is no past of $plate:" \
			"$(tail -n 1 "$DIR/log/import.log")"
		[ ! -s "$all" ] || LC_ALL=C join -t , --header -a 1 -a 2 -o auto \
			"$all" "$one" >"$all.new"
		mv "$([ -s "$all.new" ] && echo "$all.new" || echo "$one")" "$all"
	done
	server_mews mews import "$all" >>"$DIR/log/import.log" 2>&1 ||
		die "The history was not taken: $(tail -n 1 "$DIR/log/import.log")"
	rm -f "$all" "$all.new" "$one"
}

server_users() { # the three users of the data sheet, commissioned
	[ -e "$DIR/state/auth/auth.db" ] && return
	server_mews tests/seed_auth >"$DIR/log/seed.log" 2>&1 ||
		die "The users were not made: $(tail -n 1 "$DIR/log/seed.log")"
}

server_start_daemons() {
	server_run_mews mews-auth mews-auth
	server_run_mews mewsd mewsd --modbus-port "$MODBUS_PORT" \
		--modbus-address 127.0.0.1
	server_wait mews-auth 10 test -S "$DIR/run/auth.sock"
	server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
}

server_start_courier() {
	server_run_mews mews-courier mews-courier
	server_wait mews-courier 20 test -S "$DIR/run/courier.sock"
}

server_conf() {
	sed -e "s,@ADDRESS@,127.0.0.1,g" -e "s,@HTTPS_PORT@,$HTTPS_PORT,g" \
		-e "s,@HTTP_PORT@,$HTTP_PORT,g" -e "s,@RUN@,$DIR/run,g" \
		-e "s,@LOG@,$DIR/log,g" -e "s,@CACHE@,$DIR/cache,g" \
		-e "s,@DATA@,$DIR/state/data,g" -e "s,@TLS@,$DIR/state/tls,g" -e "s,@HTDOCS@,$BUILD/share/htdocs,g" \
		"$SRC/etc/lighttpd.conf.in" >"$DIR/lighttpd.conf"
}

server_start_web() {
	local name
	local all="pages.1 pages.2 data.1 data.2 files.1 files.2"
	for name in $all; do
		case $name in
		pages.*) server_run_fcgi "$name" pages.fcgi ;;
		*) server_run_fcgi "$name" data.fcgi ;;
		esac
	done
	for name in $all; do
		server_wait "$name" 10 test -S "$DIR/run/$name.sock"
	done
	[ -s "$DIR/lighttpd.conf" ] || server_conf
	server_run lighttpd lighttpd -D -f "$DIR/lighttpd.conf"
	server_wait "The first page" 15 curl -skf --http1.1 -o /dev/null \
		"https://127.0.0.1:$HTTPS_PORT/login"
}

free_port() { # one that no script of this build that still runs has claimed
	local port claim
	mkdir -p "$BUILD/ports"
	while :; do
		port=$((20000 + RANDOM % 12000))
		claim=$BUILD/ports/$port
		if ! (set -C && echo $$ >"$claim") 2>/dev/null; then
			kill -0 "$(cat "$claim")" 2>/dev/null && continue
			echo $$ >"$claim"
		fi
		(exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
	done
	echo "$port"
}

REMOTE_PORT=${REMOTE_PORT:-$(free_port)}
