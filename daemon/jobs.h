/*
 * jobs.h - what people ask of a bus: begun by a command, carried out beside
 * everything else, shown by pages (job.h).
 *
 * Main thread of mewsd only.  Nothing here waits.
 */
#ifndef JOBS_H
#define JOBS_H

#include "run.h"

struct jobs;

/*
 * place is copied; config is borrowed.
 */
enum mews_rc jobs_new(const struct mews_place *, struct mews_db *config,
    struct jobs **out, struct mews_err *);

/*
 * After the last service was stopped.  NULL is allowed.
 */
void jobs_free(struct jobs *);

/*
 * The service that measures now; NULL before it is stopped.  What was begun
 * goes on with the next one.
 */
void jobs_service(struct jobs *, struct service *);

/*
 * The descriptor that becomes readable, and the time in ms, at most `most`,
 * after which jobs_run must be called.
 */
int jobs_fd(const struct jobs *);
int jobs_wait(const struct jobs *, int most);
void jobs_run(struct jobs *);

/*
 * Takes over a run and begins it; *id is its number.  MEWS_AGAIN: there are too
 * many, or the job *id (else 0) does the same.
 */
enum mews_rc jobs_begin(struct jobs *, struct run *, const char *who,
    int64_t *id, struct mews_err *);

/*
 * One that is not over; NULL when there is none.
 */
struct run *jobs_find(const struct jobs *, int64_t id);

/*
 * Fills in what an order can look up.
 */
void jobs_order(const struct jobs *, struct run_order *);

#endif
