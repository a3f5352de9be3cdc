# auth.sh - what a check of a code costs, and what guessing costs the others.
#
# Sourced by bench.sh; web.sh asks it while its server runs and $cookie is signed
# in.  AUTH_S (70) is how long each figure takes: a minute must end in it.

auth_once() { # prints ms of one check of a code, the median of 21
	python3 - "$DIR/run/auth.sock" <<-'END'
	import socket, sys, time
	took, device = [], ""
	for _ in range(21):
	    s = socket.socket(socket.AF_UNIX)
	    s.connect(sys.argv[1])
	    begun = time.time()
	    s.sendall(b"sign-in user=administrator pin=99999 source=::1 device=%s\n"
	              % device.encode())
	    answer = s.makefile().readline()
	    took.append(time.time() - begun)
	    assert answer.startswith("ok "), answer
	    device = answer.split(" device=")[1].split()[0]
	print("%.1f" % (1000 * sorted(took)[10]))
	END
}

auth_minutes() { # FROM TO: minutes that are kept in [FROM, TO)
	sqlite3 "file:$DIR/state/history.db?mode=ro" "SELECT count(*) FROM frame
		WHERE id >= (4 << 40 | $1) AND id < (4 << 40 | $2)"
}

auth_storm() { # WHAT ADDRESSES: the home page while 50 a second are wrong
	local from to got p95 asked bad sent ratio missed
	from=$(($(date +%s) / 60 * 60 + 60))
	got=$(python3 "$SRC/tests/bench/auth.py" "$HTTPS_PORT" "$AUTH_S" \
		"$cookie" 50 "$2") || return 1
	read -r p95 asked bad sent <<<"$got"
	to=$(($(date +%s) / 60 * 60))
	sleep 5 # what ended just now is being written
	missed=$(((to - from) / 60 - $(auth_minutes "$from" "$to")))
	[ "$missed" -gt 0 ] || missed=0
	ratio=$(calc "$p95 / $quiet" 2)
	row "home page, p95, while $1 guesses PINs|$p95|ms|quiet $quiet ms; $sent guesses in $AUTH_S s|$ratio|ratio <= 2|$(met "$ratio <= 2")"
	row "pages that failed meanwhile, of $asked|$bad||||0|$(met "$bad == 0")"
	row "minutes that were missed meanwhile|$missed||||0|$(met "$missed == 0")"
}

auth_rows() {
	local once peak quiet
	AUTH_S=${AUTH_S:-70}
	once=$(auth_once) || return 1
	row "one check of a code, with its two commits|$once|ms||||"
	quiet=$(python3 "$SRC/tests/bench/auth.py" "$HTTPS_PORT" 30 "$cookie" \
		0 1 | cut -d' ' -f1) || return 1
	auth_storm "one address" 1 && auth_storm "200 addresses" 200 || return 1
	peak=$(awk '$1 == "VmHWM:" { print $2 }' \
		"/proc/${SERVER_PID[mews-auth]}/status")
	peak=$(calc "$peak / 1024" 1)
	row "memory of mews-auth at its highest, meanwhile|$peak|MB|||<= 64|$(met "$peak <= 64")"
}
