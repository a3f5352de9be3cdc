/*
 * simulator_control.h - lines that somebody writes to RUN/simulator.ctl.
 */
#ifndef SIMULATOR_CONTROL_H
#define SIMULATOR_CONTROL_H

#include "mews.h"

struct control {
	char path[512], text[256];
	size_t n, taken;
	int fd; /* to wait for; -1 while it is closed */
};

/*
 * Makes the file, a named pipe, and opens it; close removes it.
 */
enum mews_rc control_open(struct control *, const char *run, struct mews_err *);
void control_close(struct control *);

/*
 * The next whole line without its end, good until the next call; NULL when
 * there is none yet.  A line that is too long is forgotten.
 */
char *control_next(struct control *);

#endif
