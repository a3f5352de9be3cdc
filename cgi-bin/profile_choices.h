/*
 * profile_choices.h - the profiles as choices of a field.
 */
#ifndef PROFILE_CHOICES_H
#define PROFILE_CHOICES_H

#include "form.h"

/*
 * All profiles as choices behind form_choose(), "Choose a type" in front of
 * them.
 */
enum mews_rc profile_choices(struct form *, struct mews_err *);

#endif
