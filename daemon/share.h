/*
 * share.h - who is asked for next on one bus: mews itself or a client of the
 * gateway, and of those which.
 *
 * Pure: the clock comes from the caller, in us.  Times called `when` are only
 * ever lowered.  A list of jobs is linked by next.
 */
#ifndef SHARE_H
#define SHARE_H

#include "bus_line.h"

#define SHARE_JOBS  128    /* most that wait */
#define SHARE_TURNS 64     /* addresses, and connections, remembered */
#define SHARE_WAIT  900000 /* us a job may wait for its turn ... */
#define SHARE_PART  50     /* ... and per cent for clients, as delivered */

/*
 * Exceptions that a gateway makes itself.
 */
enum {
	EXCEPTION_FUNCTION = 0x01,
	EXCEPTION_VALUE = 0x03,
	EXCEPTION_BUSY = 0x06,
	EXCEPTION_NO_PATH = 0x0a,
	EXCEPTION_NO_ANSWER = 0x0b
};

/*
 * One request of a client, made with malloc().  Jobs that ask the same with
 * the same settings become one request.
 */
struct job {
	struct job *next;
	uint64_t address, connection; /* whose turn it is */
	uint8_t unit;
	uint8_t pdu[FRAME_PDU];
	size_t n;
	const struct mews_line *as; /* settings of the line for this request
				     * alone, borrowed; NULL: its own */
	bool probe;                 /* asked although its unit is silent */
	bool urgent;                /* before others, see share_next */
	int64_t queued;             /* when */
	int64_t asked, ended;       /* its turn on the line; 0: it had none */
	bool joined;                /* that turn was another's */
	enum bus_result result;     /* once asked; see code */
	uint8_t code;               /* exception to answer with; 0: ... */
	struct bus_answer answer;   /* ... this */

	/* Takes the job over, on the thread of the bus or of who puts or
	 * sorts out jobs. */
	void (*done)(struct job *);
};

/*
 * Who was served when: smaller is longer ago.
 */
struct share_turn {
	uint64_t id, at;
};

struct share {
	struct job *first; /* in order of arrival */
	size_t n;
	struct share_turn address[SHARE_TURNS], connection[SHARE_TURNS];
	uint64_t turns;
	int64_t used[2]; /* us of the line: for mews, for clients */
	int64_t ahead;   /* us that urgent jobs used more than others */
	int64_t wait;
	int part;
	struct {
		unsigned silent; /* silences in a row */
		int64_t hold;    /* it is left alone until then ... */
		int64_t quiet;   /* ... and at least until then by a probe */
	} unit[256];
};

enum share_class { SHARE_POLLER, SHARE_CLIENTS, SHARE_URGENT };

/*
 * wait: us a job may wait for its turn; part: per cent of the line for clients
 * when all want it, 1 to 99.
 */
void share_init(struct share *, int64_t wait, int part);

/*
 * 0: the job is taken over.  Else the exception to answer with: its unit does
 * not answer, or too many wait.  *out is NULL or a job of a greedier address
 * that made room, with its code.
 */
uint8_t share_put(struct share *, struct job *, int64_t now, struct job **out);

/*
 * The job to ask for now, and behind it all that ask the same.  NULL when it
 * is the poller's turn (poll: it has something to ask) or when no job can be
 * asked for before *when.  Urgent jobs come first, until they took half of what
 * the clients got.
 */
struct job *share_next(struct share *, bool poll, int64_t now, int64_t *when);

/*
 * Jobs to be answered without being asked, with their code: those that waited
 * too long, and those for units that do not answer.
 */
struct job *share_sort_out(struct share *, int64_t now, int64_t *when);

/*
 * All jobs of a connection; all jobs, with a code.
 */
struct job *share_cancel(struct share *, uint64_t connection);
struct job *share_clear(struct share *, uint8_t code);

/*
 * What a transaction took of the line.
 */
void share_used(struct share *, enum share_class, int64_t us);

/*
 * How a transaction with a unit ended; quiet as in poll_done.
 */
void share_note(struct share *, uint8_t unit, enum bus_result, int64_t quiet,
    int64_t now);

#endif
