#!/bin/bash
# t_hd.sh - HD1 to HD3: every answer carries the headers, no page has a script or
# style of its own, nothing comes from elsewhere, and nothing tells who serves.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd curl openssl spawn-fcgi
PACE=--fast

server_folders
server_certificate
server_site
server_users
server_start_daemons
server_start_web

ORIGIN=https://127.0.0.1:$HTTPS_PORT
POLICY="default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
cat >"$DIR/always" <<END
Content-Security-Policy: $POLICY
X-Content-Type-Options: nosniff
X-Frame-Options: DENY
Referrer-Policy: same-origin
Cross-Origin-Opener-Policy: same-origin
Cross-Origin-Resource-Policy: same-origin
Strict-Transport-Security: max-age=31536000
END

ask() { # CURL-ARGUMENTS... PATH: head into $DIR/head, body into $DIR/page
	web -D "$DIR/raw" -o "$DIR/page" "$@"
	tr -d '\r' <"$DIR/raw" >"$DIR/head"
}
lacks() { # what the answer's head has not, and what it must not have
	grep -vxFf "$DIR/head" "$DIR/always"
	grep -iE '^(Server|X-Powered-By|Access-Control-[^:]*|Via):' "$DIR/head"
	[ "$(grep -ci '^Content-Security-Policy:' "$DIR/head")" = 1 ] ||
		echo "not one policy"
	grep -i '^Content-Type: text/' "$DIR/head" |
		grep -vi 'charset=utf-8' | sed 's/^/no character set: /'
	[ "${1:-}" = static ] ||
		grep -qixE 'Cache-Control: (no-store|private, no-cache)' "$DIR/head" ||
		echo "may be kept"
}
# HD2: no script, style or handler in a page; HD3: nothing from elsewhere
inline() {
	tr '\n\t' '  ' <"$DIR/page" | grep -oiE \
		'<script[^>]*>[^<]+|<style|<[a-z][^>]* (style|on[a-z]+) *=|javascript:|(src|href|action|data)="(https?:)?//[^"]*' |
		grep -vE 'xmlns' | head -n 2
}
fits() { # WHAT [static]: the last answer
	local bad
	bad=$(lacks "${2:-}"; inline)
	expect "$1 $(head -n 1 "$DIR/head" | cut -d ' ' -f 2)${bad:+: $bad}" \
		[ -z "$bad" ]
}

# --- each page of the table, as each role and as nobody ---------------------------------

# The table of roles has all pages, with an example where a path has a part.
paths() {
	awk '!/^#/ && NF >= 3 {
		if (NF == 3) print $1
		for (i = 4; i <= NF; i++) print $i
	}' "$SRC/tests/attack/roles.txt" | sort -u
}
mapfile -t all < <(paths)
expect "pages are known: ${#all[@]}" [ "${#all[@]}" -gt 50 ]
for who in nobody 'user 11111' 'installer 55555' 'administrator 99999'; do
	rm -f "$DIR/jar"
	# shellcheck disable=SC2086
	[ "$who" = nobody ] || expect "signing in as ${who% *}" \
		[ "$(web_sign_in $who)" = 303 ]
	for path in "${all[@]}"; do
		ask "$path"
		bad=$(lacks; inline)
		[ -z "$bad" ] || expect "${who% *} $path: $bad" false
	done
	expect "all pages, as ${who% *}" true
done

# --- errors, static files, downloads ------------------------------------------------------

ask /nowhere && fits "a page that is not there"
ask /meters/NONE && fits "a meter that is not there"
ask -X PUT /home && fits "a method that is none"
ask -X TRACE /home && fits "TRACE"
expect_not "which is not echoed" grep -q 'TRACE /' "$DIR/page"
ask '/home?x=%' && fits "a query that cannot be read"
ask -d x=1 /login && fits "a form without token"
ask -H 'Content-Type: text/xml' -d '<a/>' /login && fits "no form"
ask /static/nowhere.css && fits "a static file that is not there"
ask /static/ && fits "a folder"
version=$(cat "$SHARE/version")
for file in app.css app.js icons.svg favicon.svg licences/barlow.txt \
	barlow/barlow-latin-400-normal.woff2; do
	ask "/static/$version/$file" && fits "$file" static
	expect "which may be kept" grep -qx 'Cache-Control: max-age=31536000' \
		"$DIR/head"
done
server_stop pages.1
server_stop pages.2
ask /home && [ "$(head -n 1 "$DIR/head" | cut -d ' ' -f 2)" = 503 ]
expect "no program: 503" [ $? = 0 ]
expect "with the policy" grep -qF "$POLICY" "$DIR/head"
for name in pages.1 pages.2; do
	server_run_fcgi $name pages.fcgi
	server_wait $name 10 test -S "$DIR/run/$name.sock"
done
back() {
	[ "$(web_code /about)" = 200 ]
}
server_wait "The pages" 30 back

# --- who asks from elsewhere ----------------------------------------------------------------

for origin in https://evil.example null "$ORIGIN.evil.example"; do
	ask -H "Origin: $origin" /api/v1/live
	expect_not "$origin is let in" grep -qi '^Access-Control' "$DIR/head"
	ask -X OPTIONS -H "Origin: $origin" \
		-H 'Access-Control-Request-Method: POST' /users
	expect_not "$origin may ask first" grep -qi '^Access-Control' "$DIR/head"
done
for host in evil.example 'a b' '127.0.0.1@evil.example' '"><b>' ''; do
	ask -H "Host: $host" /login
	expect_not "Host: $host comes back" grep -qiE 'evil|"><b>' \
		"$DIR/head" "$DIR/page"
done
for header in X-Forwarded-Host X-Host Forwarded X-Original-URL X-Rewrite-URL; do
	ask -H "$header: evil.example" -b none /nowhere
	expect_not "$header comes back" grep -qi evil "$DIR/head" "$DIR/page"
done
rm -f "$DIR/jar" # who is in is not asked to sign in
ask '/login?next=/meters'
expect "a way back through next" grep -q 'value="/meters"' "$DIR/page"
ask -G --data-urlencode 'next=//evil.example' /login
expect_not "a way out through next" grep -q 'evil.example' "$DIR/page"
ask "/login?next=%0d%0aSet-Cookie:a=b"
expect_not "a header through next" grep -qi '^Set-Cookie: a=b' "$DIR/head"

# --- cookies ----------------------------------------------------------------------------------

rm -f "$DIR/jar"
ask /login
cp "$DIR/raw" "$DIR/cookies"
mapfile -t hidden < <(web_hidden <"$DIR/page")
ask "${hidden[@]}" --data-urlencode user=user --data-urlencode pin=11111 \
	-H "Origin: $ORIGIN" /login
cat "$DIR/raw" >>"$DIR/cookies"
expect "cookies were set" [ "$(grep -ci '^Set-Cookie' "$DIR/cookies")" -ge 2 ]
while IFS= read -r cookie; do
	for word in __Host- Path=/ Secure HttpOnly SameSite=Strict; do
		expect "a cookie has $word" grep -q "$word" <<<"$cookie"
	done
	expect_not "and no domain" grep -qi domain <<<"$cookie"
done < <(grep -i '^Set-Cookie' "$DIR/cookies")
finish
