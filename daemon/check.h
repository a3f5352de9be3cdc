/*
 * check.h - what a profile reads, for `mews check`.
 */
#ifndef CHECK_H
#define CHECK_H

#include "mews.h"

#include <stdio.h>

/*
 * Writes what the profile in the file says of its model, and each request with
 * the values in it.  MEWS_BAD: file, line and mistake.
 */
enum mews_rc check_profile(FILE *to, const char *path, struct mews_err *);

#endif
