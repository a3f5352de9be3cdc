/*
 * device_pulse.h - what the pulse inputs of a device count, as fields of its
 * form.
 */
#ifndef DEVICE_PULSE_H
#define DEVICE_PULSE_H

#include "form.h"

/*
 * The fields of input 1 to 9: what it counts, the weight of a pulse and its
 * unit, the reading at no pulse.
 */
#define DEVICE_PULSE_FIELD(n)                                                  \
	{ "in" #n "_of", REQUEST_TEXT, FORM_MOST },                            \
	    { "in" #n "_weight", REQUEST_TEXT, FORM_MOST },                    \
	    { "in" #n "_unit", REQUEST_TEXT, FORM_MOST },                      \
	{                                                                      \
		"in" #n "_start", REQUEST_TEXT, FORM_MOST                      \
	}
#define DEVICE_PULSE_FIELDS                                                    \
	DEVICE_PULSE_FIELD(1), DEVICE_PULSE_FIELD(2), DEVICE_PULSE_FIELD(3),   \
	    DEVICE_PULSE_FIELD(4), DEVICE_PULSE_FIELD(5),                      \
	    DEVICE_PULSE_FIELD(6), DEVICE_PULSE_FIELD(7),                      \
	    DEVICE_PULSE_FIELD(8), DEVICE_PULSE_FIELD(9)

/*
 * The profile's inputs; out has those of the device as it is, and gets what
 * was typed where `read`.  Sets Edit.input.N.{n,of,weight,unit,start}, the
 * names of the fields.  Returns how many inputs there are.
 */
size_t device_pulse(struct form *, const struct mews_profile *, bool read,
    struct mews_pulse out[MEWS_PULSE_INPUTS]);

#endif
