/*
 * secret.h - passwords that mews-courier needs to sign in elsewhere, each in a
 * file of its own: state/courier/secret-NAME, mode 0600.
 */
#ifndef SECRET_H
#define SECRET_H

#include "place.h"

#define SECRET_MOST 256 /* bytes with the end */

/*
 * "" removes it.  name is a word.
 */
enum mews_rc secret_set(const struct mews_place *, const char *name,
    const char *value, struct mews_err *);

/*
 * "" when there is none.  Wipe it after use.
 */
void secret_get(const struct mews_place *, const char *name,
    char value[SECRET_MOST]);

#endif
