#!/bin/bash
# t_fi.sh - FI1 to FI3, IN1: no path leads out of where it belongs, no cell of a
# CSV file is a formula, nothing is listed or left lying about, and no text is SQL.
# MEWS_LONG: ffuf with a list, sqlmap, wapiti.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd curl openssl spawn-fcgi sqlite3
PACE=--fast

server_folders
server_certificate
SITE=$DIR/house.site
# the zone's name begins a formula, a device's too
sed -E -e '/^device P1 /s/(^device P1 )"[^"]*"/\1"=1+1|cmd"/' \
	-e '/^device P2 /s/(^device P2 )"[^"]*"/\1"+cmd, \\"x\\""/' \
	-e '/^device P3 /s/(^device P3 )"[^"]*"/\1"@SUM(A1)"/' \
	-e '/^device P4 /s/(^device P4 )"[^"]*"/\1"-2+3"/' \
	"$SRC/tests/data/demo.site" >"$SITE"
server_site
server_start_simulator
server_fill $(($(date +%s) - 7200))
server_users
server_start_daemons
server_start_web
web_sign_in administrator 99999 >/dev/null

# --- ways out (FI1) ------------------------------------------------------------------------

SECRET='root:.*:0:0|BEGIN (EC |RSA )?PRIVATE KEY|SQLite format 3'
steps=0
leads_out() { # PATH [CURL-ARGUMENTS...]
	local code
	code=$(web -o "$DIR/page" -w '%{http_code}' --path-as-is "${@:2}" "$1")
	steps=$((steps + 1))
	if [ "$code" = 000 ] || [ "$code" -ge 500 ] ||
		grep -aqE "$SECRET" "$DIR/page"; then
		expect_not "$1 ${*:2}: $code" true
	fi
}
outs=(../../../../etc/passwd ..%2f..%2f..%2fetc%2fpasswd %2e%2e/%2e%2e/etc/passwd
	..%252f..%252fetc%252fpasswd ....//....//etc/passwd ..%5c..%5cetc%5cpasswd
	..%c0%af..%c0%afetc/passwd /etc/passwd %2fetc%2fpasswd file:///etc/passwd
	..%00/etc/passwd .. . %2e%2e ../state/tls/mews.pem ../tls/mews.pem
	..%2ftls%2fmews.pem ../auth/auth.db ../auth/pepper ../../state/config.db
	config.db x%00.csv x%0a.csv 'a;id' 'a|id' '$(id)' '%24%7b7*7%7d')
for folder in / /static/ "/static/$(cat "$SHARE/version")/" /files/ /csv/ \
	/download/ /profiles/ /devices/ /meters/ /settings/rs485/ \
	/system/backup/ /api/v1/ /users/; do
	for out in "${outs[@]}"; do
		leads_out "$folder$out"
	done
done
for field in name file path from to format plate q device line next lang zone \
	quantity id by; do
	for out in ../../../../etc/passwd /etc/passwd '/proc/self/environ' \
		'..\..\etc\passwd' '../auth/auth.db'; do
		leads_out /history -G --data-urlencode "$field=$out"
		leads_out /csv -G --data-urlencode "$field=$out"
	done
done
expect "no way leads out, of $steps" [ $steps -gt 300 ]

# --- cells (FI2) ---------------------------------------------------------------------------

cells() { # files of CSV: cells that a spreadsheet would reckon
	sed -e 's/^\xef\xbb\xbf//' "$@" | tr ';\t' ',,' | tr ',' '\n' |
		sed -e 's/^"//' -e 's/"$//' | grep -E '^[=+@]|^-[^0-9.]'
}
n=0
month=$(date -u +%Y-%m)
for what in '/csv/P1?by=minute&for=excel' '/csv/P2?by=hour&for=programs' \
	'/csv/P3?by=minute&for=excel' '/csv/P4?by=minute&for=programs' \
	"/csv/P1/$month.csv" "/csv/P4/$month.csv" /csv/gateway-map.csv; do
	[ "$(web -o "$DIR/file" -w '%{http_code}' "$what")" = 200 ] || continue
	n=$((n + 1))
	expect "$what: $(cells "$DIR/file" | head -n 2)" \
		[ -z "$(cells "$DIR/file")" ]
done
expect "files were looked at: $n" [ $n -gt 4 ]
web -o "$DIR/file" "/csv/gateway-map.csv"
expect "the names are in one: $(grep -c 1+1 "$DIR/file")" grep -q '1+1' "$DIR/file"

# --- what lies about (FI3) ------------------------------------------------------------------

names=(.git/HEAD .git/config .env .htaccess .htpasswd .DS_Store .svn/entries
	admin admin/ backup backup.zip backup.tar.gz config config.php config.json
	config.yml db.sqlite dump.sql phpinfo.php server-status robots.txt~
	index.html index.php index.html.bak login.cs login.cs~ home.cs layout.cs
	lang/en.hdf en.hdf mews.pem mews.key mews.crt auth.db config.db history.db
	live.db state run tls cache log lighttpd.conf lighttpd.log package.json
	package-lock.json node_modules node_modules/ Makefile README.md test.php
	cgi-bin/ pages.fcgi data.fcgi bin/ tmp/ upload/ uploads/ private/ secret
	id_rsa swagger.json api api/ api/v1 api/v1/ wp-login.php .well-known/
	app.js.map app.css.bak app.css~ .app.css.swp error error/ error/404.html
	error.html static.sh version htdocs.new NOTICE)
S=$(cat "$SHARE/version")
found=
for folder in / /static/ "/static/$S/" /files/ /csv/ /download/; do
	for name in "${names[@]}"; do
		code=$(web -o "$DIR/page" -w '%{http_code}' --path-as-is \
			"$folder$name")
		case $code in
		40? | 303) ;;
		200)
			# the pages the error files are: nothing about the box
			case $folder$name in
			/static/error/404.html | /files/) ;;
			*) found+=" $folder$name" ;;
			esac
			;;
		*) found+=" $code:$folder$name" ;;
		esac
		grep -qiE 'index of|<title>directory' "$DIR/page" &&
			found+=" list:$folder$name"
	done
done
expect "nothing lies about:$found" [ -z "$found" ]

# --- SQL (IN1) --------------------------------------------------------------------------------

SQL='near "|syntax error|no such (table|column)|unrecognized token'
devices() {
	server_mews mews site export - 2>/dev/null | grep -c '^device'
}
before=$(devices)
payloads=("'" '"' "' OR '1'='1" "1 OR 1=1" "'; DROP TABLE device;--" "1;SELECT 1"
	"' UNION SELECT code FROM user--" "\\'" "%' AND 1=1--" "1/**/OR/**/1"
	"' AND randomblob(100000000)--" "x'||(SELECT sqlite_version())||'"
	"ATTACH 'x' AS y" "1e999" "0x31" "NULL" "';VACUUM INTO '/tmp/x';--")
bad= turn=0
for path in /history /events /compare /csv /api/v1/series /api/v1/live /meters \
	/meters/P1 /meters/P1/quality /breakers /devices/add /devices/scan \
	/login /puk /users /download; do
	for field in q from to by device plate before kind least page user series \
		quantity level id n period; do
		payload=${payloads[turn++ % ${#payloads[@]}]}
		code=$(web -o "$DIR/page" -w '%{http_code}' -G \
			--data-urlencode "$field=$payload" "$path")
		{ [ "$code" != 000 ] && [ "$code" -lt 500 ]; } ||
			bad+=" $code:$path?$field=$payload"
		grep -qiE "$SQL" \
			"$DIR/page" && bad+=" said:$path?$field=$payload"
	done
done
for payload in "${payloads[@]}"; do
	encoded=$(printf %s "$payload" | od -An -tx1 | tr -d ' \n' | sed 's/../%&/g')
	for path in /meters/ /devices/ /csv/ /settings/rs485/ /profiles/ /users/ \
		/breakers/ /amendments/ /unexplained/; do
		code=$(web -o "$DIR/page" -w '%{http_code}' "$path$encoded")
		{ [ "$code" != 000 ] && [ "$code" -lt 500 ]; } ||
			bad+=" $code:$path$payload"
		grep -qiE "$SQL" "$DIR/page" &&
			bad+=" said:$path$payload"
	done
done
# the sign-in hears only who is not signed in
mv "$DIR/jar" "$DIR/kept"
for payload in "${payloads[@]}"; do
	rm -f "$DIR/jar"
	code=$(web_sign_in "$payload" 12345)
	[ "$code" != 303 ] && [ "$code" -lt 500 ] || bad+=" $code:user=$payload"
done
mv "$DIR/kept" "$DIR/jar"
expect "no text is SQL:$bad" [ -z "$bad" ]
expect "nothing is gone" [ "$(devices)" = "$before" ]
expect_not "no program stumbled" grep -qiE "$SQL" \
	"$DIR"/log/*.log

# --- strangers' tools -----------------------------------------------------------------------

# wapiti sends every form it finds; those that end the session, or make the
# address wait, the web server keeps from it meanwhile.
way_out() { # shut|open
	server_stop lighttpd
	server_conf
	[ "$1" = open ] || cat >>"$DIR/lighttpd.conf" <<-'END'
		$HTTP["url"] =~ "^/(sign-out|account/sessions|login|puk)" {
			url.access-deny = ("")
		}
	END
	server_run lighttpd lighttpd -D -f "$DIR/lighttpd.conf"
	server_wait "The web server" 15 web -f -o /dev/null /home
}

# Some pages of each kind, for two to three minutes a role.
look_as() { # USER PIN
	local cookie found rc
	rm -f "$DIR/jar" "$DIR/wapiti.json"
	way_out open
	web_sign_in "$@" >/dev/null
	way_out shut
	cookie=$(awk '/__Host-mews\t/ { print $6 "=" $7 }' "$DIR/jar")
	timeout -k 5 240 wapiti -u "https://127.0.0.1:$HTTPS_PORT/home" \
		--scope domain --verify-ssl 0 -H "Cookie: $cookie" \
		-m "blindsql,cookieflags,crlf,csp,exec,file,http_headers,permanentxss,redirect,sql,xss" \
		--max-links-per-page 12 --max-files-per-dir 4 --max-parameters 20 \
		--max-scan-time 40 --max-attack-time 12 --flush-session \
		--store-session "$DIR/wapiti" --no-bugreport -f json \
		-o "$DIR/wapiti.json" >"$DIR/log/wapiti.log" 2>&1
	rc=$?
	expect "wapiti ends, as $1" [ $rc = 0 ]
	[ -s "$DIR/wapiti.json" ] || return
	expect "it stayed signed in" [ "$(web_code /account)" = 200 ]
	expect "it saw pages: $(sed -nE 's/.* found ([0-9]+) URLs.*/\1/p' \
		"$DIR/log/wapiti.log")" \
		grep -qE 'found [0-9]{2,} URLs' "$DIR/log/wapiti.log"
	# X-XSS-Protection is a header that no browser heeds
	found=$(python3 -c 'import json, sys
all = json.load(open(sys.argv[1]))
for kind, list in [*all["vulnerabilities"].items(), *all["anomalies"].items()]:
    for v in list:
        if "X-XSS-Protection" not in v["info"]:
            print(kind, v["path"], v["parameter"], v["info"])' "$DIR/wapiti.json")
	expect "wapiti finds nothing as $1: $found" [ -z "$found" ]
}

if [ -n "${MEWS_LONG:-}" ]; then
	cookie=$(awk '/__Host-mews\t/ { print $6 "=" $7 }' "$DIR/jar")
	list=$(ls /usr/share/dirb/wordlists/big.txt /usr/share/dirb/wordlists/common.txt \
		2>/dev/null | head -n 1)
	if command -v ffuf >/dev/null && [ -n "$list" ]; then
		ffuf -k -s -t 4 -w "$list" -mc 200,204,301,302,307,401,500 \
			-u "https://127.0.0.1:$HTTPS_PORT/FUZZ" >"$DIR/found" 2>/dev/null
		expect "ffuf finds our pages alone: $(tr '\n' ' ' <"$DIR/found")" \
			[ -z "$(grep -vxE 'about|login|puk|guide|healthz|metrics|api' "$DIR/found")" ]
	fi
	if command -v wapiti >/dev/null; then
		look_as administrator 99999
		look_as installer 55555
		look_as user 11111
	fi
	if command -v sqlmap >/dev/null; then
		for page in "/history?q=active_power&from=2026-01-01" \
			"/events?before=5" "/api/v1/series?device=P1&q=active_power"; do
			sqlmap -u "https://127.0.0.1:$HTTPS_PORT$page" --batch --level 3 \
				--risk 2 --cookie "$cookie" --output-dir "$DIR/sqlmap" \
				--dbms sqlite --disable-coloring >"$DIR/said" 2>&1
			expect_not "sqlmap gets into $page" \
				grep -q 'is vulnerable\|injectable' <(
				grep -v 'not.*injectable\|do not appear' "$DIR/said")
		done
	fi
fi
finish
