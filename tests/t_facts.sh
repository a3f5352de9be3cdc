#!/bin/bash
# t_facts.sh - the profiles that ship say what the register facts say, no more
# and no less, and mews reads all of them.
. "${SRC:?}/tests/lib.sh" || exit 1
PYTHON=/usr/bin/python3
need $PYTHON
export PYTHONDONTWRITEBYTECODE=1
METERS=$SRC/etc/meters

facts() { # METERS
	$PYTHON "$SRC/tests/t_facts.py" "$SRC" "$1"
}

check() { # FILE
	"$BUILD/mews" check profile "$1" 2>&1
}

says() { # FILE TEXT
	check "$1" | grep -qF "$2"
}

wrong_facts() {
	facts "$DIR/wrong" >"$DIR/betrayed"
}

is_bad() { # FILE
	! check "$1" >"$DIR/says"
}

# A profile with one line changed, which the facts must betray.
betrayed() { # WHAT FILE SED
	mkdir -p "$DIR/wrong"
	cp "$METERS"/*.meter "$DIR/wrong"
	sed -i "$3" "$DIR/wrong/$2"
	expect_not "$1: the change was made" cmp -s "$METERS/$2" \
		"$DIR/wrong/$2"
	expect_not "$1: betrayed" wrong_facts
	expect "$1: by its name" grep -q "$2" "$DIR/betrayed"
}

# --- one by one -----------------------------------------------------------------

expect "every line has its fact" facts "$METERS"
mkdir "$DIR/again"
expect "they can be made again" $PYTHON "$SRC/tests/make_profiles.py" \
	"$SRC" "$DIR/again"
expect "and are the same" diff -r "$DIR/again" "$METERS"
betrayed address eastron-sdm120.meter 's/ 4 72 f32/ 4 74 f32/'
betrayed function finder-7e-64.meter 's/ 3 4096 f32/ 4 4096 f32/'
betrayed type lovato-dmg610.meter 's/ 4 57 s32/ 4 57 u32/'
betrayed order carlo-gavazzi-em110.meter 's/low-first/high-first/'
betrayed scale siemens-pac1600.meter 's/ 0.0001 A/ 0.001 A/'
betrayed unit schneider-iem3150.meter 's/ 1 kW$/ 1 W/'
betrayed sign bticino-f4n200.meter 's/sign=4122/sign=4123/'
betrayed "scale register" sunspec-203.meter 's/scale=22/scale=27/'
betrayed "a value less" dzg-dvh4013.meter '/^read.frequency/d'

# --- mews reads them ------------------------------------------------------------

n=0
for file in "$METERS"/*.meter; do
	if grep -q ^template "$file"; then
		says "$file" ": a template, no meter can be asked with it: " || {
			expect "${file##*/} is refused" false
			check "$file"
		}
		line=$(grep -n ^template "$file" | cut -d : -f 1)
		says "$file" "${file##*/}:$line: " ||
			expect "${file##*/} names its line" false
	else
		check "$file" >"$DIR/says" || {
			expect "${file##*/} is read" false
			cat "$DIR/says"
		}
		reads=$(grep -c ^read "$file")
		grep -q "^$reads value" "$DIR/says" ||
			expect "${file##*/} has $reads values" false
		n=$((n + 1))
	fi
done
expect "profiles that can be used" [ $n -gt 50 ]
for family in DPX3 MEGATIKER MEGABREAK BTDIN "0 046 7x" "0 046 8x" \
	"EMS CX3"; do
	expect "$family is named by a template" \
		[ -n "$(grep -l "$family" $(grep -l ^template "$METERS"/*))" ]
done

# --- and says what it reads ---------------------------------------------------

expect "a request" says "$METERS/eastron-sdm630.meter" \
	"function 4, address 0, 80 registers, normal"
expect "a value" says "$METERS/carlo-gavazzi-em24.meter" \
	"  active_energy_import at 62 s32 low-first x 100 Wh"
expect "a sign" says "$METERS/bticino-f4n200.meter" \
	"  active_power at 4116 u32 high-first x 0.01 W, sign at 4122"
expect "what it is known by" says "$METERS/socomec-diris-a10.meter" \
	"known by function 3, address 50000: u64 0x53004f0043004f"
sed 's/^template.*/base 40070/' "$METERS/sunspec-203.meter" \
	>"$DIR/sunspec.meter"
expect "a scale register" says "$DIR/sunspec.meter" \
	"  active_power at 40088 s16 x 1 W x 10^register 40092"
cp "$METERS/eastron-sdm120.meter" "$DIR/bad.meter"
echo "read voltage_l2 4 1 f32 1 V" >>"$DIR/bad.meter"
expect "a mistake with its line" says "$DIR/bad.meter" \
	"bad.meter:$(wc -l <"$DIR/bad.meter"): its registers are also those of 'voltage'"
expect "which is a failure" is_bad "$DIR/bad.meter"
expect "a missing file too" is_bad "$DIR/missing.meter"
finish
