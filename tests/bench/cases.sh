# cases.sh - what each hard case of a counter costs in kWh, beside rrdtool's
# COUNTER and DERIVE and VictoriaMetrics' increase().
#
# Sourced by bench.sh: prints rows, and the table into bench-cases.md.  All
# readings are those of cases.c.

cases_ours() {
	"$BUILD/tests/bench/cases" --state "$CASES/state" --run "$CASES" \
		--share "$BUILD/share" "$@" 2>>"$CASES/log/cases.log"
}

cases_rrd() { # TYPE READINGS MINUTES: Wh
	local file=$CASES/$1.rrd from
	from=$(awk 'NR == 1 { print $1 }' "$2")
	rrdtool create "$file" --step 60 --start $((from - 60)) \
		"DS:c:$1:600:0:U" "RRA:AVERAGE:0.5:1:$3" &&
		awk -v file="$file" '{ print "update", file, $1 ":" $2 }' "$2" |
		rrdtool - >/dev/null &&
		rrdtool fetch "$file" AVERAGE -r 60 -s "$from" \
			-e $((from + ($3 - 1) * 60)) |
		awk -v from="$from" -F '[: ]+' '$1 ~ /^[0-9]+$/ && $1 > from &&
			$2 !~ /nan/ { n += $2 * 60 } END { printf "%.0f\n", n }'
}

cases_victoria() { # NAME READINGS MINUTES: Wh
	local from
	from=$(awk 'NR == 1 { print $1 }' "$2")
	awk -v name="$1" '{ printf "c{name=\"%s\"} %s %s000\n", name, $2, $1 }' \
		"$2" | curl -sf -T - -X POST \
		"http://127.0.0.1:$CASES_PORT/api/v1/import/prometheus" || return 1
	curl -sf -o /dev/null \
		"http://127.0.0.1:$CASES_PORT/internal/force_flush"
	curl -sf -G "http://127.0.0.1:$CASES_PORT/api/v1/query" \
		--data-urlencode "query=increase(c{name=\"$1\"}[$((($3 - 1) * 60))s])" \
		-d time=$((from + ($3 - 1) * 60)) |
		sed -nE 's/.*"value":\[[^,]*,"([^"]*)"\].*/\1/p'
}

cases_wrong() { # WH TRUTH: kWh, "-" where nothing was measured
	if [ -n "$1" ]; then
		awk "BEGIN { d = ($1 - $2) / 1000; printf \"%+.3f\", d }" |
			sed 's/^[+-]0\.000$/0/'
	else
		echo -
	fi
}

cases_table() {
	local from=$1 name title truth ours minutes counter derive increase
	echo "| case | used, kWh | mews | rrdtool COUNTER | rrdtool DERIVE | VictoriaMetrics increase() |"
	echo "|---|---|---|---|---|---|"
	while IFS='|' read -r name title truth ours minutes; do
		cases_ours "$from" "$name" >"$CASES/readings" || return 1
		counter='' derive='' increase=''
		if command -v rrdtool >/dev/null; then
			counter=$(cases_rrd COUNTER "$CASES/readings" "$minutes")
			derive=$(cases_rrd DERIVE "$CASES/readings" "$minutes")
		fi
		[ -z "$CASES_PORT" ] || increase=$(cases_victoria "$name" \
			"$CASES/readings" "$minutes")
		echo "| $title | $(calc "$truth / 1000" 3) | $(cases_wrong "$ours" "$truth") | $(cases_wrong "$counter" "$truth") | $(cases_wrong "$derive" "$truth") | $(cases_wrong "$increase" "$truth") |"
	done <"$CASES/list"
}

cases_rows() {
	local CASES from CASES_PORT='' DIR wrong
	CASES=$(mktemp -d "$BUILD/bench-cases.XXXXXX") || return 1
	DIR=$CASES
	server_folders
	from=$(($(date +%s) / 86400 * 86400 - 20 * 86400))
	cases_ours "$from" >"$CASES/list" || return 1
	if command -v victoria-metrics >/dev/null; then
		CASES_PORT=$(free_port)
		server_run victoria victoria-metrics -storageDataPath \
			"$CASES/victoria" -httpListenAddr "127.0.0.1:$CASES_PORT" \
			-retentionPeriod 12 -search.disableCache \
			-search.latencyOffset 0s
		history_wait_port "$CASES_PORT"
	fi
	cases_table "$from" >"$BUILD/bench-cases.md" || return 1
	[ -z "$CASES_PORT" ] || server_stop victoria
	wrong=$(awk -F'|' '{ d = $4 - $3; n += d < 0 ? -d : d } END { print n / 1000 }' \
		"$CASES/list")
	row "counter: kWh wrong in $(wc -l <"$CASES/list") hard cases|$wrong|kWh|the table is in bench-cases.md||0|$(met "$wrong == 0")"
	cat "$BUILD/bench-cases.md"
	rm -rf "$CASES"
}
