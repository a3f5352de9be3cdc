# web.sh - the whole server with the demo's house: memory, CPU, bytes written,
# pages a second, and the size of its history.
#
# Sourced by bench.sh: prints rows.

web_rows() {
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
	cat >>"$DIR/lighttpd.conf" <<-END
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
	echo "guessing PINs ..." >&2
	auth_rows || return 1

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
	row "import of 26 days of 10 devices|$(calc "$filled - $begun" 1)|s||||"
	server_end
}
