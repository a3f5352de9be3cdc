#!/bin/bash
# t_static.sh - what reads the sources and knows mistakes: nothing serious is left
# that is not explained here (HA6).
set -u
FAILED=0
TMP=$(mktemp -d) || exit 1
trap 'rm -rf "$TMP"' EXIT

bad() {
	echo "FAIL: $*"
	FAILED=1
}

# --- calls that no program of ours makes: by the objects, not by their names ---

calls=$(nm -A --undefined-only lib/*.o daemon/*.o cgi-bin/*.o | awk '{ print $NF, $1 }' |
	grep -E '^(gets|system|popen|v?sprintf|__v?sprintf_chk|mktemp|tmpnam|tempnam|strtok|ato[il]|s?rand|random|execl[pe]?|execvp?|wordexp|dlopen) ')
[ -z "$calls" ] || bad "these are called: $calls"
# mews-apply alone starts a program: it asks lighttpd about its configuration
calls=$(nm -A --undefined-only lib/*.o daemon/*.o cgi-bin/*.o | awk '{ print $NF, $1 }' |
	grep -E '^(execve|execveat|posix_spawnp?) ' | grep -v -- '-web\.o:$')
[ -z "$calls" ] || bad "these start programs: $calls"

# --- flawfinder, level 4 and 5 -------------------------------------------------

# printf and its kin: -Wformat=2 holds every format to be constant, for all
# builds.  gets and system are members of ours: above, no object calls such
# functions.  access: where it is asked, a name is given and nothing is opened as
# somebody else.
command -v flawfinder >/dev/null || { echo "SKIP: flawfinder is missing"; exit 77; }
grep -q -- '-Wformat=2' Makefile || bad "formats are not checked"
flawfinder --minlevel=4 --dataonly --quiet --csv "$SRC"/lib "$SRC"/daemon \
	"$SRC"/cgi-bin 2>/dev/null | sed "s,$SRC/,," |
	awk -F, 'NR > 1 { print $1, $7 }' |
	grep -vE ' (v?f?s?n?printf|gets|system|access)$' | sort -u >"$TMP/found"
# FILE CALL why
cat >"$TMP/known" <<'END'
cgi-bin/answer.c strcpy both are buffers of one size
cgi-bin/flow.c strcpy a plate into a plate
cgi-bin/download.c strcpy both are buffers of one size
daemon/door.c chmod our own socket, before anybody can connect
daemon/sink_folder.c strcpy both are buffers of one size
lib/backup.c chmod files we made, in our own folder
lib/backup.c chown files we made, in our own folder
lib/backup_back.c chmod files we made, in our own folder
lib/backup_back.c chown files we made, in our own folder
lib/quantity.c strcpy into the caller's buffer of the size the header says
lib/say.c strcpy two buffers of one size
END
while read -r file call; do
	grep -q "^$file $call " "$TMP/known" || bad "$file: $call"
done <"$TMP/found"

# --- cppcheck and clang-tidy: take minutes on a loaded machine ---------------------

[ -n "${MEWS_LONG:-}" ] || exit $FAILED
# varFuncNullUB: NULL is a pointer here.  funcArgOrderDifferent: headers leave
# names away.  arrayIndexOutOfBoundsCond, uninitStructMember: it does not see that
# levels end before the array does, and what mews_buckets_extremes() fills.
command -v cppcheck >/dev/null || { echo "SKIP: cppcheck is missing"; exit 77; }
(cd "$SRC" && cppcheck -q --enable=warning,portability --std=c11 -Ilib -Idaemon \
	-Icgi-bin -D_GNU_SOURCE -DMEWS_VERSION='""' -DMEWS_STATE_DIR='""' \
	-DMEWS_RUN_DIR='""' -DMEWS_SHARE_DIR='""' --suppress=missingInclude \
	--suppress=varFuncNullUB --suppress=funcArgOrderDifferent \
	--suppress=arrayIndexOutOfBoundsCond --suppress=uninitStructMember \
	--suppress=resourceLeak:cgi-bin/data_backup.c \
	--suppress=autoVariables:daemon/recorder.c \
	--template='{file}:{line}: {id}: {message}' lib daemon cgi-bin) \
	>"$TMP/cppcheck" 2>&1
[ ! -s "$TMP/cppcheck" ] || bad "cppcheck: $(cat "$TMP/cppcheck")"

if command -v clang-tidy >/dev/null; then
	(cd "$SRC" && clang-tidy --quiet \
		--checks='-*,cert-*,bugprone-*,-cert-err33-c,-cert-dcl37-c,-cert-dcl51-cpp,-cert-err34-c,-bugprone-easily-swappable-parameters,-bugprone-reserved-identifier,-bugprone-narrowing-conversions,-bugprone-implicit-widening-of-multiplication-result,-bugprone-assignment-in-if-condition,-bugprone-sizeof-expression' \
		--warnings-as-errors='*' lib/*.c -- -std=c11 -D_GNU_SOURCE \
		-D_FILE_OFFSET_BITS=64 -iquote lib -iquote "$OLDPWD/lib" \
		$(sed -n 's/^CS_CFLAGS = //p' "$OLDPWD/Makefile") \
		-DMEWS_VERSION='""' -DMEWS_STATE_DIR='""' \
		-DMEWS_RUN_DIR='""' -DMEWS_SHARE_DIR='""') \
		>"$TMP/tidy" 2>/dev/null || bad "clang-tidy: $(grep -E 'error:' "$TMP/tidy")"
fi
exit $FAILED
