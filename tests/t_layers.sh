#!/bin/bash
# t_layers.sh - calls between files never run in a circle, lib/ needs nothing
# above it, and each foreign library is known to one place.
set -u
FAILED=0
TMP=$(mktemp -d) || exit 1
trap 'rm -rf "$TMP"' EXIT

bad() {
	echo "FAIL: $*"
	FAILED=1
}

# TARGET-name.o of every program becomes the file it was made from.
source_of() {
	sed -E 's,(lib|daemon|cgi-bin)/[A-Za-z0-9_]*-([a-z0-9_]+)\.o:,\1/\2:,'
}

objects=$(ls lib/*.o daemon/*.o cgi-bin/*.o) || exit 1
nm -A $objects | source_of >"$TMP/nm"
awk '$(NF-1) ~ /^[TDBRV]$/ { sub(/:.*/, "", $1); print $NF, $1 }' \
	"$TMP/nm" | grep -v '^main ' | sort -u >"$TMP/has"
awk '$(NF-1) == "U" { sub(/:.*/, "", $1); print $NF, $1 }' \
	"$TMP/nm" | sort -u >"$TMP/needs"
join "$TMP/needs" "$TMP/has" | awk '$2 != $3 { print $2, $3 }' |
	sort -u >"$TMP/arrows"
[ "$(wc -l <"$TMP/arrows")" -gt 50 ] || bad "only few calls were found"

tsort "$TMP/arrows" >"$TMP/order" 2>"$TMP/loops" ||
	bad "calls run in a circle: $(cat "$TMP/loops")"

up=$(grep -E '^lib/[^ ]+ (daemon|cgi-bin)/|^daemon/[^ ]+ cgi-bin/|^cgi-bin/[^ ]+ daemon/' \
	"$TMP/arrows") && bad "these need what they must not see: $up"

# header, and the only files that may include it
while read -r header where; do
	wrong=$(cd "$SRC" && grep -lE "#include [<\"]$header[>\"]" \
		lib/*.[ch] daemon/*.[ch] cgi-bin/*.[ch] | grep -vE "^($where)$")
	[ -z "$wrong" ] || bad "$header belongs to $where, not to" $wrong
done <<'END'
sqlite3\.h lib/.*
modbus.*\.h daemon/bus_.*\.c
fcgi.*\.h cgi-bin/main\.c
(ClearSilver|cs|neo_.*)\.h lib/view\.c
argon2\.h daemon/auth_code\.c
curl/.*\.h daemon/post\.c
openssl/.*\.h daemon/(auth|certificate|handshake).*\.c|daemon/certificate_pile\.h|daemon/post\.c
seccomp\.h lib/wall\.c
zlib\.h lib/.*\.c|daemon/simulator.*\.c
END

# A layer includes only headers of its own and of lib/.
for layer in lib daemon cgi-bin; do
	for header in $(cd "$SRC/$layer" && sed -nE \
		's/^#include "([^"]+)".*/\1/p' *.[ch] | sort -u); do
		[ -f "$SRC/lib/$header" ] || [ -f "$SRC/$layer/$header" ] ||
			case $header in
			*.def) ;;
			*) bad "$layer/ includes $header, which it must not see" ;;
			esac
	done
done
exit $FAILED
