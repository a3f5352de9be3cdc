/*
 * live.h - what is true now: latest values, and how devices and lines do, with
 * the minutes of the last day.
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

enum {
	MEWS_LIVE_NEAR = 1, /* its slowest answer came shortly before the
			     * timeout */
	MEWS_LIVE_TWO = 2,  /* it seems that two devices have this address */
	MEWS_LIVE_HOLES = 4 /* it refused registers that its profile reads */
};

#define MEWS_LIVE_CODES 12 /* exceptions counted apart: 1 to 11 */

struct mews_live_device {
	int64_t device;
	enum mews_answer answer;
	int64_t since;     /* Unix time this state began */
	int64_t last;      /* Unix time of the last good answer; 0: none */
	int64_t answer_us; /* time the last answer took */
	int64_t asked, answered, timeouts, damaged,
	    exceptions;                /* since start */
	int64_t code[MEWS_LIVE_CODES]; /* exceptions by code; [0]: others */
	int64_t last_code;             /* of the last one; 0: none */
	int64_t timeout_us;            /* in force: see poll.h */
	/* until the first byte of an answer, behind a gateway until its end */
	int64_t slowest_us;     /* since start */
	int64_t p50_us, p99_us; /* of the last one to two minutes, to 1/16; 0:
				 * none */
	int64_t marks;          /* MEWS_LIVE_NEAR ... */
};

/*
 * A serial line or a gateway.  Why it is not open is a word, "" when it is, or
 * when nobody tried yet; for pages as line.why.WORD:
 *
 *	absent     there is no such port
 *	busy       another program has the port
 *	forbidden  mewsd may not open it
 *	strange    it is no serial port
 *	nameless   nobody knows the name of the gateway
 *	refused    the gateway refuses the connection
 *	mute       the gateway does not answer
 *	network    no way leads to the gateway
 *	lost       it was open, and takes or gives no bytes any more
 *	other      the log of mewsd says why
 */
struct mews_live_line {
	int64_t line;
	bool open;
	int64_t since;           /* Unix time this state began */
	char why[16];            /* it is not open */
	char path[128];          /* opened, or to be opened, by this name */
	int64_t requests, bytes; /* since start; bytes both ways */
	int64_t load, clients;   /* per mille of the last minute that it was
				  * busy, and of that for clients */
	int64_t second;          /* bytes a second in that minute */
};

/*
 * Writes what changed; now is the time of this state.  One transaction.
 */
enum mews_rc mews_live_write(struct mews_db *, const struct mews_live_value *,
    size_t nvalues, const struct mews_live_device *, size_t ndevices,
    int64_t now, struct mews_err *);

/*
 * Forgets values, devices and lines, but not their minutes: a site begins.
 */
enum mews_rc mews_live_forget(struct mews_db *, struct mews_err *);

/*
 * That the history cannot be written, for who would read it there.
 */
struct mews_live_disk {
	int64_t since; /* Unix time; 0: it can */
	char says[96]; /* why, a sentence of the database */
};
enum mews_rc mews_live_disk_set(struct mews_db *, const struct mews_live_disk *,
    struct mews_err *);
enum mews_rc
mews_live_disk(struct mews_db *, struct mews_live_disk *, struct mews_err *);

struct mews_live {
	int64_t now; /* of the last write; 0 when mewsd never wrote */
	struct mews_live_value *value; /* by device, then quantity name */
	size_t nvalues;
	struct mews_live_device *device;
	size_t ndevices;
	struct mews_live_line *line;
	size_t nlines;
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
const struct mews_live_line *
mews_live_line(const struct mews_live *, int64_t line);

/*
 * One minute of a device or of a line; what is not its own is 0.
 */
struct mews_live_minute {
	int64_t t; /* Unix time of its begin */
	int64_t id;
	bool line; /* id is a line's, else a device's */
	int64_t asked, answered, timeouts, damaged, exceptions;
	int64_t p50_us, p99_us;        /* device: of its answers */
	int64_t poller_us, clients_us; /* line: busy for whom */
	int64_t bytes;                 /* line: both ways */
};

#define MEWS_LIVE_KEPT 1440 /* minutes */

/*
 * Writes the states of lines, and minutes; forgets minutes older than
 * MEWS_LIVE_KEPT.  One transaction.
 */
enum mews_rc
mews_live_health(struct mews_db *, const struct mews_live_line *, size_t nlines,
    const struct mews_live_minute *, size_t nminutes, struct mews_err *);

/*
 * The minutes of a device or line that begin in [from, to), in order; *out is
 * to be freed, and NULL on failure.  Minutes without a row were not measured.
 */
enum mews_rc
mews_live_minutes(struct mews_db *, bool line, int64_t id, int64_t from,
    int64_t to, struct mews_live_minute **out, size_t *n, struct mews_err *);

#endif
