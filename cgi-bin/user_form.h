/*
 * user_form.h - the form of a user: name, role, language, which meters he sees.
 */
#ifndef USER_FORM_H
#define USER_FORM_H

#include "people.h"
#include "may.h"

/*
 * Zones and meters that can be ticked: a form has 64 fields.  Where there are
 * more, all zones and what was ticked before come first.
 */
#define USER_TICKS 48

struct user_form {
	const char *name, *role, *lang; /* what was typed, or as it is */
	char rights[MEWS_RIGHTS + 1];
	bool enabled;
};

/*
 * The fields of that form, with those of form.h.
 */
extern const struct request_field user_fields[];

/*
 * Shows the form and takes what was typed; u holds the values that stand there
 * first.  Sets Rights.more, and Rights.row.N.{field,word,plate,name,zone,on}.
 */
void user_form_take(struct form *, struct user_form *u);

#endif
