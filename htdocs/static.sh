#!/bin/sh
# static.sh - puts together what the web server serves as it is.
#
# static.sh SOURCE NODE_MODULES SHARE VERSION ICON...
# writes SHARE/htdocs/VERSION-SUM/ and its name into SHARE/version.
set -eu
src=$1 modules=$2 share=$3 version=$4
shift 4

new=$share/htdocs.new
rm -rf "$new"
mkdir -p "$new/barlow" "$new/uplot" "$new/licences"

cp "$src"/tokens.css "$src"/app.css "$src"/app.js "$src"/chart.js \
	"$src"/favicon.svg "$new/"
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
echo "$name" >"$share/version"
