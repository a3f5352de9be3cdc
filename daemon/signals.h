/*
 * signals.h - the signals that end a service, as a descriptor.
 */
#ifndef SIGNALS_H
#define SIGNALS_H

#include "mews.h"

/*
 * A descriptor (signalfd(2)) that becomes readable with SIGTERM and SIGINT, and
 * with SIGHUP if hup; for all threads to come.  SIGPIPE is ignored from now on.
 */
enum mews_rc signals_open(bool hup, int *out, struct mews_err *);

#endif
