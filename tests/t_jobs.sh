#!/bin/bash
# t_jobs.sh - scans, tests, registers and breakers through the real mewsd,
# mews-auth and simulator: what is asked, what is said of it, who may.
. "${SRC:?}/tests/lib.sh" || exit 1
need python3 sqlite3
SITE=$SRC/tests/data/jobs.site
SCRIPT=$SRC/tests/data/jobs.sim

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
auth() { ask auth "$1"; }
crc() { # HEX: the same with its CRC, in capitals
	python3 -c '
import sys
frame = bytes.fromhex(sys.argv[1])
sum = 0xffff
for byte in frame:
	sum ^= byte
	for bit in range(8):
		sum = sum >> 1 ^ (0xa001 if sum & 1 else 0)
print((frame + sum.to_bytes(2, "little")).hex().upper())' "$1"
}
live() { sqlite3 -cmd '.timeout 2000' "file:$DIR/run/live.db?mode=ro" "$1"; }
events() { # KIND: who, subject and arguments, oldest first
	sqlite3 -separator ' ' "file:$DIR/state/history.db?mode=ro" \
		"SELECT who, subject, arg1, arg2, arg3 FROM event
		WHERE kind = '$1' ORDER BY id"
}
field() { sed -nE "s/.* $1=([^ ]*).*/\\1/p"; }
says() { # WORD LINE
	[ "${2%% *}" = "$1" ] || { echo "it says: $2"; return 1; }
}
is() { # WHAT IS SHOULD
	expect "$1" [ "$2" = "$3" ]
}
sign_in() { auth "sign-in user=$1 pin=$2 source=::1" | field token; }
ticket() { auth "confirm token=$1 pin=$2 source=::1" | field ticket; }
ctl() { # LINE: of the simulator
	echo "$1" >"$DIR/run/simulator.ctl"
	sleep 0.7
}
begin() { # LINE: prints the number of the job
	door "$1" | field job
}
row() { # JOB COLUMNS
	live "SELECT $2 FROM job WHERE id = ${1:-0}"
}
reaches() { # JOB SQL: until it is true of the job
	local until=$((SECONDS + 60))
	until [ "$(row "$1" "$2")" = 1 ]; do
		[ $SECONDS -lt $until ] || return 1
		sleep 0.1
	done
}
comes() { # WHAT VALUE COMMAND...: what it prints becomes the value
	local what=$1 value=$2 until=$((SECONDS + 60)) now
	shift 2
	until now=$("$@") && [ "$now" = "$value" ] || [ $SECONDS -ge $until ]; do
		sleep 0.3
	done
	is "$what" "$now" "$value"
}
ended() { # JOB: prints how
	reaches "$1" 'ended > 0' || { echo "not over"; return; }
	row "$1" "result || ' ' || code"
}
got() { # how many bytes came, and which, at the end of the newest test
	live "SELECT length(answer) || ' ' || hex(answer) FROM exchange WHERE
		job = (SELECT max(id) FROM job WHERE kind = 1)
		ORDER BY n DESC LIMIT 1"
}
test_of() { ended "$(begin "test token=$I plate=$1")"; }
operate() { # PLATE COMMAND: prints the answer
	door "operate token=$I ticket=$(ticket "$I" 55555) plate=$1 \
command=$2 reason=maintenance"
}
operated() { ended "$(operate "$1" "$2" | field job)"; }
writes() { # JOB: how often something was sent that changes anything
	live "SELECT count(*) FROM exchange WHERE job = $1 AND function > 4"
}
site() { # the site with the texts of its own profiles
	local name
	sed -E -e "s,^(line +A +rtu +)[^ ]+,\\1$DIR/run/line-A," \
		-e "s,^(line +B +tcp +)[^ ]+ +[^ ]+,\\1127.0.0.1 $REMOTE_PORT," \
		"$SITE"
	for name in fictional-breaker fictional-analyser; do
		echo "profile $name"
		sed 's/^/|/' "$SRC/tests/data/meters/$name.meter"
	done
}

server_folders
site >"$DIR/jobs.site"
server_mews mews site import "$DIR/jobs.site" >"$DIR/log/site.log" 2>&1 ||
	die "the site was not taken: $(cat "$DIR/log/site.log")"
server_users
server_start_simulator
server_start_daemons
I=$(sign_in installer 55555)
A=$(sign_in administrator 99999)
U=$(sign_in user 11111)
all_answer() { [ "$(door status | field answering)" = 5 ]; }
server_wait "all devices" 60 all_answer

# --- scan ---------------------------------------------------------------------

expect "a user may not scan" says denied "$(door "scan token=$U line=A")"
expect "a line that is not there" says bad "$(door "scan token=$I line=Z")"
is "why is a word" "$(door "scan token=$I line=Z" | field why)" line
is "a speed that is none" "$(door "scan token=$I line=A \
speeds=19200%208E1,9600%207E1" | field why)" speeds
is "a gateway has no speed" "$(door "scan token=$I line=B \
speeds=19200%208E1" | field why)" speeds
is "a range from behind" "$(door "scan token=$I line=A first=9 last=8" |
	field why)" range

job=$(begin "scan token=$I line=A first=1 last=32")
expect "it begins" [ -n "$job" ]
answer=$(door "scan token=$I line=A first=1 last=32")
expect "a second one does not" says again "$answer"
is "and names the first" "$(field job <<<"$answer")" "$job"
expect "a pause" says ok "$(door "job-pause token=$I job=$job")"
sleep 2
is "is shown" "$(row "$job" state)" 1
done=$(row "$job" 'done')
sleep 2
is "and nothing is asked in it" "$(row "$job" 'done')" "$done"
expect "it goes on" says ok "$(door "job-go-on token=$I job=$job")"
reaches "$job" 'done > 10'
is "known devices are asked meanwhile" "$(live "SELECT min(last) >
	unixepoch() - 60 AND sum(timeouts) = 0 FROM device")" 1
kill -HUP "${SERVER_PID[mewsd]}"
is "a service that begins anew does not end it" "$(ended "$job")" "ok 0"
is "all were asked" "$(row "$job" "done || ' ' || total")" "32 32"
is "who is there" "$(live "SELECT group_concat(unit || ':' || profiles || ':' ||
	(device > 0)) FROM found WHERE job = $job")" \
	"1::1,2:eastron-sdm630:1,3::1,20:fictional-breaker:1,21::1,22::0,30:fictional-breaker:0"
is "at which speed" "$(live "SELECT DISTINCT baud || parity || stop FROM found
	WHERE job = $job")" 19200E1
server_wait "all devices" 60 all_answer
is "polling lost nothing" "$(live "SELECT sum(timeouts) FROM device")" 0

job=$(begin "scan token=$I line=A first=19 last=21 \
speeds=9600%208N1,19200%208E1")
is "two speeds" "$(ended "$job")" "ok 0"
is "count twice" "$(row "$job" total)" 6
is "and find who is there at his own" "$(live "SELECT group_concat(baud || ':' ||
	unit || ':' || (device > 0)) FROM found WHERE job = $job")" \
	"19200:20:1,19200:21:1"
is "they are asked at theirs again" "$(test_of Q1)" "ok 0"

job=$(begin "scan token=$I line=B first=1 last=3")
is "behind a gateway, without any device of the site" "$(ended "$job")" \
	"ok 0"
is "the meter is found, and what it is" "$(live "SELECT unit || ':' ||
	profiles || ':' || device FROM found WHERE job = $job")" "1:abb-b23:0"

job=$(begin "scan token=$I line=A first=100 last=247")
expect "a stop" says ok "$(door "job-stop token=$I job=$job")"
is "ends it" "$(ended "$job")" "stopped 0"
expect "what is over cannot be stopped" says none \
	"$(door "job-stop token=$I job=$job")"
job=$(begin "scan token=$I line=C first=1 last=2")
is "a gateway that is not there" "$(ended "$job")" "gone 0"

# --- test ---------------------------------------------------------------------

job=$(begin "test token=$I plate=P2")
is "a test" "$(ended "$job")" "ok 0"
is "asks each request once" "$(live "SELECT count(*) = (SELECT total FROM job
	WHERE id = $job) AND min(result) = 0 AND max(result) = 0 AND
	min(length(answer)) > 2 FROM exchange WHERE job = $job")" 1
is "and decodes" "$(live "SELECT value BETWEEN 20000 AND 26000 FROM job_value
	WHERE job = $job AND quantity = 'voltage_l1'")" 1
is "the bytes are those of the wire" "$(live "SELECT hex(request) FROM exchange
	WHERE job = $job AND n = 0")" \
	"$(crc "$(live "SELECT printf('02%02X%04X%04X', function, address, count)
	FROM exchange WHERE job = $job AND n = 0")")"
answer=$(live "SELECT hex(answer) FROM exchange WHERE job = $job AND n = 0")
is "both ways" "$answer" "$(crc "${answer:0:-4}")"
job=$(begin "register-read token=$I line=B unit=1 function=3 address=23296 \
count=2")
is "behind a gateway" "$(ended "$job")" "ok 0"
is "they have no CRC" "$(live "SELECT hex(request), length(answer),
	hex(substr(answer, 1, 3)) FROM exchange WHERE job = $job")" \
	"01035B000002|7|010304"
job=$(begin "test token=$I plate=N1")
is "a meter that tells harmonics apart" "$(ended "$job")" "ok 0"
is "orders 2 to 25" "$(live "SELECT count(*) FROM job_value WHERE job = $job AND
	quantity GLOB 'voltage_l1_h*'")" 24
is "a ratio to the fundamental, 2.1 % x 2.15 / 5" "$(live "SELECT value FROM
	job_value WHERE job = $job AND quantity = 'voltage_l1_h5'")" 90
is "of another phase and of the current" "$(live "SELECT group_concat(value)
	FROM (SELECT value FROM job_value WHERE job = $job AND quantity IN
	('voltage_l3_h7', 'current_l1_h11') ORDER BY value)")" "65,164"
ctl "P2 silent"
is "a dead one" "$(test_of P2)" "silent 0"
is "nothing came" "$(got)" "0 "
ctl "P2 garble"
is "a garbled one" "$(test_of P2)" "damaged 0"
came=$(got)
expect "what came is kept: $came" [ "${came%% *}" -gt 5 ]
expect_not "and is no frame" [ "${came#* }" = "$(crc "${came:$((${#came} - \
	2 * ${came%% *})):-4}")" ]
ctl "P2 foreign"
is "one that says it is another" "$(test_of P2)" "foreign 0"
came=$(got)
is "its frame is kept" "${came#* }" "$(x=${came#* }; crc "12${x:2:-4}")"
ctl "P2 busy 6"
is "a busy one" "$(test_of P2)" "exception 6"
ctl "P2 well"
is "one that is not there" "$(door "test token=$I plate=P77" | field why)" plate

job=$(begin "try token=$I line=A unit=2 name=eastron-sdm630")
is "a profile tried" "$(ended "$job")" "ok 0"
job=$(begin "try token=$I line=A unit=2 name=fictional-breaker")
is "the wrong one" "$(ended "$job")" "exception 2"
job=$(begin "try token=$I line=A unit=3 name=carlo-gavazzi-vmu-mc")
is "one of pulses alone" "$(ended "$job")" "ok 0"
is "is shown as bytes" "$(live "SELECT count(*) FROM job_value
	WHERE job = $job")" 0
is "no draft" "$(door "try token=$I line=A unit=20 name=mine draft=1" |
	field why)" profile
door "draft token=$I part=profile at=0 text=$(od -An -v -tx1 \
	"$SRC/tests/data/meters/fictional-breaker.meter" | tr -d ' \n')" \
	>/dev/null
job=$(begin "try token=$I line=A unit=20 name=mine draft=1")
is "a draft" "$(ended "$job")" "ok 0"
job=$(begin "try token=$I line=A unit=2 name=eastron-sdm630")
is "is not tried for another" "$(ended "$job")" "ok 0"
is "no such profile" "$(door "try token=$I line=A unit=2 name=nobody" |
	field why)" profile

server_mews mews scan A 20-21 "19200 8E1" >"$DIR/scan" 2>/dev/null
is "a scan at the shell" "$(awk '{ print $1, $2, $3, $6, $7 }' "$DIR/scan")" \
	"20 19200 8E1 Q1 fictional-breaker
21 19200 8E1 N1 fictional-analyser"
expect "a test at the shell" server_mews mews test Q1 >"$DIR/test" 2>&1
expect "shows the bytes" grep -q '< 14 03 04 00 0[01] 00 00' "$DIR/test"
expect "and the values" grep -q '^  active_energy_import [0-9.]* kWh' \
	"$DIR/test"
expect_not "of a line that is not there" server_mews mews scan Z 2>/dev/null

# --- registers ----------------------------------------------------------------

job=$(begin "register-read token=$I line=A unit=20 function=3 address=900 \
count=1")
is "a register" "$(ended "$job")" "ok 0"
is "is read" "$(live "SELECT hex(answer) FROM exchange WHERE job = $job")" \
	140302B4EA4308
job=$(begin "register-read token=$I line=A unit=20 function=3 address=4000 \
count=1")
is "one that is not there" "$(ended "$job")" "exception 2"
is "too many" "$(door "register-read token=$I line=A unit=20 function=3 \
address=0 count=126" | field why)" count
is "behind the end" "$(door "register-read token=$I line=A unit=20 function=3 \
address=65535 count=2" | field why)" address
write() { # TOKEN TICKET [FUNCTION VALUES]
	door "register-write token=$1 ticket=$2 line=A unit=20 \
function=${3:-6} address=100 values=${4:-1}"
}
expect "no ticket, no command" says bad "$(door "register-write token=$I \
line=A unit=20 function=6 address=100 values=1")"
expect "writing is off" says denied "$(write "$I" "$(ticket "$I" 55555)")"
expect "the installer cannot allow it" says denied \
	"$(door "set token=$I key=register_writes value=on")"
expect "the administrator can" says ok \
	"$(door "set token=$A key=register_writes value=on")"
T=$(ticket "$I" 55555)
expect "a ticket of another session" says denied "$(write "$A" "$T")"
answer=$(write "$I" "$T")
is "a write" "$(ended "$(field job <<<"$answer")")" "ok 0"
is "is seen by the device" "$(sleep 1; job=$(begin "register-read \
token=$I line=A unit=20 function=3 address=0 count=1"); ended "$job" >/dev/null
	live "SELECT hex(answer) FROM exchange WHERE job = $job")" 1403020000B587
expect "a ticket is good once" says denied "$(write "$I" "$T")"
for bad in "6 65536" "6 1%202" "5 2" "16 x" "15 2" "7 1"; do
	expect "values $bad" says bad "$(write "$I" "$(ticket "$I" 55555)" \
		$bad)"
done
answer=$(write "$I" "$(ticket "$I" 55555)" 16 "9")
is "a write refused" "$(ended "$(field job <<<"$answer")")" "exception 3"
comes "writes are events" "installer A 20 6 100 1 ok
installer A 20 16 100 9 exception" events register-written

# --- breaker ------------------------------------------------------------------

expect "a user may not operate" says denied "$(door "operate token=$U \
ticket=$(ticket "$U" 11111) plate=Q1 command=open reason=x")"
is "no such command" "$(operate Q1 explode | field why)" command
is "a device without commands" "$(operate P1 open | field why)" command
is "close" "$(operated Q1 close)" "ok 0"
job=$(operate Q1 open | field job)
is "open" "$(ended "$job")" "ok 0"
is "sent once" "$(writes "$job")" 1
ctl "Q1 trip"
job=$(operate Q1 close | field job)
is "a tripped one is not closed" "$(ended "$job")" "tripped 0"
is "nothing was sent" "$(writes "$job")" 0
is "reset" "$(operated Q1 reset)" "ok 0"
ctl "Q1 refuse"
job=$(operate Q1 close | field job)
is "it refuses" "$(ended "$job")" "exception 4"
is "and is asked once" "$(writes "$job")" 1
ctl "Q1 stuck"
job=$(operate Q1 close | field job)
expect "not two at a time" says again "$(operate Q1 open)"
expect "it cannot be stopped" says bad "$(door "job-stop token=$I job=$job")"
is "it does not move" "$(ended "$job")" "not-reached 0"
is "and was asked once" "$(writes "$job")" 1
ctl "Q1 mute"
job=$(operate Q1 close | field job)
is "an answer lost, but it moved" "$(ended "$job")" "ok 0"
is "asked once" "$(writes "$job")" 1
ctl "Q1 lost"
job=$(operate Q1 open | field job)
is "nobody knows" "$(ended "$job")" "unknown 0"
is "asked once all the same" "$(writes "$job")" 1
ctl "Q1 willing"
ctl "Q1 silent"
job=$(operate Q1 open | field job)
is "a dead one" "$(ended "$job")" "silent 0"
is "gets nothing" "$(writes "$job")" 0
ctl "Q1 well"
asked() { events operate-asked | head -n 1; }
done_so() { events operate-done | awk '{ printf "%s ", $3 }'; }
failed_so() { events operate-failed | awk '{ printf "%s:%s ", $3, $4 }'; }
comes "what was not" "close:tripped close:exception close:not-reached \
open:unknown open:silent " failed_so
is "who asked for what, and why" "$(asked)" "installer Q1 close maintenance "
is "what was done" "$(done_so)" "close open reset close "
finish
