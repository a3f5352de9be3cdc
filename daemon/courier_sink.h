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

#endif
