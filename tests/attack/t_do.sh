#!/bin/bash
# t_do.sh - who sends much, slowly or without end holds up nobody (DO1 to DO5,
# AU13).
# What needs the packet filter runs in a network of its own, as root.
. "$SRC/tests/lib.sh"
need curl python3
PLAY=$SRC/tests/attack/t_do.py
FLOOD=8 # s; MEWS_LONG: 60
[ -z "${MEWS_LONG:-}" ] || FLOOD=60
STEADY=${STEADY:-600} # s; with MEWS_LONG

# In a network namespace of its own, joined to another for the stranger.
if [ "${1:-}" != inside ] && [ "$(id -u)" = 0 ] &&
	command -v nft ip >/dev/null && ip netns add "mews-$$" 2>/dev/null; then
	ip netns del "mews-$$"
	unshare --net --mount -- "$0" inside
	rc=$?
	rm -rf "$DIR"
	trap - EXIT
	exit $rc
fi

if [ "${1:-}" = inside ]; then
	STRANGER=mews-$$
	ip link set lo up
	mkdir -p /run/netns && mount -t tmpfs none /run/netns
	ip netns add "$STRANGER" || die "no network for the stranger"
	ip link add near type veth peer name far netns "$STRANGER"
	ip addr add 10.9.0.1/24 dev near
	ip link set near up
	for n in 2 3; do
		ip netns exec "$STRANGER" ip addr add 10.9.0.$n/24 dev far
	done
	ip netns exec "$STRANGER" ip link set far up
	# the rules as they ship, but for the ports
	sed -e "s/{ 80, 443 }/{ $HTTP_PORT, $HTTPS_PORT }/" \
		-e "s/dport 502/dport $MODBUS_PORT/" \
		"$SRC/etc/nftables/mews.nft" >"$DIR/mews.nft"
	nft -f "$DIR/mews.nft" || die "the rules are not taken"
	HOST=10.9.0.1
else
	HOST=127.0.0.1
fi

stranger() { # COMMAND...: from elsewhere, where there is one
	if [ -n "${STRANGER:-}" ]; then
		ip netns exec "$STRANGER" "$@"
	else
		"$@"
	fi
}

play() { # WHAT ARGUMENTS...
	stranger python3 "$PLAY" "$HOST" "$HTTPS_PORT" "$@"
}

server_conf() { # as delivered, and heard on the other network too
	sed -e "s,@ADDRESS@,0.0.0.0,g" -e "s,@HTTPS_PORT@,$HTTPS_PORT,g" \
		-e "s,@HTTP_PORT@,$HTTP_PORT,g" -e "s,@RUN@,$DIR/run,g" \
		-e "s,@LOG@,$DIR/log,g" -e "s,@CACHE@,$DIR/cache,g" \
		-e "s,@DATA@,$DIR/state/data,g" -e "s,@TLS@,$DIR/state/tls,g" \
		-e "s,@HTDOCS@,$BUILD/share/htdocs,g" \
		"$SRC/etc/lighttpd.conf.in" >"$DIR/lighttpd.conf"
}

server_folders
server_conf
server_certificate
PACE=--fast
server_site
server_start_simulator
server_users
server_run_mews mews-auth mews-auth
server_run_mews mewsd mewsd --modbus-port "$MODBUS_PORT"
server_wait mews-auth 20 test -S "$DIR/run/auth.sock"
server_wait mewsd 20 test -S "$DIR/run/mewsd.sock"
server_start_web

alive() {
	[ "$(curl -sk --http1.1 --max-time 30 -o /dev/null -w '%{http_code}' \
		"https://127.0.0.1:$HTTPS_PORT/login")" = 200 ]
}

asked() { # every device answers
	server_mews mews status | awk '$1 == "devices" { n = $2 }
		$1 == "answering" { a = $2 } END { exit n == 0 || a != n }'
}

stored() { # FROM TO: each meter of electricity on line A has each minute that begins in it
	local plate n
	for plate in P1 P2 P3 P4 P5 P8; do
		n=$("$BUILD/tests/show" --state "$DIR/state" --run "$DIR/run" \
			minutes $plate active_energy_import "$1" "$2" | wc -l)
		[ "$n" = $((($2 - $1) / 60)) ] || return 1
	done
}

no_minute_missed() { # WHILE FROM UNTIL: of the minutes these lie in and between
	local from=$(($2 / 60 * 60)) to=$((($3 + 59) / 60 * 60))
	[ "$(date +%s)" -gt $to ] || sleep $((to - $(date +%s)))
	server_wait "The last minute" 60 stored $((to - 60)) $to
	expect "no minute of $(((to - from) / 60)) is missed while $1" \
		stored $from $to
}

server_wait "Each meter at first" 60 asked
WHOLE=$(($(date +%s) / 60 * 60 + 60)) # from here on all is measured

# DO1: one name many times, four at once
expect "repeated names are refused and cost nothing" play repeat
expect "it is served after them" alive

# DO3: too much of anything
expect "bodies, headers, addresses and frames out of bounds are refused" play big
expect "it is served after those" alive
for name in pages.1 pages.2 data.1 data.2; do
	expect "$name lives" kill -0 "${SERVER_PID[$name]}"
done

# DO2 and DO5: from one address that takes all it can get
if [ -n "${STRANGER:-}" ]; then
	play slow 300 "$FLOOD" >"$DIR/slow" &
	SLOW=$!
	server_wait "The slow ones" 40 grep -q connected "$DIR/slow"
	expect "others are served while 300 send headers and bodies slowly" \
		play serve 10.9.0.3 5
	wait $SLOW
	expect "the slow ones had few connections" \
		[ "$(awk '$1 == "connected" { print $2 }' "$DIR/slow")" -le 32 ]

	[ "$(date +%s)" -gt "$WHOLE" ] || sleep $((WHOLE - $(date +%s)))
	if command -v hping3 >/dev/null; then
		stranger timeout "$FLOOD" hping3 -q --flood -S \
			-p "$MODBUS_PORT" "$HOST" >/dev/null 2>&1 &
	else
		stranger timeout "$FLOOD" python3 "$PLAY" "$HOST" \
			"$MODBUS_PORT" connect >/dev/null 2>&1 &
	fi
	FLOODED=$!
	expect "pages are served while the other port is flooded" \
		play serve 10.9.0.3 5
	expect "another master is answered while one floods" \
		stranger python3 "$PLAY" "$HOST" "$MODBUS_PORT" master 10.9.0.3
	wait $FLOODED
	expect "the flood was counted" [ "$(nft list table inet mews |
		grep "dport $MODBUS_PORT" | grep -c 'counter packets [1-9]')" -gt 0 ]
	no_minute_missed "it is flooded" "$WHOLE" "$(date +%s)"
else
	echo "SKIP: the packet filter needs root and a network of its own"
fi

sizes() { # kB of each program
	local name
	for name in mewsd mews-auth lighttpd pages.1 pages.2 data.1 data.2; do
		echo "$name $(awk '$1 == "VmRSS:" { print $2 }' \
			"/proc/${SERVER_PID[$name]}/status")"
	done
}

flat() { # FILE FILE: no program has grown by more than 5 % between them
	join "$1" "$2" | awk '{ print "figure: " $1, $2, "kB, then", $3 }
		$3 > $2 * 1.05 + 256 { bad = 1 } END { exit bad }'
}

if [ -n "${MEWS_LONG:-}" ]; then
	# DO4: all kinds of pages; what each program needs once it has by then
	web_sign_in user 11111 >/dev/null
	cookie=__Host-mews=$(awk '$6 == "__Host-mews" { print $7 }' "$DIR/jar")
	paths="/home /meters /meters/P1 /history /events /csv/P1 /api/v1/live
		/api/v1/series?on=P1 /about /compare"
	HOST=127.0.0.1 STRANGER=
	# shellcheck disable=SC2086
	play steady 200 60 "$cookie" $paths >/dev/null
	sizes | sort >"$DIR/sizes"
	begun=$(date +%s)
	# shellcheck disable=SC2086
	expect "200 requests a second for $STEADY s are served" \
		play steady 200 "$STEADY" "$cookie" $paths
	sizes | sort >"$DIR/sizes.then"
	no_minute_missed "they are" "$begun" "$(date +%s)"
	expect "no program grows" flat "$DIR/sizes" "$DIR/sizes.then"

	# AU13: 50 wrong sign-ins a second from many addresses
	begun=$(date +%s)
	got=$(python3 "$SRC/tests/bench/auth.py" "$HTTPS_PORT" 60 "$cookie" 50 200)
	read -r p95 count failed sent <<<"$got"
	echo "figure: p95 of the home page $p95 ms while $sent sign-ins fail"
	expect "no page of $count failed" [ "$failed" = 0 ]
	expect "95 of 100 come within a second" [ "${p95%.*}" -lt 1000 ]
	expect "mews-auth stays below 64 MiB" [ "$(awk '$1 == "VmHWM:" {
		print $2 }' "/proc/${SERVER_PID[mews-auth]}/status")" -le 65536 ]
	no_minute_missed "codes are guessed" "$begun" "$(date +%s)"
fi
server_wait "Each meter" 60 asked
echo "ok: all meters are asked after all that"
finish
