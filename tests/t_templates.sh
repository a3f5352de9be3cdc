#!/bin/bash
# t_templates.sh - templates escape everything, run nothing inline, and name
# only what is there: values that a page sets, and words of every language.
set -u
FAILED=0
TMP=$(mktemp -d) || exit 1
trap 'rm -rf "$TMP"' EXIT

bad() {
	echo "FAIL: $1"
	echo "$2" | head -5
	FAILED=1
}

# what may not stand in a template, one extended expression a line
cat >"$TMP/banned" <<'END'
<\?cs +(uvar|lvar|evar|alt|name|linclude|escape)[:!]
include:
include! *[^" ]
escape *: *"?none
<script( +[a-z]+(="[^"]*")?)*>[^<]
<style
 style *=
 on[a-z]+ *=
 (href|src|value|class|id|name|action|content|d|x|y|width|height|fill) *= *<\?cs
 (href|src|action) *= *[^" >]
javascript:
https?://
(href|src|action)="<\?cs var:(Page\.site|[a-z]+\.(name|n))
END

# The address in the SVG sprite's namespace is in no template; comments end
# with the tag they are in.  A tag may go on in the next line: each file is
# looked at as one line too.
lint() {
	local file
	grep -nEf "$TMP/banned" "$@"
	for file in "$@"; do
		tr -s '\n\t' '  ' <"$file" | grep -oEf "$TMP/banned" |
			sed "s|^|$file: |"
	done | grep .
}

hits=$(cd "$SRC/templates" && lint *.cs) && bad "banned in templates" "$hits"

# Mails have their style in them: they can fetch nothing.
hits=$(cd "$SRC/templates/mail" && lint *.cs | grep -v ' style *=') &&
	bad "banned in templates of mails" "$hits"

# The net catches what it is for.
n=0
while IFS= read -r line; do
	n=$((n + 1))
	echo "$line" >"$TMP/seeded"
	lint "$TMP/seeded" >/dev/null || bad "not caught" "$line"
done <<'END'
<?cs uvar:x ?>
<?cs lvar:x ?>
<?cs evar:x ?>
<?cs alt:x ?>none<?cs /alt ?>
<?cs name:x ?>
<?cs linclude:"x.cs" ?>
<?cs escape:"none" ?><?cs var:x ?><?cs /escape ?>
<?cs include:"x.cs" ?>
<?cs include!x ?>
<script>alert(1)</script>
<script src="a.js">go()</script>
<style>p { color: red }</style>
<p style="color: red">
<a onclick="go()">
<p onmouseover = go()>
<a href=<?cs var:x ?>>
<input value=<?cs var:x ?>>
<a href=/home>
<a href="javascript:go()">
<img src="https://elsewhere.example/x.png">
<a href="<?cs var:d.name ?>">
END
printf '<p\n\tonclick="go()">\n' >"$TMP/seeded"
lint "$TMP/seeded" >/dev/null || bad "not caught" "an attribute in the next line"
[ "$n" -ge 20 ] || bad "seeded templates" "only $n"

# Same keys in every language.
keys() {
	awk '/^[ \t]*#/ { next }
		/{$/ { path = path $1 "."; next }
		/^[ \t]*}$/ { sub(/[^.]+\.$/, "", path); next }
		NF > 2 { print path $1 }' "$1" | sort
}
keys "$SRC/templates/lang/en.hdf" >"$TMP/en"
[ "$(wc -l <"$TMP/en")" -gt 200 ] || bad "English" "few keys were found"
[ -z "$(uniq -d "$TMP/en")" ] || bad "English says twice" "$(uniq -d "$TMP/en")"
holes() {
	grep -v '^#' "$SRC/templates/lang/$1.hdf" |
		grep -oE '^[^=]*=|\{[0-9]\}|\*' | awk '/=/ { k = $0; next }
			{ c[k " " $0]++ }
			END { for (i in c) print i, (i ~ /\*$/) ? c[i] : 1 }' | sort
}
hits=$(grep -nE '^[[:space:]]*[^ =]*[^A-Za-z0-9_. =	][^ =]* [={]' "$SRC"/templates/lang/*.hdf |
	grep -vE '^[^:]*:[0-9]+:[[:space:]]*#')
[ -z "$hits" ] || bad "HDF has no such name, and reads no further" "$hits"
for lang in it fr; do
	keys "$SRC/templates/lang/$lang.hdf" >"$TMP/$lang"
	diff=$(diff "$TMP/en" "$TMP/$lang") || bad "keys of $lang.hdf" "$diff"
	# the same holes to fill in, and the same stretches in bold
	diff=$(diff <(holes en) <(holes "$lang")) ||
		bad "holes in the sentences of $lang.hdf" "$diff"
done

# Every word a template names is there, and every one that is there is used.
grep -ohE 'Lang\.[a-z0-9_.]+[a-z0-9_]' "$SRC"/templates/*.cs \
	"$SRC"/templates/mail/*.cs | sort -u >"$TMP/used"
hits=$(comm -23 "$TMP/used" "$TMP/en")
[ -z "$hits" ] || bad "words that no language has" "$hits"
C=("$SRC"/cgi-bin/*.c "$SRC"/lib/say.c "$SRC"/daemon/*.c)
while read -r key; do
	key=${key#Lang.}
	grep -qx "Lang.$key" "$TMP/used" && continue
	grep -qF "\"$key\"" "${C[@]}" && continue
	# keys put together at run time: a part that ends with a dot or '_'
	head=$key
	while tail=${head##*[._]}; [ "$tail" != "$head" ]; do
		head=${head%?"$tail"}
		grep -qE "\"${head//./\\.}[._]%" "${C[@]}" && continue 2
	done
	grep -qF "? \"${key%%.*}\"" "${C[@]}" && continue
	grep -qF ": \"${key%%.*}\"" "${C[@]}" && continue
	bad "a word nobody says" "$key"
done <"$TMP/en"

# Every kind of event, and of the security log, has its sentence.
for file in event audit; do
	while read -r kind; do
		grep -qE "^Lang\.$file\.${kind//-/_}(\.|\$)" "$TMP/en" ||
			bad "a kind of lib/$file.c without words" "$kind"
	done < <(sed -nE 's/^\t\{ "([a-z-]+)", MEWS_.*/\1/p' "$SRC/lib/$file.c")
done

# Every name a template reads is in its first comment, and its last part is
# set by name in the C of the pages.
for file in "$SRC"/templates/*.cs; do
	first=$(awk 'BEGIN { RS = "\\?>" } { print; exit }' "$file")
	case $first in
	'<?cs #'*) ;;
	*) bad "no list of names" "$file"; continue ;;
	esac
	# A.{b,c}, D.N.e -> one name a line, its rows as N
	echo "$first" | sed 's/^<?cs # *//' | tr -d ' \t\n' |
		awk '{
			depth = 0; item = ""
			for (i = 1; i <= length($0); i++) {
				ch = substr($0, i, 1)
				if (ch == "{") depth++
				if (ch == "}") depth--
				if (ch == "," && depth == 0) { print item; item = "" }
				else item = item ch
			}
			print item
		}' | awk '{
			if (match($0, /\{[^}]*\}/)) {
				head = substr($0, 1, RSTART - 1)
				n = split(substr($0, RSTART + 1, RLENGTH - 2), p, ",")
				for (i = 1; i <= n; i++) print head p[i]
			} else print
		}' >"$TMP/list"
	sed 's/.*\.//' "$TMP/list" | sort -u >"$TMP/leaves"
	# what the template reads, without its comments and language
	body=$(tr '\n' ' ' <"$file" | awk 'BEGIN { RS = "\\?>" } !/<\?cs *#/' |
		grep '<?cs' | sed 's/.*<?cs//')
	for name in $(echo "$body" | grep -oE '\b[A-Z][a-z]+(\.[a-z_0-9]+)+' |
		grep -v '^Lang\.' | sort -u); do
		grep -qE "^${name//./\\.}(\.|$)" "$TMP/list" ||
			grep -qxE "$(echo "$name" | sed -E 's/\.[a-z_]+$//')" "$TMP/list" ||
			grep -qE "^$(echo "$name" | sed -E 's/\.0(\.|$)/.N\1/')(\.|$)" "$TMP/list" ||
			bad "${file##*/} reads a name that it does not list" "$name"
	done
	while read -r leaf; do
		[ "$leaf" = N ] && continue
		grep -qE "\"([A-Z][a-z]+\.|[a-z.]+\.)?$leaf\"" "$SRC"/cgi-bin/*.c ||
			bad "${file##*/} lists a name that no page sets" "$leaf"
	done <"$TMP/leaves"
done

# What can be wrong with a profile has a sentence; t_names holds the languages
# against each other.
cat "$SRC"/lib/profile_key.c "$SRC"/lib/profile_value.c \
	"$SRC"/lib/profile_word.c | tr -d '\n\t' | sed 's/" *"//g' |
	grep -oE '"[^"]*:"|mews_profile_bad\(l, *"[^"]*"' |
	sed -E 's/.*"([^"]*)"$/\1/' | tr '[:upper:]' '[:lower:]' |
	sed -E 's/[^a-z0-9]+/_/g; s/_$//' | grep . | sort -u >"$TMP/mistakes"
[ "$(wc -l <"$TMP/mistakes")" -gt 40 ] || bad "mistakes are not found" ""
while read -r name; do
	sed -n '/^\tmistake {/,/^\t}/p' "$SRC/templates/lang/en.hdf" |
		grep -qE "^\s+$name = " || bad "a mistake without a sentence" "$name"
done <"$TMP/mistakes"
exit $FAILED
