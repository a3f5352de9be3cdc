#!/bin/bash
# t_strangers.sh - mewsd asks a foreign library's meters, built from the
# register facts alone, with every profile that ships: all values come out
# right.
. "${SRC:?}/tests/lib.sh" || exit 1
PYTHON=/usr/bin/python3
need $PYTHON
$PYTHON -c 'import pymodbus' 2>/dev/null || {
	echo "SKIP: python3-pymodbus is missing"
	exit 77
}
export PYTHONDONTWRITEBYTECODE=1

strangers() { # VERB WORD...
	$PYTHON "$SRC/tests/t_strangers.py" "$SRC" "$@"
}

mews_with() { # PROGRAM WORD...: its models are ours
	local program=$1
	shift
	"$BUILD/$program" --state "$DIR/state" --run "$DIR/run" \
		--share "$DIR/share" "$@"
}

values() { # PLATE
	mews_with tests/show values "$1"
}

judge() { # PLATE
	values "$1" | strangers judge "$1"
}

all_there() {
	local plate
	for plate in $PLATES; do
		values "$plate" >"$DIR/values"
		[ -s "$DIR/values" ] &&
			judge "$plate" >/dev/null || return 1
	done
}

listens() {
	(exec 3<>"/dev/tcp/127.0.0.1/$MODBUS_PORT") 2>/dev/null
}

server_folders
mkdir -p "$DIR/share/meters"
cp "$SRC"/etc/meters/*.meter "$DIR/share/meters"
# What an installer does: say where the SunSpec model stands.
sed -i 's/^template .*/base 40070/' "$DIR"/share/meters/sunspec-*.meter
strangers site "$MODBUS_PORT" >"$DIR/all.site"
PLATES=$(strangers plates)
usable=$(grep -L ^template "$DIR"/share/meters/*.meter | wc -l)
expect "every profile that can be used is tried" \
	[ "$(grep -c ^device "$DIR/all.site")" = "$usable" ]

server_run strangers $PYTHON "$SRC/tests/t_strangers.py" "$SRC" serve \
	"$MODBUS_PORT"
server_wait strangers 20 listens
expect "the site is taken" mews_with mews site import "$DIR/all.site"
server_run mewsd "$BUILD/mewsd" --state "$DIR/state" --run "$DIR/run" \
	--share "$DIR/share"
server_wait mewsd 10 test -S "$DIR/run/mewsd.sock"
for i in $(seq 60); do
	all_there && break
	sleep 1
done
for plate in $PLATES; do
	expect "$(grep "^device $plate " "$DIR/all.site" | cut -d '"' -f 2)" \
		judge "$plate"
done
server_stop mewsd
finish
