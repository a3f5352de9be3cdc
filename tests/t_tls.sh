#!/bin/bash
# t_tls.sh - lighttpd speaks TLS 1.2 and 1.3 with AES-256-GCM only, sends the
# headers with everything, and plain HTTP only redirects.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd curl openssl sslscan spawn-fcgi

server_folders
server_certificate
server_conf
cp -R "$SHARE/htdocs" "$DIR/htdocs" && echo 'a{}' >"$DIR/htdocs/a.css"
sed -i "s,$BUILD/share/htdocs,$DIR/htdocs,g" "$DIR/lighttpd.conf"
server_run lighttpd lighttpd -D -f "$DIR/lighttpd.conf"
server_wait lighttpd 10 curl -sk -o /dev/null "https://127.0.0.1:$HTTPS_PORT/"

# --- suites ---------------------------------------------------------------------

sslscan --no-colour --no-heartbleed "127.0.0.1:$HTTPS_PORT" >"$DIR/scan"
suites=$(awk '/^(Preferred|Accepted)/ { print $2, $5 }' "$DIR/scan" | sort)
expect "suites are the two we want: $suites" [ "$suites" = \
	"TLSv1.2 ECDHE-ECDSA-AES256-GCM-SHA384
TLSv1.3 TLS_AES_256_GCM_SHA384" ]
for old in SSLv2 SSLv3 TLSv1.0 TLSv1.1; do
	expect "$old is off" grep -Eq "^$old +disabled" "$DIR/scan"
done

curves=$(openssl x509 -in "$DIR/state/tls/mews.pem" -noout -text)
expect "the key is EC P-256" grep -q 'NIST CURVE: P-256' <<<"$curves"
expect "the certificate names the address" \
	grep -q 'DNS:localhost, IP Address:127.0.0.1' <<<"$curves"
alpn=$(openssl s_client -connect "127.0.0.1:$HTTPS_PORT" -alpn h2,http/1.1 \
	</dev/null 2>/dev/null | grep ALPN)
expect_not "HTTP/2 is off: $alpn" grep -q 'protocol: h2' <<<"$alpn"

# --- headers ----------------------------------------------------------------------

web -D "$DIR/head" -o /dev/null /static/a.css
for header in "Content-Security-Policy: default-src 'none';" \
	'X-Content-Type-Options: nosniff' 'X-Frame-Options: DENY' \
	'Referrer-Policy: same-origin' \
	'Cross-Origin-Opener-Policy: same-origin' \
	'Cross-Origin-Resource-Policy: same-origin' \
	'Strict-Transport-Security: max-age=31536000' \
	'Cache-Control: max-age=31536000'; do
	expect "static files send $header" grep -qF "$header" "$DIR/head"
done
expect_not "nobody says who serves" grep -qi '^Server:' "$DIR/head"

# --- limits -----------------------------------------------------------------------

expect "no program: 503" [ "$(web_code /home)" = 503 ]
expect "a megabyte: 413" [ "$(head -c 1000000 /dev/zero |
	web -o "$DIR/page" -w '%{http_code}' \
		--data-binary @- /login)" = 413 ]
expect "in our words" grep -q '<h1[^>]*>This form is too long<' "$DIR/page"
expect "which look like ours" [ "$(web_code "$(sed -nE \
	's/.*href="(.*app.css)".*/\1/p' "$DIR/page")")" = 200 ]
expect "under the policy" grep -q "Content-Security-Policy.*default-src 'none'" \
	"$DIR/page"
expect "the same under a hidden slash" grep -q '<h1[^>]*>This request cannot' <(
	web --path-as-is /static/..%2fx)
expect "a long header: 431" [ "$(web_code -H "X: $(head -c 9000 /dev/zero |
	tr '\0' x)" /login)" = 431 ]
expect "two dots: 400" [ "$(web_code --path-as-is /static/../mews.key)" = 400 ]
expect "a hidden slash: 400" [ "$(web_code --path-as-is /static/..%2fx)" = 400 ]

# --- plain HTTP -------------------------------------------------------------------

plain() {
	curl -s -o /dev/null -w '%{http_code} %{redirect_url}' "$@"
}
expect "GET is sent to HTTPS" [ "$(plain "http://127.0.0.1:$HTTP_PORT/a?b=c")" = \
	"308 https://127.0.0.1:$HTTPS_PORT/a?b=c" ]
expect "POST is sent to HTTPS" [ "$(plain -d pin=11111 \
	"http://127.0.0.1:$HTTP_PORT/login")" = \
	"308 https://127.0.0.1:$HTTPS_PORT/login" ]
expect "static files too" [ "$(plain "http://127.0.0.1:$HTTP_PORT/static/a.css")" = \
	"308 https://127.0.0.1:$HTTPS_PORT/static/a.css" ]
exec 3<>"/dev/tcp/127.0.0.1/$HTTP_PORT"
printf 'GET /a.css HTTP/1.0\r\n\r\n' >&3
read -r -t 5 line <&3
expect "without a host nothing is served: $line" \
	grep -qE '^HTTP/1.0 (403|404|400|308)' <<<"$line"
finish
