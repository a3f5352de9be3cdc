/*
 * shell_site.h - the whole site at the shell: mews site.
 */
#ifndef SHELL_SITE_H
#define SHELL_SITE_H

#include "place.h"

/*
 * export [FILE], or import FILE [--dry-run]; FILE "-" is standard output or
 * input.  MEWS_BAD with a sentence when the words are others.
 */
enum mews_rc
shell_site(const struct mews_place *, char **word, int n, struct mews_err *);

#endif
