/*
 * event.h - what happened, for people: a table of kinds, and rings of rows in
 * history.db.
 *
 * Only the recorder writes; from any thread of mewsd use recorder_event().  A
 * new kind is one row in event.c and one sentence event.NAME in every language,
 * where {0} is the subject and {1} to {3} are the arguments.
 */
#ifndef MEWS_EVENT_H
#define MEWS_EVENT_H

#include "account.h"
#include "db.h"
#include "network.h"

enum mews_severity { MEWS_INFO, MEWS_WARNING, MEWS_ALARM };

#define MEWS_EVENT_ARGS  3
#define MEWS_EVENT_ARG   96    /* bytes with the end */
#define MEWS_EVENT_MOST  10000 /* a ring */
#define MEWS_EVENT_TURN  64 /* ids; rings are cut when one of these is passed */
#define MEWS_EVENT_READS 200 /* most at once */

/*
 * args has a letter for each argument: t text, q name of a quantity, v stored
 * integer of the quantity before it, d Unix time, n a number, s seconds.
 */
struct mews_event_kind {
	const char *name;
	enum mews_severity severity;
	const char *args;
	bool often;       /* other masters cause it: may wait for the minute's
			     transaction, and has rings of its own */
	const char *says; /* one sentence in English */
};

/*
 * NULL when there is none of that name; the i-th, NULL behind the end.
 */
const struct mews_event_kind *mews_event_kind(const char *name);
const struct mews_event_kind *mews_event_kind_at(size_t i);

/*
 * "info", "warning", "alarm", and back; false for another word.
 */
const char *mews_severity_name(enum mews_severity);
bool mews_severity_find(const char *, enum mews_severity *);

struct mews_event {
	int64_t id; /* 0: not written yet */
	int64_t t;  /* Unix time; 0: recorder_event() sets it */
	const struct mews_event_kind *kind;
	int64_t device;   /* 0: none */
	char subject[64]; /* plate, line or what else it is about; or "" */
	char who[MEWS_USERNAME + 1];    /* "": the box itself */
	char source[MEWS_ADDRESS_TEXT]; /* "": not from the network */
	char arg[MEWS_EVENT_ARGS][MEWS_EVENT_ARG];
};

/*
 * Begins an event of a kind that must exist; subject may be NULL.  Texts that
 * are too long are cut at a whole character.
 */
void mews_event_set(struct mews_event *, const char *kind, const char *subject);
void mews_event_arg(struct mews_event *, size_t i, const char *, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Appends n events.  Each severity has a ring, and so has each of what other
 * masters cause, so that neither they nor what is of no weight can push an alarm
 * out; what is older than the newest MEWS_EVENT_MOST of a ring is dropped.  Sets
 * their ids.  The caller's transaction.
 */
enum mews_rc mews_event_write(struct mews_db *, struct mews_event *, size_t n,
    struct mews_err *);

struct mews_event_filter {
	int64_t before;           /* id; 0: from the newest on */
	int64_t device;           /* 0: all */
	enum mews_severity least; /* and what is worse */
	int64_t from, to;         /* Unix time, [from, to); to 0: no end */
	const char *only; /* ids of devices as [1,2]; NULL: all, and none */
};

/*
 * The newest first, at most max (up to MEWS_EVENT_READS); *n is how many.
 */
enum mews_rc mews_event_read(struct mews_db *, const struct mews_event_filter *,
    struct mews_event *out, size_t max, size_t *n, struct mews_err *);

/*
 * One by its id; MEWS_NONE.
 */
enum mews_rc mews_event_get(struct mews_db *, int64_t id, struct mews_event *,
    struct mews_err *);

#endif
