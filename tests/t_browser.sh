#!/bin/bash
# t_browser.sh - Chromium against the demo's house: home.test.js with the truth
# from awk over the house's file, people.test.js, and policy.test.js without it.
# PICTURE=FILE also writes README's picture.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl node npm chromium

# --- the test's own packages --------------------------------------------------

modules=$BUILD/browser
mkdir -p "$modules" "$BUILD/shots"
if ! cmp -s "$SRC/tests/browser/package-lock.json" "$modules/installed"; then
	cp "$SRC"/tests/browser/package*.json "$modules/" &&
		chmod u+w "$modules"/package*.json &&
		(cd "$modules" && npm ci --ignore-scripts --no-audit --no-fund) &&
		cp "$modules/package-lock.json" "$modules/installed" ||
		die "the browser test's packages were not fetched"
fi

# --- the demo's house -------------------------------------------------------------

server_folders
server_certificate
server_site
server_start_simulator
server_fill
server_users
server_start_daemons
server_start_web
shift_s=$(cat "$DIR/run/simulator.shift")

# Wh from Unix time $1 (first minute) to $2, by the house's own minutes.
energy() {
	gzip -dc "$SRC/tests/data/household-minutes.csv.gz" | awk -F, \
		-v from="$(date -u -d "@$(($1 - shift_s))" +%Y-%m-%dT%H:%M:00)" \
		-v to="$(date -u -d "@$(($2 - shift_s))" +%Y-%m-%dT%H:%M:00)" '
		$1 >= from && $1 < to { wh += $2 * 1000 / 60 }
		END { printf "%.3f", wh }'
}

hours() { # DAY UNTIL: a list of Wh, null for hours that are not complete
	local h at list=
	for ((h = 0; h < 24; h++)); do
		at=$(TZ=$ZONE date -d "$1 $h:00" +%s)
		if [ $((at + 3600)) -le "$2" ]; then
			list+="$(energy "$at" $((at + 3600))),"
		else
			list+=null,
		fi
	done
	echo "[${list%,}]"
}

now=$(date +%s)
today=$(TZ=$ZONE date -d "@$now" +%Y-%m-%d)
before=$(date -u -d "$today - 7 days" +%Y-%m-%d)
day=$(date -u -d "$today - 3 days" +%Y-%m-%d)
from=$(TZ=$ZONE date -d "$day 00:00" +%s)
to=$(TZ=$ZONE date -d "$(date -u -d "$day + 1 day" +%Y-%m-%d) 00:00" +%s)
# The main meter, a BTicino F4N200, counts in steps of 10 Wh.
cat >"$DIR/truth.json" <<END
{ "today": $(hours "$today" "$now"), "before": $(hours "$before" "$now"),
  "day": "$day", "dayWh": $(energy "$from" "$to"), "resolutionWh": 10 }
END
cat "$DIR/truth.json"
NODE_MODULES=$modules/node_modules node "$SRC/tests/browser/home.test.js" \
	"https://127.0.0.1:$HTTPS_PORT" "$DIR/truth.json" "$BUILD/shots" \
	${PICTURE:+"$PICTURE"} || die "the browser saw something else"
NODE_MODULES=$modules/node_modules node "$SRC/tests/browser/people.test.js" \
	"https://127.0.0.1:$HTTPS_PORT" "$BUILD/shots" ||
	die "the browser saw something else on the pages of people"
policy() { # PATH: the policy that comes with it
	web -D - -o /dev/null "$1" | tr -d '\r' |
		sed -n 's/^Content-Security-Policy: //Ip'
}
NODE_MODULES=$modules/node_modules node "$SRC/tests/browser/policy.test.js" \
	"$(policy /login)" "$(policy /static/nothing)" ||
	die "the policy has a hole"
