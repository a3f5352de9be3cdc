#!/bin/bash
# t_az.sh - who may see what: every page as every role (AZ1-AZ5), and a user of
# one zone who looks for the meters of the others.
. "$SRC/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi openssl sqlite3 python3
PACE=--fast
export HTTPS_PORT PYTHONPATH="$SRC/tests/attack" PYTHONDONTWRITEBYTECODE=1

server_folders
server_certificate
sed -E '/"Ground floor"/!s/^(device +)(P[0-9]+) +"[^"]*"/\1\2 "Secret \2"/' \
	"$SITE" >"$DIR/secret.site"
SITE=$DIR/secret.site
server_site
server_start_simulator
server_fill 1
server_users
server_start_daemons
server_start_web
answering() {
	[ "$(server_mews mews status | awk '$1 == "answering" { print $2 }')" = 10 ]
}
server_wait "The tenth device" 60 answering

expect "every page is as roles.txt says" python3 "$SRC/tests/attack/t_az.py"
expect "a user of one zone sees no other" \
	python3 "$SRC/tests/attack/t_az_rights.py"
finish
