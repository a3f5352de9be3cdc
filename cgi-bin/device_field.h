/*
 * device_field.h - the fields of a device's form, each taken and checked.
 */
#ifndef DEVICE_FIELD_H
#define DEVICE_FIELD_H

#include "form.h"

struct device_edit {
	struct page_ctx *c;
	struct form f;
	const struct mews_device *was; /* NULL: a new one */
	struct mews_device d;
	struct mews_profile profile; /* of d, where there is one */
	bool readable, usable;       /* it is known; it is no template */
	size_t inputs;               /* that it has for pulses */
};

/*
 * Shows every field with the value of e->d, or what was typed, which goes into
 * e->d as far as it may stand there; says what is wrong.  Finds the profile.
 */
enum mews_rc device_field_take(struct device_edit *, struct mews_err *);

#endif
