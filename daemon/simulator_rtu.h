/*
 * simulator_rtu.h - an RS485 line on a pseudo-terminal.
 */
#ifndef SIMULATOR_RTU_H
#define SIMULATOR_RTU_H

#include "simulator_wire.h"

struct rtu;

/*
 * Opens a pseudo-terminal and makes path and link lead to it.  wire is
 * borrowed.
 */
enum mews_rc rtu_open(const struct wire *, const char *path, const char *link,
    struct rtu **out, struct mews_err *);
void rtu_close(struct rtu *);

/*
 * The adapter is pulled: who has the line open meets its end.  It comes back,
 * perhaps by another path; the link leads to it again.
 */
void rtu_gone(struct rtu *);
enum mews_rc rtu_back(struct rtu *, const char *path, struct mews_err *);

/*
 * The descriptor to wait for (-1 while it is gone), and when something must be done without it.
 */
int rtu_fd(const struct rtu *);
int64_t rtu_due(const struct rtu *);

/*
 * Takes what has come and sends what is due.
 */
void rtu_run(struct rtu *);

#endif
