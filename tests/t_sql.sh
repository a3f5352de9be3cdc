#!/bin/bash
# t_sql.sh - SQL stands in lib/ only, as constant text with bound values.
set -u
FAILED=0
cd "$SRC" || exit 1

bad() {
	echo "FAIL: $1"
	echo "$2"
	FAILED=1
}

words='"[[:space:]]*(SELECT|INSERT|UPDATE|DELETE|REPLACE|CREATE|DROP|ALTER|PRAGMA|BEGIN|COMMIT|VACUUM|ATTACH)[[:space:]"]'

hits=$(grep -nE "sqlite3|$words" daemon/*.[ch] cgi-bin/*.[ch]) &&
	bad "SQL outside lib/" "$hits"
hits=$(grep -nE "$words.*%[a-z]|sqlite3_(mprintf|vmprintf|snprintf)" \
	lib/*.c | grep -vE 'PRAGMA (user_version|application_id)=%d') && bad "SQL that is put together with printf" "$hits"
hits=$(grep -nE 'sqlite3_exec\(' lib/*.c | grep -vE 'lib/(db|db_copy|schema)\.c:') &&
	bad "sqlite3_exec outside db*.c and schema.c" "$hits"

# Tables say what they hold: STRICT, and a remark on every file.
for file in lib/schema/*.sql; do
	tables=$(grep -c '^CREATE TABLE' "$file")
	strict=$(grep -c '^) STRICT' "$file")
	[ "$tables" = "$strict" ] || bad "a table is not STRICT" "$file"
	head -n 1 "$file" | grep -q '^-- ' || bad "no remark first" "$file"
done
exit $FAILED
