/*
 * bus.h - one thread that owns one line and asks its devices in turn.
 */
#ifndef BUS_H
#define BUS_H

#include "desk.h"
#include "recorder.h"

struct bus;

/*
 * Starts the thread.  Takes over the units in every case; line and recorder
 * must outlive the bus.  It ends when the descriptor stop becomes readable.
 */
enum mews_rc bus_start(const struct mews_line *, struct poll_unit *, size_t n,
    struct recorder *, int stop, struct bus **out, struct mews_err *);

/*
 * Where other masters' requests are handed in; it lives as long as the bus.
 */
struct desk *bus_desk(struct bus *);

/*
 * Waits for the thread and frees.
 */
void bus_join(struct bus *);

#endif
