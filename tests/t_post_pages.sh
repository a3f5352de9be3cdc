#!/bin/bash
# t_post_pages.sh - pages of mail, reports, uploads and the network drive: what
# they save, what they refuse and how, whose they are.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl

server_folders
server_certificate
server_site
server_start_simulator
server_users
server_start_daemons
server_start_courier
server_start_web

has() { # PATH REGEX
	web "$1" | tr '\n' ' ' | grep -Eq "$2"
}
said() { # REGEX
	tr '\n' ' ' <"$DIR/page" | grep -Eq "$1"
}
post() { # PATH FIELD=VALUE...: the status
	local path=$1 field
	local -a fields=()
	shift
	for field in "$@"; do
		fields+=(--data-urlencode "$field")
	done
	WEB_CSRF=$(web "${path%%\?*}" | web_hidden | sed -n 's/^csrf=//p' |
		tail -n 1) web_post "$path" "${fields[@]}"
}

pages="/settings/mail /settings/reports /settings/reports/new /settings/ftp
	/settings/ftp/new"
expect "signing in as user" [ "$(web_sign_in user 11111)" = 303 ]
for page in $pages /settings/share; do
	expect "$page is not the user's" [ "$(web_code "$page")" = 403 ]
done
rm -f "$DIR/jar"
expect "signing in as installer" [ "$(web_sign_in installer 55555)" = 303 ]
for page in $pages; do
	expect "$page: 200" [ "$(web_code "$page")" = 200 ]
done
expect "the network drive is the administrator's" \
	[ "$(web_code /settings/share)" = 403 ]
expect "no such recipient" [ "$(web_code /settings/reports/77)" = 404 ]
expect "no such server" [ "$(web_code /settings/ftp/77)" = 404 ]

# --- mail ------------------------------------------------------------------------------

mail=(host=127.0.0.1 port=9 security=starttls user=u password=pw-0f-mine
	sender=a@b.c trust= events=alarm to=x@y.z)
bad() { # PATH WHAT FIELD REGEX FIELD=VALUE...
	local path=$1 what=$2 field=$3 regex=$4
	shift 4
	expect "$what: 400" [ "$(post "$path" "$@")" = 400 ]
	expect "$what: in words beside the field" said "id=\"$field-bad\".*$regex"
}
m() { # FIELD VALUE: the form with that instead
	printf '%s\n' "${mail[@]/#$1=*/$1=$2}"
}
bad_mail() { # WHAT FIELD VALUE REGEX [BESIDE]
	local -a fields
	mapfile -t fields < <(m "$2" "$3")
	bad /settings/mail "$1" "${5:-$2}" "$4" do=test "${fields[@]}"
}
bad_mail "a host with a blank" host 'a b' 'a b.* is no server name'
bad_mail "markup as host" host '<b>"' '&lt;b&gt;&quot;.* is no server name'
bad_mail "port 0" port 0 'is no port from 1'
bad_mail "no sender" sender '' 'Enter the address that mails come from'
bad_mail "a sender that is none" sender 'a@b@c' 'is no mail address'
bad_mail "a password without encryption" security none 'not sent without'
bad_mail "a fingerprint that is none" trust abc 'is no fingerprint'
bad_mail "two addresses" to 'a@b.c,d@e.f' 'is no mail address'
expect "nothing was half saved" has /settings/mail 'value="" id="host"'
expect "a line break in a field: refused" [ "$(post /settings/mail \
	$'host=a\r\nBcc: x@y.z' do=save)" = 400 ]
expect "saved, and tested: 303" [ "$(post /settings/mail do=test \
	"${mail[@]}")" = 303 ]
expect "it is there" has /settings/mail 'value="127.0.0.1"'
expect_not "the password is on no page" has /settings/mail 'pw-0f-mine'
expect "but is known to be kept" has /settings/mail 'A password is kept'
server_wait "The result of the test" 60 has '/settings/mail?test=1' \
	'No server answers there'

# --- recipients ---------------------------------------------------------------------------

expect "a recipient: 303" [ "$(post /settings/reports/new \
	address=anna@example.org lang=it daily=1 events=1)" = 303 ]
expect "is listed" has /settings/reports \
	'anna@example.org.*Italiano.*Daily report.*Events'
bad /settings/reports/new "the same again" address 'in the list already' \
	address=ANNA@example.org lang=en
expect "what was typed stays" said 'value="ANNA@example.org"'
bad /settings/reports/new "no address" address 'is no mail address' \
	address=anna lang=en
bad /settings/reports "no time" time 'is no time' time=25:00
expect "a time: 303" [ "$(post /settings/reports time=02:30)" = 303 ]
expect "is there" has /settings/reports 'value="02:30"'
expect "send now: 303" [ "$(post /settings/reports/1 do=daily)" = 303 ]
server_wait "It is on the list" 60 has /settings/reports \
	'Daily report.*anna@example.org.*waits and is tried again'
for n in 1 2 3 4 5 6 7 8 9; do
	post /settings/reports/new "address=r$n@example.org" lang=en daily=1 \
		>/dev/null
done
expect "an eleventh: 400" [ "$(post /settings/reports/new \
	address=r10@example.org lang=en daily=1)" = 400 ]
expect "in words" said 'Ten get this mail already'
expect "asked before it is removed" has '/settings/reports/1?ask=remove' \
	'gets no mail from then on'
expect "removed: 303" [ "$(post /settings/reports/1 do=remove)" = 303 ]
expect "is gone" [ "$(web_code /settings/reports/1)" = 404 ]

# --- uploads ----------------------------------------------------------------------------------

up=(kind=sftp host=127.0.0.1 port=9 path=in user=u password=pw-0f-mine trust=
	active=1)
bad /settings/ftp/new "a folder above" path 'is no folder' "${up[@]/#path=*/path=..}"
bad /settings/ftp/new "no user" user 'Enter the name' "${up[@]/#user=*/user=}"
bad /settings/ftp/new "no host" host 'is no server name' "${up[@]/#host=*/host=}"
bad /settings/ftp/new "another kind" kind 'none of the choices|three kinds' \
	"${up[@]/#kind=*/kind=gopher}"
expect "saved, and tested: 303" [ "$(post /settings/ftp/new do=test \
	"${up[@]}")" = 303 ]
server_wait "The result of the test" 60 has /settings/ftp/1 \
	'No server answers there'
expect_not "no password on the page" has /settings/ftp/1 'pw-0f-mine'
expect "removed: 303" [ "$(post /settings/ftp/1 do=remove)" = 303 ]
expect "and its password" [ ! -e "$DIR/state/courier/secret-upload-1" ]

# --- network drive -------------------------------------------------------------------------------

rm -f "$DIR/jar"
expect "signing in as administrator" [ "$(web_sign_in administrator \
	99999)" = 303 ]
wanted=$DIR/state/wanted
bad /settings/share "a wrong PIN" pin '.' smb=on ftp=on pin=98765
bad /settings/share "plain FTP, not sure" sure 'Tick that you want' smb=off \
	ftp=plain pin=99999
expect "nothing is wanted yet" [ ! -e "$wanted/share" ]
expect "on: 303" [ "$(post /settings/share smb=on ftp=on pin=99999)" = 303 ]
expect "is wanted" grep -q 'smb=on.*ftp=on\|ftp=on.*smb=on' "$wanted/share"
expect "a password: 200" [ "$(post /settings/share do=password \
	pin=99999)" = 200 ]
password=$(sed -n 's/.*id="password">\([a-z2-9]*\)<.*/\1/p' "$DIR/page")
expect "of twenty letters" [ ${#password} = 20 ]
expect "it is wanted" grep -q "password=$password" "$wanted/share"
expect "it is shown once" [ -z "$(web /settings/share | grep "$password")" ]
expect "and is in no database or log" [ -z "$(grep -rl "$password" \
	"$DIR/state"/*.db* "$DIR/log")" ]
expect "only the writer may read it" [ "$(stat -c %a "$wanted/share")" = 600 ]
expect "plain, and sure: 303" [ "$(post /settings/share smb=off ftp=plain \
	sure=1 pin=99999)" = 303 ]
expect "plain is wanted" grep -q 'force_local_logins_ssl=NO' \
	"$wanted/vsftpd.conf"
expect "the password stays wanted" grep -q "password=$password" "$wanted/share"
server_mews mews set share_ftp_port "$(free_port)" >/dev/null
expect "a test: 303" [ "$(post /settings/share do=test)" = 303 ]
server_wait "Its result" 60 has '/settings/share?test=1' \
	'FTP server is on, but nobody answers: the server is not started yet'
finish
