/*
 * journal.h - events that wait for the disk.
 *
 * Any thread adds; one writes.
 */
#ifndef JOURNAL_H
#define JOURNAL_H

#include "event.h"

struct journal;

struct journal *journal_new(void);
void journal_free(struct journal *); /* NULL is allowed */

/*
 * Copies, never blocks for long, and logs what is not of a kind that happens
 * often.  Above JOURNAL_MOST the oldest goes.
 */
#define JOURNAL_MOST 2000
void journal_add(struct journal *, const struct mews_event *);

/*
 * What waits in another one, which nobody uses any more, comes first.
 */
void journal_move(struct journal *, struct journal *from);

/*
 * Only logs it.
 */
void journal_log(const struct mews_event *);

/*
 * Whether something waits that should not wait any longer; minute: the minute
 * is being written anyway.
 */
bool journal_due(struct journal *, bool minute);

/*
 * Writes all that waits, in one transaction, with the Unix time by the clock as
 * it is set now.  On failure all of it waits on.
 */
enum mews_rc
journal_write(struct journal *, struct mews_db *, struct mews_err *);

#endif
