# tests/web.sh - what a browser does, by curl: cookies, forms, signing in.
#
# Sourced beside server.sh, which says where the server is.

# The page comes once curl ended: where a reader stops early, as grep -q does, bash
# goes on without waiting for the writer, and curl empties its jar for a moment
# before it puts a new one there, so the next request would go without session.
web() { # CURL-ARGUMENTS... PATH: with the cookies of before
	local path=${*: -1} came rc
	came=$(mktemp "$DIR/came.XXXXXX") || return 1
	curl -sk --http1.1 --max-time 60 -b "$DIR/jar" -c "$DIR/jar" \
		"${@:1:$#-1}" "https://127.0.0.1:$HTTPS_PORT$path" >"$came"
	rc=$?
	cat "$came" 2>/dev/null
	rm -f "$came"
	return $rc
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

web_csrf() { # PATH: the form token of that page
	web "$1" | grep -o 'name="csrf" value="[0-9a-f]*"' | head -n 1 |
		cut -d '"' -f 4
}

# With WEB_CSRF, or the form token of that page where it is not set; what comes
# back goes into $DIR/page.
web_post() { # PATH CURL-ARGUMENTS...: the status of the answer
	local path=$1 how=--data-urlencode
	shift
	case "$*" in *--form*) how=--form-string ;; esac
	web -o "$DIR/page" -w '%{http_code}' "$how" \
		"csrf=${WEB_CSRF:-$(web_csrf "$path")}" \
		-H "Origin: https://127.0.0.1:$HTTPS_PORT" "$@" "$path"
}
