#!/bin/sh
# static.sh - puts together what the web server serves as it is.
#
# static.sh SOURCE NODE_MODULES SHARE VERSION ICON...
# writes SHARE/htdocs/VERSION-SUM/ and its name into SHARE/version, and
# SHARE/htdocs/error/STATUS.html: what the web server itself refuses with.
set -eu
src=$1 modules=$2 share=$3 version=$4
shift 4

new=$share/htdocs.new
rm -rf "$new"
mkdir -p "$new/barlow" "$new/uplot" "$new/licences"

cp "$src"/tokens.css "$src"/app.css "$src"/app.js "$src"/noscript.css \
	"$src"/chart.js "$src"/favicon.svg "$new/"
for weight in 400 600; do
	cp "$modules/@fontsource/barlow/files/barlow-latin-$weight-normal.woff2" \
		"$new/barlow/"
done
cp "$modules/uplot/dist/uPlot.iife.min.js" "$modules/uplot/dist/uPlot.min.css" \
	"$new/uplot/"
cp "$modules/@fontsource/barlow/LICENSE" "$new/licences/barlow.txt"
cp "$modules/uplot/LICENSE" "$new/licences/uplot.txt"
cp "$modules/lucide-static/LICENSE" "$new/licences/lucide.txt"

# One symbol an icon: the lines of its file that draw.
{
	echo '<svg xmlns="http://www.w3.org/2000/svg">'
	for icon; do
		echo "<symbol id=\"$icon\" viewBox=\"0 0 24 24\">"
		sed -n '/^  </s/^ *//p' "$modules/lucide-static/icons/$icon.svg"
		echo '</symbol>'
	done
	echo '</svg>'
} >"$new/icons.svg"

sum=$(cd "$new" && find . -type f | LC_ALL=C sort | xargs cat | cksum)
name=$version-${sum%% *}
rm -rf "$share/htdocs"
mkdir -p "$share/htdocs"
mv "$new" "$share/htdocs/$name"

mkdir "$share/htdocs/error"
while IFS='|' read -r status title text; do
	sed -e "s|@STATIC@|/static/$name|" -e "s|@STATUS@|$status|" \
		-e "s|@TITLE@|$title|" -e "s|@TEXT@|$text|" "$src/error.html" \
		>"$share/htdocs/error/$status.html"
done <<'END'
400|This request cannot be read|Something in it is not as this box expects. Start again from the home page.
403|This page is not for you|The box does not give it to anybody. Start again from the home page.
404|There is no such page|The address may be mistyped.
405|This page cannot be used like that|It was called in a way it does not know. Start again from the home page.
411|This form cannot be read|It does not say how long it is. Go back and send it again.
413|This form is too long|It holds more than its fields may. Go back and shorten it.
414|This address is too long|Start again from the home page.
417|This form cannot be read|It asks for something that this box does not do. Go back and send it again.
431|This request is too long|The address, or what the browser sends along with it, holds more than this box takes. Start again from the home page.
500|This page cannot be shown|The box noted why. Other pages may still work.
501|This request cannot be read|It asks for something that this box does not do. Start again from the home page.
502|This page cannot be shown|The box noted why. Other pages may still work.
503|The box is busy|Wait for a few seconds, then load the page again.
504|The box is busy|Wait for a few seconds, then load the page again.
505|This request cannot be read|It asks for something that this box does not do. Start again from the home page.
END
echo "$name" >"$share/version"
