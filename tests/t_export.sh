#!/bin/bash
# t_export.sh - values out of one server and into another: the same come out of
# it again, while mewsd runs and not; what cannot be done is said in words.
. "${SRC:?}/tests/lib.sh" || exit 1
PACE=--fast
FROM=$(($(date +%s) / 86400 * 86400 - 3 * 86400))

mews() {
	server_mews mews "$@" 2>"$DIR/said"
}
says() { # TEXT: what was written to standard error
	grep -qF "$1" "$DIR/said"
}

server_folders
server_site
server_fill $FROM
days="2020 $(date -u +%Y)"
mews export minute $days P1 P10 >"$DIR/one.csv"
expect "values come out" [ "$(wc -l <"$DIR/one.csv")" -gt 4000 ]
expect "with the plates before them" grep -q \
	'^time,P1/.*,P10/' <(head -n 1 "$DIR/one.csv")
mews export minute $days P1/active_power >"$DIR/power.csv"
expect "of one quantity too" [ "$(head -n 1 "$DIR/power.csv")" = \
	"time,P1/active_power,P1/active_power:min,P1/active_power:max,P1/active_power:samples,P1/active_power:flags" ]
mews export day $days >"$DIR/days.csv"
expect "days are a file of days" grep -q '^day,' "$DIR/days.csv"
day=$(sed -n 3p "$DIR/days.csv" | cut -d, -f1)
expect "a day is its minutes" [ "$(mews export day $days P1/active_energy_import |
	awk -F, -v day="$day" '$1 == day { print $3 }')" = \
	"$(mews export minute $days P1/active_energy_import |
	awk -F, -v from="$day" -v to="$(sed -n 4p "$DIR/days.csv" | cut -d, -f1)" \
	'$1 >= from && $1 < to { sum += $3 } END { print sum }')" ]

while IFS='|' read -r words text; do
	expect_not "export $words" mews export $words >/dev/null
	expect "export $words: says why" says "$text"
done <<-'END'
	week 2026 2026|none of minute
	day yesterday 2026|is no time
	day 2026 2025|ends before it begins
	day 2026 2026 P77|no device has the plate
	day 2026 2026 P1/volts|there is no quantity
END

# --- into an empty server -----------------------------------------------------------

mv "$DIR/state/history.db" "$DIR/other.db"
rm -f "$DIR"/state/history.db-*
report() { # WORDS...: what an import prints
	mews import "$@" >"$DIR/report"
}
expect "a dry run" report "$DIR/one.csv" --dry-run
expect "tells what it would do" grep -q 'figures would be stored' "$DIR/report"
expect "and makes no history" [ ! -e "$DIR/state/history.db" ]
expect "values go in" report "$DIR/one.csv"
mews export minute $days P1 P10 >"$DIR/two.csv"
expect "and the same come out" cmp "$DIR/one.csv" "$DIR/two.csv"
expect "the history is as it should be" mews check
expect "again" report "$DIR/one.csv"
expect "they are there already" grep -q ' 0 figures stored, [0-9]* are' \
	"$DIR/report"
expect_not "days are no minutes" mews import "$DIR/days.csv"
expect "and that is said" says "only minutes can be imported"
expect_not "a file that is not there" mews import "$DIR/none.csv"
expect "is named" says "none.csv"
expect_not "more words than there are" mews import P1 a b

# --- while mewsd runs ----------------------------------------------------------------

server_start_simulator
server_run_mews mewsd mewsd
server_wait mewsd 30 test -S "$DIR/run/mewsd.sock"
expect_not "no import" mews import "$DIR/power.csv"
expect "it is said what to do" says "stop mewsd, import, and start it again"
expect "a dry run all the same" report --dry-run "$DIR/power.csv"
mews export hour $days P1 >"$DIR/hours.csv"
expect "and an export" [ "$(wc -l <"$DIR/hours.csv")" -gt 24 ]
told() {
	"$BUILD/tests/show" --state "$DIR/state" events "$1" |
		grep -q "history-imported"
}
server_wait "The event" 20 told -
expect "the event tells how many" told -
server_stop mewsd
sed 's/^\(2[^,]*\),[^,]*/\1,x/' "$DIR/power.csv" | head -n 40 >"$DIR/bad.csv"
expect_not "a file with mistakes" mews import "$DIR/bad.csv"
expect "each line is told" says "line 2: no number: 'x'"
expect "no more than can be read" [ "$(grep -c '^line' "$DIR/said")" = 20 ]
expect "with their number" says "39 of 40 lines are wrong; nothing was imported"

# --- names that are formulas, paths and marks ----------------------------------------

names=('=HYPERLINK("http://x.example","y")' '@SUM(1)' "it's; \"quoted\", and more"
	'../../etc/passwd' '/a\b/..' '%2e%2e%0d%0aX: y' 'CON' '<b>&amp;</b>')
named() { # NAME...: P1, P2 ... are called so
	local text n=0
	cp "$DIR/demo.site" "$DIR/named.site"
	while [ $# -gt 0 ]; do
		n=$((n + 1))
		text=${1//\\/\\\\}
		text=${text//\"/\\\"}
		awk -v at="P$n" -v quoted="${text//\\/\\\\}" '
			$1 == "device" && $2 == at {
				sub(/"[^"]*"/, "")
				split($0, part, at " ")
				$0 = part[1] at " \"" quoted "\"" part[2]
			}
			{ print }' "$DIR/named.site" >"$DIR/next.site"
		mv "$DIR/next.site" "$DIR/named.site"
		shift
	done
	mews site import "$DIR/named.site" >/dev/null
}
expect "names that mean something elsewhere" named "${names[@]}"
mews export --folder "$DIR/folder" >/dev/null
expect "lead no file astray" [ -z "$(find "$DIR/folder" -mindepth 1 |
	sed "s|^$DIR/folder/||" | grep -vE '^[A-Za-z0-9_/-]+(\.csv|\.json)?$')" ]
expect "and stand in the description as they are" python3 - "$DIR/folder" \
	"${names[@]}" <<'END'
import json, pathlib, sys
for i, name in enumerate(sys.argv[2:], 1):
    with open("%s/P%d/P%d_columns.json" % (sys.argv[1], i, i)) as f:
        assert json.load(f)["name"] == name, name
cells = [c for p in pathlib.Path(sys.argv[1]).rglob("*.csv")
         for c in p.read_text(encoding="utf-8-sig").split("\n", 1)[0].split(",")]
assert all(c.replace("_", "a").isalnum() for c in cells), cells
END
expect_not "a name of 200 letters" named "$(printf 'n%.0s' {1..200})"
expect "is refused in words" says 'name'
expect_not "a line break in a name" named $'a\nb'
expect_not "another byte that is no letter" named $'a\tb\x01'
plated() { # PLATE
	sed "s|^device P1 |device $1 |" "$DIR/demo.site" >"$DIR/bad.site"
	mews site import "$DIR/bad.site" >/dev/null
}
for plate in '../P1' 'P/1' '=P1' 'P 1' 'P1"' "$(printf 'P%.0s' {1..200})"; do
	expect_not "a plate like ${plate:0:12}" plated "$plate"
done
finish
