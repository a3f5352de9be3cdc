/*
 * door.h - the command socket of mewsd, mews-auth and mews-courier.
 *
 * Serves many clients without threads and waits for none: a client that sends
 * no whole line within 5 s, or does not take its answer, is closed.  The
 * owner's own descriptors can be polled along, so its loop is
 *
 *	while (!stop)
 *		rc = door_poll(door, own, nown, 1000, &err);
 */
#ifndef DOOR_H
#define DOOR_H

#include "command.h"
#include "network.h"

#include <poll.h>
#include <sys/types.h>

/*
 * Who sends a command.  user and role are set only for commands whose row
 * names roles.  Root and the owner of the door, who could write the databases
 * themselves, need no token for these: they are the administrator "shell".
 */
struct door_caller {
	pid_t pid;
	uid_t uid;
	gid_t gid;
	char user[MEWS_USERNAME + 1];
	enum mews_role role;
	char source[MEWS_ADDRESS_TEXT]; /* of the session; "": not told */
};

struct door_rules {
	enum mews_file file; /* MEWS_DOOR, MEWS_AUTH_DOOR, MEWS_COURIER_DOOR */
	void *ctx;

	/*
	 * Fills user and role of the session behind a token; MEWS_DENIED when
	 * there is none or it may do nothing yet.  NULL: mews-auth is asked.
	 */
	enum mews_rc (*who)(void *ctx, const char *token, struct door_caller *,
	    struct mews_err *);

	/*
	 * Carries out a command that fits its row and whose sender may.  The
	 * answer has no fields yet and gets its word from the code returned.
	 * The door logs MEWS_FAIL.
	 */
	enum mews_rc (*serve)(void *ctx, const struct door_caller *,
	    const struct mews_message *, struct mews_message *answer,
	    struct mews_err *);

	/*
	 * Uses up a ticket of the session; MEWS_DENIED when it has none.
	 * NULL: mews-auth is asked.
	 */
	enum mews_rc (*spend)(void *ctx, const char *token, const char *ticket,
	    struct mews_err *);
};

struct door;

#define DOOR_OWN 64 /* most descriptors of the owner */

/*
 * Opens the socket with mode 0660.  MEWS_FAIL, and a sentence, when another
 * process holds it; what a dead one left is replaced.  place and rules are
 * copied, what they point to is borrowed.
 */
enum mews_rc door_open(const struct mews_place *, const struct door_rules *,
    struct door **out, struct mews_err *);
void door_close(struct door *); /* NULL is allowed */

/*
 * Waits at most timeout_ms for the door's clients and for the owner's n
 * descriptors, whose revents are set on return; returns early after serving
 * anyone.  A signal ends the wait with MEWS_OK.
 */
enum mews_rc door_poll(struct door *, struct pollfd *own, size_t n,
    int timeout_ms, struct mews_err *);

#endif
