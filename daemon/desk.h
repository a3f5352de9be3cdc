/*
 * desk.h - where requests from other threads wait for a bus.
 *
 * The scheduler of share.h behind a lock.  Jobs that end are handed to their
 * done() outside the lock.
 */
#ifndef DESK_H
#define DESK_H

#include "share.h"

struct desk;

enum mews_rc desk_new(struct desk **out, struct mews_err *);
void desk_free(struct desk *); /* NULL is allowed; nobody waits any more */

/*
 * As share_init, at any time; what waits stays.
 */
void desk_rule(struct desk *, int64_t wait, int part);

/*
 * For clients, from any thread.  put: 0 when the job is taken over, else the
 * exception to answer with; cancel frees what waits of a connection;
 * sort_out answers what cannot be asked in time, and lowers *when to when that
 * must be looked at again.
 */
uint8_t desk_put(struct desk *, struct job *, int64_t now);
void desk_cancel(struct desk *, uint64_t connection);
void desk_sort_out(struct desk *, int64_t now, int64_t *when);

/*
 * For the bus.  The descriptor becomes readable when there is something new;
 * next is share_next.
 */
int desk_fd(const struct desk *);
struct job *desk_next(struct desk *, bool poll, int64_t now, int64_t *when);

/*
 * How a transaction ended and what it took of the line.
 */
struct desk_report {
	enum share_class class;
	uint8_t unit;
	enum bus_result result;
	int64_t took, quiet; /* us */
	int64_t now;
};
void desk_note(struct desk *, const struct desk_report *);

/*
 * Whether the line can be used (at first it cannot): while not, jobs are
 * answered at once.
 */
void desk_line(struct desk *, bool open);

/*
 * Hands each of a list to its done().
 */
void desk_done(struct job *list);

#endif
