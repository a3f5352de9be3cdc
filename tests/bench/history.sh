# history.sh - 32 devices with 40 quantities: what a stored number, a minute's
# write and three questions cost, beside rrdtool, VictoriaMetrics and InfluxDB.
#
# Sourced by bench.sh once its server has ended: prints rows.  HISTORY_DAYS (7)
# of minutes are written, and a year of hours before them; then what the floors
# leave of HISTORY_YEARS (10) before that.  PEERS are asked the same; one that is not
# installed is said to be skipped.  All data is that of history.c.
#
# mews is asked through its library, as its own pages ask it; a peer is asked as
# its users do, by HTTP or, rrdtool, by starting it, and answers as text.  The bytes
# of a stored number are those of a copy without the pages that wait to be used
# again, and of the peers once they have compacted or merged.

history_ours() { # ARGUMENTS...
	"$BUILD/tests/bench/history" --state "$DIR/state" --run "$DIR/run" \
		--share "$BUILD/share" "$@"
}

history_size() { # FOLDER: bytes
	du -sb "$1" | cut -f 1
}

# The files' pages leave the memory: what is asked next is cold.
history_cold() {
	sync
	echo 3 2>/dev/null >/proc/sys/vm/drop_caches || true
}

history_number() { # FILE WORD COLUMN
	awk -v word="$2" -v column="$3" '$1 == word { print $column }' "$1"
}

history_wait_port() { # PORT
	local n
	for ((n = 0; n < 300; n++)); do
		curl -s -o /dev/null "http://127.0.0.1:$1/" && return
		sleep 0.1
	done
	die "a peer did not come up: the logs are in $DIR/log"
}

# Median and first of RUNS requests, ms, of an URL.
history_ask() { # URL...: "cold warm"
	history_cold
	for ((n = 0; n < HISTORY_RUNS; n++)); do
		curl -s -o /dev/null -w '%{time_total}\n' "$@"
	done | awk '{ v[NR] = $1 * 1000 } NR == 1 { first = v[1] }
		END { for (i = 1; i <= NR; i++) for (j = i + 1; j <= NR; j++)
			if (v[j] < v[i]) { t = v[i]; v[i] = v[j]; v[j] = t }
			printf "%.2f %.2f\n", first, v[int((NR + 1) / 2)] }'
}

history_rrdtool() {
	local d q rrd=$DIR/rrd
	mkdir -p "$rrd"
	for ((d = 0; d < 32; d++)); do
		(cd "$rrd" && rrdtool create $d.rrd --step 60 \
			--start $((HISTORY_FROM - 366 * 86400)) \
			$(for ((q = 0; q < 40; q++)); do
				echo DS:q$q:GAUGE:7200:U:U
			done) \
			RRA:AVERAGE:0.5:1:$((HISTORY_DAYS * 1440)) \
			RRA:MIN:0.5:1:$((HISTORY_DAYS * 1440)) \
			RRA:MAX:0.5:1:$((HISTORY_DAYS * 1440)) \
			RRA:AVERAGE:0.5:60:8760 RRA:AVERAGE:0.5:1440:366) ||
			die "rrdtool made no file"
	done
	(cd "$rrd" && history_ours rrd $HISTORY_FROM 0 | rrdtool - >/dev/null &&
		history_ours rrd $HISTORY_FROM "$HISTORY_DAYS" |
		rrdtool - >/dev/null) || die "rrdtool took no data"
	# the three minute archives alone, 8 bytes a number
	row "rrdtool: bytes a stored number|8.00|bytes|mean, minimum, maximum of a minute|||"
	history_rrd_ask day "$rrd/0.rrd" 60 $HISTORY_DAY $((HISTORY_DAY + 86400))
	history_rrd_ask year "$rrd/0.rrd" 3600 \
		$((HISTORY_FROM - 364 * 86400)) $HISTORY_FROM
}

history_rrd_ask() { # WHAT FILE STEP FROM TO
	local cold warm
	history_cold
	read -r cold warm < <(for ((n = 0; n < HISTORY_RUNS; n++)); do
		/usr/bin/time -f %e rrdtool fetch "$2" AVERAGE -r "$3" \
			-s "$4" -e "$5" 2>&1 >/dev/null | tail -n 1
	done | awk 'NR == 1 { c = $1 * 1000 } { s += $1 * 1000 }
		END { printf "%.1f %.1f\n", c, s / NR }')
	HISTORY_PEER[rrdtool.$1]="$cold $warm"
}

history_influxd() {
	local port dir=$DIR/influx
	port=$(free_port)
	mkdir -p "$dir"
	cat >"$dir/influx.conf" <<-END
	reporting-disabled = true
	bind-address = "127.0.0.1:$(free_port)"
	[meta]
	dir = "$dir/meta"
	[data]
	dir = "$dir/data"
	wal-dir = "$dir/wal"
	compact-full-write-cold-duration = "5s"
	cache-snapshot-write-cold-duration = "5s"
	query-log-enabled = false
	cache-max-memory-size = 0
	[coordinator]
	write-timeout = "300s"
	[http]
	bind-address = "127.0.0.1:$port"
	log-enabled = false
	max-body-size = 0
	END
	server_run influx influxd run -config "$dir/influx.conf"
	history_wait_port "$port"
	curl -s -o /dev/null "http://127.0.0.1:$port/query" \
		--data-urlencode 'q=CREATE DATABASE m'
	history_put() { # DAYS
		history_ours influx $HISTORY_FROM "$1" |
			split -l 20000 --filter="curl -sf --data-binary @- \
			'http://127.0.0.1:$port/write?db=m&precision=s'" ||
			die "InfluxDB took no data"
	}
	history_put "$HISTORY_DAYS"
	sleep 60 # until it has compacted what is cold
	row "InfluxDB: bytes a stored number|$(calc "$(history_size "$dir/data") / $HISTORY_NUMBERS" 3)|bytes||||"
	history_put 0
	sleep 15
	local url="http://127.0.0.1:$port/query"
	HISTORY_PEER[InfluxDB.day]=$(history_ask -G "$url" -d db=m -d epoch=s \
		--data-urlencode "q=SELECT * FROM m WHERE d='0' AND time >= ${HISTORY_DAY}s AND time < $((HISTORY_DAY + 86400))s")
	HISTORY_PEER[InfluxDB.year]=$(history_ask -G "$url" -d db=m -d epoch=s \
		--data-urlencode "q=SELECT q8mean,q8min,q8max FROM m WHERE d='0' AND time >= $((HISTORY_FROM - 31536000))s AND time < ${HISTORY_FROM}s")
	HISTORY_PEER[InfluxDB.month]=$(history_ask -G "$url" -d db=m -d epoch=s \
		--data-urlencode "q=SELECT mean(q8mean),min(q8min),max(q8max) FROM m WHERE time >= $((HISTORY_FROM - 2592000))s AND time < ${HISTORY_FROM}s GROUP BY d, time(1d)")
	server_stop influx
}

history_victoria-metrics() {
	local port dir=$DIR/victoria url
	port=$(free_port)
	mkdir -p "$dir"
	server_run victoria victoria-metrics -storageDataPath "$dir" \
		-httpListenAddr "127.0.0.1:$port" -retentionPeriod 60 \
		-search.disableCache -dedup.minScrapeInterval 0s
	history_wait_port "$port"
	history_put() { # DAYS
		history_ours victoria $HISTORY_FROM "$1" | curl -sf -T - -X POST \
			"http://127.0.0.1:$port/api/v1/import/prometheus" ||
			die "VictoriaMetrics took no data"
	}
	history_put "$HISTORY_DAYS"
	curl -s -o /dev/null "http://127.0.0.1:$port/internal/force_flush"
	curl -s -o /dev/null "http://127.0.0.1:$port/internal/force_merge"
	sleep 30
	row "VictoriaMetrics: bytes a stored number|$(calc "$(history_size "$dir/data") / $HISTORY_NUMBERS" 3)|bytes||||"
	history_put 0
	curl -s -o /dev/null "http://127.0.0.1:$port/internal/force_flush"
	url="http://127.0.0.1:$port/api/v1/export"
	HISTORY_PEER[VictoriaMetrics.day]=$(history_ask -G "$url" \
		--data-urlencode 'match[]={d="0"}' -d start=$((HISTORY_DAY + 60)) \
		-d end=$((HISTORY_DAY + 86400)))
	HISTORY_PEER[VictoriaMetrics.year]=$(history_ask -G "$url" \
		--data-urlencode 'match[]={d="0",__name__=~"q8(mean|min|max)"}' \
		-d start=$((HISTORY_FROM - 31536000)) -d end=$HISTORY_FROM)
	HISTORY_PEER[VictoriaMetrics.month]=$(history_ask -G \
		"http://127.0.0.1:$port/api/v1/query_range" \
		--data-urlencode 'query=avg_over_time(q8mean[1d])' \
		-d start=$((HISTORY_FROM - 2592000)) -d end=$HISTORY_FROM -d step=1d)
	server_stop victoria
}

declare -A HISTORY_PEER=()
HISTORY_RUNS=${HISTORY_RUNS:-15}

# The best warm time of the peers, and whose it is.
history_best() { # WHAT
	local key
	for key in "${!HISTORY_PEER[@]}"; do
		[ "${key#*.}" = "$1" ] &&
			echo "${HISTORY_PEER[$key]#* } ${key%.*}"
	done | sort -n | head -n 1
}

history_peer() { # PROGRAM
	if command -v "$1" >/dev/null; then
		"history_$1"
	else
		row "$1: not installed, skipped|0|||||"
	fi
}

# The same questions of a history that is ten years old.
history_old() {
	local cold warm old
	HISTORY_YEARS=${HISTORY_YEARS:-10}
	[ "$HISTORY_YEARS" -gt 0 ] || return
	echo "the history: $HISTORY_YEARS years ..." >&2
	history_ours age $HISTORY_FROM "$HISTORY_YEARS" ||
		die "the years were not written"
	row "history of $HISTORY_YEARS years, file|$(calc "$(stat -c %s "$DIR/state/history.db") / 1e6" 0)|MB||||"
	history_cold
	history_ours query $HISTORY_FROM "$HISTORY_DAYS" 1 >"$DIR/log/cold.old"
	history_ours query $HISTORY_FROM "$HISTORY_DAYS" "$HISTORY_RUNS" \
		>"$DIR/log/warm.old"
	for what in day year month; do
		cold=$(history_number "$DIR/log/cold.old" $what 2)
		warm=$(history_number "$DIR/log/warm.old" $what 3)
		old=$(history_number "$DIR/log/warm" $what 3)
		row "question: $what, of $HISTORY_YEARS years, cold|$cold|ms|||< 20|$(met "$cold < 20")"
		row "question: $what, of $HISTORY_YEARS years, warm|$warm|ms|the young history $old ms|$(calc "$warm / $old")|ratio <= 1.5|$(met "$warm / $old <= 1.5")"
	done
}

history_rows() {
	local DIR size total cold warm what best whose written peer
	DIR=$(mktemp -d "$BUILD/bench-history.XXXXXX") || return 1
	server_folders
	HISTORY_DAYS=${HISTORY_DAYS:-7}
	HISTORY_FROM=$(($(date +%s) / 86400 * 86400 - HISTORY_DAYS * 86400))
	HISTORY_DAY=$((HISTORY_FROM + HISTORY_DAYS / 2 * 86400))
	HISTORY_NUMBERS=$((HISTORY_DAYS * 1440 * $(history_ours numbers)))
	echo "the history: $HISTORY_DAYS days of 32 devices x 40 quantities ..." >&2
	history_ours write $HISTORY_FROM "$HISTORY_DAYS" >"$DIR/log/write" ||
		die "the history was not written"
	written=$(history_number "$DIR/log/write" written 2)
	sqlite3 "file:$DIR/state/history.db?mode=ro" \
		"VACUUM INTO '$DIR/packed.db'"
	size=$(stat -c %s "$DIR/packed.db")
	total=$(calc "$size / $HISTORY_NUMBERS" 3)
	history_ours write $HISTORY_FROM 0 || die "the year was not written"
	history_cold
	history_ours query $HISTORY_FROM "$HISTORY_DAYS" 1 >"$DIR/log/cold"
	history_ours query $HISTORY_FROM "$HISTORY_DAYS" "$HISTORY_RUNS" \
		>"$DIR/log/warm"
	for peer in ${PEERS-rrdtool influxd victoria-metrics}; do
		history_peer "$peer"
	done
	row "bytes a stored number, $HISTORY_DAYS days, all levels|$total|bytes|$HISTORY_NUMBERS numbers of minutes, without free pages||<= 1.5|$(met "$total <= 1.5")"
	row "bytes written a day, a commit a minute|$(calc "$written / $HISTORY_DAYS / 1e6" 1)|MB|||<= 60|$(met "$written / $HISTORY_DAYS <= 60e6")"
	row "a minute's commit, p99|$(history_number "$DIR/log/write" p99 2)|ms|p50 $(history_number "$DIR/log/write" p50 2), most $(history_number "$DIR/log/write" most 2)|||"
	for what in day year month; do
		cold=$(history_number "$DIR/log/cold" $what 2)
		warm=$(history_number "$DIR/log/warm" $what 3)
		read -r best whose < <(history_best $what)
		row "question: $what, cold|$cold|ms|||< 20|$(met "$cold < 20")"
		row "question: $what, warm|$warm|ms|best peer ${whose:-none} ${best:-0} ms||< 20, < best peer|$(met "$warm < 20 && (${best:-0} == 0 || $warm < ${best:-0})")"
	done
	history_old
	rm -rf "$DIR"
}
