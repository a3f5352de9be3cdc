/*
 * shell_values.h - mews import and mews export of values.
 */
#ifndef SHELL_VALUES_H
#define SHELL_VALUES_H

#include "place.h"

/*
 * [PLATE] FILE [--dry-run]: takes a file of minutes, or tells what that would
 * do.  Needs the place of mewsd, unless it is dry.
 */
enum mews_rc shell_import(const struct mews_place *, char *const *word, int n,
    struct mews_err *);

/*
 * LEVEL FROM UNTIL [PLATE | PLATE/QUANTITY]...: prints it.
 */
enum mews_rc shell_export(const struct mews_place *, char *const *word, int n,
    struct mews_err *);

#endif
