# tests/fast.sh - mewsd, the simulator and who reads their files, in a time that
# runs FAST times as fast, and with files whose disk disk.so plays.
#
# Sourced after lib.sh by tests of what a disk does in hours.

need faketime
PACE=--fast
FAST=${FAST:-240}
FAST_LIB=$(dirname "$(find /usr/lib -name libfaketimeMT.so.1 |
	head -n 1)")/libfaketimeMT.so.1
FAST_BEGAN=$(date +%s%N)
FAST_FROM=${FAST_FROM:-$(date -u -d '2026-03-10 23:10:00' +%s)}

# A meter may answer late in a time that runs this fast.
sed 's/timeout 300/timeout 5000/' "${FAST_SITE:-$SRC/tests/data/demo.site}" \
	>"$DIR/fast.site"
SITE=$DIR/fast.site

fast_now() {
	echo $((FAST_FROM + ($(date +%s%N) - FAST_BEGAN) / 1000 * FAST / 1000000))
}

fast_env() { # PRELOAD: sets FAST_ENV, of a program that starts now
	FAST_ENV=(env TZ=UTC LD_PRELOAD="${1:+$1:}$FAST_LIB"
		FAKETIME="@$(date -u -d "@$(fast_now)" '+%F %T') x$FAST")
}

fast_simulator() { # as server_start_simulator
	fast_env ""
	server_run simulator "${FAST_ENV[@]}" "$BUILD/mews-simulator" \
		--data "$SRC/tests/data" --run "$DIR/run" --zone "$ZONE" \
		--tcp-port "$REMOTE_PORT" $PACE "$SCRIPT"
	server_wait "The simulator" 20 grep -qx ready "$DIR/log/simulator.log"
}

fast_mewsd() { # [DISK_...=...]...: starts it, and waits for nothing
	fast_env "$BUILD/tests/disk.so"
	server_run mewsd "${FAST_ENV[@]}" DISK_DIR="$DIR/state" "$@" \
		"$BUILD/mewsd" --state "$DIR/state" --run "$DIR/run" \
		--share "$BUILD/share"
}

fast_show() {
	fast_env ""
	"${FAST_ENV[@]}" "$BUILD/tests/show" --state "$DIR/state" \
		--run "$DIR/run" "$@"
}

fast_status() { # NAME
	server_mews mews status 2>/dev/null |
		awk -v name="$1" '$1 == name { print $2 }'
}

fast_whole() { # each database is what SQLite calls whole
	python3 - "$DIR/state" <<'PY'
import pathlib, sqlite3, sys
for file in sorted(pathlib.Path(sys.argv[1]).glob("*.db")):
    said = sqlite3.connect(file).execute("PRAGMA integrity_check").fetchone()[0]
    if said != "ok":
        sys.exit(f"{file}: {said}")
PY
}
