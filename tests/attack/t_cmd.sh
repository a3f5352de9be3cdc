#!/bin/bash
# t_cmd.sh - who may give which command: every command of the three sockets as
# every role, as commands.txt says (AZ3), and as a stranger who reaches them.
. "${SRC:?}/tests/lib.sh" || exit 1
need python3 sqlite3
PACE=--fast
export RUN=$DIR/run STATE=$DIR/state PYTHONDONTWRITEBYTECODE=1

server_folders
server_site
server_start_simulator
server_users
server_start_daemons
server_start_courier

chmod 711 "$DIR" # a stranger is to reach the sockets
expect "every command is as commands.txt says" \
	python3 "$SRC/tests/attack/t_cmd.py"
finish
