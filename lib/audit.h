/*
 * audit.h - the security log: a table of kinds, and two rings in auth.db.
 *
 * Only mews-auth opens auth.db; others ask it by the command audit-list.  A new
 * kind is one row in audit.c and its sentence Lang.audit.NAME in every
 * language, with _ for -.  Never a code, a token or a hash.
 */
#ifndef MEWS_AUDIT_H
#define MEWS_AUDIT_H

#include "event.h"

#define MEWS_AUDIT_MOST  10000 /* lines of a ring */
#define MEWS_AUDIT_READS 40    /* most at once */
#define MEWS_AUDIT_ABOUT (2 * MEWS_USERNAME + 2)

/*
 * What anybody can cause without a code has a ring of its own, so that it
 * pushes nothing else out.
 */
struct mews_audit_kind {
	const char *name;
	enum mews_severity severity;
	bool stranger;
	const char *says; /* one sentence in English */
};

/*
 * NULL when there is none of that name; the i-th, NULL behind the end.
 */
const struct mews_audit_kind *mews_audit_kind(const char *name);
const struct mews_audit_kind *mews_audit_kind_at(size_t i);

struct mews_audit {
	int64_t id, t;                  /* Unix time */
	char what[32];                  /* name of the kind */
	char user[MEWS_USERNAME + 1];   /* who, as typed; "": the box */
	char about[MEWS_AUDIT_ABOUT];   /* whom or what it is about; or "" */
	char source[MEWS_ADDRESS_TEXT]; /* "": not from the network */
};

/*
 * Appends a line, in the caller's transaction; what must be a kind.  Texts that
 * are too long are cut.  NULL stands for "".
 */
enum mews_rc mews_audit_add(struct mews_db *, int64_t t, const char *what,
    const char *user, const char *about, const char *source, struct mews_err *);

struct mews_audit_filter {
	int64_t before;   /* id; 0: from the newest on */
	int64_t from, to; /* Unix time, [from, to); to 0: no end */
	const char *user; /* who or about whom; "": all */
	const char *what; /* "": all */
};

/*
 * The newest first, at most max; *n is how many.
 */
enum mews_rc mews_audit_read(struct mews_db *, const struct mews_audit_filter *,
    struct mews_audit *out, size_t max, size_t *n, struct mews_err *);

#endif
