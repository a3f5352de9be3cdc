#!/bin/bash
# t_mail.sh - mails to a real server with TLS: reports, events, tests; a server
# that says later, no, nothing, or is lost at the end; certificates of others.
. "${SRC:?}/tests/lib.sh" || exit 1
need curl openssl
/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || {
	echo "SKIP: python3-aiosmtpd is missing"
	exit 77
}

SMTP_PORT=$(free_port)
BOX=$DIR/box
mkdir -p "$BOX"
server_folders
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 \
	-days 30 -subj /CN=sink -keyout "$BOX/key" -out "$BOX/crt" 2>/dev/null ||
	die "openssl made no certificate"
server_site
server_start_simulator
server_fill "$(date -d '3 days ago' +%s)"
server_users
server_start_daemons
server_start_courier

sink() { # SECURITY: a mail server
	rm -f "$DIR/log/smtp.log"
	server_run smtp /usr/bin/python3 "$SRC/tests/smtp_sink.py" "$BOX" \
		"$SMTP_PORT" "$1" "$BOX/crt" "$BOX/key"
	server_wait "The mail server" 30 grep -q ready "$DIR/log/smtp.log"
}
mode() {
	echo "$1" >"$BOX/mode"
}
mews() {
	server_mews mews "$@"
}
ask() { # COMMAND NAME=VALUE...: the answer
	mews do "$@" 2>&1
}
field() { # NAME: of the answer on stdin
	sed -n "s/^$1  *//p"
}
set_all() { # KEY VALUE...
	while [ $# -gt 1 ]; do
		mews set "$1" "$2" >/dev/null || return 1
		shift 2
	done
}
send() { # LETTER ADDRESS [LANG]: its id
	ask mail-send letter="$1" address="$2" lang="${3:-en}" | field id
}
state() { # ID
	ask mails id="$1" | field state0
}
is() { # ID STATE
	[ "$(state "$1")" = "$2" ]
}
why_is() { # ID WORD: it was tried, and that came of it
	[ "$(ask mails id="$1" | field why0)" = "$2" ]
}
count() {
	ls "$BOX" | grep -c '\.eml$'
}
finger=$(openssl x509 -in "$BOX/crt" -noout -fingerprint -sha256 |
	sed 's/.*=//')

mode ok
sink starttls
set_all mail_host 127.0.0.1 mail_port "$SMTP_PORT" mail_from house@example.org \
	mail_user mews
ask secret-set name=smtp value='s3cret word' >/dev/null

# --- whom to trust ----------------------------------------------------------------

id=$(send test anna@example.org)
server_wait "A certificate of someone else" 40 why_is "$id" certificate
expect "it waits, and nothing went" [ "$(state "$id") $(count)" = "waits 0" ]
expect "its fingerprint is told" [ "$(ask mails id="$id" | field said0)" = \
	"$(echo "$finger" | tr -d : | tr A-F a-f)" ]
set_all mail_trust "$finger"
next=$(send test berta@example.org)
server_wait "A mail to whom is trusted" 40 is "$next" sent
server_wait "What waited" 40 is "$id" sent
expect "each went once" [ "$(count)" = 2 ]
expect "the password is in no log" [ -z "$(grep -rl 's3cret' "$DIR/log" \
	"$DIR/state/config.db"* "$DIR/state/courier/courier.db"*)" ]
expect "only courier may read it" [ "$(stat -c %a \
	"$DIR/state/courier/secret-smtp")" = 600 ]

ask secret-set name=smtp value=wrong >/dev/null
id=$(send test carla@example.org)
server_wait "A wrong password" 40 why_is "$id" login
ask secret-set name=smtp value='s3cret word' >/dev/null
set_all mail_security none
id=$(send test dora@example.org)
server_wait "No TLS: the password stays here" 40 why_is "$id" open
set_all mail_security starttls mail_user ""
id=$(send test ella@example.org)
server_wait "A server that wants a name" 40 why_is "$id" login
expect "the mail waits for one" is "$id" waits
set_all mail_user mews
ask courier-wake sink=mail >/dev/null

# --- what servers do ----------------------------------------------------------------

id=$(send test nobody@example.org)
server_wait "An address that is not there" 40 is "$id" refused
expect "in the server's words" grep -q '550 5.1.1' <<<"$(ask mails id="$id")"
before=$(count)
mode later
id=$(send test emma@example.org)
server_wait "Come again later" 40 why_is "$id" later
expect "it waits" is "$id" waits
mode lost
lost=$(send test frida@example.org)
server_wait "An answer that is lost" 40 is "$lost" unknown
expect "it was taken once" [ "$(count)" = $((before + 1)) ]
mode refuse
id=$(send test fabio@example.org)
server_wait "No, for good" 40 is "$id" refused
mode cut
cut=$(send test gina@example.org)
server_wait "A connection that breaks before the text" 40 why_is "$cut" lost
expect "the mail waits" is "$cut" waits
expect "the log says so" grep -q "mail $cut to gina@example.org: lost" \
	"$DIR/log/mews-courier.log"
mode half
half=$(send daily gino@example.org)
over() { # ID: it was tried
	[ "$(ask mails id="$1" | field why0)" != "" ]
}
server_wait "One that breaks in the middle of the text" 40 over "$half"
expect "nothing of it arrived" [ "$(count)" = $((before + 1)) ]
case $(state "$half") in
waits | unknown) ;; # the last byte had left, or not
*) expect "it waits, or nobody knows" false ;;
esac
mode nothing
id=$(send test greta@example.org)
server_wait "A server that says nothing" 60 why_is "$id" timeout
expect "the mail waits" is "$id" waits
mode ok
ask courier-wake sink=mail >/dev/null
server_stop smtp
id=$(send test hanna@example.org)
server_wait "Nobody there" 60 why_is "$id" connect

# --- an outage and a crash lose nothing and double nothing ------------------------------

before=$(count)
for who in a b c d; do
	send test "$who@example.net" >/dev/null
done
server_stop mews-courier KILL
mode ok
sink starttls
server_start_courier
id=$(send test last@example.net)
server_wait "The last of them" 60 is "$id" sent
all() {
	[ "$(cat "$BOX"/*.to | grep -c '@example.net$')" = 5 ]
}
server_wait "All five" 60 all
expect "each once" [ "$(cat "$BOX"/*.to | grep -o '[a-z]*@example.net$' |
	sort | uniq -d | wc -l)" = 0 ]
expect "what is unknown is not sent again" [ "$(grep -l frida "$BOX"/*.to |
	wc -l)" = 1 ]

server_wait "What broke off before the text" 60 is "$cut" sent
expect "came once" [ "$(grep -l gina "$BOX"/*.to | wc -l)" = 1 ]
ended() {
	case $(state "$half")$(grep -l gino "$BOX"/*.to | wc -l) in
	unknown0 | sent1) ;;
	*) false ;;
	esac
}
server_wait "What broke off in the middle: once, or told as unknown" 60 ended

# --- TLS from the first byte; a server without ---------------------------------------------

server_stop smtp
sink tls
set_all mail_security tls mail_trust ""
id=$(send test karl@example.net)
server_wait "With TLS from the first byte, too, a stranger" 60 \
	why_is "$id" certificate
expect "gets nothing" is "$id" waits
set_all mail_trust "$finger"
id=$(send test lena@example.net)
server_wait "A mail with TLS from the first byte" 60 is "$id" sent
server_stop smtp
sink none
set_all mail_security starttls
id=$(send test mara@example.net)
server_wait "Without TLS nothing goes" 60 why_is "$id" no-tls
expect "and it waits" is "$id" waits
server_stop smtp
sink starttls

# --- reports ---------------------------------------------------------------------------

cat >"$DIR/read.py" <<'PY'
# prints a mail: head, parts and what is asked of it
import email, email.policy, sys
m = email.message_from_binary_file(open(sys.argv[1], "rb"),
                                   policy=email.policy.default)
assert not m.defects, m.defects
print("from", m["from"]); print("to", m["to"])
print("subject", m["subject"]); print("id", m["message-id"])
print("heads", sorted(k.lower() for k in m.keys()))
for p in m.walk():
    assert not p.defects, p.defects
    if not p.is_multipart():
        body = p.get_content()
        print("part", p.get_content_type(), p.get_filename() or "-",
              len(body))
        print(body)
PY
mail_to() { # ADDRESS: the newest mail to it, read
	local to
	to=$(grep -l " $1\$" "$BOX"/*.to | tail -n 1)
	/usr/bin/python3 "$DIR/read.py" "${to%.to}.eml"
}
for lang in en it fr; do
	id=$(send daily "$lang@example.org" $lang)
	server_wait "A daily report in $lang" 60 is "$id" sent
	mail_to "$lang@example.org" >"$DIR/$lang.txt"
done
expect "English" grep -q 'subject .*: Report of ' "$DIR/en.txt"
expect "Italian" grep -q 'subject .*: Rapporto di ' "$DIR/it.txt"
expect "French" grep -q 'subject .*: Rapport du ' "$DIR/fr.txt"
expect "a text" grep -q '^part text/plain' "$DIR/en.txt"
expect "with the day's energy" grep -Eq '^Electricity: [0-9.,]+.kWh' \
	"$DIR/en.txt"
expect "and the day before" grep -Eq '% (less|more) than the day before' \
	"$DIR/en.txt"
expect "HTML" grep -q '^part text/html' "$DIR/en.txt"
expect_not "that fetches nothing" grep -Eq '(src|href)=' "$DIR/en.txt"
expect "CSV of all" grep -Eq '^part text/csv SITE_[-0-9]+_hours.csv' \
	"$DIR/en.txt"
expect "and of each" [ "$(grep -c '^part text/csv P' "$DIR/en.txt")" -ge 8 ]
day=$(date -d yesterday +%F)
sum() { # of yesterday's hours of P1 in the file, Wh
	/usr/bin/python3 - "$DIR/en.txt" <<'PY'
import csv, sys
text = open(sys.argv[1], encoding="utf-8").read()
part = text.split("part text/csv SITE_")[1].split("\npart ")[0]
rows = list(csv.reader(part.split("\n", 1)[1].lstrip("\ufeff").splitlines()))
at = [i for i, h in enumerate(rows[0])
      if h.startswith("P1_active_energy_import_delta")][0]
print(sum(int(r[at]) for r in rows[1:] if len(r) > at and r[at]))
PY
}
expect "24 hours that add up to the day ($day)" [ "$(sum)" -gt 0 ]

# --- by themselves: a report and an event --------------------------------------------------

put() { # ADDRESS LANG GETS
	ask recipient-put id=0 address="$1" lang="$2" gets="$3"
}
put otto@example.org it 9 >/dev/null
now=$(date +%s)
ask courier-wake sink=mail >/dev/null
expect "a report is due" sqlite3 "$DIR/state/courier/courier.db" \
	"PRAGMA busy_timeout=5000; UPDATE cursor SET at = at - 86400
	 WHERE name = 'daily'"
set_all report_at 0
ask courier-wake sink=mail >/dev/null
got() { # ADDRESS
	grep -l " $1\$" "$BOX"/*.to
}
server_wait "It comes by itself" 60 got otto@example.org
ask courier-wake sink=mail >/dev/null
ask courier-wake sink=mail >/dev/null
set_all mail_events warning
echo 'P3 silent' >>"$DIR/run/simulator.ctl"
event() {
	ask courier-wake sink=mail
	grep -q 'P3 non risponde' <<<"$(mail_to otto@example.org)"
}
server_wait "An event by mail" 90 event
expect "one report and one event" [ "$(got otto@example.org | wc -l)" = 2 ]

# --- hostile texts -------------------------------------------------------------------------

heads=$(grep '^heads' "$DIR/en.txt")
name_is() { # NAME: the site is called so
	ask site-set text="site \"$1\" board QE1 zone $ZONE contract 6000"
}
n=0
for name in 'Bcc: x@y.z' 'a=?utf-8?Q?=0D=0ABcc:_x@y.z?=b' '%0d%0aBcc: x@y.z' \
	'a <x@y.z>, b' 'a,b;c:d' '--mews_1_1' '.' 'ÄÖÜ ñ €' '<b>&amp;</b>' \
	"$(printf 'é%.0s' {1..31})" 'QUIT' 'a\\\\nBcc: x@y.z'; do
	name_is "$name" >/dev/null || die "the site is not called $name"
	n=$((n + 1))
	id=$(send daily "h$n@example.org" it)
	server_wait "A mail of a site called $name" 60 is "$id" sent
	mail_to "h$n@example.org" >"$DIR/h.txt"
	expect "the same heads" [ "$(grep '^heads' "$DIR/h.txt")" = "$heads" ]
	expect "one recipient" [ "$(cat "$(got "h$n@example.org")")" = \
		"house@example.org h$n@example.org" ]
	expect "the name as it is" grep -qF "subject ${name//\\\\\\\\/\\\\}: " "$DIR/h.txt"
done
device_is() { # NAME, as the site file has it: P4 is called so
	ask device-put was=P4 text="device P4 \"$1\" line A unit 4 profile carlo-gavazzi-vmu-mc zone Cellar panel QE1 pulses 1 active_energy_import 1"
}
n=0
for name in '=HYPERLINK(1)' '\"q\", <b>' '../../x' '%0d%0aBcc: x@y.z' \
	'é=?utf-8?Q?=0D=0ABcc:_x@y.z?='; do
	device_is "$name" >/dev/null || die "no device is called $name"
	n=$((n + 1))
	id=$(send daily "d$n@example.org" en)
	server_wait "A mail of a device called $name" 60 is "$id" sent
	mail_to "d$n@example.org" >"$DIR/h.txt"
	expect "the same heads" [ "$(grep '^heads' "$DIR/h.txt")" = "$heads" ]
	expect "the same files" [ "$(grep '^part text/csv' "$DIR/h.txt" |
		cut -d ' ' -f 3)" = "$(grep '^part text/csv' "$DIR/en.txt" |
		cut -d ' ' -f 3)" ]
	expect "the name as it is" grep -qF "P4 ${name//\\}" "$DIR/h.txt"
done
for name in "$(printf 'n%.0s' {1..200})" $'a\nb' $'a\rBcc: x@y.z'; do
	expect_not "no device is called ${name:0:9}" device_is "$name"
done
put_quietly() {
	put "$1" en 1 >/dev/null
}
for address in 'a@b c' 'a b@c.de' "a@c.de,b@c.de" 'a@@b' '@b' 'a@' '-a@b.c' \
	"x@y.z>" "<x@y.z" 'a@b@c' 'ä@b.c' "$(printf '%065d' 0)@b.c"; do
	expect_not "no address: $address" put_quietly "$address"
	expect_not "nobody to send to: $address" [ -n "$(send test "$address")" ]
done
finish
