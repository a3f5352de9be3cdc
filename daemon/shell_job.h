/*
 * shell_job.h - `mews scan` and `mews test`: has mewsd ask a bus, waits, and
 * prints what came of it.
 */
#ifndef SHELL_JOB_H
#define SHELL_JOB_H

#include "place.h"

/*
 * LINE [FIRST-LAST] [SPEEDS]: a line a unit that answers.
 */
enum mews_rc shell_scan(const struct mews_place *, char *const *word, int n,
    struct mews_err *);

/*
 * PLATE: each request with its bytes, and what it means.  MEWS_AGAIN when the
 * device did not answer all of them.
 */
enum mews_rc shell_test(const struct mews_place *, char *const *word, int n,
    struct mews_err *);

#endif
