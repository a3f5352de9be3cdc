#!/bin/bash
# t_ha.sh - what make install brings: files and modes, how the programs were
# built, what the units let them do; and a whole server under its accounts, in
# which none reaches what is another's (HA1, HA3, HA5).
. "$SRC/tests/lib.sh"
need systemd-analyze checksec make
BOX=$DIR/box

env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make install DESTDIR="$BOX" \
	>"$DIR/install.log" 2>&1 || {
	tail -n 5 "$DIR/install.log"
	die "make install"
}
PREFIX=$(cd "$BOX" && dirname "$(dirname "$(find . -name mewsd -type f)")")
PREFIX=${PREFIX#.}

# --- files and modes ------------------------------------------------------------

# Programs and folders 755, all else 644: nothing for others to write, no setuid.
cd "$BOX$PREFIX" || exit 1
expect "modes are as they should be" [ -z "$(find . -printf '%m %y %P\n' |
	grep -vE '^755 d |^755 f (s?bin|libexec/mews)/|^644 f (share|lib|etc)/' |
	tee /dev/stderr)" ]
cat >"$DIR/manifest" <<'END'
bin/mews
etc/mews/lighttpd.conf
etc/mews/mews.nft
lib/systemd/system/mews-apply.path
lib/systemd/system/mews-apply.service
lib/systemd/system/mews-apply.timer
lib/systemd/system/mews-auth.service
lib/systemd/system/mews-courier.service
lib/systemd/system/mews-data@.service
lib/systemd/system/mews-data@.socket
lib/systemd/system/mews-files@.service
lib/systemd/system/mews-files@.socket
lib/systemd/system/mews-pages@.service
lib/systemd/system/mews-pages@.socket
lib/systemd/system/mews-web.service
lib/systemd/system/mews.target
lib/systemd/system/mewsd.service
lib/systemd/system/mewsd.socket
lib/sysusers.d/mews.conf
lib/tmpfiles.d/mews.conf
libexec/mews/data.fcgi
libexec/mews/pages.fcgi
sbin/mews-apply
sbin/mews-auth
sbin/mews-courier
sbin/mewsd
END
expect "files are those of the manifest" diff "$DIR/manifest" \
	<(find . -type f -printf '%P\n' | grep -v '^share/mews/' | LC_ALL=C sort)

# --- how they were built ----------------------------------------------------------

built() { # PROGRAM
	checksec --format=csv --file="$1" |
		grep -q '^Full RELRO,Canary found,NX enabled,PIE enabled,No RPATH,No RUNPATH,.*,Yes,'
}
for program in bin/mews sbin/* libexec/mews/*; do
	expect "$program is built with all defences" built "$program"
done

# --- what the units let them do ---------------------------------------------------

exposed() { # UNIT MOST: no more than that
	systemd-analyze security --offline=yes --threshold="$2" \
		"lib/systemd/system/$1" >"$DIR/exposed"
}
while read -r unit most; do
	expect "$unit is exposed at most $most tenths" exposed "$unit" "$most"
done <<'END'
mewsd.service 20
mews-auth.service 20
mews-courier.service 30
mews-pages@.service 10
mews-data@.service 10
mews-files@.service 10
mews-web.service 20
mews-apply.service 30
END
for path in $(sed -nE 's/^ExecStart=([^ ]+).*/\1/p' lib/systemd/system/* |
	grep "^$PREFIX/"); do
	expect "$path is what a unit starts" [ -x "$BOX$path" ]
done

# --- a server under its accounts ----------------------------------------------------

cd "$BUILD" || exit 1
[ "$(id -u)" = 0 ] && command -v systemd-sysusers >/dev/null || {
	echo "SKIP: accounts need root"
	finish
}
mkdir -p "$BOX/etc"
cp /etc/passwd /etc/group "$BOX/etc/" # www-data and dialout are Debian's
chmod 0711 "$DIR"
STATE=$BOX$PREFIX/var/lib/mews RUN=$BOX/run/mews
SHARE=$BOX$PREFIX/share/mews
systemd-sysusers --root="$BOX" "$BOX$PREFIX/lib/sysusers.d/mews.conf" \
	>"$DIR/users.log" 2>&1 || die "users: $(tail -n 1 "$DIR/users.log")"
systemd-tmpfiles --root="$BOX" --create \
	"$BOX$PREFIX/lib/tmpfiles.d/mews.conf" >"$DIR/folders.log" 2>&1 ||
	die "folders: $(tail -n 1 "$DIR/folders.log")"

ids() { # USER: as setpriv wants them; the group is that of the unit
	local unit
	unit=$(grep -l "^User=$1$" "$BOX$PREFIX"/lib/systemd/system/* | head -n 1)
	awk -F: -v user="$1" \
		-v group="$(sed -n 's/^Group=//p' "$unit")" 'FNR == NR {
		if ($1 == user) uid = $3
		next
	}
	{
		if ($1 == group) gid = $3
		n = split($4, m, ",")
		for (i = 1; i <= n; i++)
			if (m[i] == user) list = list "," $3
	}
	END { print "--reuid " uid " --regid " gid " --groups " gid list }' \
		"$BOX/etc/passwd" "$BOX/etc/group"
}

as() { # USER COMMAND...
	local user=$1
	shift
	# shellcheck disable=SC2046
	setpriv $(ids "$user") "$@"
}

run_as() { # NAME USER PROGRAM ARGUMENTS...
	local name=$1 user=$2 program=$3
	shift 3
	# shellcheck disable=SC2046
	server_run "$name" setpriv $(ids "$user") "$BOX$PREFIX/$program" \
		--state "$STATE" --run "$RUN" --share "$SHARE" "$@"
}

run_fcgi_as() { # NAME
	local program=data.fcgi
	case $1 in pages.*) program=pages.fcgi ;; esac
	# shellcheck disable=SC2046
	server_run "$1" spawn-fcgi -n -s "$RUN/$1.sock" -M 0660 -- \
		/usr/bin/setpriv $(ids mews-web) \
		"$BOX$PREFIX/libexec/mews/$program" --state "$STATE" \
		--run "$RUN" --share "$SHARE"
}

server_folders
cp tests/seed_auth "$DIR/"
sed -E -e "s,^(line +A +rtu +)[^ ]+,\\1$DIR/no-line," \
	-e "s,^(line +B +tcp +)[^ ]+ +[^ ]+,\\1127.0.0.1 $REMOTE_PORT," \
	"$SITE" >"$DIR/demo.site" # nobody answers
as mews-auth "$DIR/seed_auth" --state "$STATE" >"$DIR/log/seed.log" 2>&1 ||
	die "users: $(tail -n 1 "$DIR/log/seed.log")"
as mews "$BOX$PREFIX/bin/mews" --state "$STATE" --run "$RUN" --share "$SHARE" \
	site import "$DIR/demo.site" >"$DIR/log/site.log" 2>&1 ||
	die "site: $(tail -n 1 "$DIR/log/site.log")"
sed -e "s,0\.0\.0\.0,127.0.0.1,g" -e "s,:443,:$HTTPS_PORT,g" \
	-e "s,^server.port = 80,server.port = $HTTP_PORT," \
	-e "s,\"$PREFIX/,\"$BOX$PREFIX/,g" -e "s,\"/run/,\"$BOX/run/,g" \
	-e "s,/var/cache/mews,$DIR/cache,g" \
	"$BOX$PREFIX/etc/mews/lighttpd.conf" >"$DIR/lighttpd.conf"
chmod 0711 "$DIR/cache" && chown www-data "$DIR/cache"
chmod 0644 "$DIR/lighttpd.conf"
"$BOX$PREFIX/sbin/mews-apply" --state "$STATE" --run "$RUN" --share "$SHARE" \
	--conf "$DIR/lighttpd.conf" --web "127.0.0.1:$HTTPS_PORT" \
	>"$DIR/log/apply.log" 2>&1 ||
	die "certificate: $(tail -n 1 "$DIR/log/apply.log")"

run_as mews-auth mews-auth sbin/mews-auth
run_as mewsd mews sbin/mewsd --modbus-port "$MODBUS_PORT" \
	--modbus-address 127.0.0.1
server_wait mews-auth 20 test -S "$RUN/auth.sock"
server_wait mewsd 20 test -S "$RUN/mewsd.sock"
run_as mews-courier mews-courier sbin/mews-courier
for name in pages.1 pages.2 data.1 data.2 files.1 files.2; do
	run_fcgi_as $name
done
for name in pages.1 pages.2 data.1 data.2 files.1 files.2; do
	server_wait $name 20 test -S "$RUN/$name.sock"
	chgrp www-data "$RUN/$name.sock" # as the socket's unit
done
# shellcheck disable=SC2046
server_run lighttpd setpriv $(ids www-data) lighttpd -D -f "$DIR/lighttpd.conf"
server_wait "The first page" 30 curl -skf --http1.1 -o /dev/null \
	"https://127.0.0.1:$HTTPS_PORT/login"
expect "a user signs in" [ "$(web_sign_in installer 55555)" = 303 ]
expect "a page is shown" [ "$(web_code /devices)" = 200 ]
expect "a command reaches mewsd" [ "$(web_post /site --data-urlencode name=Wall)" \
	!= 503 ]
expect "a stylesheet is served" [ "$(web_code "$(web /devices |
	grep -o '/static/[^"]*app\.css' | head -n 1)")" = 200 ]

# Who may do what with what: + may, - may not.
while read -r user how may what; do
	case $may in
	+) expect "$user may $how $what" as "$user" test "-${how:0:1}" "$BOX$PREFIX/var/lib/mews/$what" ;;
	-) expect_not "$user may not $how $what" as "$user" test "-${how:0:1}" "$BOX$PREFIX/var/lib/mews/$what" ;;
	esac
done <<'END'
mews-web read + config.db
mews-web read + history.db
mews-web write - config.db
mews-web write - history.db
mews-web write - .
mews-web write - data
mews-web write - wanted
mews-web write - ../../../../../run/mews
mews-web read - auth/auth.db
mews-web read - auth/pepper
mews-web read - auth
mews-web read - tls/mews.pem
mews-web read - courier
mews-auth write + auth/auth.db
mews-auth write - config.db
mews-auth write - history.db
mews-auth read - tls/mews.pem
mews-auth read - courier
mews write + history.db
mews read - auth/auth.db
mews read - auth/pepper
mews read - tls/mews.pem
mews read - courier
mews write - data
mews write - tls
mews-courier read + history.db
mews-courier write + data
mews-courier write - history.db
mews-courier write - config.db
mews-courier read - auth/auth.db
mews-courier read - tls/mews.pem
www-data read + tls/mews.pem
www-data write - tls/mews.pem
www-data write - tls
www-data read + data
www-data write - data
www-data read - config.db
www-data read - auth/pepper
www-data read - courier
END
RUNS=$(cd "$RUN" && pwd)
expect_not "mews-web may not make a door" as mews-web test -w "$RUNS"
expect_not "the web server may not knock at mewsd" \
	as www-data test -w "$RUNS/mewsd.sock"
expect_not "the web server may not knock at mews-auth" \
	as www-data test -w "$RUNS/auth.sock"
expect "the pages may knock at both" as mews-web test -w "$RUNS/auth.sock" -a \
	-w "$RUNS/mewsd.sock"

# setpriv gave way to the program, which has its filter.
for name in mewsd mews-auth mews-courier pages.1 pages.2 data.1 data.2 files.1 files.2; do
	expect "$name has a filter of system calls" grep -qE '^Seccomp:\s*2$' \
		"/proc/${SERVER_PID[$name]}/status"
	expect "$name gets no new privileges" grep -qE '^NoNewPrivs:\s*1$' \
		"/proc/${SERVER_PID[$name]}/status"
done
finish
