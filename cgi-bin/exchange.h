/*
 * exchange.h - what came of a job for people: the answer in one sentence, each
 * request with its bytes and values, and what to do where one failed.
 */
#ifndef EXCHANGE_H
#define EXCHANGE_H

#include "job.h"
#include "message.h"
#include "page.h"

/*
 * Reads a job of live.db; id 0: the newest of its kind, line and device (0:
 * any).  MEWS_NONE when there is none, or when that id is of another kind or
 * device.  MEWS_OK fills both; the log must be cleared in every case.
 */
enum mews_rc exchange_load(struct page_ctx *, int64_t id, enum mews_job_kind,
    int64_t line, int64_t device, struct mews_job *, struct mews_job_log *,
    struct mews_err *);

/*
 * The field job of a request: 0 when absent, -1 when it is no id.  A page that
 * shows jobs takes { EXCHANGE_FIELD }.
 */
#define EXCHANGE_FIELD "job", REQUEST_DAY, 20
int64_t exchange_asked(const struct page_ctx *);

/*
 * 303 to path with the job that a door's answer names.
 */
void
exchange_go(struct page_ctx *, const char *path, const struct mews_message *);

/*
 * Sets below the current node: id, running, word (the result), kind (of a
 * notice: "", "warn" or "alarm"), answer (one sentence, such as "P2 answers in
 * 31 ms"), advice (what to do), at ("14:32"), who, done, total.  name is who was
 * asked, such as "P2" or "Address 7".
 */
void exchange_set_job(struct page_ctx *, const struct mews_job *,
    const struct mews_job_log *, const char *name);

/*
 * Sets exchange.N: asked ("Input registers 0-17"), printed ("30001-30018"),
 * state (ok or bad), says, sent, got (hexadecimal, got "" without answer) and
 * value.N.{name,address,missing,value.n,value.u}.
 */
void exchange_set_all(struct page_ctx *, const struct mews_job_log *);

/*
 * "31 ms", "0.4 ms".
 */
const char *exchange_time(const struct page_ctx *, char *text, int64_t us);

/*
 * How a register map prints an address of a function: 0 of function 3 is
 * 40001; from 9999 on it has a digit more.
 */
int64_t exchange_printed(int function, int address);

#endif
