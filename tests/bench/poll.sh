# poll.sh - a line of 32 meters with 51 quantities each, polled as fast as it
# carries: time of a round against the wire and against plain libmodbus; the
# same with four dead meters.
#
# Sourced by bench.sh once its server has ended: prints rows.  POLL_S (60) is
# how long the full line is watched, DEAD_MINUTES (4) the one with dead meters.
# The meter is the F4N200 with 51 quantities, each asked as often: it is
# read from a share folder of the bench's own.

POLL_UNITS=32

# The line's limit: characters of 11 bits and two silences of 3.5 a request.
poll_limit() { # BAUD: s of a round, from the plan that check profile prints
	awk -v baud="$1" -v units=$POLL_UNITS '
	$1 == "function" && $5 ~ /^[0-9]+$/ { bytes += 13 + 2 * $5; n++ }
	END { printf "%.4f %d", units * (bytes * 11 / baud + n * 7 * 11 / baud), n }'
}

poll_profile() {
	mkdir -p "$DIR/share/meters"
	awk '/^read/ { sub(/ class=[a-z]+/, ""); if (++n > 51) next } { print }' \
		"$SRC/etc/meters/bticino-f4n200.meter" \
		>"$DIR/share/meters/bench.meter"
}

poll_mewsd() {
	server_run mewsd "$BUILD/mewsd" --state "$DIR/state" \
		--run "$DIR/run" --share "$DIR/share"
	server_wait "mewsd" 10 test -S "$DIR/run/mewsd.sock"
}

poll_site() { # SECONDS: of the poll interval
	local n
	{
		echo "site bench zone UTC"
		echo "line A rtu $DIR/run/line-A 19200 8E1 timeout 300"
		for ((n = 1; n <= POLL_UNITS; n++)); do
			echo "device P$n \"Meter $n\" line A unit $n" \
				"profile bench every $1"
		done
	} >"$DIR/bench.site"
	"$BUILD/mews" --state "$DIR/state" --run "$DIR/run" \
		--share "$DIR/share" site import "$DIR/bench.site" \
		>"$DIR/log/site.log" 2>&1 || die "no site: $(cat "$DIR/log/site.log")"
}

poll_script() { # UNITS that live
	local n
	{
		echo "line A rtu 19200"
		for ((n = 1; n <= $1; n++)); do
			echo "meter P$n line A unit $n vendor BTicino" \
				"model F4N200 shows house base 0 turn 0"
		done
	} >"$DIR/bench.sim"
}

poll_live() { # SQL
	sqlite3 "file:$DIR/run/live.db?mode=ro" "$1"
}

poll_ticks() {
	awk '{ sub(/.*\) /, ""); print $12 + $13 }' \
		"/proc/${SERVER_PID[mewsd]}/stat"
}

# A round by libmodbus alone: a request for each register, or for each value.
poll_plain() { # REGISTERS a request
	"$BUILD/tests/bench/poll_libmodbus" "$DIR/run/line-A" 19200 \
		$POLL_UNITS $(awk -v most="$1" '$1 == "read" {
			n = $5 ~ /32/ ? 2 : 1
			for (i = 0; i < n; i += most)
				print $3 ":" $4 + i ":" (n < most ? n : most)
		}' "$DIR/share/meters/bench.meter")
}

poll_full() {
	local limit blocks plain single failed failed2 a0 a1 c0 c1 t0 t1 round cpu
	poll_script $POLL_UNITS
	SCRIPT=$DIR/bench.sim PACE= server_start_simulator
	read -r limit blocks < <("$BUILD/mews" check profile \
		"$DIR/share/meters/bench.meter" | tee "$DIR/plan" |
		poll_limit 19200)
	echo "rounds by plain libmodbus ..." >&2
	read -r single failed < <(poll_plain 1)
	read -r plain failed2 < <(poll_plain 2)
	poll_site 1
	poll_mewsd
	sleep 10
	echo "a full line for ${POLL_S:-60} s ..." >&2
	a0=$(poll_live 'SELECT sum(answered) FROM device') c0=$(poll_ticks)
	t0=$(date +%s.%N)
	sleep "${POLL_S:-60}"
	a1=$(poll_live 'SELECT sum(answered) FROM device') c1=$(poll_ticks)
	t1=$(date +%s.%N)
	round=$(calc "($t1 - $t0) * $POLL_UNITS * $blocks / ($a1 - $a0)" 3)
	cpu=$(calc "($c1 - $c0) * 100 / $(getconf CLK_TCK) / ($t1 - $t0)" 2)
	row "round of 32 devices x 51 quantities at 19200 8E1|$round|s|bytes on the wire $(calc "$limit" 2) s, $blocks requests a device|$(calc "$round / $limit" 3)|ratio <= 1.10|$(met "$round <= 1.10 * $limit")"
	row "the same round by plain libmodbus, a request a register|$single|s|mews $round s, $failed failed|$(calc "$single / $round" 2)|ratio >= 6|$(met "$single >= 6 * $round")"
	row "the same round by plain libmodbus, a request a value|$plain|s|mews $round s, $failed2 failed|$(calc "$plain / $round" 2)||"
	row "CPU of mewsd while the line is full|$cpu|%|one core||< 1|$(met "$cpu < 1")"
	server_end
	rm -rf "$DIR/state" "$DIR/run"/*
}

poll_missed() { # FROM TO UNITS: minutes there should be, and how many are not
	local n there=0 due=$((($2 - $1) / 60 * $3))
	for ((n = 1; n <= $3; n++)); do
		there=$((there + $("$BUILD/tests/show" --state "$DIR/state" \
			minutes P$n active_power "$1" "$2" | wc -l)))
	done
	echo $due $((due - there))
}

poll_dead() {
	local timeouts seconds lost minutes missed from
	server_folders
	poll_script $((POLL_UNITS - 4))
	SCRIPT=$DIR/bench.sim PACE= server_start_simulator
	poll_site 10
	poll_mewsd
	echo "four dead meters for ${DEAD_MINUTES:-4} minutes ..." >&2
	sleep $((65 - $(date +%s) % 60))
	timeouts=$(poll_live 'SELECT sum(timeouts) FROM device')
	seconds=$SECONDS
	from=$(($(date +%s) / 60 * 60))
	sleep $((${DEAD_MINUTES:-4} * 60))
	timeouts=$(($(poll_live 'SELECT sum(timeouts) FROM device') - timeouts))
	seconds=$((SECONDS - seconds))
	lost=$(calc "$timeouts * 0.3 * 100 / $seconds" 2)
	server_stop mewsd
	read -r minutes missed < <(poll_missed $from $(($(date +%s) / 60 * 60)) \
		$((POLL_UNITS - 4)))
	row "line lost to 4 dead of 32|$lost|%|$timeouts silences in $seconds s||<= 6|$(met "$lost <= 6")"
	row "minutes the other 28 missed|$missed||of $minutes||0|$(met "$missed == 0")"
	server_end
	rm -rf "$DIR/state" "$DIR/run"/*
}

# 500 devices on 16 Modbus TCP gateways, each asked every second.
poll_many() {
	local port ports= g d a0 a1 t0 t1 rounds memory
	server_folders
	echo "site bench zone UTC" >"$DIR/bench.site"
	for ((g = 0; g < 16; g++)); do
		port=$(free_port)
		ports="$ports $port"
		echo "line G$g tcp 127.0.0.1 $port timeout 300"
	done >>"$DIR/bench.site"
	for ((d = 0; d < 500; d++)); do
		echo "device M$d \"Meter $d\" line G$((d % 16)) unit" \
			"$((d / 16 + 1)) profile carlo-gavazzi-vmu-mc every 1" \
			"pulses 1 active_energy_import 1"
	done >>"$DIR/bench.site"
	server_mews mews set model unlimited >/dev/null ||
		die "the model was not taken"
	server_run gateways /usr/bin/python3 "$SRC/tests/t_many.py" $ports
	sleep 2
	server_mews mews site import "$DIR/bench.site" \
		>"$DIR/log/site.log" 2>&1 || die "no site: $(cat "$DIR/log/site.log")"
	server_run_mews mewsd mewsd
	server_wait "mewsd" 10 test -S "$DIR/run/mewsd.sock"
	echo "500 devices on 16 gateways for ${POLL_S:-60} s ..." >&2
	sleep 30
	a0=$(poll_live 'SELECT sum(answered) FROM device') t0=$(date +%s.%N)
	sleep "${POLL_S:-60}"
	a1=$(poll_live 'SELECT sum(answered) FROM device') t1=$(date +%s.%N)
	rounds=$(calc "($a1 - $a0) / 500 / ($t1 - $t0)" 3)
	memory=$(calc "$(awk '/^Pss:/ { print $2 }' \
		"/proc/${SERVER_PID[mewsd]}/smaps_rollup") / 1024" 1)
	row "rounds of 500 devices on 16 TCP gateways, asked every second|$rounds|1/s||||"
	row "memory (PSS) of mewsd with them|$memory|MB|||< 16|$(met "$memory < 16")"
	server_end
	rm -rf "$DIR/state" "$DIR/run"/*
}

poll_rows() {
	local DIR
	DIR=$(mktemp -d "$BUILD/bench-poll.XXXXXX") || return 1
	server_folders
	poll_profile
	poll_full
	poll_dead
	poll_many
	rm -rf "$DIR"
}
