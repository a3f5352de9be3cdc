/*
 * run.h - one job on its way: what the engine (jobs.c) and the kinds of jobs
 * share.
 *
 * A kind is a little machine that asks one question of the bus after the
 * other.  All of it happens on the main thread of mewsd.
 */
#ifndef RUN_H
#define RUN_H

#include "command.h"
#include "job.h"
#include "service.h"

/*
 * What a kind wants to know next.
 */
struct question {
	uint8_t unit;
	uint8_t pdu[FRAME_PDU];
	size_t n;
	const struct mews_line *as; /* the run's, as in struct job, or NULL */
	bool urgent;
};

/*
 * How that ended.
 */
struct reply {
	enum mews_exchange_result result;
	int code;           /* of an exception */
	const uint8_t *pdu; /* of a good answer or an exception */
	size_t n;
	const uint8_t *raw; /* what came, as in struct bus_answer */
	size_t nraw;
	int64_t took; /* us */
	bool asked;   /* false: certainly nothing was sent */
};

struct run;

struct run_kind {
	/*
	 * Fills the question and returns true; or false, when there is nothing
	 * to ask before run->due, or the run has ended (run_end).
	 */
	bool (*next)(struct run *, struct question *);
	void (
	    *took)(struct run *, const struct question *, const struct reply *);
	void (*clear)(struct run *); /* frees run->own */
	bool again; /* what a lost line swallowed may be asked again */
};

struct run {
	struct run *next;
	struct mews_job job;
	const struct run_kind *kind;
	void *own;        /* the kind's, owned */
	char subject[64]; /* plate or line, for events */
	struct question question;
	int64_t due;   /* tick_us(): not before */
	int exchanges; /* written */
	/* the engine's */
	struct mews_db *live;
	struct service *service;      /* NULL while there is none */
	const struct mews_site *site; /* as it is now */
	bool out;                     /* a question is on its way */
	int64_t saved, gone;
	unsigned busy;
};

/*
 * An empty run of a kind of jobs.
 */
struct run *run_new(enum mews_job_kind, const struct run_kind *, void *own);
void run_free(struct run *);

/*
 * Gives a run that was filled to *out, or frees it when that failed; returns rc.
 */
enum mews_rc run_done(struct run *, enum mews_rc rc, struct run **out);

/*
 * A request of one function, address and count, into a question.
 */
void run_ask(struct question *, int unit, int function, int address, int count);

/*
 * What goes to live.db; a failure is logged, and the job goes on.
 */
void run_save(struct run *, bool now); /* not now: at times */
int run_exchange(struct run *, const struct question *, const struct reply *);
void run_value(struct run *, const struct mews_job_value *);
void run_found(struct run *, struct mews_found *);

/*
 * The run has ended; result is a word of job.h.
 */
void run_end(struct run *, enum mews_job_state, const char *result, int code);

/*
 * What an answer from a desk is to a run; borrows from the job.
 */
struct reply run_reply(const struct job *);

/*
 * The word for how a question ended.
 */
const char *run_result(const struct reply *);

/*
 * Tells what the person did: an event with its texts, NULL where it has none.
 */
void run_event(const struct run *, const char *kind, const char *first,
    const char *second, const char *third);

/*
 * What people may ask for.  MEWS_BAD: why is a word for the page, err a
 * sentence.
 */
struct run_order {
	struct mews_db *config;
	const char *meters; /* folder */
	const struct mews_site *site;
	const struct mews_message *m;
	const char *draft; /* text of the session's draft profile, or NULL */
	const char *why;   /* set on failure */
};

enum mews_rc scan_new(struct run_order *, struct run **, struct mews_err *);
enum mews_rc test_new(struct run_order *, struct run **, struct mews_err *);
enum mews_rc try_new(struct run_order *, struct run **, struct mews_err *);
enum mews_rc read_new(struct run_order *, struct run **, struct mews_err *);
enum mews_rc write_new(struct run_order *, struct run **, struct mews_err *);
enum mews_rc operate_new(struct run_order *, struct run **, struct mews_err *);

/*
 * MEWS_BAD, with the word for the page.
 */
enum mews_rc run_bad(struct run_order *, const char *why, struct mews_err *,
    const char *, ...) __attribute__((format(printf, 4, 5)));

/*
 * The line or the device that the order names.
 */
enum mews_rc
run_line(struct run_order *, const struct mews_line **, struct mews_err *);
enum mews_rc
run_device(struct run_order *, const struct mews_device **, struct mews_err *);

#endif
