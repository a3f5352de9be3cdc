/*
 * recorder.h - what the buses read, into history.db and live.db.
 *
 * One thread.  It writes one transaction a minute to the history, and what is
 * true now every two seconds.  Minutes that cannot be written are kept, 24
 * hours of them, and written in order when they can.
 */
#ifndef RECORDER_H
#define RECORDER_H

#include "board.h"
#include "journal.h"
#include "ledger.h"
#include "tally.h"

struct recorder;

/*
 * Borrows both databases, and the board of recorder_run, until recorder_stop; nobody else may use them from
 * recorder_run on.  Counters go on from what the history holds; zone is what
 * mews_calendar_zone() was given.
 */
enum mews_rc recorder_new(struct mews_db *history, struct mews_db *live,
    const char *zone, struct recorder **out, struct mews_err *);

/*
 * Before recorder_run: as tally_add.
 */
enum mews_rc
recorder_add(struct recorder *, struct poll_unit *u, struct mews_err *);

/*
 * Goes on where another one, halted, was: in its open minute, and with the
 * minutes and events that wait for the disk.  After the last recorder_add.
 */
void recorder_inherit(struct recorder *, struct recorder *from);

/*
 * Starts the thread; it puts new values on the board, every 2 s.
 */
enum mews_rc recorder_run(struct recorder *, struct board *, struct mews_err *);

/*
 * Takes over a reading made with malloc().  From any thread; never blocks for
 * long.
 */
void recorder_put(struct recorder *, struct reading *);

/*
 * True once when a reading of the device (poll_unit.place) was held back as
 * impossible: it is to be read again at once.  For the bus that asks it.
 */
bool recorder_doubts(struct recorder *, size_t place);

/*
 * Has the thread do something with the history, between two turns, and waits
 * for it.  MEWS_AGAIN when it is not running.
 */
typedef enum mews_rc
recorder_work(void *arg, struct mews_db *history, struct mews_err *);
enum mews_rc
recorder_do(struct recorder *, recorder_work *, void *arg, struct mews_err *);

/*
 * Keeps what happened for the history, and logs it (journal_add).  From any
 * thread, copies, never blocks; it is written within 2 s, a kind that happens
 * often with the minute.
 */
void recorder_event(struct recorder *, const struct mews_event *);

/*
 * Reads how much space the history may take, and thins it to that from now on,
 * a little a turn.  Before recorder_run, or within recorder_do.
 */
enum mews_rc
recorder_budget(struct recorder *, struct mews_db *config, struct mews_err *);

/*
 * The folder of the history, whose disk it looks at: when it is full, space that
 * was kept back is given up (reserve.h), and with less than 5 % of it free the
 * history makes room within its own file, whatever its budget is.  Before
 * recorder_run.
 */
void recorder_space(struct recorder *, const char *folder);

/*
 * What it writes to live.db with the latest values.
 */
struct ledger *recorder_ledger(struct recorder *);

/*
 * True once when the history proved to be damaged.  From any thread.
 */
bool recorder_damaged(struct recorder *);

struct recorder_status {
	size_t devices, answering;
	int64_t minute; /* start of the last one written; 0: none */
	size_t kept;    /* minutes that wait */
	int64_t turned; /* tick_us() of its last turn */
	int64_t behind; /* since then minutes wait, and nothing is known that
			   keeps them; tick_us(), 0: none do */
};
void recorder_status(struct recorder *, struct recorder_status *);

/*
 * Ends the thread, once it has written what it can.
 */
void recorder_halt(struct recorder *);

/*
 * Halts and frees.  The open minute is not written: its energy is
 * found again in the index.
 */
void recorder_stop(struct recorder *); /* NULL is allowed */

#endif
