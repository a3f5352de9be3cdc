#!/bin/bash
# t_full.sh - a disk that is full, as a mail tells of it: the history cannot take
# the event and the queue of mails has no space, and it comes all the same, once.
. "${SRC:?}/tests/lib.sh" || exit 1
need sqlite3
/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || {
	echo "SKIP: python3-aiosmtpd is missing"
	exit 77
}

SMTP_PORT=$(free_port)
BOX=$DIR/box
mkdir -p "$BOX"
server_folders
server_site
server_start_simulator
server_users
mkdir -p "$DIR/state/courier"
SMALL=no
if mount -t tmpfs -o size=16m,mode=700 tmpfs "$DIR/state/courier" 2>/dev/null; then
	SMALL=yes
	trap 'rc=$?; server_end; umount "$DIR/state/courier"; (exit $rc); lib_end' EXIT
fi
server_run_mews mews-auth mews-auth
LD_PRELOAD=$BUILD/tests/disk.so DISK_DIR=$DIR/state DISK_FULL=$DIR/full \
	server_run_mews mewsd mewsd --modbus-port "$MODBUS_PORT" \
	--modbus-address 127.0.0.1
server_wait mews-auth 20 test -S "$DIR/run/auth.sock"
server_wait mewsd 20 test -S "$DIR/run/mewsd.sock"
server_run smtp /usr/bin/python3 "$SRC/tests/smtp_sink.py" "$BOX" "$SMTP_PORT" none - -
server_wait "The mail server" 30 grep -q ready "$DIR/log/smtp.log"

ask() {
	server_mews mews do "$@" 2>&1
}
query() { # DATABASE SQL
	sqlite3 -cmd '.timeout 5000' "$DIR/state/$1" "$2"
}
for pair in "mail_host 127.0.0.1" "mail_port $SMTP_PORT" "mail_security none" \
	"mail_from house@example.org" "mail_events alarm"; do
	server_mews mews set $pair >/dev/null || die "$pair is not taken"
done
for who in anna berta; do
	ask recipient-put id=0 address=$who@example.org lang=it gets=8 >/dev/null
done
server_start_courier
begun() { # events that were there before are not told
	[ -n "$(query courier/courier.db \
		"SELECT at FROM cursor WHERE name = 'events'")" ]
}
server_wait "The first turn" 90 begun

: >"$DIR/full"
if [ $SMALL = yes ]; then
	expect "space is kept back" [ "$(stat -c %s \
		"$DIR/state/courier/ballast")" = 1048576 ]
	dd if=/dev/zero bs=4k of="$DIR/state/courier/filler" 2>/dev/null
fi
mails() {
	cat "$BOX"/*.to 2>/dev/null | wc -l
}
told() {
	ask courier-wake sink=mail
	[ "$(mails)" -ge 2 ]
}
begin=$SECONDS
server_wait "A mail that it is full" 150 told
echo "figure: told after $((SECONDS - begin)) s"
expect "the history does not know yet" [ "$(query history.db \
	"SELECT count(*) FROM event WHERE kind = 'disk-full'")" = 0 ]
expect "in words" grep -q 'Lo storico non si' <(/usr/bin/python3 -c '
import email, email.policy, sys
m = email.message_from_file(open(sys.argv[1]), policy=email.policy.default)
print(m["subject"], m.get_body(("plain",)).get_content())' "$BOX"/001.eml)
[ $SMALL = no ] || expect "the space was given up" grep -q \
	'ballast: the disk is full' "$DIR/log/mews-courier.log"
for again in 1 2 3; do
	ask courier-wake sink=mail
	sleep 1
done

rm -f "$DIR/full" "$DIR/state/courier/filler"
known() {
	[ "$(query history.db "SELECT count(*) FROM event
		WHERE kind = 'disk-full'")" = 1 ]
}
# mewsd tries once a minute
server_wait "The event in the history" 180 known
seen() {
	ask courier-wake sink=mail
	query courier/courier.db "UPDATE cursor SET at = 1
		WHERE name = 'events-mail'"
	[ "$(query courier/courier.db "SELECT at FROM cursor
		WHERE name = 'events'")" -ge "$(query history.db \
		"SELECT max(id) FROM event WHERE kind = 'disk-full'")" ]
}
server_wait "That courier read it there" 120 seen
ask courier-wake sink=mail
sleep 1
expect "each had one mail: $(cat "$BOX"/*.to | tr '\n' ' ')" [ "$(sort "$BOX"/*.to |
	tr '\n' ' ')" = "house@example.org anna@example.org house@example.org berta@example.org " ]
# the next time is another
: >"$DIR/full"
again() {
	ask courier-wake sink=mail
	[ "$(mails)" = 4 ]
}
server_wait "A mail that it is full again" 150 again
finish
