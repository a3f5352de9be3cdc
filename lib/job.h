/*
 * job.h - what a person asks of a bus, and what came of it: scans, tests,
 * registers read and written, breakers operated.
 *
 * Kept in live.db, the newest MEWS_JOBS of them.  mewsd writes; pages read and
 * show a job until it is over.  Ids are never used again.
 */
#ifndef MEWS_JOB_H
#define MEWS_JOB_H

#include "db.h"
#include "quantity.h"

#define MEWS_JOBS 100

enum mews_job_kind {
	MEWS_JOB_SCAN,
	MEWS_JOB_TEST,  /* each request of a device once */
	MEWS_JOB_TRY,   /* the same with a profile that is not in use */
	MEWS_JOB_READ,  /* registers */
	MEWS_JOB_WRITE, /* registers */
	MEWS_JOB_OPERATE
};

enum mews_job_state {
	MEWS_JOB_RUNNING,
	MEWS_JOB_PAUSED,
	MEWS_JOB_DONE,
	MEWS_JOB_STOPPED, /* by a person */
	MEWS_JOB_FAILED   /* result says why */
};

/*
 * result is a word, "" until the job is over:
 *
 *	ok          all was asked and answered; operate: the state is reached
 *	partly      test, try: some requests failed, its exchanges say which
 *	silent      nobody answered
 *	damaged     something came, no good answer in it
 *	foreign     what came answers another question, or is another device's
 *	exception   the device refused: code is its exception
 *	gone        the line is closed, unplugged or refused
 *	busy        too many others asked
 *	not-reached operate: taken, but the state did not come in time
 *	unknown     operate: nobody knows whether it was taken, or what came of
 *	            it, because the answer or the line was lost
 *	tripped     operate: not sent, the device is tripped and must first be
 *	            reset
 *	removed     the line, device or profile is no longer in the site
 *	stopped     by a person
 *
 * what is in the words of the command:
 *
 *	scan        "1-247 19200 8E1,9600 8N1" (no speeds: the line's own)
 *	test, try   the profile
 *	read        "3 100 10": function, address, count
 *	write       "16 100 1 2 3": function, address, values
 *	operate     the command, such as open
 */
struct mews_job {
	int64_t id;
	enum mews_job_kind kind;
	enum mews_job_state state;
	char who[33];
	int64_t begun, ended; /* Unix time; ended is 0 until it is over */
	int64_t line;         /* always set */
	int64_t device;       /* 0: none */
	int unit;             /* 0: none, or more than one */
	int64_t done, total;  /* questions; a scan's: units times speeds */
	char what[200];
	char reason[200]; /* a person's, for operate; else "" */
	char result[16];
	int code; /* exception of result "exception", else 0 */
};

/*
 * "scan" "test" "try" "read" "write" "operate"; "running" "paused" "done"
 * "stopped" "failed".
 */
const char *mews_job_kind_name(enum mews_job_kind);
const char *mews_job_state_name(enum mews_job_state);

/*
 * One request and its answer.
 */
#define MEWS_JOB_FRAME 256

enum mews_exchange_result {
	MEWS_EXCHANGE_GOOD,
	MEWS_EXCHANGE_EXCEPTION,
	MEWS_EXCHANGE_SILENT,
	MEWS_EXCHANGE_DAMAGED, /* something came, no good answer in it */
	MEWS_EXCHANGE_GONE,    /* no line */
	MEWS_EXCHANGE_BUSY,    /* its turn did not come in time */
	MEWS_EXCHANGE_FOREIGN  /* a whole frame came that answers another
				* question, or another unit's */
};

struct mews_exchange {
	int64_t job;
	int n; /* from 0, in order */
	int unit, function, address, count;
	/* as on the wire: unit, PDU and, on a serial line, CRC; a foreign
	 * answer is that frame, a damaged one the first bytes that came */
	uint8_t request[MEWS_JOB_FRAME], answer[MEWS_JOB_FRAME];
	size_t nrequest, nanswer; /* nanswer is 0 when nothing came */
	int64_t took_us;          /* of the answer */
	enum mews_exchange_result result;
	int code; /* of an exception, else 0 */
};

/*
 * "good" "exception" "silent" "damaged" "gone" "busy" "foreign".
 */
const char *mews_exchange_name(enum mews_exchange_result);

/*
 * The registers (functions 3, 4) or bits (1, 2; each 0 or 1) of a good answer:
 * fills at most max, returns how many there are; 0 for other answers.
 */
size_t
mews_exchange_words(const struct mews_exchange *, uint16_t *, size_t max);

/*
 * A value decoded from the answer of an exchange.
 */
struct mews_job_value {
	int64_t job;
	int n; /* of the exchange */
	const struct mews_quantity *quantity;
	int address;
	bool missing; /* the meter said "not available" */
	int64_t value;
};

/*
 * A unit that a scan met.
 */
struct mews_found {
	int64_t job, line;
	int unit;
	int baud; /* 0, 0, 0 behind a gateway */
	char parity;
	int stop;
	int64_t took_us;
	int code;           /* it answered with that exception; 0: registers */
	char profiles[200]; /* names that its registers fit, a blank between;
	                       "": answers, not recognised */
	int64_t device;     /* of the site at that place; 0: new */
};

/*
 * Gives the job its id and removes the oldest that are over.
 */
enum mews_rc
mews_job_add(struct mews_db *, struct mews_job *, struct mews_err *);
enum mews_rc
mews_job_save(struct mews_db *, const struct mews_job *, struct mews_err *);
enum mews_rc mews_exchange_add(struct mews_db *, const struct mews_exchange *,
    struct mews_err *);
enum mews_rc mews_job_value_add(struct mews_db *, const struct mews_job_value *,
    struct mews_err *);
enum mews_rc
mews_found_add(struct mews_db *, const struct mews_found *, struct mews_err *);

/*
 * One job; MEWS_NONE when there is none, or no more.
 */
enum mews_rc mews_job_load(struct mews_db *, int64_t id, struct mews_job *out,
    struct mews_err *);

/*
 * The newest of a kind, of a line, of a device (0: any).
 */
enum mews_rc mews_job_newest(struct mews_db *, enum mews_job_kind, int64_t line,
    int64_t device, struct mews_job *out, struct mews_err *);

/*
 * Newest first; fills at most max, sets *n to how many.
 */
enum mews_rc mews_job_list(struct mews_db *, struct mews_job *out, size_t max,
    size_t *n, struct mews_err *);

/*
 * What came of a job: exchanges in order, values by exchange and address,
 * units found in order of speed (as asked) and unit.
 */
struct mews_job_log {
	struct mews_exchange *exchange;
	size_t nexchanges;
	struct mews_job_value *value;
	size_t nvalues;
	struct mews_found *found;
	size_t nfound;
};
enum mews_rc mews_job_log(struct mews_db *, int64_t job,
    struct mews_job_log *out, struct mews_err *);
void mews_job_log_clear(struct mews_job_log *);

#endif
