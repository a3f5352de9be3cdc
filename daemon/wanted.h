/*
 * wanted.h - what the machine itself is to be: one file a matter in
 * state/wanted, written by who checks the command and carried out by who may.
 *
 * A file is a line of message.h, then any text.  It can be read by its writer
 * and by root alone.
 */
#ifndef WANTED_H
#define WANTED_H

#include "message.h"
#include "place.h"

#define WANTED_MOST 131072 /* bytes */

/*
 * Writes state/wanted/NAME, whole or not at all; what was wanted before is
 * replaced.  text may be NULL where n is 0.
 */
enum mews_rc wanted_put(const struct mews_place *, const char *name,
    const struct mews_message *, const char *text, size_t n, struct mews_err *);

/*
 * Reads it: head must be cleared in every case, text gets what follows its
 * line.  MEWS_NONE when nothing is wanted, MEWS_BAD when it is not as above.
 */
enum mews_rc wanted_get(const struct mews_place *, const char *name,
    struct mews_message *head, struct mews_buf *text, struct mews_err *);

/*
 * It is carried out.
 */
void wanted_drop(const struct mews_place *, const char *name);

#endif
