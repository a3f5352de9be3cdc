/*
 * log.h - one line about one event, to stderr.
 *
 * Who handles a failure logs it, nobody else does.  systemd collects stderr
 * and reads the priority from the "<N>" that starts a line when
 * JOURNAL_STREAM is set.
 */
#ifndef MEWS_LOG_H
#define MEWS_LOG_H

#include "mews.h"

/*
 * The priorities of syslog(3) that mews uses.
 */
enum mews_log {
	MEWS_LOG_ERROR = 3,   /* a person must look */
	MEWS_LOG_WARNING = 4, /* it goes on, but less well */
	MEWS_LOG_NOTICE = 5,  /* a change worth knowing: started, unplugged */
	MEWS_LOG_DEBUG = 7
};

/*
 * The name before each line, and whether DEBUG lines are written.  program
 * must outlive the process' last line.
 */
void mews_log_open(const char *program, bool debug);

/*
 * Writes one line: "PROGRAM: text".  Bytes that a terminal would act upon are
 * replaced by '?', so outside text may be passed.  Safe from any thread.
 */
void mews_log(enum mews_log, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
