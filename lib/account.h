/*
 * account.h - users, roles and sessions: types, and their tables in auth.db.
 *
 * Only mews-auth opens auth.db.  Codes are hashed and tries counted in
 * daemon/auth*.c; here is what is stored.  A hash, a salt and a digest are
 * opaque bytes to this file.
 */
#ifndef MEWS_ACCOUNT_H
#define MEWS_ACCOUNT_H

#include "db.h"

enum mews_role { MEWS_USER, MEWS_INSTALLER, MEWS_ADMINISTRATOR };

/*
 * "user", "installer", "administrator", and back.
 */
const char *mews_role_name(enum mews_role);
bool mews_role_find(const char *, enum mews_role *);

#define MEWS_HASH     32
#define MEWS_SALT     16
#define MEWS_USERNAME 32

enum mews_code { MEWS_PIN, MEWS_PUK };

struct mews_user {
	int64_t id;
	char name[MEWS_USERNAME + 1];
	enum mews_role role;
	char lang[3]; /* en, it, fr; "" until one is chosen */
	bool enabled;
	bool factory;       /* still has the codes of the leaflet */
	int64_t pin_failed; /* wrong PINs in a row; at 5 the PIN is blocked */
	int64_t puk_failed; /* wrong PUKs in a row */
	int64_t puk_next;   /* Unix time before which no PUK is looked at */
	int64_t last_in;    /* last sign-in, Unix time; 0: never */
	struct {
		uint8_t salt[MEWS_SALT], hash[MEWS_HASH];
	} code[2]; /* by enum mews_code */
};

/*
 * add sets u->id.  save writes everything but id and name.
 */
enum mews_rc
mews_user_add(struct mews_db *, struct mews_user *u, struct mews_err *);
enum mews_rc
mews_user_save(struct mews_db *, const struct mews_user *, struct mews_err *);
enum mews_rc mews_user_find(struct mews_db *, const char *name,
    struct mews_user *out, struct mews_err *);
enum mews_rc mews_user_load(struct mews_db *, int64_t id, struct mews_user *out,
    struct mews_err *);

/*
 * Users in order of id; fills at most max, sets *n to how many.
 */
enum mews_rc mews_user_list(struct mews_db *, struct mews_user *out, size_t max,
    size_t *n, struct mews_err *);

struct mews_session {
	uint8_t digest[MEWS_HASH]; /* SHA-256 of the token */
	uint8_t csrf[16];
	int64_t user;
	int64_t begun, used; /* Unix time */
	char source[64];     /* address of the browser */
};

enum mews_rc mews_session_add(struct mews_db *, const struct mews_session *,
    struct mews_err *);
enum mews_rc mews_session_find(struct mews_db *, const uint8_t *digest,
    struct mews_session *out, struct mews_err *);
enum mews_rc mews_session_touch(struct mews_db *, const uint8_t *digest,
    int64_t now, struct mews_err *);
enum mews_rc
mews_session_end(struct mews_db *, const uint8_t *digest, struct mews_err *);
enum mews_rc
mews_session_end_all(struct mews_db *, int64_t user, struct mews_err *);

/*
 * Ends the least used ones of a user until at most `most` are left, and all
 * that began before `begun` or were used before `used` (all users).
 */
enum mews_rc mews_session_trim(struct mews_db *, int64_t user, int64_t most,
    struct mews_err *);
enum mews_rc mews_session_expire(struct mews_db *, int64_t begun, int64_t used,
    struct mews_err *);

/*
 * One line of the security log: a ring of 10,000.  what is a word such as
 * sign-in, wrong-pin, pin-blocked, codes-set.  Never a code.
 */
enum mews_rc mews_audit_add(struct mews_db *, int64_t t, const char *what,
    const char *user, const char *source, struct mews_err *);

#endif
