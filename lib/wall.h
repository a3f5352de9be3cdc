/*
 * wall.h - what a program may ask of the kernel once it has started.
 *
 * A wall cannot be taken down again; threads that begin behind it have it too.
 */
#ifndef MEWS_WALL_H
#define MEWS_WALL_H

#include "mews.h"

enum mews_wall {
	MEWS_WALL_PAGES, /* reads files, talks to sockets that are there and
			    opens those of this machine: nothing else.  Opens
			    no file to write, starts no program or thread */
	MEWS_WALL_LOCAL, /* as DAEMON, and only sockets of this machine */
	MEWS_WALL_DAEMON /* all but starting programs and looking into others */
};

/*
 * A call that it forbids fails with EPERM and is told to the kernel's log;
 * where the environment says MEWS_SECCOMP=kill it ends the process by SIGSYS,
 * but for opening a file to write.
 * MEWS_FAIL when the kernel knows no filters.  In a build with sanitizers, which
 * need more than their program, it does nothing.
 */
enum mews_rc mews_wall(enum mews_wall, struct mews_err *);

#endif
