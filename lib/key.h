/*
 * key.h - the table key of auth.db: read-only keys for programs.
 *
 * Only mews-auth opens auth.db.  A digest is opaque bytes to this file.
 */
#ifndef MEWS_KEY_H
#define MEWS_KEY_H

#include "account.h"

#define MEWS_KEYS       12  /* at most; an answer has room for these */
#define MEWS_KEY_NAME   40  /* bytes */
#define MEWS_KEY_RIGHTS 400 /* bytes */

struct mews_key {
	int64_t id;
	char name[MEWS_KEY_NAME + 1];
	char rights[MEWS_KEY_RIGHTS + 1]; /* as a user has them */
	int64_t made, used;               /* Unix time; used 0: never */
};

/*
 * Sets k->id.  MEWS_BAD: the name is taken, or there are MEWS_KEYS.
 */
enum mews_rc mews_key_add(struct mews_db *, struct mews_key *k,
    const uint8_t digest[MEWS_HASH], struct mews_err *);

/*
 * In the order they were made; *n is how many.
 */
enum mews_rc mews_key_list(struct mews_db *, struct mews_key out[MEWS_KEYS],
    size_t *n, struct mews_err *);

/*
 * MEWS_NONE: there is none.
 */
enum mews_rc mews_key_find(struct mews_db *, const uint8_t digest[MEWS_HASH],
    struct mews_key *, struct mews_err *);
enum mews_rc mews_key_remove(struct mews_db *, int64_t id, struct mews_err *);
enum mews_rc
mews_key_touch(struct mews_db *, int64_t id, int64_t now, struct mews_err *);

#endif
