#!/bin/bash
# t_folder.sh - the data folder follows what happens to the history (thinning is
# in t_storage.sh), is told in words when it cannot be written and is complete afterwards; page, file and API
# add up to the same; nobody gets a meter that is not his.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl python3 unzip
PACE=--fast
Q=active_energy_import
WH=${Q}_delta_Wh
data=$DIR/state/data

folder_end() {
	local rc=$?
	umount -l "$data" 2>/dev/null
	(exit $rc)
	lib_end
}
trap folder_end EXIT

says() { # WORDS: the page of the folder does
	web /settings/folder | grep -qF "$1"
}

now() { # the button "Write now"
	web_post /settings/folder --data-urlencode do=test >/dev/null
}

total() { # FILE... COLUMN: the sum
	python3 -c 'import csv, sys
print(sum(int(r[sys.argv[-1]] or 0) for p in sys.argv[1:-1]
    for r in csv.DictReader(open(p, encoding="utf-8-sig"))))' "$@"
}

# Each file is what is made of the history anew, but for rows that came since.
same_folder() {
	rm -rf "$DIR/anew"
	server_mews mews export --folder "$DIR/anew" >/dev/null || return 1
	python3 - "$data" "$DIR/anew" 2>"$DIR/log/same.log" <<-'END'
		import pathlib, sys
		a, b = (pathlib.Path(p) for p in sys.argv[1:])
		names = {p.relative_to(a) for p in a.rglob("*.csv")}
		assert names == {p.relative_to(b) for p in b.rglob("*.csv")}
		assert len(names) > 20
		for n in names:
		    x, y = (a / n).read_bytes(), (b / n).read_bytes()
		    assert y.startswith(x) and x.endswith(b"\n"), n
	END
}

server_folders
server_certificate
server_site
server_start_simulator
server_fill $(($(date +%s) - 9 * 86400))
server_users
server_start_daemons
for pair in "csv_format programs" "folder_spare 0" "folder_minutes all"; do
	# shellcheck disable=SC2086
	server_mews mews set $pair >/dev/null || die "no setting"
done
server_start_courier
server_start_web
web_sign_in administrator 99999 >/dev/null
server_wait "The folder" 120 same_folder

# --- page, file and API add up to the same: a week of two meters -----------------------

day=$(TZ=$ZONE date -d '8 days ago' +%F)
last=$(TZ=$ZONE date -d '2 days ago' +%F)
week="on=P1,P2&of=$Q&by=day&from=$day&to=$last"
web "/api/v1/series?$week" >"$DIR/series"
web "/history?$week" >"$DIR/history"
web "/csv?$week&for=programs" >"$DIR/several.csv"
web "/download/get?on=P1,P2&by=minute&from=$day&to=$last&for=programs" \
	>"$DIR/week.zip"
(mkdir -p "$DIR/zip" && cd "$DIR/zip" && unzip -qo ../week.zip)
expect "a week is the same on page, in files and by the API" \
	python3 - "$DIR" "$day" "$last" $WH <<'END'
import csv, json, pathlib, re, sys

dir, day, last, wh = pathlib.Path(sys.argv[1]), *sys.argv[2:]


def rows(path):
    with open(path, encoding="utf-8-sig") as f:
        return list(csv.DictReader(f))


def week(paths, column=wh):
    return sum(int(r[column] or 0) for p in paths for r in rows(p)
               if day <= r["time_local"][:10] <= last)


api = json.load(open(dir / "series"))
scale = {"Wh": 1, "kWh": 1000, "MWh": 1000000}[api["unit"]]
page = (dir / "history").read_text()
foot = page.split('class="c-table__total"')[1].split("</tr>")[0]
cells = [re.sub("<[^>]*>|[^0-9.]", "", c)
         for c in re.findall(r"<td.*?</td>", foot, re.S)]
for i, plate in enumerate(("P1", "P2")):
    by = {
        "API": round(sum(api["s"][i]["v"]) * scale),
        "side by side": week([dir / "several.csv"], plate + "_" + wh),
        "archive": week((dir / "zip").glob(plate + "_*")),
        "minutes": week((dir / "state/data").glob(plate + "/*/*-??.csv")),
        "hours": week((dir / "state/data").glob(plate + "/*/*_hours.csv")),
        "days": week((dir / "state/data").glob(plate + "/*_days.csv")),
    }
    print(plate, by, cells)
    assert len(set(by.values())) == 1 and by["API"] > 0, by
    # people read it with the decimals of the column
    shown = cells[i]
    decimals = len(shown.partition(".")[2])
    assert abs(float(shown) - by["API"] / scale) <= 0.5 * 10 ** -decimals + 1e-9
END

# --- several meters, and only his own -----------------------------------------------------

location() { # CURL-ARGUMENTS...: where the form of /download leads
	web -o /dev/null -w '%{redirect_url}' \
		--data-urlencode "csrf=$(web_csrf /download)" \
		--data-urlencode by=hour --data-urlencode "from=$day" \
		--data-urlencode "to=$last" --data-urlencode of= \
		--data-urlencode for=programs --data-urlencode pack= \
		-H "Origin: https://127.0.0.1:$HTTPS_PORT" "$@" /download |
		sed "s,https://[^/]*,,"
}
archive() { # PATH: the plates in it
	web -o "$DIR/a.zip" "$1" && unzip -Z1 "$DIR/a.zip" | cut -d _ -f 1 |
		sort | tr '\n' ' '
}

expect "two meters are ticked, two come" test "$(archive "$(location \
	--data-urlencode d1=P9 --data-urlencode d4=P3)")" = "P3 P9 "
expect "a zone and a meter, each once" test "$(archive "$(location \
	--data-urlencode d0=zone:Cellar --data-urlencode d1=P4 \
	--data-urlencode d2=P1)")" = "P1 P4 P5 "
expect "none ticked: all" test "$(archive "$(location)" | wc -w)" = 10
expect "one is a file" test "$(web "$(location --data-urlencode d3=P7)" |
	head -c 8)" = time_utc
expect "another tick is refused in words" test "$(web_post /download \
	--data-urlencode d0=P1 --data-urlencode d1=P99 --data-urlencode by=hour \
	--data-urlencode "from=$day" --data-urlencode "to=$last")" = 400
expect "beside the field" grep -q 'id="on-bad"' "$DIR/page"
expect "and the other stays ticked" grep -q 'value="P1" checked' "$DIR/page"

server_mews mews do user-set user=user rights=zone:Cellar >/dev/null ||
	die "no rights"
cp "$DIR/jar" "$DIR/jar.administrator"
rm -f "$DIR/jar"
web_sign_in user 11111 >/dev/null
web /download >"$DIR/page"
expect "who sees a zone is offered it" grep -q 'value="zone:Cellar"' "$DIR/page"
expect_not "and nothing else" grep -qE 'P1"|P10|zone:Whole|Whole house' \
	"$DIR/page"
expect "all are his own" test "$(archive "$(location)")" = "P4 P5 "
expect "so is the zone" test "$(archive "$(location \
	--data-urlencode d0=zone:Cellar)")" = "P4 P5 "
for on in P1 P4,P1 zone:Whole%20house zone:Cellar,P9; do
	expect "$on is nothing to him" test "$(web_code \
		"/download/get?on=$on&by=day&from=$day&to=$last")" = 404
done
year=${day%%-*}
for path in "/files/P1/P1_${year}_days.csv" /files/SITE/SITE_months.csv \
	"/csv/P1/$day.csv" "/csv?$week" "/api/v1/series?$week"; do
	expect "nor is $path" test "$(web_code "$path")" = 404
done
expect "his own files are there" test "$(web_code \
	"/files/P4/P4_${year}_days.csv")" = 200
mv "$DIR/jar.administrator" "$DIR/jar"

# --- what happens to the history -----------------------------------------------------------

hours=$data/P1/${day%%-*}/P1_${day%-*}_hours.csv
noon=$(TZ=$ZONE date -d "$day 12:00" +%s)
noon_wh() { # of the hour
	python3 -c 'import csv, sys
for r in csv.DictReader(open(sys.argv[1], encoding="utf-8-sig")):
    if r["time_utc"].startswith(sys.argv[2]):
        print(r[sys.argv[3]])' "$hours" "$(date -ud "@$noon" +%FT%H)" $WH
}
counts() { # WH
	[ "$(noon_wh)" = "$1" ]
}
before=$(noon_wh)
id=$(server_mews mews do correct-bucket plate=P1 quantity=$Q level=hour \
	t="$noon" value=4321 reason=bad | awk '$1 == "id" { print $2 }')
now
server_wait "The corrected hour" 120 counts 4321
server_wait "All that follows from it" 60 same_folder
server_mews mews do undo id="$id" >/dev/null || die "nothing was undone"
now
server_wait "The hour as it was" 120 counts "$before"
server_wait "All that follows from that" 60 same_folder

older=$(TZ=$ZONE date -d '11 days ago' +%F)
old=$data/P3/${older%%-*}/P3_$older.csv
expect_not "nothing is there of $older" test -e "$old"
server_simulator --minutes P3 --from $(($(date +%s) - 12 * 86400)) \
	--to $(($(date +%s) - 8 * 86400)) >"$DIR/P3.csv" 2>"$DIR/log/past.log"
server_stop mewsd
server_mews mews import P3 "$DIR/P3.csv" >>"$DIR/log/import.log" 2>&1 ||
	die "nothing was imported: $(tail -n 1 "$DIR/log/import.log")"
server_run_mews mewsd mewsd --modbus-port "$MODBUS_PORT" \
	--modbus-address 127.0.0.1
server_wait mewsd 20 test -S "$DIR/run/mewsd.sock"
now
server_wait "Files of what was imported" 120 test -s "$old"
server_wait "All that follows from it" 60 same_folder

# --- full, read-only --------------------------------------------------------------------------

measured() { # minutes since SECONDS
	"$BUILD/tests/show" --state "$DIR/state" minutes P1 active_power "$1" \
		$(($(date +%s) + 60)) | wc -l
}
goes_on() { # SECONDS: minutes came since
	[ "$(measured "$1")" -gt 0 ]
}
answers() {
	"$BUILD/tests/show" --state "$DIR/state" --run "$DIR/run" device P1 |
		cut -d ' ' -f 3
}
asked_on() { # ANSWERS: there are more
	[ "$(answers)" -gt "$1" ]
}
log=$DIR/log/mews-courier.log
server_stop mews-courier
mkdir "$DIR/kept" && mv "$data"/* "$DIR/kept"
if mount -t tmpfs -o size=1m,mode=0750 mews-test "$data"; then
	since=$(date +%s)
	server_start_courier
	server_wait "The sentence of a full disk" 120 says "the disk is too full"
	expect "the log has it" grep -q "No space left" "$log"
	expect "no file is half there" test -z "$(find "$data" -name '*.new')"
	server_wait "The next minutes of the history" 180 goes_on "$since"
	mount -o remount,size=64m "$data"
	now
	server_wait "The folder after a full disk" 120 same_folder
	expect_not "and it is well" says "Not written since"
	mount -o remount,ro "$data" || die "the folder is still writable"
	answered=$(answers)
	now
	server_wait "The sentence of a read-only folder" 120 \
		says "the folder is read-only"
	expect "the log has that too" grep -q "Read-only file system" "$log"
	server_wait "The next answers" 60 asked_on "$answered"
	mount -o remount,rw "$data"
	now
	server_wait "The folder after that" 120 same_folder
	expect_not "and it is well again" says "Not written since"
else
	echo "skipped: a full and a read-only folder need root"
fi
finish
