#!/bin/bash
# t_mutants.sh - each patch of mutants/ still fits the sources and names a test
# that is run: what make mutants would else say after an hour.
set -u
FAILED=0
command -v git >/dev/null || { echo "SKIP: git is missing"; exit 77; }
cd "$SRC" || exit 1
export GIT_CEILING_DIRECTORIES=${SRC%/*} # sources may lie in another repository
n=0
for patch in tests/attack/mutants/*.patch; do
	test=$(sed -n 's/^Test: *//p' "$patch")
	said=$(git apply -C1 --check "$patch" 2>&1) || {
		echo "FAIL: ${patch##*/} does not fit: $said"
		FAILED=1
	}
	grep -qE "(^|[[:space:]])$test([[:space:]]|\$)" Makefile.am || {
		echo "FAIL: ${patch##*/}: there is no test $test"
		FAILED=1
	}
	n=$((n + 1))
done
[ $n -gt 90 ] || { echo "FAIL: $n patches"; FAILED=1; }
echo "$n patches"
exit $FAILED
