#!/bin/bash
# t_change.sh - the site is changed while mewsd measures it: by commands, by a
# whole file, and back; what is refused changes nothing, and no energy is lost.
. "${SRC:?}/tests/lib.sh" || exit 1
need python3 sqlite3
PACE=--fast

ask() { # DOOR LINE: prints the answer
	printf '%s\n' "$2" | python3 -c '
import socket, sys
s = socket.socket(socket.AF_UNIX)
s.settimeout(20)
s.connect(sys.argv[1])
s.sendall(sys.stdin.buffer.read())
print(s.makefile().readline(), end="")' "$DIR/run/$1.sock"
}

door() { ask mewsd "$1"; }
mews() { server_mews mews "$@"; }
field() { sed -nE "s/.* $1=([^ ]*).*/\\1/p"; }
escaped() { python3 -c 'import sys, urllib.parse
print(urllib.parse.quote(sys.argv[1]))' "$1"; }
sign_in() { # USER PIN: prints the token
	ask auth "sign-in user=$1 pin=$2 source=::1" | field token
}
says() { # WORD LINE
	[ "${2%% *}" = "$1" ] || { echo "it says: $2"; return 1; }
}
put() { # WAS TEXT: of a device
	door "device-put token=$I was=$1 text=$(escaped "$2")"
}
put_line() { # WAS TEXT
	door "line-put token=$I was=$1 text=$(escaped "$2")"
}
line_text() { # NAME
	mews site export | grep "^line $1 "
}
events() { # KIND: they are written within 2 s
	sleep 2.5
	sqlite3 -separator ' ' "file:$DIR/state/history.db?mode=ro" \
		"SELECT who, subject, arg1 FROM event WHERE kind = '$1'
		ORDER BY id"
}
status() { # NAME
	mews status | awk -v name="$1" '$1 == name { print $2 }'
}
answering() { # NUMBER: of devices, within 20 s
	local until=$((SECONDS + 20))
	until [ "$(status answering)" = "$1" ]; do
		[ $SECONDS -lt $until ] || return 1
		sleep 0.2
	done
}
is_line() { # NAME TEXT SECONDS
	local until=$((SECONDS + $3))
	until [ "$(line_text "$1")" = "$2" ]; do
		[ $SECONDS -lt $until ] || return 1
		sleep 0.5
	done
}
minutes() { # PLATE QUANTITY
	"$BUILD/tests/show" --state "$DIR/state" --run "$DIR/run" \
		minutes "$1" "$2" "$begun" $(($(date +%s) / 60 * 60))
}
conserved() { # PLATE QUANTITY
	minutes "$1" "$2" | awk '
		$2 < 0 || (NR > 1 && $1 != t + 60) { bad = 1 }
		NR > 1 { sum += $2 }
		NR == 1 { first = $3 }
		{ t = $1; last = $3 }
		END { exit bad || NR < 2 || sum != last - first }'
}
# What was read before a change counts after it: no minute since the begin has
# less than three quarters of its readings, one in 5 s.
read_all() { # PLATE QUANTITY
	minutes "$1" "$2" | awk -v begun="$second" '{
		should = 12 - (NR == 1 ? begun / 5 : 0)
		if (4 * $6 < 3 * (should - 1))
			bad = 1
	} END { exit bad || NR == 0 }'
}
next_minute() { # waits until the one that is open is written
	sleep $((65 - $(date +%s) % 60))
}
refused() { # WHAT WHY LINE: bad, with why, and nothing changed
	local answer
	mews site export >"$DIR/before"
	answer=$(door "$3")
	expect "$1" says bad "$answer"
	expect "$1: says why" [ "$(echo "$answer" | field why)" = "$2" ]
	expect "$1: changes nothing" cmp -s "$DIR/before" \
		<(mews site export)
}

# --- a server of one's own ---------------------------------------------------------

server_folders
own() { # PROGRAM ARGUMENTS...
	local program=$1
	shift
	"$BUILD/$program" --dir "$DIR/own" --share "$BUILD/share" "$@"
}
server_run own "$BUILD/mewsd" --dir "$DIR/own" --share "$BUILD/share" \
	--modbus-port 0
server_wait own 10 test -S "$DIR/own/run/mewsd.sock"
expect "below one folder" grep -q '^devices *0$' <(own mews status)
server_stop own
expect "that it made" test -f "$DIR/own/state/config.db"

# --- the demo's site --------------------------------------------------------------------

server_site
server_users
server_start_simulator
server_run_mews mews-auth mews-auth
server_run_mews mewsd mewsd --modbus-port 0
server_wait mews-auth 10 test -S "$DIR/run/auth.sock"
server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
expect "all answer" answering 10
begun=$(($(date +%s) / 60 * 60)) second=$(($(date +%s) % 60))
I=$(sign_in installer 55555) U=$(sign_in user 11111)

# --- at the shell, while mewsd runs -------------------------------------------

mews site export "$DIR/site.text"
expect "a site that is the same changes nothing" \
	[ "$(mews site import "$DIR/site.text" --dry-run)" = \
	"nothing would change" ]
expect "a setting" mews set language it
expect "is set" grep -qx 'setting language it' <(mews site export)
expect "who did it is known" [ "$(events setting-changed)" = \
	"shell language language" ]
sed 's/"Kitchen"/"Kitchen, ground floor"/' "$DIR/site.text" >"$DIR/other.text"
expect "what would change is told" \
	[ "$(mews site import --dry-run "$DIR/other.text" | cut -c 1-14 |
	tr '\n' ' ')" = "- device P3 \"K + device P3 \"K - setting lang + setting lang " ]
expect "a whole site" mews site import "$DIR/other.text"
expect "is taken" cmp -s "$DIR/other.text" <(mews site export)
echo 'device P99 x line Z unit 1 profile y' >>"$DIR/other.text"
expect_not "a mistake" mews site import "$DIR/other.text" 2>"$DIR/log/no.log"
expect "is named with its line" grep -q \
	":$(wc -l <"$DIR/other.text"): the line" "$DIR/log/no.log"

# --- devices ----------------------------------------------------------------------

P11='device P11 "A \"new\" one" line A unit 9 profile eastron-sdm120 every 60'
answer=$(put "" "$P11")
expect "a device is added" says ok "$answer"
id=$(echo "$answer" | field id)
expect "as it was written" grep -qxF "$P11" <(mews site export)
expect "and measured at once" [ "$(status devices)" = 11 ]
expect "a plate may change" says ok "$(put P11 "${P11/P11/Q1}")"
expect "and its device stays" [ "$(put Q1 "$P11" | field id)" = "$id" ]
refused "unit 0" text \
	"device-put token=$I text=$(escaped "${P11/unit 9/unit 0}")"
refused "unit 248" text \
	"device-put token=$I text=$(escaped "${P11/unit 9/unit 248}")"
refused "a unit of another" text \
	"device-put token=$I text=$(escaped "${P11/P11/P12}")"
refused "a plate of another" text \
	"device-put token=$I text=$(escaped "${P11/unit 9/unit 10}")"
refused "a template" template \
	"device-put token=$I was=P11 text=$(escaped "${P11/eastron-sdm120/legrand-dpx3}")"
refused "a profile that is not there" profile \
	"device-put token=$I was=P11 text=$(escaped "${P11/eastron-sdm120/none}")"
refused "inputs that it does not have" profile \
	"device-put token=$I was=P11 text=$(escaped "$P11 pulses 1 gas_volume 1")"
expect "a smaller model" mews set model 32
expect_not "but not too small a one" mews set model 10 2>"$DIR/log/model.log"
expect "as the box says" grep -q PM1WS10 "$DIR/log/model.log"
expect "a user may not" says denied \
	"$(door "device-remove token=$U plate=P11")"
expect "a device is removed" says ok \
	"$(door "device-remove token=$I plate=P11")"
expect "and measured no more" [ "$(status devices)" = 10 ]
expect "and comes back" says ok "$(door "device-restore token=$I id=$id")"
expect "as it was" grep -qxF "$P11" <(mews site export)
expect "once" says none "$(door "device-restore token=$I id=$id")"
expect "who did all that is known" [ "$(events device-removed)" = \
	"installer P11 " ]
expect "and what came back" [ "$(events device-restored)" = "installer P11 " ]

# --- profiles of its own --------------------------------------------------------------

draft() { # PART AT: of standard input
	door "draft token=$I part=$1 at=$2 text=$(od -An -v -tx1 | tr -d ' \n')"
}
refused "a profile of nothing" draft "profile-put token=$I name=mine"
sed 's/^model/modle/' "$SRC/etc/meters/eastron-sdm120.meter" |
	draft profile 0 >/dev/null
refused "a profile with a mistake" text "profile-put token=$I name=mine"
meter=$SRC/etc/meters/eastron-sdm120.meter
expect "a profile's text" says ok "$(head -c 500 "$meter" | draft profile 0)"
expect "in pieces" says ok "$(tail -c +501 "$meter" | draft profile 500)"
expect "in order" says bad "$(echo x | draft profile 7)"
refused "under a name that ships" text \
	"profile-put token=$I name=eastron-sdm120"
expect "is kept" says ok "$(door "profile-put token=$I name=mine")"
expect "and read with" says ok "$(put P11 "${P11/eastron-sdm120/mine}")"
expect "and exported" grep -qx 'profile mine' <(mews site export)
refused "a profile that is used" used "profile-remove token=$I name=mine"
expect "another session's draft is its own" says bad \
	"$(door "profile-put token=$(sign_in installer 55555) name=yours")"
expect "P11 goes" says ok "$(door "device-remove token=$I plate=P11")"
expect "and its profile" says ok "$(door "profile-remove token=$I name=mine")"

# --- the gateway, the site, lines --------------------------------------------------------

printf 'gateway port 502\ngateway allow 10.0.0.0/8 read\n' |
	draft gateway 0 >/dev/null
expect "the gateway" says ok "$(door "gateway-set token=$I")"
expect "has new rules" grep -qx 'gateway allow 10.0.0.0/8 read' \
	<(mews site export)
echo "site x" | draft gateway 0 >/dev/null
refused "what is not of the gateway" text "gateway-set token=$I"
printf '' | draft gateway 0 >/dev/null
expect "the gateway without rules" says ok "$(door "gateway-set token=$I")"
expect "a name of the site" says ok "$(door \
	"site-set token=$I text=$(escaped 'site "Home" zone Europe/Rome')")"
expect "a new line" says ok "$(put_line "" 'line C tcp 127.0.0.1 9')"
expect "that is free goes" says ok "$(door "line-remove token=$I line=C")"
refused "a line that is used" used "line-remove token=$I line=A"
expect "all answer again" answering 10

# The line is tried although nobody was asked yet since the change before.
was=$(line_text A)
new=${was/timeout 300/timeout 400}
expect "a change of the site" says ok "$(door \
	"site-set token=$I text=$(escaped 'site "Home" zone Europe/Paris')")"
expect "and at once new settings are tried" \
	[ "$(put_line A "$new" | field trial)" = 30 ]
kept() { [ "$(events line-kept)" = " A " ]; }
for i in $(seq 10); do
	kept && break
done
expect "and kept, as devices answer" kept
expect "as they are" [ "$(line_text A)" = "$new" ]
expect "all answer so" answering 10

next_minute
expect "nothing read in the minute of a change is lost" \
	read_all P1 active_power

# Nobody can answer there.  The power fails meanwhile.
expect "wrong settings are tried" [ "$(put_line A \
	"${new/\/line-A/\/nowhere}" | field trial)" = 30 ]
sleep 2
expect_not "they are in force" [ "$(line_text A)" = "$new" ]
server_stop mewsd KILL
server_run_mews mewsd mewsd --modbus-port 0
server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
expect_not "a loss of power changes nothing" [ "$(line_text A)" = "$new" ]
expect "the old ones come back" is_line A "$new" 45
expect "and all answer" answering 10
expect "it is told" [ "$(events line-restored)" = " A " ]

mews site export "$DIR/again.text"
sed 's|/line-A|/nowhere|' "$DIR/again.text" >"$DIR/wrong.text"
expect "a whole site may change a line" grep -q "come back" \
	<(mews site import "$DIR/wrong.text")
expect_not "that is in force" [ "$(line_text A)" = "$new" ]
expect "and goes back too" is_line A "$new" 45
expect "all answer once more" answering 10

# --- nothing was lost ------------------------------------------------------------------------

next_minute
expect "no energy is lost, and no minute" conserved P1 active_energy_import
expect "no litre either" conserved P6 water_volume
finish
