# tests/lib.sh - what the shell tests that start programs share.
#
# Sourced by bash scripts that run in the build folder with SRC set.  Each has
# its own folder DIR and ports, both gone when it ends.

set -u
BUILD=$PWD
SHARE=$BUILD/share
export MEWS_SECCOMP=kill # who asks the kernel for more than it may, ends
DIR=$(mktemp -d "${TMPDIR:-/tmp}/mews-test.XXXXXX") || exit 1
FAILED=0

lib_end() {
	local rc=$?
	trap '' INT TERM HUP
	server_end
	[ $rc = 0 ] || [ $rc = 77 ] || tail -n 5 "$DIR"/log/*.log
	rm -rf "$DIR"
	exit $rc
}

die() {
	echo "FAIL: $*"
	exit 1
}

need() { # PROGRAM...: skips the test where one is missing
	local program
	for program in "$@"; do
		command -v "$program" >/dev/null || {
			echo "SKIP: $program is missing"
			exit 77
		}
	done
}

failed() { # with MEWS_FIRST the first failure is enough
	FAILED=1
	[ -z "${MEWS_FIRST:-}" ] || exit 1
}

expect() { # WHAT COMMAND...: one assertion
	local what=$1
	shift
	if "$@"; then
		echo "ok: $what"
	else
		echo "FAIL: $what ($*)"
		failed
	fi
}

expect_not() { # WHAT COMMAND...
	local what=$1
	shift
	if "$@"; then
		echo "FAIL: $what ($*)"
		failed
	else
		echo "ok: $what"
	fi
}

finish() {
	exit $FAILED
}

. "$SRC/tests/server.sh"
. "$SRC/tests/web.sh"
HTTPS_PORT=$(free_port) HTTP_PORT=$(free_port) MODBUS_PORT=$(free_port)
trap lib_end EXIT
trap 'exit 1' INT TERM HUP
