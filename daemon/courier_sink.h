/*
 * courier_sink.h - runs the sinks, each in its thread.
 */
#ifndef COURIER_SINK_H
#define COURIER_SINK_H

#include "sink.h"

/*
 * Starts all; place must outlive them.
 */
enum mews_rc courier_sink_start(const struct mews_place *, struct mews_err *);

/*
 * Ends all threads and waits for them; they can be started again.
 */
void courier_sink_stop(void);

/*
 * How a sink fares, by its name; MEWS_NONE: it never did anything, or there is
 * none.  On the thread that starts and stops them.
 */
enum mews_rc
courier_sink_errand(const char *name, struct mews_errand *, struct mews_err *);

#endif
