# courier.sh - what the data folder costs: minutes of 32 devices with 40
# quantities as CSV, beside sqlite3 -csv with the same rows in a table, and what
# the folder writes while the open day grows; each while 32 meters are polled.
#
# Sourced by bench.sh once its server has ended: prints rows.  COURIER_DAYS (7)
# of minutes are written, 365 being the whole year; COURIER_MINUTES (4) is how
# long the folder is watched.

# Runs mews export --folder: "bytes CPU-s s peak-kB".
courier_export() {
	/usr/bin/python3 - "$BUILD/mews" "$DIR" <<-'END'
		import pathlib, resource, subprocess, sys, time
		mews, dir = sys.argv[1], pathlib.Path(sys.argv[2])
		begun, peak = time.monotonic(), 0
		with subprocess.Popen([mews, "--state", dir / "state", "--run",
		        dir / "run", "--share", dir / "share", "export", "--folder",
		        dir / "out"], stdout=subprocess.DEVNULL) as p:
		    while p.poll() is None:
		        for line in open(f"/proc/{p.pid}/status"):
		            # before that it is still this program
		            if line.startswith("VmHWM") and \
		                    time.monotonic() > begun + 1:
		                peak = max(peak, int(line.split()[1]))
		        time.sleep(0.05)
		used = resource.getrusage(resource.RUSAGE_CHILDREN)
		size = sum(f.stat().st_size for f in (dir / "out").rglob("*.csv"))
		print(size, f"{used.ru_utime + used.ru_stime:.2f}",
		      f"{time.monotonic() - begun:.1f}", peak)
		sys.exit(p.returncode)
	END
}

# The same rows by sqlite3 -csv: "bytes CPU-s".
courier_peer() {
	/usr/bin/python3 - "$DIR" <<-'END'
		import pathlib, resource, sqlite3, subprocess, sys
		dir = pathlib.Path(sys.argv[1])
		def cell(text):
		    if text.lstrip("-").isdigit():
		        return int(text)
		    return float(text) if text[-3:-2] == "." or \
		        text.replace(".", "", 1).lstrip("-").isdigit() else text
		db, n = sqlite3.connect(dir / "rows.db"), 0
		for p in sorted((dir / "out").rglob("P1_????-??-??.csv"))[:3]:
		    lines = p.read_text().splitlines()
		    n = n or lines[0].count(",") + 1
		    db.execute("CREATE TABLE IF NOT EXISTS r(" +
		               ",".join(f"c{i}" for i in range(n)) + ")")
		    db.executemany(f"INSERT INTO r VALUES({','.join('?' * n)})",
		        ([cell(c) for c in line.split(",")] for line in lines[1:]))
		db.commit()
		db.close()
		size = 0
		for _ in range(10):
		    size += len(subprocess.run(["sqlite3", "-csv", dir / "rows.db",
		        "SELECT * FROM r"], capture_output=True, check=True).stdout)
		used = resource.getrusage(resource.RUSAGE_CHILDREN)
		print(size, f"{used.ru_utime + used.ru_stime:.2f}")
	END
}

courier_io() { # FIELD of /proc/PID/io
	awk -v field="$1:" '$1 == field { print $2 }' \
		"/proc/${SERVER_PID[mews-courier]}/io"
}

courier_done() { # it has come through the whole history
	[ "$(server_mews mews do courier-status sink=folder |
		awk '$1 == "good" { print $2 }')" -gt 0 ]
}

# What the open day costs a day, as written and as it dirties pages.
courier_open_day() {
	local said=$1 wrote dirty minutes=${COURIER_MINUTES:-4}
	wrote=$(courier_io wchar) dirty=$(courier_io write_bytes)
	sleep $((minutes * 60))
	wrote=$(($(courier_io wchar) - wrote))
	dirty=$(($(courier_io write_bytes) - dirty))
	row "data folder, written a day, $said|$(calc "$wrote * 1440 / $minutes / 1e6" 1)|MB|32 devices, counters||< 10|$(met "$wrote * 1440 / $minutes < 10e6")"
	row "data folder, pages a disk writes for it a day, $said|$(calc "$dirty * 1440 / $minutes / 1e6" 1)|MB|4 KB a device and line|||"
}

courier_rows() {
	local DIR bytes cpu took peak size spent due missed from
	DIR=$(mktemp -d "$BUILD/bench-courier.XXXXXX") || return 1
	COURIER_DAYS=${COURIER_DAYS:-7}
	server_folders
	poll_profile
	poll_site 10
	from=$(($(date +%s) / 86400 * 86400 - COURIER_DAYS * 86400))
	echo "the data folder: $COURIER_DAYS days of 32 devices x 40 quantities ..." >&2
	history_ours write "$from" "$COURIER_DAYS" >"$DIR/log/write" ||
		die "the history was not written"
	server_mews mews set csv_format programs >/dev/null
	server_mews mews set folder_minutes all >/dev/null
	server_mews mews set folder_spare 0 >/dev/null
	poll_script $POLL_UNITS
	SCRIPT=$DIR/bench.sim PACE= server_start_simulator
	poll_mewsd
	sleep $((65 - $(date +%s) % 60))
	from=$(($(date +%s) / 60 * 60))
	read -r bytes cpu took peak < <(courier_export) || die "no folder"
	read -r size spent < <(courier_peer) || die "sqlite3 wrote no rows"
	row "minutes of $COURIER_DAYS days as CSV, all quantities|$(calc "$bytes / 1e6 / $cpu" 1)|MB/s|sqlite3 -csv $(calc "$size / 1e6 / $spent" 1) MB/s of CPU|$(calc "$bytes / $cpu / ($size / $spent)")|ratio >= 0.5|$(met "$bytes / $cpu >= 0.5 * $size / $spent")"
	row "the same: MB, and s beside a polled line|$(calc "$bytes / 1e6" 0)|MB|$took s, $cpu s of CPU; a year $(calc "$bytes / $COURIER_DAYS * 365 / 1e9" 1) GB, $(calc "$cpu / $COURIER_DAYS * 365 / 60" 0) min|||"
	row "the same: peak memory|$(calc "$peak / 1024" 1)|MB|||< 8|$(met "$peak < 8192")"
	rm -rf "$DIR/out"
	server_mews mews set folder_minutes counters >/dev/null
	server_run_mews mews-courier mews-courier
	server_wait "The folder" 900 courier_done
	sleep 65
	courier_open_day "a line a minute"
	sleep $((65 - $(date +%s) % 60))
	server_stop mewsd
	read -r due missed < <(poll_missed "$from" $(($(date +%s) / 60 * 60)) \
		$POLL_UNITS)
	row "minutes missed while files were written|$missed||of $due||0|$(met "$missed == 0")"
	server_end
	rm -rf "$DIR"
}
