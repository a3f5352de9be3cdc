/*
 * auth_code.h - codes to hashes, and the keyed secret they need.
 *
 * A code is stored as Argon2id(HMAC-SHA-256(pepper, name|code), salt) with
 * 19456 KiB, 2 passes and 1 lane.  The pepper is no part of a backup: without
 * it the hashes tell nothing.
 */
#ifndef AUTH_CODE_H
#define AUTH_CODE_H

#include "account.h"
#include "place.h"

#define AUTH_PEPPER 32

struct auth_pace;

struct auth {
	const struct mews_place *place; /* borrowed */
	struct mews_db *db;             /* auth.db, owned */
	struct auth_pace *pace;         /* borrowed; NULL: none is kept */
	uint8_t pepper[AUTH_PEPPER];
};

/*
 * Opens auth.db and reads the pepper; makes both, and their folder with mode
 * 0700, when there are none.  MEWS_BAD when auth.db is damaged, MEWS_FAIL when
 * it has users and their pepper is gone: then no code can be checked any more.
 */
enum mews_rc
auth_code_open(const struct mews_place *, struct auth *, struct mews_err *);
void auth_code_close(struct auth *); /* wipes the pepper */

/*
 * Gives a user a new PIN or PUK, in memory.  A code is hashed with u->bound,
 * which is the name where it is "".
 */
enum mews_rc auth_code_set(const struct auth *, struct mews_user *,
    enum mews_code, const char *code, struct mews_err *);

/*
 * MEWS_OK when it is the user's code, MEWS_DENIED when not; both take the same
 * time, some tens of milliseconds.
 */
enum mews_rc auth_code_check(const struct auth *, const struct mews_user *,
    const struct mews_secret *, const char *code, struct mews_err *);

/*
 * SHA-256 of a text, and bytes that nobody can guess.
 */
enum mews_rc
auth_code_digest(const char *text, uint8_t out[MEWS_HASH], struct mews_err *);
enum mews_rc auth_code_random(uint8_t *, size_t n, struct mews_err *);

#endif
