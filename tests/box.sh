# tests/box.sh - servers that need accounts of the machine, in a view of it of
# their own: users and PAM files that nobody else sees, gone when the test ends.
#
# Sourced after lib.sh by tests that are root; others are skipped.

[ "$(id -u)" = 0 ] || {
	echo "SKIP: only root can have accounts for a test"
	exit 77
}
unshare -m true 2>/dev/null || {
	echo "SKIP: no mount namespaces here"
	exit 77
}

box_begin() { # an account mews-share with the password in BOX_PASSWORD
	mkdir -p "$DIR/etc/pam.d" "$DIR/home"
	cp -a /etc/pam.d/. "$DIR/etc/pam.d/"
	chown 4242:4242 "$DIR/home"
	chmod 755 "$DIR" "$DIR/home"
	grep -v '^mews-share:' /etc/passwd >"$DIR/etc/passwd"
	echo "mews-share:x:4242:4242::$DIR/home:/bin/sh" >>"$DIR/etc/passwd"
	grep -v '^mews-share:' /etc/group >"$DIR/etc/group"
	echo "mews-share:x:4242:" >>"$DIR/etc/group"
	grep -v '^mews-share:' /etc/shadow >"$DIR/etc/shadow"
	echo "mews-share:$(openssl passwd -6 "$BOX_PASSWORD"):19000:0:99999:7:::" \
		>>"$DIR/etc/shadow"
	printf '%s\n' 'auth required pam_unix.so' \
		'account required pam_unix.so' >"$DIR/etc/pam.d/mews-ftp"
}

box_run() { # NAME COMMAND...: as server_run, in that view
	local name=$1
	shift
	server_run "$name" unshare -m --propagation private sh -c '
		for f in passwd group shadow; do
			mount --bind "$0/etc/$f" "/etc/$f" || exit 1
		done
		mount --bind "$0/etc/pam.d" /etc/pam.d || exit 1
		exec "$@"' "$DIR" "$@"
}

box_open() { # PORT [ADDRESS]
	(exec 3<>"/dev/tcp/${2:-127.0.0.1}/$1") 2>/dev/null
}

box_below() { # PID: and all that it started
	local pid
	for pid in $(pgrep -P "$1"); do
		box_below "$pid"
	done
	echo "$1"
}
