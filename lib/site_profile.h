/*
 * site_profile.h - the profiles a site can use: its own, kept in config.db as
 * text, beside those that ship.
 */
#ifndef MEWS_SITE_PROFILE_H
#define MEWS_SITE_PROFILE_H

#include "buf.h"
#include "db.h"
#include "profile.h"

/*
 * By name: the site's own, or share's folder of meters.  MEWS_NONE: there is
 * none.  MEWS_BAD: file or profile, line and mistake; a template too, with
 * what it lacks.  config may be NULL: only those that ship.
 */
enum mews_rc mews_site_profile(struct mews_db *config, const char *meters,
    const char *name, struct mews_profile *out, struct mews_err *);

/*
 * The same, where a template is MEWS_OK too; *own is false for one that ships.
 */
enum mews_rc mews_site_profile_look(struct mews_db *config, const char *meters,
    const char *name, struct mews_profile *out, bool *own, struct mews_err *);

/*
 * Whether one of that name ships.
 */
bool mews_site_profile_ships(const char *meters, const char *name);

/*
 * Its text.  MEWS_NONE: there is none.
 */
enum mews_rc mews_site_profile_text(struct mews_db *config, const char *meters,
    const char *name, struct mews_buf *out, struct mews_err *);

/*
 * All of them, by name; *out is the caller's.
 */
struct mews_profile_entry {
	char name[64], vendor[48], model[64], family[64];
	char lacks[160]; /* of a template: no device can be asked with it */
	bool own;
	unsigned values; /* that it reads */
	unsigned inputs; /* for pulses */
};
enum mews_rc mews_site_profiles(struct mews_db *config, const char *meters,
    struct mews_profile_entry **out, size_t *n, struct mews_err *);

/*
 * An own profile.  Put: MEWS_BAD with line and mistake, also when one that
 * ships has the name; a template is kept too.  Remove: MEWS_BAD while a device
 * uses it, MEWS_NONE when there is none.
 */
struct mews_own_profile {
	char name[64];
	char *text; /* owned; each line ends with '\n' */
};
enum mews_rc mews_site_profile_put(struct mews_db *, const char *meters,
    const char *name, const char *text, size_t n, struct mews_err *);
enum mews_rc
mews_site_profile_remove(struct mews_db *, const char *name, struct mews_err *);

/*
 * All own ones, by name; and the other way round, which forgets the others.
 * Not checked: the caller has.
 */
enum mews_rc mews_own_profiles_load(struct mews_db *,
    struct mews_own_profile **out, size_t *n, struct mews_err *);
enum mews_rc mews_own_profiles_save(struct mews_db *,
    const struct mews_own_profile *, size_t n, struct mews_err *);
void mews_own_profiles_free(struct mews_own_profile *, size_t n);

#endif
