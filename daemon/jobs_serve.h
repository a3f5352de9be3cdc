/*
 * jobs_serve.h - the commands about jobs.
 */
#ifndef JOBS_SERVE_H
#define JOBS_SERVE_H

#include "door.h"
#include "jobs.h"

/*
 * Carries out a command about jobs; MEWS_NONE when it is another.  draft is
 * the text of the profile to try, NULL when the session has none.  MEWS_BAD:
 * the answer's field why is a word: line, plate, unit, range, speeds, profile,
 * function, address, count, values, off, command.  MEWS_AGAIN: the same is
 * being done; job is its number.
 */
enum mews_rc jobs_serve(struct jobs *, const struct door_caller *,
    const struct mews_message *, const char *draft, struct mews_message *answer,
    struct mews_err *);

#endif
