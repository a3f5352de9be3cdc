/*
 * guard.h - what guesses are counted by: known browsers, addresses, PUKs of the
 * last hour; their tables in auth.db.
 *
 * What the counts mean is decided in daemon/auth_try.c.  Only mews-auth opens
 * auth.db.
 */
#ifndef MEWS_GUARD_H
#define MEWS_GUARD_H

#include "account.h"

/*
 * A browser that a user signed in with, by the SHA-256 of its cookie.
 */
struct mews_browser {
	uint8_t digest[MEWS_HASH];
	int64_t user;
	int64_t used;   /* last sign-in, Unix time */
	int64_t failed; /* wrong PINs in a row */
};

/*
 * find: MEWS_NONE when the user never signed in with it, or before `from`.
 * put adds or replaces.  move gives a browser's rows, all users', another
 * digest.  trim keeps the `most` of a user that were last used.
 */
enum mews_rc mews_browser_find(struct mews_db *, const uint8_t *digest,
    int64_t user, int64_t from, struct mews_browser *out, struct mews_err *);
enum mews_rc mews_browser_put(struct mews_db *, const struct mews_browser *,
    struct mews_err *);
enum mews_rc mews_browser_move(struct mews_db *, const uint8_t *from,
    const uint8_t *to, struct mews_err *);
enum mews_rc mews_browser_trim(struct mews_db *, int64_t user, int64_t most,
    struct mews_err *);
enum mews_rc
mews_browser_drop(struct mews_db *, int64_t user, struct mews_err *);
enum mews_rc mews_browser_count(struct mews_db *, int64_t user, int64_t *n,
    struct mews_err *);

#define MEWS_SOURCES 5000 /* addresses that are remembered */

/*
 * An address that wrong codes came from.
 */
struct mews_source {
	char address[64];
	int64_t failed; /* wrong PINs in a row */
	int64_t next;   /* Unix time before which none is looked at */
	int64_t told;   /* Unix time a refusal was last logged */
	int64_t used;   /* Unix time of the last try */
};

/*
 * find: an address without row has zeros.  put adds or replaces, and forgets
 * the longest unused of more than MEWS_SOURCES.
 */
enum mews_rc mews_source_find(struct mews_db *, const char *address,
    struct mews_source *out, struct mews_err *);
enum mews_rc mews_source_put(struct mews_db *, const struct mews_source *,
    struct mews_err *);

/*
 * PUKs that were looked at in (from, to], by an address or "" by all; *first is
 * their earliest time, 0: none.  add forgets those before `from`.
 */
enum mews_rc mews_puk_count(struct mews_db *, const char *address, int64_t from,
    int64_t to, int64_t *n, int64_t *first, struct mews_err *);
enum mews_rc mews_puk_add(struct mews_db *, const char *address, int64_t from,
    int64_t now, struct mews_err *);

#endif
