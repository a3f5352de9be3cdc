/*
 * mail.h - the queue of mails in courier.db.
 *
 * A mail is one letter to one address, and is not asked for twice.  What it says
 * is made from the history when it goes, so a mail that waits takes one row.
 */
#ifndef MEWS_MAIL_H
#define MEWS_MAIL_H

#include "recipient.h"

enum mews_mail_state {
	MEWS_MAIL_WAITS,
	MEWS_MAIL_HANDED, /* its last byte left; no answer yet */
	MEWS_MAIL_SENT,
	MEWS_MAIL_UNKNOWN, /* handed over, but the answer was lost: it may have
			      arrived, and is not sent again */
	MEWS_MAIL_REFUSED  /* for good, or tried for too long */
};

/*
 * "waits", "handed", "sent", "unknown", "refused".
 */
const char *mews_mail_state_name(enum mews_mail_state);

struct mews_mail {
	int64_t id;
	enum mews_letter letter;
	char address[MEWS_MAIL_ADDRESS];
	char lang[3];
	int64_t since, upto; /* [since, upto) in Unix time; of events the first
				and the last id; of a test 0 */
	int64_t asked; /* Unix time in us a person asked for it; 0: by itself */
	enum mews_mail_state state;
	int64_t made, due; /* Unix time */
	int64_t tries;
	int64_t ended;  /* Unix time; 0: not yet */
	char why[24];   /* word for the last failure (post.h), "" */
	char said[200]; /* what the server said last */
};

/*
 * Adds one that waits and sets its id; MEWS_NONE when the address had that
 * letter of that time already, and nobody asked for it again.
 */
enum mews_rc
mews_mail_add(struct mews_db *, struct mews_mail *, struct mews_err *);

/*
 * The next to be sent: waits and is due by now.  MEWS_NONE; then *due is when
 * the next will be, 0 when none waits.
 */
enum mews_rc mews_mail_next(struct mews_db *, int64_t now,
    struct mews_mail *out, int64_t *due, struct mews_err *);

/*
 * Writes state, due, tries, ended, why and said.
 */
enum mews_rc
mews_mail_save(struct mews_db *, const struct mews_mail *, struct mews_err *);

/*
 * The server came back (due 0): what was put off is due now; or it is away:
 * nothing that waits is due before due.  What a server asked to bring later
 * keeps its own time.
 */
enum mews_rc mews_mail_put_off(struct mews_db *, int64_t due, int64_t now,
    struct mews_err *);

/*
 * Those that a program which ended left handed become unknown.
 */
enum mews_rc mews_mail_settle(struct mews_db *, int64_t now, struct mews_err *);

/*
 * One by its id; MEWS_NONE.  The newest, at most max.
 */
enum mews_rc mews_mail_find(struct mews_db *, int64_t id, struct mews_mail *,
    struct mews_err *);
enum mews_rc mews_mail_list(struct mews_db *, struct mews_mail *out, size_t max,
    size_t *n, struct mews_err *);

/*
 * Forgets what ended, but for the newest of them.
 */
#define MEWS_MAIL_KEPT 1000
enum mews_rc mews_mail_trim(struct mews_db *, struct mews_err *);

#endif
