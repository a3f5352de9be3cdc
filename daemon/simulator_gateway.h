/*
 * simulator_gateway.h - a Modbus TCP gateway in front of a line of its own.
 */
#ifndef SIMULATOR_GATEWAY_H
#define SIMULATOR_GATEWAY_H

#include "simulator_wire.h"

#include <poll.h>

struct gateway;

#define GATEWAY_FDS 17 /* most descriptors to wait for */

/*
 * Listens on 127.0.0.1; port 0 takes a free one.  wire is borrowed.
 */
enum mews_rc gateway_open(const struct wire *, unsigned port,
    struct gateway **out, struct mews_err *);
void gateway_close(struct gateway *);
unsigned gateway_port(const struct gateway *);

/*
 * Fills in what to wait for and returns how many, and says when something must
 * be done without any.
 */
size_t gateway_fds(const struct gateway *, struct pollfd *);
int64_t gateway_due(const struct gateway *);

/*
 * Takes what has come, puts the next request on its line, answers.
 */
void gateway_run(struct gateway *);

#endif
