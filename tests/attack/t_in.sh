#!/bin/bash
# t_in.sh - IN4: no address, sender, name of the site or of a device becomes a
# line of a mail's head, or somebody who gets it.
. "${SRC:?}/tests/lib.sh" || exit 1
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
server_start_daemons
server_run smtp /usr/bin/python3 "$SRC/tests/smtp_sink.py" "$BOX" "$SMTP_PORT" \
	none - -
server_wait "The mail server" 30 grep -q ready "$DIR/log/smtp.log"
for pair in "mail_host 127.0.0.1" "mail_port $SMTP_PORT" "mail_security none" \
	"mail_from house@example.org"; do
	server_mews mews set $pair >/dev/null || die "$pair is not taken"
done
server_start_courier
/usr/bin/python3 "$SRC/tests/attack/t_in.py" "$BUILD/mews --state $DIR/state \
	--run $DIR/run --share $SHARE" "$BOX" "$ZONE" >"$DIR/said" 2>&1
cat "$DIR/said"
n=$(sed -n 's/^vectors //p' "$DIR/said")
expect "a hundred were tried" [ "${n:-0}" -ge 100 ]
expect "texts with marks and no line break are names like others" \
	[ "$(sed -n 's/^taken //p' "$DIR/said")" -ge 20 ]
expect "no head and no recipient more than there should be" [ -z "$(grep -v \
	'^vectors\|^taken\|^$' "$DIR/said")" ]
finish
