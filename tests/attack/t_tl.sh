#!/bin/bash
# t_tl.sh - TL1 to TL5: what TLS is spoken, whose certificate is served, and that
# no certificate that is sent makes the box serve none.  MEWS_LONG: testssl.sh.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd curl openssl spawn-fcgi

server_folders
server_certificate
server_users
server_start_daemons
server_start_web
TLS=$DIR/state/tls

served() { # the fingerprint that a stranger sees
	openssl s_client -connect "127.0.0.1:$HTTPS_PORT" </dev/null 2>/dev/null |
		openssl x509 -noout -fingerprint -sha256 2>/dev/null | cut -d= -f2
}
said() { # FIELD: of the report
	tr ' ' '\n' <"$TLS/report" | sed -n "s/^$1=//p"
}
speaks() { # OPENSSL-ARGUMENTS...
	openssl s_client -connect "127.0.0.1:$HTTPS_PORT" "$@" </dev/null 2>&1 |
		grep -q 'Cipher is [^(]'
}

# --- suites (TL1, TL2) ------------------------------------------------------------------

expect "TLS 1.3 with AES-256" speaks -tls1_3 \
	-ciphersuites TLS_AES_256_GCM_SHA384
expect "TLS 1.2 with AES-256" speaks -tls1_2 \
	-cipher ECDHE-ECDSA-AES256-GCM-SHA384
for suite in TLS_AES_128_GCM_SHA256 TLS_CHACHA20_POLY1305_SHA256; do
	expect_not "no $suite" speaks -tls1_3 -ciphersuites $suite
done
for cipher in AES128-GCM-SHA256 AES256-SHA AES256-GCM-SHA384 \
	ECDHE-ECDSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-SHA384 \
	ECDHE-ECDSA-CHACHA20-POLY1305 ECDHE-ECDSA-AES256-SHA aNULL:eNULL; do
	expect_not "no $cipher" speaks -tls1_2 -cipher "$cipher@SECLEVEL=0"
done
for old in -tls1_1 -tls1; do
	expect_not "no $old" speaks $old -cipher ALL@SECLEVEL=0
done

# --- the certificate of the box (TL2, TL4) ----------------------------------------------

openssl x509 -in "$TLS/mews.pem" -noout -text >"$DIR/text"
expect "a key of P-256" grep -q 'NIST CURVE: P-256' "$DIR/text"
expect "version 3" grep -q 'Version: 3' "$DIR/text"
expect "for servers" grep -q 'TLS Web Server Authentication' "$DIR/text"
expect "no authority" grep -q 'CA:FALSE' "$DIR/text"
expect "with names" grep -q 'DNS:localhost, IP Address:127.0.0.1' "$DIR/text"
expect "which is what is served" [ "$(served)" = "$(said fingerprint)" ]
expect "the key is its group's at most" \
	[ "$(stat -c %a "$TLS/mews.pem")" = 640 ]
mkdir -p "$DIR/second"/{state,run}
"$BUILD/mews-apply" --state "$DIR/second/state" --run "$DIR/second/run"
expect_not "two boxes, two keys" cmp -s \
	<(openssl pkey -in "$TLS/mews.pem" -pubout) \
	<(openssl pkey -in "$DIR/second/state/tls/mews.pem" -pubout)

# --- certificates to send ----------------------------------------------------------------

PKI=$DIR/pki
mkdir "$PKI" && cd "$PKI" || exit 1
key() { # NAME ARGUMENTS... of openssl genpkey
	openssl genpkey -out "$1.key" "${@:2}" 2>/dev/null
}
root() { # NAME
	openssl req -x509 -new -key "$1.key" -days 3000 -subj "/CN=$1" \
		-out "$1.pem" 2>/dev/null
}
leaf() { # NAME KEY EXTENSIONS ARGUMENTS... of openssl x509
	openssl req -new -key "$2.key" -subj /CN=box -out "$1.csr" 2>/dev/null
	printf '%b\n' "$3" >"$1.ext"
	openssl x509 -req -in "$1.csr" -CAcreateserial -extfile "$1.ext" \
		-out "$1.crt" "${@:4}" 2>/dev/null
}
EC="-algorithm EC -pkeyopt ec_paramgen_curve:P-256"
SAN=subjectAltName=DNS:box.example.org,IP:127.0.0.1
key rootca $EC && root rootca
key other $EC && root other
key middle $EC
openssl req -new -key middle.key -subj /CN=middle -out middle.csr 2>/dev/null
printf 'basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n' >middle.ext
openssl x509 -req -in middle.csr -CA rootca.pem -CAkey rootca.key -CAcreateserial \
	-days 900 -extfile middle.ext -out middle.pem 2>/dev/null
BY="-CA middle.pem -CAkey middle.key"
key a $EC && leaf a a "$SAN" $BY -days 300
key b $EC && leaf b b "$SAN" $BY -days 300
key rsa -algorithm RSA -pkeyopt rsa_keygen_bits:2048
leaf rsa rsa "$SAN" $BY -days 300

# --- what is refused (TL5) ----------------------------------------------------------------

number=100
send() { # FILE: as mewsd leaves it; the result and its reason
	number=$((number + 1))
	mkdir -p "$DIR/state/wanted"
	{
		echo "put number=$number"
		cat "$1"
	} >"$DIR/state/wanted/certificate"
	server_apply
	[ "$(said number)" = $number ] || echo "not answered"
	echo "$(said result) $(said why)"
}
before=$(served)
count=0
refused() { # WHAT WHY FILE
	local got
	got=$(send "$3")
	count=$((count + 1))
	expect "$1: $got" [ "$got" = "refused $2" ]
}
key small -algorithm RSA -pkeyopt rsa_keygen_bits:1024
leaf small small "$SAN" $BY -days 300
key p224 -algorithm EC -pkeyopt ec_paramgen_curve:P-224
leaf p224 p224 "$SAN" $BY -days 300
key k256 -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1
leaf k256 k256 "$SAN" $BY -days 300
key p521 -algorithm EC -pkeyopt ec_paramgen_curve:P-521
leaf p521 p521 "$SAN" $BY -days 300
key ed -algorithm ED25519
leaf ed ed "$SAN" $BY -days 300
leaf ended a "$SAN" $BY -days 0
leaf sha1 a "$SAN" $BY -days 300 -sha1
leaf nosan a "basicConstraints=CA:FALSE" $BY -days 300
leaf mailsan a "subjectAltName=email:a@example.org" $BY -days 300
leaf wrongsan a "subjectAltName=DNS:a b" $BY -days 300
leaf client a "$SAN\nextendedKeyUsage=clientAuth" $BY -days 300
leaf strange a "$SAN" -CA other.pem -CAkey other.key -days 300
# begins in eight days: a root whose serial file and dates are its own
mkdir -p ca && : >ca/index && echo 01 >ca/serial
printf '[ca]\ndefault_ca=d\n[d]\ndir=ca\nnew_certs_dir=ca\ndatabase=ca/index\nserial=ca/serial\ndefault_md=sha256\npolicy=p\nunique_subject=no\n[p]\ncommonName=supplied\n' >ca.cnf
early() { # NAME FROM TO
	openssl ca -batch -notext -config ca.cnf -in a.csr -cert middle.pem \
		-keyfile middle.key -startdate "$2" -enddate "$3" \
		-extfile a.ext -out "$1.crt" 2>/dev/null
}
early early "$(date -u -d '+8 days' +%Y%m%d000000Z)" \
	"$(date -u -d '+80 days' +%Y%m%d000000Z)"
early past "$(date -u -d '-80 days' +%Y%m%d000000Z)" \
	"$(date -u -d '-8 days' +%Y%m%d000000Z)"
joined() { # FILES: in one, under the name "sent"
	cat "$@" >sent
	echo sent
}
: >nothing
echo hello >text
head -c 3000 /dev/urandom | tr -d '\0' >noise
refused "nothing" none nothing
refused "a text" none text
refused "noise" none noise
refused "only a key" none a.key
refused "a request" none a.csr
refused "a certificate without its key" no-key a.crt
refused "another's key" key "$(joined a.crt b.key)"
refused "a root and a key that is not its own" key "$(joined rootca.pem a.key)"
refused "two keys" many "$(joined a.crt a.key b.key)"
refused "eleven certificates" many "$(joined a.key a.crt a.crt a.crt a.crt \
	a.crt a.crt a.crt a.crt a.crt a.crt a.crt)"
openssl pkcs8 -topk8 -in a.key -passout pass:secret -out a.enc 2>/dev/null
refused "a key with a password" encrypted "$(joined a.crt a.enc)"
openssl ec -in a.key -aes256 -passout pass:secret -out a.old 2>/dev/null
refused "one of the old form" encrypted "$(joined a.crt a.old)"
refused "RSA 1024" weak "$(joined small.crt small.key)"
refused "P-224" weak "$(joined p224.crt p224.key)"
refused "secp256k1" kind "$(joined k256.crt k256.key)"
refused "P-521" kind "$(joined p521.crt p521.key)"
refused "Ed25519" kind "$(joined ed.crt ed.key)"
refused "SHA-1" sha1 "$(joined sha1.crt a.key)"
refused "ended today" ended "$(joined ended.crt a.key)"
refused "ended long ago" ended "$(joined past.crt a.key)"
refused "not begun" early "$(joined early.crt a.key)"
refused "no name" names "$(joined nosan.crt a.key)"
refused "a mail address" names "$(joined mailsan.crt a.key)"
refused "no name of DNS" names "$(joined wrongsan.crt a.key)"
refused "for clients" purpose "$(joined client.crt a.key)"
refused "one that does not belong to it" chain "$(joined a.crt other.pem a.key)"
refused "a chain with a hole" chain "$(joined a.crt a.key rootca.pem)"
refused "twice the same" chain "$(joined a.crt a.crt a.key)"
refused "signed by another" chain "$(joined strange.crt middle.pem a.key)"
joined a.crt a.key >/dev/null
sed '3,4d' sent >hole
refused "lines missing" broken hole
head -c 300 sent >cut
refused "cut short" broken cut
sed 's/-----END CERT.*/-----END X-----/' sent >end
refused "another end" broken end
sed '3s/./*/5' sent >star
refused "a byte that is not base64" broken star
openssl x509 -in a.crt -outform DER | tr -d '\0' >der
refused "DER" none der
openssl pkcs12 -export -in a.crt -inkey a.key -passout pass:x | tr -d '\0' >p12
refused "PKCS 12" none p12
{
	echo -----BEGIN CERTIFICATE-----
	head -c 900 /dev/urandom | base64
	echo -----END CERTIFICATE-----
	cat a.key
} >random
refused "noise in a frame" broken random
{
	echo -----BEGIN CERTIFICATE-----
	echo MIIB
	echo -----END CERTIFICATE-----
} >tiny
refused "a frame with next to nothing" broken tiny
{
	echo -----BEGIN CERTIFICATE-----
	printf '\x30\x84\xff\xff\xff\xff' | base64
	echo -----END CERTIFICATE-----
} >huge
refused "lengths of 4 GB" broken huge
{
	echo -----BEGIN CERTIFICATE-----
	yes 0000000000000000 | head -c 60 | base64
	printf 'MIAwgDCAMIAwgDCAMIAwgDCAMIAwgDCAMIAwgDCA%.0s' {1..300} | fold -w 64
	echo
	echo -----END CERTIFICATE-----
} >deep
refused "nested without end" broken deep
head -c 100000 /dev/zero | tr '\0' a >long
refused "100,000 bytes" many long
tr '\n' ' ' <sent >line
refused "all in one line" none line
expect "forty at least: $count" [ $count -ge 40 ]
expect "the same is served after all of them" [ "$(served)" = "$before" ]
expect_not "no key is in the report" grep -q PRIVATE "$TLS/report"

# --- what is taken --------------------------------------------------------------------------

print() { # FILE
	openssl x509 -in "$1" -noout -fingerprint -sha256 | cut -d= -f2
}
expect "a chain in any order" [ "$(send "$(joined rootca.pem middle.pem a.key \
	a.crt)")" = "served " ]
expect "is served" [ "$(served)" = "$(print a.crt)" ]
expect "so that its root suffices" curl -sf --http1.1 -o "$DIR/page" \
	--cacert rootca.pem --resolve "box.example.org:$HTTPS_PORT:127.0.0.1" \
	"https://box.example.org:$HTTPS_PORT/login"
expect "RSA 2048" [ "$(send "$(joined rsa.crt rsa.key middle.pem)")" = "served " ]
expect "with its own suite" speaks -tls1_2 -cipher ECDHE-RSA-AES256-GCM-SHA384

# a request, its key never outside
number=$((number + 1))
echo "request number=$number names=box.example.org%20127.0.0.1" \
	>"$DIR/state/wanted/certificate"
server_apply
expect "a request is made" [ "$(said result)" = requested ]
expect "with its names" grep -q 'DNS:box.example.org, IP Address:127.0.0.1' \
	<(openssl req -in "$TLS/next.csr" -noout -text -verify 2>/dev/null)
expect "its key is root's alone" [ "$(stat -c %a "$TLS/next.key")" = 600 ]
cp "$TLS/next.csr" asked.csr
openssl x509 -req -in asked.csr -CA middle.pem -CAkey middle.key -CAcreateserial \
	-days 300 -extfile a.ext -out asked.crt 2>/dev/null
expect "its certificate needs no key" [ "$(send "$(joined asked.crt \
	middle.pem)")" = "served " ]
expect "and is served" [ "$(served)" = "$(print asked.crt)" ]
expect "then the request is done" [ ! -e "$TLS/next.key" ]
expect "renewed for the same key, it is taken too" [ "$(send "$(joined \
	asked.crt)")" = "served " ]

# --- one that cannot be served: back (a port where nobody answers stands for it) ---------------

good=$HTTPS_PORT before=$(served)
HTTPS_PORT=$(free_port)
expect "not seen within 10 s" [ "$(send "$(joined b.crt middle.pem \
	b.key)")" = "back " ]
HTTPS_PORT=$good
back() {
	[ "$(served)" = "$before" ]
}
server_wait "The one before" 30 back
expect "the one before is served" back
cp "$DIR/lighttpd.conf" "$DIR/conf"
echo 'server.nonsense = (' >>"$DIR/lighttpd.conf"
expect "lighttpd would not start with it" [ "$(send "$(joined b.crt \
	middle.pem b.key)")" = "back " ]
cp "$DIR/conf" "$DIR/lighttpd.conf"
expect "nor did it" back
cp "$TLS/mews.pem" "$TLS/mews.pem.before"
cat b.crt middle.pem b.key >"$TLS/mews.pem"
server_apply
expect "what a power cut left is undone" \
	[ "$(print "$TLS/mews.pem")" = "$before" ]
expect "for good" [ ! -e "$TLS/mews.pem.before" ]
server_wait "The one before the cut" 30 back
expect "and the one before served" back

# --- the same by the page ----------------------------------------------------------------------

server_start_apply
says() { # TEXT: the page that came back does
	grep -qF "$1" "$DIR/page"
}
PUT=/settings/certificate/put
for who in 'user 11111' 'installer 55555'; do
	rm -f "$DIR/jar"
	# shellcheck disable=SC2086
	web_sign_in $who >/dev/null
	expect "not for $who" [ "$(web_code $PUT)" = 403 ]
done
rm -f "$DIR/jar"
web_sign_in administrator 99999 >/dev/null
post() { # FILE PIN
	web_post $PUT --form "file=@$1" --form-string "pin=$2"
}
expect "without a PIN" [ "$(post a.crt '')" = 400 ]
expect "in words" says "Type your PIN"
expect "with a wrong one" [ "$(post a.crt 12345)" = 400 ]
expect "in words too" says "Wrong PIN"
for kind in DER P12; do # with all their bytes, as a browser sends them
	case $kind in
	DER) openssl x509 -in a.crt -outform DER >"$kind" ;;
	*) openssl pkcs12 -export -in a.crt -inkey a.key -passout pass:x >"$kind" ;;
	esac
	expect "$kind: 400" [ "$(post "$kind" 99999)" = 400 ]
	expect "$kind: in words beside the field" grep -q 'id="file-bad"' "$DIR/page"
	expect "$kind: what it should be" says "There is no certificate in it"
done
expect "without its key" [ "$(post b.crt 99999)" = 400 ]
expect "beside the field" says "Its key is missing"
expect "what was typed comes back" says "BEGIN CERTIFICATE"
joined small.crt small.key >/dev/null
expect "too short a key" [ "$(post sent 99999)" = 400 ]
expect "is said to be" says "Its key is too short"
expect_not "and not shown" says "PRIVATE KEY"
expect "still the one before" back
joined b.crt b.key middle.pem >/dev/null
expect "a good one" [ "$(post sent 99999)" = 303 ]
new() {
	[ "$(served)" = "$(print b.crt)" ]
}
server_wait "The new certificate" 30 new
expect "is served" new
shown() {
	web /settings/certificate | grep -qF "$(print b.crt)"
}
server_wait "The report" 30 shown
expect "and shown" shown
expect "who asked is an event" grep -q 'Another certificate was asked for' \
	<(web /events)
told() {
	web /events | grep -q 'Another certificate is served'
}
server_wait "The event" 30 told
expect "so is what came of it" told

if [ -n "${MEWS_LONG:-}" ] && command -v testssl >/dev/null; then
	testssl --quiet --color 0 --warnings off --jsonfile "$DIR/json" \
		"127.0.0.1:$HTTPS_PORT" >"$DIR/log/testssl.log" 2>&1
	python3 - "$DIR/json" <<'END' >"$DIR/found"
import json, sys
# the authority of this test is nobody's, and 127.0.0.1 has no CAA and OCSP
mine = {"cert_chain_of_trust", "cert_trust", "DNS_CAArecord",
        "cert_revocation", "OCSP_stapling", "cert_caIssuers",
        "cert_extlifeSpan"}
for f in json.load(open(sys.argv[1])):
    if f["severity"] in ("MEDIUM", "HIGH", "CRITICAL", "LOW") and \
       not any(f["id"].startswith(m) for m in mine):
        print(f["severity"], f["id"], f["finding"])
END
	expect "testssl.sh finds nothing: $(head -n 3 "$DIR/found")" \
		[ ! -s "$DIR/found" ]
fi

# who signs in can compare the one that only the box vouches for
stranger() { # the page for who is not signed in
	curl -sk --http1.1 --max-time 20 \
		"https://127.0.0.1:$HTTPS_PORT/login" | sed 's/<wbr>//g'
}
expect_not "an authority's is not told before signing in" grep -q \
	"$(print b.crt)" <(stranger)
expect "one of its own again" [ "$(web_post /settings/certificate/own \
	--data-urlencode pin=99999)" = 303 ]
own() {
	stranger | grep -qF "$(served)"
}
server_wait "Its own certificate at the door" 30 own
expect "is told before signing in" own
finish
