#!/bin/bash
# t_site_pages.sh - the installer's pages of devices, profiles and the site:
# the main path, and whatever is wrong answered in words beside its field.
. "${SRC:?}/tests/lib.sh" || exit 1
need lighttpd spawn-fcgi curl openssl
PACE=--fast

server_folders
server_certificate
server_site
server_start_simulator
server_users
server_start_daemons
server_start_web

export_site() { server_mews mews site export; }
says() { # TEXT: the page that came back does
	grep -qF "$1" "$DIR/page"
}
beside() { # FIELD TEXT: what is said beside the field
	tr -d '\n\t' <"$DIR/page" |
		grep -oE "id=\"$1-bad\">.{0,400}" | sed 's|</p>.*||' |
		grep -qF "$2"
}
device() { # FIELD=VALUE...: arguments of a device's form, the last counts
	local pair
	local -A f=([plate]=P11 [name]="Pool pump" [line]=A [unit]=20
		[profile]=eastron-sdm120 [every]=5 [place]=sub [group]=other
		[zone]="" [panel]="" [gateway]="")
	for pair in "$@"; do f[${pair%%=*}]=${pair#*=}; done
	FORM=()
	for pair in "${!f[@]}"; do
		FORM+=(--data-urlencode "$pair=${f[$pair]}")
	done
}

# --- who may --------------------------------------------------------------------------

pages="/devices /devices/add /devices/P1 /devices/P1/remove /profiles
/profiles/abb-b23 /profiles/abb-b23/file /profiles/add /settings/site
/settings/site/file /settings/site/import"
for page in $pages; do
	expect "$page: to the sign-in" [ "$(web_code "$page")" = 303 ]
done
web_sign_in user 11111 >/dev/null
for page in $pages; do
	expect "$page: not for users" [ "$(web_code "$page")" = 403 ]
done
rm -f "$DIR/jar" # another visitor
web_sign_in installer 55555 >/dev/null
WEB_CSRF=$(web_csrf /devices/add)
for page in $pages; do
	expect "$page: for the installer" [ "$(web_code "$page")" = 200 ]
done
for page in /devices/P99 /devices/P99/remove /profiles/nobody \
	/profiles/nobody/file /profiles/%2e%2e /profiles/A; do
	expect_not "$page: not there" [ "$(web_code "$page")" = 200 ]
	expect "$page: no failure" [ "$(web_code "$page")" -lt 500 ]
done
expect "a profile says what it reads" grep -q 'Voltage L1' \
	<(web /profiles/eastron-sdm630)
expect "a template says what it lacks" grep -q 'ask the maker' \
	<(web /profiles/legrand-dpx3)
expect "a profile is found by its maker" grep -q abb-b23 \
	<(web '/profiles?find=abb')
expect_not "and others are not" grep -q eastron-sdm120 \
	<(web '/profiles?find=abb')

# --- a device -------------------------------------------------------------------------

export_site >"$DIR/before"
bad() { # FIELD VALUE SENTENCE: refused beside the field, what was typed stays
	device "$1=$2"
	expect "$1 '${2:0:20}': refused" \
		[ "$(web_post /devices/add "${FORM[@]}")" = 400 ]
	expect "$1 '${2:0:20}': $3" beside "$1" "$3"
	expect "$1 '${2:0:20}': the rest is kept" says 'value="Pool pump"'
}
bad unit 0 "Modbus addresses are 1 to 247"
bad unit 248 "Modbus addresses are 1 to 247"
bad unit 1e1 "Modbus addresses are 1 to 247"
bad unit "" "Modbus addresses are 1 to 247"
bad unit 3 "Address 3 on line A belongs to P3 Kitchen"
bad plate P1 "P1 is the plate of"
bad plate "" "A plate has 1 to 11"
bad plate "P 1" "A plate has 1 to 11"
bad plate "../P1" "A plate has 1 to 11"
bad plate P12345678901 "A plate has 1 to 11"
bad plate add "These pages use"
bad every 0 "no number of seconds from 1 to 3600"
bad every 3601 "no number of seconds"
bad line Z "Choose a line"
bad profile nobody "Choose a type"
bad profile ../../etc/passwd "Choose a type"
bad profile legrand-dpx3 "The registers of DPX3, MEGATIKER are not known"
bad gateway 11 "Other masters know P9 Kitchen and laundry as address 11"
bad gateway 300 "Modbus addresses are 1 to 247"
bad place nowhere "Choose one of these"
bad group nothing "Choose one of these"
bad zone "$(printf 'x%.0s' {1..60})" "It may have 47 letters"
device "name=$(printf '\303\251%.0s' {1..40})"
expect "a name too long: refused" \
	[ "$(web_post /devices/add "${FORM[@]}")" = 400 ]
expect "a name too long: in words" beside name "It may have 63 letters"
device "name="
expect "no name: refused" [ "$(web_post /devices/add "${FORM[@]}")" = 400 ]
expect "no name: in words" beside name "Give it a name"
device 'zone="><script>alert(1)</script>' unit=0
web_post /devices/add "${FORM[@]}" >/dev/null
expect "what was typed comes back escaped" says '&lt;script&gt;'
expect_not "and never as it was" says '<script>alert'
device plate=P1 unit=0
web_post /devices/add "${FORM[@]}" >/dev/null
expect "two mistakes are counted" says "Nothing was saved. 2 values to correct"
expect "the summary leads to the field" says 'href="#unit"'
device
expect "a form of elsewhere: 403" [ "$(web -o /dev/null -w '%{http_code}' \
	"${FORM[@]}" --data-urlencode csrf=00 \
	-H "Origin: https://127.0.0.1:$HTTPS_PORT" /devices/add)" = 403 ]
export_site >"$DIR/after"
expect "nothing was changed" cmp -s "$DIR/before" "$DIR/after"

device
expect "first the line's budget" \
	[ "$(web_post /devices/add "${FORM[@]}")" = 200 ]
expect "is shown" says "What P11 means for line A"
expect_not "before anything is saved" grep -q 'device P11 ' <(export_site)
seen=$(grep -o 'name="seen" value="[^"]*"' "$DIR/page" | cut -d '"' -f 4)
expect "then it is saved" [ "$(web_post /devices/add "${FORM[@]}" \
	--data-urlencode "seen=$seen")" = 303 ]
expect "with what was typed" grep -q \
	'^device P11 "Pool pump" line A unit 20 profile eastron-sdm120' \
	<(export_site)
device name='Pump "2" \ #1' zone="Garden" group=hot-water panel=QE9 place=check
expect "a change that the line does not feel is saved at once" \
	[ "$(web_post /devices/P11 "${FORM[@]}")" = 303 ]
expect "quotes and all" grep -q \
	'^device P11 "Pump .*2.* #1" .*zone "*Garden"* .*group hot-water' \
	<(export_site)
expect "the page shows it" grep -qF 'value="Pump &quot;2&quot; \ #1"' \
	<(web /devices/P11)
device plate=P12
web_post /devices/P11 "${FORM[@]}" >/dev/null
expect "a plate can be changed" grep -q '^device P12 ' <(export_site)

expect "removing asks first" [ "$(web_code /devices/P12/remove)" = 200 ]
expect "it is there still" grep -q '^device P12 ' <(export_site)
expect "removed" [ "$(web_post /devices/P12/remove)" = 303 ]
expect_not "it is gone" grep -q '^device P12 ' <(export_site)
expect "with a way back" grep -q 'P12 removed' <(web /devices)
id=$(web /devices | grep -o 'name="id" value="[0-9]*"' | head -n 1 |
	cut -d '"' -f 4)
expect "an id of nobody: in words" [ "$(web_post /devices \
	--data-urlencode id=999999)" = 400 ]
expect "undone" [ "$(web_post /devices --data-urlencode "id=$id")" = 303 ]
expect "it is back" grep -q '^device P12 ' <(export_site)
expect "and cannot come twice" [ "$(web_post /devices \
	--data-urlencode "id=$id")" = 400 ]

# --- pulses ---------------------------------------------------------------------------

pulses() { # IN1-FIELD=VALUE...: the form with its inputs
	device plate=P13 unit=21 profile=carlo-gavazzi-vmu-mc \
		shown=carlo-gavazzi-vmu-mc in1_of=water_volume in1_weight=10 \
		in1_unit=l in1_start= "$@"
}
device plate=P13 unit=21 profile=carlo-gavazzi-vmu-mc
expect "a counter of pulses: asks what they are" \
	[ "$(web_post /devices/add "${FORM[@]}")" = 200 ]
expect "input by input" says 'name="in1_weight"'
wrong() { # FIELD VALUE SENTENCE
	pulses "in1_$1=$2"
	expect "$1 '$2': refused" \
		[ "$(web_post /devices/add "${FORM[@]}")" = 400 ]
	expect "$1 '$2': $3" beside "in1_$1" "$3"
}
wrong of "" "at least one input"
wrong of voltage_l1 "Choose what this input counts"
wrong weight 0 "A pulse must be from 0.000001 to 1000000 L"
wrong weight 0.0000001 "A pulse must be from 0.000001 to 1000000 L"
wrong weight 1e9 "The weight is a number"
wrong weight 99999999999999999999 "The weight is a number"
wrong unit kwh "This unit does not fit Water"
wrong start -1 "The reading is a number"
pulses in1_weight=0,02 in1_unit=m3 in1_start=1520,4
web_post /devices/add "${FORM[@]}" >/dev/null
seen=$(grep -o 'name="seen" value="[^"]*"' "$DIR/page" | cut -d '"' -f 4)
web_post /devices/add "${FORM[@]}" --data-urlencode "seen=$seen" >/dev/null
expect "cubic metres become litres" grep -q \
	'^device P13 .* pulses 1 water_volume 20 start 1520400$' <(export_site)
pulses in1_weight=400 in1_unit=per_m3 in1_start=1520,4
expect "no whole litre a pulse" [ "$(web_post /devices/P13 "${FORM[@]}")" = 303 ]
expect "is a fraction" grep -q \
	'^device P13 .* pulses 1 water_volume 5/2 start 1520400$' <(export_site)
web /devices/P13 >"$DIR/page"
expect "shown as on the label" says 'value="400" id="in1_weight"'

# --- a profile ------------------------------------------------------------------------

web /profiles/eastron-sdm120/file >"$DIR/sdm120"
expect "a profile can be downloaded" cmp -s "$DIR/sdm120" \
	"$SRC/etc/meters/eastron-sdm120.meter"
profile() { # FILE ARGUMENTS...: the status
	web_post /profiles/add --form "file=@$1;type=text/plain" \
		--form-string go=save "${@:2}"
}
head='vendor "Nobody"\nmodel "X"\nsource "a test"\n'
broken() { # WHAT TEXT SENTENCE
	printf "$head$2" >"$DIR/x.meter"
	expect "$1: refused" \
		[ "$(profile "$DIR/x.meter" --form-string name=x)" = 400 ]
	expect "$1: $3" beside text "$3"
}
broken "scale 0" 'read voltage_l1 4 0 f32 0 V\n' \
	"Line 4: “0” is no scale"
broken "an unknown unit" 'read voltage_l1 4 0 f32 1 furlong\n' \
	"Line 4: The unit “furlong” does not fit"
broken "the 70,000th register" 'read voltage_l1 4 70000 f32 1 V\n' \
	"Line 4: “70000” is no address on the wire"
broken "overlapping" \
	'read voltage_l1 4 0 f32 1 V\nread voltage_l2 4 1 f32 1 V\n' "Line "
broken "not UTF-8" 'family \377\n' "Line 4: This line is not UTF-8"
broken "nothing to read" '' "Line "
printf "$head" >"$DIR/long.meter"
head -c 70000 /dev/zero | tr '\0' '#' >>"$DIR/long.meter"
# asked before it is sent: the server closes on who is still sending
expect "too long: 413" [ "$(profile "$DIR/long.meter" --form-string name=x \
	-H 'Expect: 100-continue')" = 413 ]
expect "too long: in words" grep -Eqi '<h1[^>]*>[^<]+' "$DIR/page"
expect "a NUL byte: refused" [ "$(profile <(printf "$head\0") \
	--form-string name=x)" = 400 ]
: >"$DIR/none"
expect "nothing: refused" [ "$(profile "$DIR/none" --form-string name=x)" = 400 ]
expect "nothing: in words" beside text "Type the profile"
for name in "" "A" "../x" "x y"; do
	expect "the name '$name': refused" [ "$(profile "$DIR/sdm120" \
		--form-string "name=$name")" = 400 ]
	expect "the name '$name': in words" beside name "A name has small"
done
profile "$DIR/sdm120" --form-string name=abb-b23 >/dev/null
expect "one that ships stays" beside name "abb-b23 comes with the box"
expect "saved" \
	[ "$(profile "$DIR/sdm120" --form-string name=my-meter)" = 303 ]
expect "shown" [ "$(web_code /profiles/my-meter)" = 200 ]
expect "the same text" cmp -s "$DIR/sdm120" <(web /profiles/my-meter/file)
profile "$DIR/sdm120" --form-string name=my-meter >/dev/null
expect "a second of that name: in words" beside name "There is an own profile"
expect "but a change of it is taken" [ "$(profile "$DIR/sdm120" \
	--form-string name=my-meter --form-string from=my-meter)" = 303 ]
device plate=P12 profile=my-meter
web_post /devices/P12 "${FORM[@]}" >/dev/null
seen=$(grep -o 'name="seen" value="[^"]*"' "$DIR/page" | cut -d '"' -f 4)
web_post /devices/P12 "${FORM[@]}" --data-urlencode "seen=$seen" >/dev/null
expect "a device can have it" grep -q 'profile my-meter' <(export_site)
expect "then it stays" [ "$(web_post /profiles/my-meter)" = 400 ]
expect "and says why" says "P12 Pool pump is read with it"
device plate=P12
web_post /devices/P12 "${FORM[@]}" >/dev/null
seen=$(grep -o 'name="seen" value="[^"]*"' "$DIR/page" | cut -d '"' -f 4)
web_post /devices/P12 "${FORM[@]}" --data-urlencode "seen=$seen" >/dev/null
expect "unused it goes" [ "$(web_post /profiles/my-meter)" = 303 ]
expect "for good" [ "$(web_code /profiles/my-meter)" = 404 ]
expect "it is tried without being saved" [ "$(web_post /profiles/add \
	--form "file=@$DIR/sdm120" --form-string name=tried \
	--form-string go=try --form-string line=A --form-string unit=2)" = 303 ]
expect "only tried" [ "$(web_code /profiles/tried)" = 404 ]

# --- the site -------------------------------------------------------------------------

site() { # FIELD=VALUE...: the status
	local pair
	local -A f=([name]="Maison Sceaux" [board]=QE1 [zone]=Europe/Paris
		[contract]="" [model]=32)
	for pair in "$@"; do f[${pair%%=*}]=${pair#*=}; done
	FORM=()
	for pair in "${!f[@]}"; do
		FORM+=(--data-urlencode "$pair=${f[$pair]}")
	done
	web_post /settings/site "${FORM[@]}"
}
export_site >"$DIR/before"
refuses() { # FIELD VALUE SENTENCE
	expect "$1 '$2': refused" [ "$(site "$1=$2")" = 400 ]
	expect "$1 '$2': $3" beside "$1" "$3"
}
refuses name "" "Give the site a name"
refuses zone Europe/Nowhere "knows no time zone"
refuses zone ../../etc/passwd "knows no time zone"
refuses contract -1 "a number of kW"
refuses contract 100001 "a number of kW"
refuses contract NaN "a number of kW"
refuses model 10 "The site uses 18 addresses already"
refuses model 11 "Choose one of these"
refuses board "$(printf 'x%.0s' {1..40})" "It may have 31 letters"
export_site >"$DIR/after"
expect "nothing was changed" cmp -s "$DIR/before" "$DIR/after"
expect "saved" [ "$(site contract=12,5 zone=Europe/Rome)" = 303 ]
expect "as it was typed" grep -q \
	'^site "Maison Sceaux" board "*QE1"* zone Europe/Rome contract 12500$' \
	<(export_site)

web /settings/site/file >"$DIR/site"
expect "the file is what the shell exports" cmp -s "$DIR/site" <(export_site)
upload() { # FILE ARGUMENTS...
	web_post /settings/site/import --form "file=@$1;type=text/plain" \
		"${@:2}"
}
expect "the same file" [ "$(upload "$DIR/site")" = 200 ]
expect "changes nothing" says "already as this file says"
sed 's/ unit 8 / unit 248 /' "$DIR/site" >"$DIR/wrong"
line=$(grep -n ' unit 248 ' "$DIR/wrong" | cut -d : -f 1)
expect "a wrong file" [ "$(upload "$DIR/wrong")" = 400 ]
expect "names its line" beside file "Line $line:"
sed 's/"Kitchen"/"Cuisine"/; /^device P13 /d' "$DIR/site" >"$DIR/new"
expect "another file" [ "$(upload "$DIR/new")" = 200 ]
expect "says what would change" says "Device P3"
expect "and what would go" says "Device P13"
expect "and has not" cmp -s "$DIR/site" <(export_site)
expect "confirmed" [ "$(upload "$DIR/new" --form-string sure=yes)" = 303 ]
expect "it is the site" cmp -s "$DIR/new" <(export_site)

{
	cat "$DIR/new"
	for ((i = 0; i < 16; i++)); do
		echo "device X$i \"X\" line A unit $((100 + i)) profile abb-b23"
	done
} >"$DIR/full"
upload "$DIR/full" --form-string sure=yes >/dev/null
expect "the box is full" [ "$(export_site | grep -c '^device')" = 27 ]
device plate=P99 unit=99
expect "the 33rd address: refused" \
	[ "$(web_post /devices/add "${FORM[@]}")" = 400 ]
expect "the 33rd address: in words" says "This box reads 32 addresses"

expect_not "no page failed" grep -h 'template .*\.cs' "$DIR"/log/pages.1.log \
	"$DIR"/log/pages.2.log
finish
