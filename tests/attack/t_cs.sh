#!/bin/bash
# t_cs.sh - requests that another page made (CS1-CS4), and scripts in whatever is
# stored, typed or measured (XS1-XS3, XS5, IN2, IN3).
. "$SRC/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi openssl sqlite3 python3
PACE=--fast
EVIL_PORT=$(free_port)
export HTTPS_PORT MODBUS_PORT PYTHONPATH="$SRC/tests/attack" PYTHONDONTWRITEBYTECODE=1

server_folders
server_certificate
# Every name that a person may give is hostile.
sed -E -e 's/^(device +P1) +"[^"]*"/\1 "<script>xq7()<\/script>"/' \
	-e 's/^(device +P2) +"[^"]*"/\1 "\\"><img src=x onerror=xq7()>"/' \
	-e 's/^(device +P3) +"[^"]*"/\1 "<?cs var:xq7 ?>"/' \
	-e 's/^(device +P4) +"[^"]*"/\1 "=xq7+1"/' \
	-e "s/^(device +P5) +\"[^\"]*\"/\1 \"' OR xq7 --\"/" \
	-e 's/zone +"Whole house"/zone "<b onclick=xq7()>"/' \
	-e 's/zone +"Cellar"/zone "\\" onfocus=xq7() a=\\""/' \
	-e 's/^site +"[^"]*" +board +[^ ]+/site "<\/title><script>xq7()<\/script>" board "<i>xq7"/' \
	-e 's/panel +QE2/panel "<u>xq7"/' "$SITE" >"$DIR/hostile.site"
# And one meter is, whatever it is asked.
cat >>"$DIR/hostile.site" <<END
line C tcp 127.0.0.1 $EVIL_PORT timeout 300
device P20 "xq7" line C unit 1 profile eastron-sdm120 gateway 13
END
SITE=$DIR/hostile.site
server_site
server_start_simulator
server_run meter python3 "$SRC/tests/attack/evil_meter.py" "$EVIL_PORT"
server_wait "The hostile meter" 30 grep -q ready "$DIR/log/meter.log"
server_users
server_start_daemons
server_start_courier
server_mews mews site import "$DIR/demo.site" >"$DIR/log/again.log" 2>&1
server_start_web
answering() {
	[ "$(server_mews mews status | awk '$1 == "answering" { print $2 }')" = 11 ]
}
server_wait "The eleventh device" 60 answering

expect "only forms of ours are taken" python3 "$SRC/tests/attack/t_cs.py"
expect "nothing that is stored or sent lives" python3 "$SRC/tests/attack/t_xs.py"
finish
