#!/bin/bash
# t_format.sh - every file looks as .clang-format and HOUSE's habits say.
set -u
FAILED=0
cd "$SRC" || exit 1

bad() {
	echo "FAIL: $1"
	echo "$2"
	FAILED=1
}

files=$(ls lib/*.[ch] daemon/*.[ch] cgi-bin/*.[ch] tests/*.[ch] \
	tests/bench/*.c)

if command -v clang-format >/dev/null; then
	# shellcheck disable=SC2086
	hits=$(clang-format --dry-run -Werror $files 2>&1 | grep 'error:') &&
		bad "not as .clang-format says" "$hits"
else
	echo "SKIP: clang-format is missing"
	exit 77
fi

# Each C file says in its second line what it holds, under its own name.
for file in $files; do
	sed -n 2p "$file" | grep -q "^ \* ${file##*/} - " ||
		bad "does not begin with its name and what it holds" "$file"
done

hits=$(grep -nE '[[:space:]]+$' $files templates/*.cs templates/lang/*.hdf \
	lib/schema/*.sql tests/*.sh bootstrap) && bad "blanks at the end" "$hits"
hits=$(grep -nE '\b(sprintf|vsprintf|gets|atoi|atol|atof|strtok|system|popen)\(' \
	lib/*.[ch] daemon/*.[ch] cgi-bin/*.[ch]) && bad "a function that cannot be used safely" "$hits"
hits=$(for s in tests/*.sh bootstrap; do
	bash -n "$s" 2>&1
done) && [ -n "$hits" ] && bad "bash does not read it" "$hits"
exit $FAILED
