/*
 * recorder_inside.h - what the files of recorder.h share.
 *
 * Each of these is done in a turn of the recorder's thread, in this order.
 */
#ifndef RECORDER_INSIDE_H
#define RECORDER_INSIDE_H

#include "keep_thin.h"
#include "recorder.h"
#include "reserve.h"

#include <pthread.h>
#include <stdatomic.h>

#define DOUBTS 4096 /* devices that can be asked again at once */

/* What another thread wants done here. */
struct errand {
	recorder_work *work;
	void *arg;
	struct mews_err *err;
	enum mews_rc rc;
};

struct recorder {
	struct mews_db *history, *live; /* borrowed */
	struct board *board;            /* borrowed */
	struct tally tally;
	struct backlog backlog;
	struct ledger *ledger;
	struct journal *journal;
	pthread_t thread;
	bool running;

	pthread_mutex_t lock; /* of what follows, to status */
	pthread_cond_t wake;
	bool stop;
	struct reading *first, *last;
	size_t queued;
	struct recorder_status status;
	struct errand *errand; /* NULL: none, or done */

	int64_t written; /* newest minute in the history */
	int64_t settled; /* Unix time */
	bool untidy;     /* something may be there to pack or thin */
	int64_t budget;  /* bytes; 0: not known */
	struct mews_thin thin;
	struct reserve reserve;
	int64_t live_at, retry_at; /* tick_us() */
	bool history_fails, live_fails;
	struct mews_live_disk disk; /* what live.db says of that */
	bool disk_due;              /* it does not yet */
	_Atomic bool damaged;       /* the history file */
	bool far_ahead;  /* the clock is, and the history does not say so yet */
	int64_t learned; /* Unix time of tally_learn() */
	_Atomic uint64_t doubt[DOUBTS / 64]; /* a bit a place in the tally */
};

/*
 * Writes what is true now.
 */
void recorder_live(struct recorder *);

/*
 * Writes the minutes and events that wait; after a failure not before it is
 * time for the next try, unless at the end (stop).
 */
void recorder_write(struct recorder *, bool stop);

/*
 * Rolls up what closed when minutes pass without any value, and once an hour.
 */
void recorder_settle(struct recorder *);

/*
 * Packs or thins a little, so that a minute never waits for it.
 */
void recorder_tidy(struct recorder *);

#endif
