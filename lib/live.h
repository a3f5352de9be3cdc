/*
 * live.h - what is true now: latest values and how devices answer.
 *
 * live.db stands on a RAM disk and begins empty at each start of mewsd.
 */
#ifndef MEWS_LIVE_H
#define MEWS_LIVE_H

#include "db.h"
#include "quantity.h"

enum mews_answer {
	MEWS_UNASKED, /* not asked since start */
	MEWS_ANSWERS,
	MEWS_SILENT, /* three cycles failed */
	MEWS_NO_LINE /* its line or gateway cannot be opened */
};

struct mews_live_value {
	int64_t device;
	const struct mews_quantity *quantity;
	bool missing;  /* the meter said "not available" or NaN */
	int64_t value; /* stored integer */
	int64_t t_ms;  /* Unix time of the answer, milliseconds */
};

struct mews_live_device {
	int64_t device;
	enum mews_answer answer;
	int64_t since;     /* Unix time this state began */
	int64_t last;      /* Unix time of the last good answer; 0: none */
	int64_t answer_us; /* time the last answer took */
	int64_t asked, answered, timeouts, damaged,
	    exceptions; /* since start */
};

/*
 * Writes what changed; now is the time of this state.  One transaction.
 */
enum mews_rc mews_live_write(struct mews_db *, const struct mews_live_value *,
    size_t nvalues, const struct mews_live_device *, size_t ndevices,
    int64_t now, struct mews_err *);

struct mews_live {
	int64_t now; /* of the last write; 0 when mewsd never wrote */
	struct mews_live_value *value; /* by device, then quantity name */
	size_t nvalues;
	struct mews_live_device *device;
	size_t ndevices;
};

/*
 * Everything.  An empty live.db gives an empty struct.
 */
enum mews_rc
mews_live_load(struct mews_db *, struct mews_live *out, struct mews_err *);
void mews_live_clear(struct mews_live *);

/*
 * NULL when there is none.
 */
const struct mews_live_value *
mews_live_find(const struct mews_live *, int64_t device, const char *quantity);
const struct mews_live_device *
mews_live_device(const struct mews_live *, int64_t device);

#endif
