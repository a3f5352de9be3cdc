#!/bin/bash
# t_contrast.sh - text 4.5:1 and marks 3:1 in both schemes, from the tokens,
# by the formula of WCAG 2.2; and both dark blocks are the same.
set -u
tokens=$SRC/htdocs/tokens.css

# name value, of one block: from the line that matches to the next '}'
block() {
	awk -v from="$1" 'index($0, from) { on = 1; next } on && /}/ { exit }
		on && match($0, /--[a-z0-9-]+: #[0-9a-f]+/) {
			split(substr($0, RSTART, RLENGTH), p, ": "); print p[1], p[2]
		}' "$tokens"
}

light=$(block ':root {')
dark=$(block ':root[data-theme="dark"] {')
auto=$(block ':root:not([data-theme]) {')
[ -n "$dark" ] || { echo "FAIL: no dark tokens found"; exit 1; }
[ "$dark" = "$auto" ] || { echo "FAIL: the two dark blocks differ"; exit 1; }

pairs='4.5 ink module
4.5 ink enclosure
4.5 ink strip
4.5 ink-2 module
4.5 ink-2 enclosure
4.5 ink-2 strip
4.5 ink-3 module
4.5 ink-3 enclosure
4.5 ink-3 strip
4.5 accent module
4.5 accent enclosure
4.5 on-accent accent
4.5 on-accent accent-hover
4.5 on-solid solid
4.5 alarm module
4.5 alarm enclosure
4.5 alarm alarm-bg
4.5 ink alarm-bg
4.5 on-alarm alarm-solid
4.5 warn warn-bg
4.5 ink warn-bg
3 field-line module
3 focus enclosure
3 focus module
3 c-elec module
3 c-water module
3 c-gas module
3 c-export module
3 c-ghost-line module
3 c-l1 module
3 c-l2 module
3 c-l3 module
3 curve-1 module
3 curve-2 module
3 curve-3 module
3 curve-4 module
3 curve-5 module
3 curve-6 module'

check() {
	{ echo "$2"; echo "$pairs"; } | awk -v scheme="$1" '
	function channel(h) {
		h = 16 * index(hex, substr(h, 1, 1)) + index(hex, substr(h, 2, 1))
		h = (h - 17) / 255
		return h <= 0.04045 ? h / 12.92 : ((h + 0.055) / 1.055) ^ 2.4
	}
	function light(c) {
		r = 0.2126 * channel(substr(c, 2, 2))
		g = 0.7152 * channel(substr(c, 4, 2))
		return r + g + 0.0722 * channel(substr(c, 6, 2))
	}
	BEGIN { hex = "0123456789abcdef" }
	NF == 2 { token[$1] = $2 }
	NF == 3 {
		n++
		a = token["--" $2]; b = token["--" $3]
		if (a == "" || b == "") { print scheme ": no token " $2 " or " $3; bad = 1; next }
		a = light(a); b = light(b)
		ratio = a > b ? (a + 0.05) / (b + 0.05) : (b + 0.05) / (a + 0.05)
		if (ratio < $1) {
			printf "FAIL: %s: %s on %s is %.2f, %s is needed\n",
				scheme, $2, $3, ratio, $1
			bad = 1
		}
	}
	END { exit bad || n != 38 }'
}

check light "$light" && check dark "$dark"
