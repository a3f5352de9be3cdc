#!/bin/bash
# t_share.sh - the network drive and the FTP server as they are written from the
# settings, started from it: what they give, and what they refuse.
. "${SRC:?}/tests/lib.sh" || exit 1
need openssl vsftpd smbd smbclient lftp curl
. "$SRC/tests/box.sh"

FTP_PORT=$(free_port) SMB_PORT=$(free_port)
server_folders
server_site
server_start_simulator
server_fill "$(date -d '2 days ago' +%s)"
server_users
server_start_daemons
server_start_courier
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -sha256 \
	-days 30 -subj /CN=mews -keyout "$DIR/state/ftp.key" \
	-out "$DIR/state/ftp.crt" 2>/dev/null || die "openssl made no certificate"

ask() {
	server_mews mews do "$@" 2>&1
}
data=$DIR/state/data
made() {
	find "$data/SITE" -name '*_days.csv' | grep -q .
}
server_wait "The data folder" 60 made

# what an installed box has mews-apply do
BOX_PASSWORD=$(ask share-password | sed -n 's/^password  *//p')
expect "a password" [ ${#BOX_PASSWORD} = 20 ]
expect "another each time" [ "$BOX_PASSWORD" != "$(ask share-password |
	sed -n 's/^password  *//p')" ]
BOX_PASSWORD=$(ask share-password | sed -n 's/^password  *//p')
finds() { # SERVER SWITCH WORD: calls both, until that is what is found
	[ "$(ask share-status | sed -n "s/^$1_w[ah][^ ]* *//p" |
		tr '\n' ' ')" = "$2 $3 " ] || { ask share-test; false; }
}
server_wait "Nobody at the port of what is off" 40 finds smb off nobody
server_mews mews set share_smb_port "$SMB_PORT" >/dev/null
server_mews mews set share_ftp_port "$FTP_PORT" >/dev/null
ask share-set smb=on ftp=on
server_wait "On, but not started" 40 finds ftp on nobody
expect "it is the one that is wanted" grep -q "password=$BOX_PASSWORD" \
	"$DIR/state/wanted/share"
server_stop mews-courier # its files are not for an account outside its group
box_begin
chmod 755 "$DIR/state" "$data"
find "$data" -type d -exec chmod 755 {} +
find "$data" -type f -exec chmod 644 {} +
echo secret >"$data/.hidden"
echo secret >"$DIR/outside"
ln -s "$DIR/outside" "$data/link"
mkdir -p "$DIR/smb"
conf() { # NAME: as it is wanted, with the places and ports of a test
	sed -e 1d -e "s|^\tserver role.*|&\n\tinterfaces = lo 127.0.0.1\n\tbind interfaces only = yes\n\tprivate dir = $DIR/smb\n\tlock directory = $DIR/smb\n\tstate directory = $DIR/smb\n\tcache directory = $DIR/smb\n\tpid directory = $DIR/smb\n\tncalrpc dir = $DIR/smb/rpc|" \
		-e "s|^userlist_file=.*|userlist_file=$DIR/ftp-users|" \
		-e "s|^rsa_cert_file=.*|rsa_cert_file=$DIR/state/ftp.crt|" \
		-e "s|^rsa_private_key_file=.*|rsa_private_key_file=$DIR/state/ftp.key|" \
		"$DIR/state/wanted/$1"
}
smbd() { # with the helpers it starts, which would outlive it
	box_run smbd unshare -p -f --kill-child sh -c '
		printf "%s\n%s\n" "$1" "$1" |
			smbpasswd -c "$0/smb.conf" -L -s -a mews-share &&
		exec smbd -F --no-process-group -s "$0/smb.conf" \
			-l "$0/log" --debug-stdout' "$DIR" "$BOX_PASSWORD"
}
servers() { # starts both from what is wanted
	conf smb.conf >"$DIR/smb.conf"
	conf vsftpd.conf >"$DIR/vsftpd.conf"
	printf 'listen_address=127.0.0.1\nseccomp_sandbox=NO\n' \
		>>"$DIR/vsftpd.conf"
	echo mews-share >"$DIR/ftp-users"
	smbd
	box_run vsftpd vsftpd "$DIR/vsftpd.conf"
	server_wait "The FTP server" 30 box_open "$FTP_PORT"
	server_wait "The network drive" 30 box_open "$SMB_PORT"
}
expect "the network drive's configuration has no mistake" \
	testparm -s <(conf smb.conf) >/dev/null 2>&1
servers

# --- network drive -----------------------------------------------------------------------

smb() { # CREDENTIAL COMMAND [OPTION]...
	local who=$1 what=$2
	shift 2
	smbclient "//127.0.0.1/mews" -p "$SMB_PORT" -s /dev/null -U "$who" \
		"$@" -c "$what" 2>&1
}
me=mews-share%$BOX_PASSWORD
file=$(cd "$data" && find . -name '*_days.csv' -printf '%P\n' | sort | head -n 1)
expect "a file comes over" smb "$me" "get $file $DIR/got"
expect "as it is" cmp -s "$data/$file" "$DIR/got"
expect "its folders are listed" grep -q 'SITE' <(smb "$me" ls)
expect_not "no guest" smb "%" ls
expect_not "no other password" smb mews-share%wrong ls
expect_not "no PIN" smb administrator%99999 ls
expect_not "no SMB1" smb "$me" ls -m NT1
expect "nothing unsigned" grep -Eqi 'mandatory|required' <(testparm -s \
	--parameter-name='server signing' "$DIR/smb.conf" 2>/dev/null)
smb "$me" "put $DIR/outside new.csv" >"$DIR/said"
expect "nothing is written" [ ! -e "$data/new.csv" ]
smb "$me" "del $file" >"$DIR/said"
expect "nothing is removed" [ -e "$data/$file" ]
smb "$me" "get link $DIR/link" >"$DIR/said"
expect "no link is followed" [ ! -s "$DIR/link" ]
smb "$me" "get .hidden $DIR/hidden" >"$DIR/said"
expect "nothing hidden" [ ! -s "$DIR/hidden" ]
smb "$me" 'get ..\..\outside '"$DIR/above" >"$DIR/said"
expect "nothing above" [ ! -s "$DIR/above" ]
expect_not "no printers and no home" grep -Eqi 'print|home' <(smbclient -L \
	//127.0.0.1 -p "$SMB_PORT" -s /dev/null -U "$me" 2>/dev/null |
	grep Disk\|Printer)

# --- FTP -----------------------------------------------------------------------------------

ftp() { # CURL-ARGUMENTS...
	curl -sk --max-time 20 "$@"
}
url=ftp://127.0.0.1:$FTP_PORT
me=mews-share:$BOX_PASSWORD
expect "a file comes with TLS" ftp --ssl-reqd -u "$me" -o "$DIR/got2" "$url/$file"
expect "as it is" cmp -s "$data/$file" "$DIR/got2"
expect_not "not in the clear" ftp -u "$me" "$url/"
expect_not "no other password" ftp --ssl-reqd -u mews-share:wrong "$url/"
expect_not "nobody nameless" ftp --ssl-reqd -u anonymous:x "$url/"
expect_not "no other account" ftp --ssl-reqd -u "root:$BOX_PASSWORD" "$url/"
expect_not "nothing is written" ftp --ssl-reqd -u "$me" -T "$DIR/outside" \
	"$url/new.csv"
expect_not "nothing is removed" ftp --ssl-reqd -u "$me" -Q "DELE $file" "$url/"
expect_not "no link is followed" ftp --ssl-reqd -u "$me" -o "$DIR/link2" \
	"$url/link"
expect_not "nothing hidden" ftp --ssl-reqd -u "$me" "$url/.hidden"
expect_not "nothing above" ftp --ssl-reqd -u "$me" --path-as-is \
	"$url/%2e%2e/%2e%2e/outside"
expect_not "no other address is called" ftp --ssl-reqd -u "$me" \
	-P 127.0.0.2 "$url/"

# --- an outage in the middle of a transfer --------------------------------------------------

seq 4000000 >"$data/big.csv" # 30 MB
chmod 644 "$data/big.csv"
some_of() { # FILE: a part of it is here
	[ "$(stat -c %s "$1" 2>/dev/null || echo 0)" -gt 100000 ]
}
ftp --ssl-reqd --limit-rate 2m -u "$me" -o "$DIR/big" "$url/big.csv" &
getting=$!
server_wait "A part of a file by FTP" 30 some_of "$DIR/big"
# shellcheck disable=SC2046
kill -KILL $(box_below "${SERVER_PID[vsftpd]}")
server_stop vsftpd KILL
expect_not "who gets it is told that it broke off" wait "$getting"
box_run vsftpd vsftpd "$DIR/vsftpd.conf"
server_wait "The FTP server again" 30 box_open "$FTP_PORT"
expect_not "it is not whole" cmp -s "$data/big.csv" "$DIR/big"
expect "the rest comes afterwards" ftp --ssl-reqd -C - -u "$me" \
	-o "$DIR/big" "$url/big.csv"
expect "and it is whole" cmp -s "$data/big.csv" "$DIR/big"
rm "$DIR/big"

mkfifo "$DIR/pipe"
smb "mews-share%$BOX_PASSWORD" 'get big.csv -' >"$DIR/pipe" &
getting=$!
exec 4<"$DIR/pipe"
head -c 200000 <&4 >"$DIR/part"
# shellcheck disable=SC2046
kill -KILL $(box_below "${SERVER_PID[smbd]}")
server_stop smbd KILL
cat <&4 >>"$DIR/part"
exec 4<&-
expect_not "who reads the network drive is told, too" wait "$getting"
expect_not "what it has is not whole" cmp -s "$data/big.csv" "$DIR/part"
smbd
server_wait "The network drive again" 30 box_open "$SMB_PORT"
expect "the file comes over" smb "mews-share%$BOX_PASSWORD" \
	"get big.csv $DIR/part"
expect "and is whole" cmp -s "$data/big.csv" "$DIR/part"
rm "$DIR/part" "$data/big.csv"

# --- what the settings' test finds -----------------------------------------------------------

server_start_courier
server_wait "A network drive that answers" 40 finds smb on ""
expect "its version is told" grep -Eq '^smb_said +SMB 3' <(ask share-status)
server_wait "An FTP server that answers" 40 finds ftp on ""
expect "in its words" grep -Eq '^ftp_said +220 .*; 234 ' <(ask share-status)
ask share-set smb=off ftp=on
server_wait "One that is off and answers still" 40 finds smb off ""
server_stop mews-courier

server_stop vsftpd
server_stop smbd
ask share-set smb=off ftp=plain
servers
clear() {
	ftp -u "$me" -o "$DIR/got3" "$url/$file"
}
server_wait "A file in the clear, where a person insists" 30 clear
expect "as it is" cmp -s "$data/$file" "$DIR/got3"

# --- the network view of Windows -------------------------------------------------------------

if command -v wsdd >/dev/null && unshare -n ip link add v0 type veth 2>/dev/null
then
	unshare -n sh -c '
		ip link set lo up
		ip link add v0 type veth peer name v1
		ip link set v0 up && ip link set v1 up &&
			ip addr add 10.9.8.1/24 dev v0 &&
			ip route add 239.0.0.0/8 dev v0 || exit 1
		/usr/bin/python3 /usr/sbin/wsdd -4 -i v0 >"$1/log/wsdd.log" 2>&1 &
		/usr/bin/python3 "$0" 10.9.8.1
		rc=$?
		kill $!
		exit $rc' "$SRC/tests/wsd_probe.py" "$DIR" >"$DIR/said"
	expect "the box stands in it, by wsdd as it comes" \
		grep -q 'pub:Computer' "$DIR/said"
	expect "in the workgroup of the network drive" [ "$(testparm -s \
		--parameter-name=workgroup "$DIR/smb.conf" 2>/dev/null)" = \
		"$(/usr/bin/python3 /usr/sbin/wsdd --help | tr -s ' \n' ' ' |
			sed -n 's/.*workgroup name (default \([A-Z]*\)).*/\1/p')" ]
else
	echo "skipped: the network view needs wsdd and a network of its own"
fi
finish
