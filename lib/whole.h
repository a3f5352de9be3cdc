/*
 * whole.h - a site with its settings and its own profiles, as one text.
 *
 *	# any number of comments
 *	site ...            line, device and gateway lines as site.h says
 *	setting language it
 *	profile my-meter    its text follows, each line behind a '|'
 *	|vendor "Somebody"
 *
 * The text says all of a site: what it does not name the site no longer has,
 * except settings, which stay.  No setting is a secret: codes and keys stand
 * in other databases.
 */
#ifndef MEWS_WHOLE_H
#define MEWS_WHOLE_H

#include "setting.h"
#include "site.h"
#include "site_profile.h"

#define MEWS_WHOLE_MOST 1048576 /* bytes */

struct mews_whole_setting {
	char key[33], value[MEWS_SETTING_MOST + 1];
};

struct mews_whole {
	struct mews_site site;
	struct mews_whole_setting *setting; /* owned */
	size_t nsettings;
	struct mews_own_profile *profile; /* owned, by name */
	size_t nprofiles;
};

/*
 * From text.  path is for the sentence, share's folder of meters for the
 * profiles that devices name.  MEWS_BAD: path, line and mistake, also when a
 * device's profile is unknown or a template, or when the site has more
 * addresses than `most`, where the text sets no model.
 */
enum mews_rc mews_whole_parse(const char *path, const char *text, size_t n,
    const char *meters, int64_t most, struct mews_whole *out,
    struct mews_err *);

/*
 * From a file or "-", standard input; MEWS_NONE: no such file.
 */
enum mews_rc mews_whole_read(const char *path, const char *meters, int64_t most,
    struct mews_whole *out, struct mews_err *);

/*
 * From and to config.db.  Save is one transaction.
 */
enum mews_rc
mews_whole_load(struct mews_db *, struct mews_whole *out, struct mews_err *);
enum mews_rc
mews_whole_save(struct mews_db *, const struct mews_whole *, struct mews_err *);
void mews_whole_clear(struct mews_whole *);

/*
 * Appends the text.  Loaded, written, parsed, saved elsewhere, loaded and
 * written again it is the same.
 */
void mews_whole_text(const struct mews_whole *, struct mews_buf *);

/*
 * What would change from old to new, in the order of the text.
 */
enum mews_change_kind {
	MEWS_CHANGE_SITE,
	MEWS_CHANGE_LINE,
	MEWS_CHANGE_DEVICE,
	MEWS_CHANGE_GATEWAY,
	MEWS_CHANGE_SETTING,
	MEWS_CHANGE_PROFILE
};

struct mews_change {
	enum mews_change_kind kind;
	char name[64];   /* of the line, plate, key ...; "" where there is one
			  * only, and where the order of all changes */
	char *was, *now; /* owned: line of text, NULL: not there.  The text of
			  * a profile is not in it, but both are there. */
};

/*
 * *out is the caller's: mews_changes_free.
 */
void mews_whole_differ(const struct mews_whole *old,
    const struct mews_whole *new, struct mews_change **out, size_t *n);
void mews_changes_free(struct mews_change *, size_t n);

/*
 * "site", "line" ...
 */
const char *mews_change_kind_name(enum mews_change_kind);

/*
 * Changes a setting, model not below the addresses the site has: as
 * mews_setting_set.
 */
enum mews_rc mews_whole_set(struct mews_db *, const char *key,
    const char *value, struct mews_err *);

#endif
