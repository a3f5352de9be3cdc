/*
 * profile.h - what a model of meter can be asked.
 *
 * A model is one file, etc/meters/NAME.meter: lines of words, '#' begins a
 * comment, "..." keeps blanks.  A key a line, then one line a value:
 *
 *	vendor  Eastron
 *	model   SDM630
 *	family  SDM
 *	source  "volkszaehler/mbmd meters/rs485/sdm.go"
 *	words   high-first        # or low-first; for values of many words
 *	block   80                # most registers in one request, 1 to 125
 *	hole    8                 # read over so many unused registers
 *	read    active_energy_import 4 72 f32 1 kWh
 *
 * read QUANTITY FUNCTION ADDRESS TYPE SCALE UNIT [OPTION...]
 *	QUANTITY  a name of quantity.h, or pulses_1 ... pulses_9, which the
 *	          site ties to a quantity and a weight
 *	FUNCTION  1 to 4
 *	ADDRESS   as on the wire, from 0
 *	TYPE      a name of register.h
 *	SCALE     decimal: value in UNIT = raw x SCALE
 *	UNIT      mV V kV mA A W kW var kvar VA kVA Wh kWh varh kvarh VAh kVAh
 *	          Hz % deg L m3 h min C 1 pulse: must fit the quantity
 *	OPTION    order=high-first|low-first
 *	          sign=ADDRESS    register of the same function: 1 is negative
 *	          void=HEX        bits that mean "not available"
 *	          modulus=N       raw value at which the counter starts again
 *	          class=fast|normal|slow
 */
#ifndef MEWS_PROFILE_H
#define MEWS_PROFILE_H

#include "quantity.h"
#include "register.h"

#define MEWS_PULSE_INPUTS 9

enum mews_poll_class { MEWS_FAST, MEWS_NORMAL, MEWS_SLOW };

struct mews_profile_read {
	const struct mews_quantity *quantity; /* NULL for pulses */
	unsigned pulses;                      /* 1 to 9, else 0 */
	uint8_t function;
	uint16_t address;
	const struct mews_register_type *type;
	enum mews_word_order order;
	int64_t mantissa; /* stored integer = raw x mantissa x 10^exponent */
	int exponent;
	bool has_sign, has_void;
	uint16_t sign;
	uint64_t voided;
	int64_t modulus; /* in stored integers; 0 when not declared */
	enum mews_poll_class class;
};

struct mews_profile {
	char name[64]; /* the file's, without .meter */
	char vendor[48], model[64], family[48];
	unsigned block, hole;
	struct mews_profile_read *read; /* owned, by function and address */
	size_t nreads;
};

/*
 * Reads DIR/NAME.meter.  MEWS_NONE: no such file.  MEWS_BAD: the sentence
 * says file, line and mistake.  On failure *out is cleared.
 */
enum mews_rc mews_profile_load(const char *dir, const char *name,
    struct mews_profile *out, struct mews_err *);
void mews_profile_clear(struct mews_profile *);

#endif
