/*
 * account.h - users and roles: types, and their table in auth.db.
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
#define MEWS_USERS    20   /* most of them */
#define MEWS_RIGHTS   1000 /* bytes */
#define MEWS_PINS     3    /* PINs before the present one that are remembered */

enum mews_code { MEWS_PIN, MEWS_PUK };

struct mews_secret {
	uint8_t salt[MEWS_SALT], hash[MEWS_HASH];
};

struct mews_user {
	int64_t id;
	char name[MEWS_USERNAME + 1];
	char bound[MEWS_USERNAME + 1]; /* name the codes were hashed with */
	enum mews_role role;
	char lang[3];  /* en, it, fr; "" until one is chosen */
	char theme[6]; /* light, dark; "": as the browser has it */
	char
	    rights[MEWS_RIGHTS + 1]; /* see mews_rights_fit(); "": everything */
	bool enabled;
	bool factory;       /* still has the codes of the leaflet */
	int64_t pin_failed; /* wrong PINs in a row from browsers not known */
	int64_t failed;     /* wrong PINs since the last sign-in, from any */
	int64_t last_in;    /* last sign-in, Unix time; 0: never */
	int64_t changed;    /* when the codes were set, Unix time */
	struct mews_secret code[2]; /* by enum mews_code */
};

/*
 * "" or words with one blank between them, each zone:NAME (of a device's zone,
 * percent-encoded but for A-Z a-z 0-9 - . _ ~) or device:ID (of config.db).
 * "en", "it", "fr" or ""; "light", "dark" or "".
 */
bool mews_rights_fit(const char *);
bool mews_lang_fits(const char *);
bool mews_theme_fits(const char *);

/*
 * add sets u->id, and u->bound when it is "".  save writes everything but id.
 * remove takes sessions, browsers and past PINs along.  MEWS_BAD: no name.
 */
enum mews_rc
mews_user_add(struct mews_db *, struct mews_user *u, struct mews_err *);
enum mews_rc
mews_user_save(struct mews_db *, const struct mews_user *, struct mews_err *);
enum mews_rc mews_user_remove(struct mews_db *, int64_t id, struct mews_err *);
enum mews_rc mews_user_find(struct mews_db *, const char *name,
    struct mews_user *out, struct mews_err *);
enum mews_rc mews_user_load(struct mews_db *, int64_t id, struct mews_user *out,
    struct mews_err *);

/*
 * Users in order of id; fills at most max, sets *n to how many.
 */
enum mews_rc mews_user_list(struct mews_db *, struct mews_user *out, size_t max,
    size_t *n, struct mews_err *);

/*
 * The PINs a user had before, the newest first, MEWS_PINS at most; *n how many.
 */
enum mews_rc mews_pin_list(struct mews_db *, int64_t user,
    struct mews_secret out[MEWS_PINS], size_t *n, struct mews_err *);
enum mews_rc mews_pin_add(struct mews_db *, int64_t user,
    const struct mews_secret *, struct mews_err *);

#endif
