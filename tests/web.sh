# tests/web.sh - what a browser does, by curl: cookies, forms, signing in.
#
# Sourced beside server.sh, which says where the server is.

web() { # CURL-ARGUMENTS... PATH: with the cookies of before
	local path=${*: -1}
	curl -sk --http1.1 --max-time 20 -b "$DIR/jar" -c "$DIR/jar" \
		"${@:1:$#-1}" "https://127.0.0.1:$HTTPS_PORT$path"
}

web_code() { # CURL-ARGUMENTS... PATH: the status
	web -o /dev/null -w '%{http_code}' "$@"
}

web_hidden() { # the hidden fields of a form on stdin, as curl's arguments
	grep -o '<input[^>]*type="hidden"[^>]*>' |
		sed -nE 's/.*name="([^"]*)".*value="([^"]*)".*/--data-urlencode\n\1=\2/p'
}

web_sign_in() { # USER PIN: the status of the answer
	local hidden
	mapfile -t hidden < <(web /login | web_hidden)
	web_code "${hidden[@]}" --data-urlencode "user=$1" \
		--data-urlencode "pin=$2" \
		-H "Origin: https://127.0.0.1:$HTTPS_PORT" /login
}
