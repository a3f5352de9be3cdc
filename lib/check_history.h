/*
 * check_history.h - whether history.db is what it should be, and mending what is not.
 *
 * The rules are the history's own: FILE, SQLite finds the file sound and each
 * row can be unpacked; I1, a bucket is the sum of the finer ones and of what
 * was booked straight to it, wherever all of those are still kept; I2, within
 * one epoch what was booked is what the index moved; I3, no counter's bucket is
 * negative; I4, a value has samples or is marked ESTIMATED, and none lies in
 * the future.
 */
#ifndef MEWS_CHECK_HISTORY_H
#define MEWS_CHECK_HISTORY_H

#include "history.h"

enum mews_rule {
	MEWS_RULE_FILE,
	MEWS_RULE_SUM,
	MEWS_RULE_INDEX,
	MEWS_RULE_SIGN,
	MEWS_RULE_SOURCE
};
#define MEWS_RULES 5

/*
 * "FILE", "I1" ... "I4".
 */
const char *mews_rule_name(enum mews_rule);

struct mews_finding {
	enum mews_rule rule;
	int64_t series; /* 0: of no one */
	enum mews_level level;
	int64_t from, to; /* Unix time, [from, to) */
	bool mendable;    /* by mews_check_mend() */
	char text[200];   /* one sentence for a person */
};

struct mews_check {
	int64_t now; /* Unix time */
	void *ctx;

	/* Told of each deviation; may mend it at once. */
	void (*found)(void *ctx, const struct mews_finding *);
};

/*
 * Checks all of it, each piece in a state of its own: others may write
 * meanwhile.  A damaged file is one finding, and nothing else is looked at.
 */
enum mews_rc mews_check_history(struct mews_db *, const struct mews_check *,
    struct mews_err *);

/*
 * Rows in the range that cannot be unpacked are removed, and buckets that are
 * not what the finer ones give are computed again.  What a counter moved over
 * minutes that were lost, and no hour knows, is booked to that stretch.  A bucket that saw more than
 * the finer ones still hold stays.  *n is how much was changed.  One
 * transaction.
 */
enum mews_rc mews_check_mend(struct mews_db *, int64_t series, enum mews_level,
    int64_t from, int64_t to, size_t *n, struct mews_err *);

#endif
