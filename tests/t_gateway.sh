#!/bin/bash
# t_gateway.sh - other masters at the gateway of the real mewsd, well and ill
# meant, with meters behind it that are the same; t_gateway.py is all of them.
. "$SRC/tests/lib.sh"
PYTHON=/usr/bin/python3
need $PYTHON mbpoll
$PYTHON -c 'import pymodbus' 2>/dev/null || {
	echo "SKIP: python3-pymodbus is missing"
	exit 77
}
server_folders
export PYTHONDONTWRITEBYTECODE=1
$PYTHON "$SRC/tests/t_gateway.py" "$BUILD" "$DIR" "$MODBUS_PORT" \
	"$(free_port)" "$(free_port)" ${PARTS:-} || FAILED=1
finish
