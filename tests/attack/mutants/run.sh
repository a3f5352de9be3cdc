#!/bin/bash
# run.sh - takes one defence out after the other and sees that its test notices.
#
#	SRC=SOURCE BUILD=BUILD-FOLDER run.sh [PATCH]...
#
# Each patch here is applied to a copy of the sources; its line "Test: FILE"
# names the test that must fail then, and pass without it.  Prints a table; ends
# with 1 when a patch changed nothing that the test sees, or no longer fits.
set -u
unset MEWS_LONG # the short form of each test notices
HERE=$SRC/tests/attack/mutants
WORK=$(mktemp -d "${TMPDIR:-/tmp}/mews-mutants.XXXXXX") || exit 1
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' INT TERM HUP
ALIVE=0
declare -A SOUND=()
MAKE="env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -j2"

copy() { # sources as they are, and a build folder of the same options
	mkdir -p "$WORK/src" "$WORK/build/htdocs" || exit 1
	tar -C "$SRC" --exclude=./build --exclude=./b --exclude=./b-* --exclude=./.git \
		--exclude=./sanitize -cf - . | tar -C "$WORK/src" -xf - || exit 1
	cp -a "$BUILD"/htdocs/. "$WORK/build/htdocs/" # what npm fetched
	cd "$WORK/build" || exit 1
	eval "../src/configure $("$BUILD/config.status" --config)" \
		>"$WORK/configure.log" 2>&1 || { tail "$WORK/configure.log"; exit 1; }
}

build() { # TEST
	$MAKE all >"$WORK/build.log" 2>&1 || return
	case $1 in
	*.sh) $MAKE tests/seed_auth tests/show tests/disk.so >>"$WORK/build.log" 2>&1 ;;
	*) $MAKE "$1" >>"$WORK/build.log" 2>&1 ;;
	esac
}

try() { # TEST LOG: its status, as soon as one thing fails
	export MEWS_FIRST=1
	case $1 in
	*.sh) SRC=$WORK/src "$WORK/src/$1" >"$2" 2>&1 ;;
	*) SRC=$WORK/src "./$1" >"$2" 2>&1 ;;
	esac
}

# Whether the test passes while nothing is taken out; found once a test.
sound() { # TEST
	[ -n "${SOUND[$1]:-}" ] || {
		SOUND[$1]="no build"
		build "$1" && {
			try "$1" "$WORK/sound.log"
			case $? in
			0) SOUND[$1]=yes ;;
			77) SOUND[$1]=skipped ;;
			*) SOUND[$1]="fails by itself" ;;
			esac
		}
	}
	[ "${SOUND[$1]}" = yes ]
}

judge() { # PATCH TEST: a word
	sound "$2" || { JUDGED=${SOUND[$2]}; return; }
	(cd "$WORK/src" && git apply "$1") 2>"$WORK/apply.log" || {
		JUDGED="does not fit"
		return
	}
	JUDGED=ALIVE
	if ! build "$2"; then
		JUDGED="does not build"
	elif ! try "$2" "$WORK/mutant.log"; then
		JUDGED=noticed
	fi
	(cd "$WORK/src" && git apply -R "$1") || exit 1
}

[ $# -gt 0 ] || set -- "$HERE"/*.patch
mapfile -t PATCHES < <(realpath "$@")
copy
for patch in "${PATCHES[@]}"; do
	test=$(sed -n 's/^Test: *//p' "$patch" | head -n 1)
	begun=$SECONDS
	judge "$patch" "$test"
	[ "$JUDGED" = noticed ] || ALIVE=1
	printf '%-16s %-44s %s, %d s\n' "$JUDGED" "$(basename "$patch")" "$test" \
		$((SECONDS - begun))
	[ "$JUDGED" = noticed ] || tail -n 3 "$WORK/apply.log" 2>/dev/null
	rm -f "$WORK/apply.log"
done
exit $ALIVE
