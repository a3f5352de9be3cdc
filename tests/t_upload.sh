#!/bin/bash
# t_upload.sh - finished files to real servers, FTPS, FTP and SFTP: whom to trust,
# an outage in the middle, a server that hangs; all arrive, whole, in order, once.
. "${SRC:?}/tests/lib.sh" || exit 1
need openssl vsftpd sshd ssh-keygen sqlite3 lighttpd spawn-fcgi curl
. "$SRC/tests/box.sh"

BOX_PASSWORD='up l0ad&word'
FTP_PORT=$(free_port) SSH_PORT=$(free_port)
server_folders
server_certificate
server_site
server_start_simulator
server_fill "$(date -d '3 days ago' +%s)"
server_users
server_start_daemons
box_begin
mkdir -p "$DIR/home/in" "$DIR/ssh" /run/sshd
chown 4242:4242 "$DIR/home/in"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 \
	-days 30 -subj /CN=ftp -keyout "$DIR/ftp.key" -out "$DIR/ftp.crt" \
	2>/dev/null || die "openssl made no certificate"
ssh-keygen -q -t ed25519 -N '' -f "$DIR/ssh/key"
ftp_conf() { # NAME ADDRESS PORT TLS [LINE]...: of an FTP server
	local name=$1
	cat >"$DIR/$name.conf" <<END
listen=YES
listen_address=$2
listen_port=$3
background=NO
local_enable=YES
write_enable=YES
anonymous_enable=NO
pam_service_name=mews-ftp
seccomp_sandbox=NO
ssl_enable=$4
force_local_logins_ssl=$4
force_local_data_ssl=$4
require_ssl_reuse=NO
ssl_tlsv1=YES
rsa_cert_file=$DIR/ftp.crt
rsa_private_key_file=$DIR/ftp.key
secure_chroot_dir=$DIR/ssh
xferlog_enable=YES
xferlog_std_format=YES
xferlog_file=$DIR/log/$name.xfer
END
	shift 4
	printf '%s\n' "$@" >>"$DIR/$name.conf"
}
cat >"$DIR/sshd.conf" <<END
Port $SSH_PORT
ListenAddress 127.0.0.1
HostKey $DIR/ssh/key
PidFile none
UsePAM no
PasswordAuthentication yes
StrictModes no
Subsystem sftp internal-sftp
END

ftp_server() { # NAME
	box_run "$1" vsftpd "$DIR/$1.conf"
}
ask() {
	server_mews mews do "$@" 2>&1
}
field() {
	sed -n "s/^$1  *//p"
}
put() { # ID KIND PORT PATH TRUST [HOST]: its id
	ask destination-put id="$1" kind="$2" host="${6:-127.0.0.1}" \
		port="$3" path="$4" user=mews-share trust="$5" active=1 |
		field id
}
why_is() { # ID WORD
	[ "$(ask upload-status id="$1" | field why)" = "$2" ]
}
all_there() { # ID
	ask courier-wake sink=upload
	local status
	status=$(ask upload-status id="$1")
	[ "$(field waits <<<"$status")" = 0 ] && [ -z "$(field why <<<"$status")" ]
}
finished() { # the paths of all finished files
	sqlite3 -readonly "$DIR/state/courier/courier.db" \
		'SELECT path FROM finished ORDER BY path'
}
made() {
	[ "$(finished | wc -l)" -ge 30 ]
}
same() { # FOLDER: has the finished files, whole, and nothing else
	local path
	[ "$(cd "$1" && find . -type f | sed 's|^\./||' | sort)" = \
		"$(finished | sort)" ] || return 1
	for path in $(finished); do
		cmp -s "$DIR/state/data/$path" "$1/$path" || return 1
	done
}

ftp_conf vsftpd 127.0.0.1 "$FTP_PORT" YES
ftp_server vsftpd
server_wait "The FTP server" 30 box_open "$FTP_PORT"
box_run sshd /usr/sbin/sshd -D -e -f "$DIR/sshd.conf"
server_wait "The SSH server" 30 box_open "$SSH_PORT"
server_start_courier
server_wait "The data folder" 60 made

# --- FTPS ------------------------------------------------------------------------------

id=$(put 0 ftps "$FTP_PORT" in "")
ask secret-set name="upload-$id" value="$BOX_PASSWORD" >/dev/null
ask upload-test id="$id" >/dev/null
server_wait "A certificate of someone else" 40 why_is "$id" certificate
finger=$(ask upload-status id="$id" | field said)
expect "is told by its fingerprint" [ "$finger" = "$(openssl x509 \
	-in "$DIR/ftp.crt" -noout -fingerprint -sha256 | sed 's/.*=//' |
	tr -d : | tr A-F a-f)" ]
expect "nothing went" [ -z "$(find "$DIR/home/in" -type f)" ]
put "$id" ftps "$FTP_PORT" in "$finger" >/dev/null
ask secret-set name="upload-$id" value=wrong >/dev/null
ask upload-test id="$id" >/dev/null
server_wait "A wrong password" 60 why_is "$id" login
ask secret-set name="upload-$id" value="$BOX_PASSWORD" >/dev/null
ask upload-test id="$id" >/dev/null
some() {
	[ "$(find "$DIR/home/in" -name '*.csv' | wc -l)" -ge 3 ]
}
server_wait "The first files" 60 some
server_stop vsftpd KILL
ftp_server vsftpd
server_wait "The FTP server again" 30 box_open "$FTP_PORT"
ask upload-test id="$id" >/dev/null
server_wait "All files by FTPS" 120 all_there "$id"
expect "are whole, and nothing else is there" same "$DIR/home/in"

# --- SFTP -------------------------------------------------------------------------------

id=$(put 0 sftp "$SSH_PORT" drop/box "")
ask secret-set name="upload-$id" value="$BOX_PASSWORD" >/dev/null
ask upload-test id="$id" >/dev/null
server_wait "An unknown host key" 40 why_is "$id" host-key
finger=$(ask upload-status id="$id" | field said)
expect "is told as ssh-keygen writes it" [ "$finger" = "$(ssh-keygen -lf \
	"$DIR/ssh/key.pub" | cut -d ' ' -f 2)" ]
put "$id" sftp "$SSH_PORT" drop/box "$finger" >/dev/null
ask upload-test id="$id" >/dev/null
server_wait "All files by SFTP" 120 all_there "$id"
expect "are whole, and nothing else is there" same "$DIR/home/drop/box"
put "$id" sftp "$SSH_PORT" /proc/nowhere "$finger" >/dev/null
ask upload-test id="$id" >/dev/null
server_wait "A folder that cannot be" 40 why_is "$id" path

# --- what is refused, and what is kept ------------------------------------------------------

taken() { # FIELD=VALUE
	ask destination-put id=0 kind=sftp host=127.0.0.1 port=22 path= user=x \
		trust= active=1 "$1" >/dev/null
}
for bad in 'host=a b' 'host=-x' 'path=../up' "path=a'b" 'port=0' 'kind=http' \
	'trust=abc' 'user='; do
	expect_not "refused: $bad" taken "$bad"
done
expect "no password in log or database" [ -z "$(grep -rl 'l0ad&word' \
	"$DIR/log" "$DIR/state/config.db"* "$DIR/state/courier/courier.db"*)" ]

# --- FTPS from the first byte, FTP in the clear ------------------------------------------------

HOST=127.$((RANDOM % 250 + 2)).$((RANDOM % 250)).$((RANDOM % 250 + 2))
ftp_conf implicit "$HOST" 990 YES implicit_ssl=YES
ftp_server implicit
server_wait "An FTP server with TLS from the first byte" 30 \
	box_open 990 "$HOST"
finger=$(openssl x509 -in "$DIR/ftp.crt" -noout -fingerprint -sha256 |
	sed 's/.*=//')
id=$(put 0 ftps 990 implicit "" "$HOST")
ask secret-set name="upload-$id" value="$BOX_PASSWORD" >/dev/null
ask upload-test id="$id" >/dev/null
server_wait "Its certificate is of someone else" 60 why_is "$id" certificate
expect "nothing went" [ ! -e "$DIR/home/implicit" ]
put "$id" ftps 990 implicit "$finger" "$HOST" >/dev/null
ask upload-test id="$id" >/dev/null
server_wait "All files with TLS from the first byte" 120 all_there "$id"
expect "are whole" same "$DIR/home/implicit"

CLEAR_PORT=$(free_port)
ftp_conf clear 127.0.0.1 "$CLEAR_PORT" NO
ftp_server clear
server_wait "An FTP server without TLS" 30 box_open "$CLEAR_PORT"
id=$(put 0 ftps "$CLEAR_PORT" clear "$finger")
ask secret-set name="upload-$id" value="$BOX_PASSWORD" >/dev/null
ask upload-test id="$id" >/dev/null
server_wait "The password does not go in the clear" 60 why_is "$id" no-tls
put "$id" ftp "$CLEAR_PORT" clear "" >/dev/null
ask upload-test id="$id" >/dev/null
server_wait "All files in the clear, where a person chose that" 120 \
	all_there "$id"
expect "are whole" same "$DIR/home/clear"

# --- a server that hangs when it has half of a file ----------------------------------------------

SLOW_PORT=$(free_port)
ftp_conf slow 127.0.0.1 "$SLOW_PORT" NO local_max_rate=40000
ftp_server slow
server_wait "A slow FTP server" 30 box_open "$SLOW_PORT"
id=$(put 0 ftp "$SLOW_PORT" slow "")
ask secret-set name="upload-$id" value="$BOX_PASSWORD" >/dev/null
ask courier-wake sink=upload >/dev/null
half() { # of a file is there
	find "$DIR/home/slow" -name '.*.part' -size +24k 2>/dev/null | grep -q .
}
server_wait "Half a file" 90 half
hung=$(box_below "${SERVER_PID[slow]}")
# shellcheck disable=SC2086
kill -STOP $hung
part=$(find "$DIR/home/slow" -name '.*.part' | head -n 1)
whole=$(basename "$part" .part)
whole=$(find "$DIR/state/data" -name "${whole#.}" | head -n 1)
expect "it has a part of the file ($(stat -c %s "$part") of $(stat -c %s \
	"$whole") bytes)" [ "$(stat -c %s "$part")" -lt "$(stat -c %s "$whole")" ]
expect "under no name that somebody reads" [ ! -e \
	"${part%/*}/$(basename "$whole")" ]
server_wait "That it hangs" 120 why_is "$id" timeout
expect "the log says so" grep -q "ftp://127.0.0.1:$SLOW_PORT: timeout" \
	"$DIR/log/mews-courier.log"
server_start_web
web_sign_in administrator 99999 >/dev/null
web "/settings/ftp/$id" >"$DIR/page"
expect "and so does the page" grep -q "The server stopped answering" "$DIR/page"
expect "with what waits" grep -Eq 'Fails since .*files wait' \
	<(web /settings/ftp | tr '\n' ' ')
# shellcheck disable=SC2086
kill -KILL $hung
server_stop slow KILL
ftp_conf slow 127.0.0.1 "$SLOW_PORT" NO
ftp_server slow
server_wait "The server again" 30 box_open "$SLOW_PORT"
ask upload-test id="$id" >/dev/null
server_wait "All files after it" 120 all_there "$id"
expect "are whole, and nothing half is left" same "$DIR/home/slow"
came() { # what came through, in its order
	awk '$NF == "c" { print $9 }' "$DIR/log/slow.xfer" |
		sed -e 's|.*/slow/||' -e 's|/\.\([^/]*\)\.part$|/\1|' |
		grep -v mews-test
}
expect "each came once, in the order in which they were finished" [ "$(came)" = \
	"$(sqlite3 -readonly "$DIR/state/courier/courier.db" \
		'SELECT path FROM finished ORDER BY id')" ]
finish
