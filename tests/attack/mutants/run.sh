#!/bin/bash
# run.sh - takes one defence out after the other and sees that its test notices.
#
#	SRC=SOURCE BUILD=BUILD-FOLDER [JOBS=2] run.sh [PATCH]...
#
# Each patch here is applied to a copy of the sources; its line "Test: FILE"
# names the test that must fail then, and pass without it.  That it passes is
# taken from make check in BUILD where it ran after its last change.  Prints a
# table, the first failure of the test last in each line; ends with 1 when a
# patch changed nothing that the test sees, or no longer fits.
#
# run.sh calls itself for one test ("pass") or one patch ("judge"), in one of JOBS
# copies; there SLOT is which.
set -u
unset MEWS_LONG # the short form of each test notices
HERE=$SRC/tests/attack/mutants
JOBS=${JOBS:-2}
MAKE="env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -j2"
LIMIT=900 # s: a test that has no end by then has not noticed

test_of() { # PATCH
	sed -n 's/^Test: *//p' "$1" | head -n 1
}

build() { # TEST...: what they need and is not there
	local test more=
	: >"$COPY/build.log"
	for test; do
		case $test in
		*.sh) more+=" tests/seed_auth tests/show tests/disk.so" ;;
		*) more+=" $test" ;;
		esac
	done
	case $* in # not both at once: two makes would build the same object
	*.sh*) $MAKE all >>"$COPY/build.log" 2>&1 || return ;;
	esac
	# shellcheck disable=SC2086
	$MAKE $more >>"$COPY/build.log" 2>&1
}

try() { # TEST: a word for how it ends, as soon as one thing fails
	local run="./$1" log=$COPY/test.log
	case $1 in *.sh) run=$COPY/src/$1 ;; esac
	MEWS_FIRST=1 SRC=$COPY/src timeout -k 30 $LIMIT "$run" >"$log" 2>&1 &
	while kill -0 $! 2>/dev/null; do
		sleep 0.2
		case $1 in
		*.sh) ;; # ends by itself
		*) grep -q ': error: Failure!' "$log" && kill $! 2>/dev/null ;;
		esac
	done
	wait $!
	case $? in
	0) echo passes ;;
	77) echo skipped ;;
	124 | 137) echo "no end" ;;
	*) echo noticed ;;
	esac
}

# --- in a copy ------------------------------------------------------------------

passed_before() { # TEST: in BUILD, as it is
	local result=$BUILD/$1.trs
	[ "$result" -nt "$SRC/$1" ] || [ "$result" -nt "$SRC/$1.c" ] || return
	grep -q ':test-result: PASS' "$result"
}

pass() { # TEST: leaves a file when it does
	local word=passes
	passed_before "$1" || word=$(try "$1")
	[ "$word" != passes ] || : >"$WORK/passes/${1//\//-}"
	[ "$word" = passes ] || echo "$1 by itself: $word"
}

failure() { # LOG: the first in it
	grep -hE -m 1 '^FAIL: |^\[  FAILED  \]|^SKIP: |error: ' "$1" | cut -c 1-100
}

judge() { # PATCH
	local word test begun=$SECONDS log=$COPY/test.log
	test=$(test_of "$1")
	if [ ! -e "$WORK/passes/${test//\//-}" ]; then
		word="fails by itself"
	elif ! (cd "$COPY/src" && git apply -C1 "$1") 2>"$log"; then
		word="does not fit"
	else
		if build "$test"; then
			word=$(try "$test")
		else
			word="does not build" log=$COPY/build.log
		fi
		(cd "$COPY/src" && git apply -C1 -R "$1") || exit 255
	fi
	case $word in
	noticed) ;;
	passes) word=ALIVE ;&
	*) echo "$1" >>"$WORK/alive" ;;
	esac
	printf '%-16s %-40s %s, %d s: %s\n' "$word" "$(basename "$1")" "$test" \
		$((SECONDS - begun)) "$(failure "$log")"
}

if [ -n "${SLOT:-}" ]; then
	COPY=$WORK/$SLOT
	cd "$COPY/build" || exit 255
	"$@"
	exit 0
fi

# --- the whole ------------------------------------------------------------------

# Sources as they are, and a build folder of the same options, in which all is made.
copy() { # TEST...
	COPY=$WORK/0
	mkdir -p "$COPY/src" "$COPY/build/htdocs" "$WORK/passes"
	tar -C "$SRC" --exclude=./build --exclude=./b --exclude=./b-* --exclude=./.git \
		--exclude=./sanitize -cf - . | tar -C "$COPY/src" -xf - || exit 1
	cp -a "$BUILD"/htdocs/. "$COPY/build/htdocs/" # what npm fetched
	cd "$COPY/build" || exit 1
	eval "../src/configure $("$BUILD/config.status" --config)" \
		>"$COPY/build.log" 2>&1 && build "$@" || {
		tail "$COPY/build.log"
		exit 1
	}
	mkdir -p ports # are shared, so that no two take one
	for ((n = 1; n < JOBS; n++)); do
		cp -a "$WORK/0" "$WORK/$n" && COPY=$WORK/$n && cd "$COPY/build" &&
			find share -type l -delete && rm -rf ports &&
			ln -s ../../0/build/ports ports &&
			sed -i "s,$WORK/0/,$COPY/,g" config.status Makefile &&
			build "$@" || exit 1
	done
}

each() { # WORD: for each line of stdin, in the copies
	xargs -P "$JOBS" --process-slot-var=SLOT -n 1 "$ME" "$1"
}

ME=$(realpath "$0")
export WORK SRC BUILD
WORK=$(mktemp -d "${TMPDIR:-/tmp}/mews-mutants.XXXXXX") || exit 1
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM HUP
[ $# -gt 0 ] || set -- "$HERE"/*.patch
mapfile -t PATCHES < <(realpath "$@")
mapfile -t TESTS < <(for patch in "${PATCHES[@]}"; do
	test_of "$patch"
done | sort -u)
copy "${TESTS[@]}"
printf '%s\n' "${TESTS[@]}" | each pass
printf '%s\n' "${PATCHES[@]}" | each judge
echo "${#PATCHES[@]} patches, $(cat "$WORK/alive" 2>/dev/null | wc -l) not noticed," \
	"$SECONDS s"
[ ! -e "$WORK/alive" ]
