/*
 * setting.h - settings as rows of config.db, one table of what there is.
 *
 * A new setting is one row in setting.c.
 */
#ifndef MEWS_SETTING_H
#define MEWS_SETTING_H

#include "account.h"
#include "db.h"

enum mews_setting_type {
	MEWS_SETTING_INT,
	MEWS_SETTING_TEXT,
	MEWS_SETTING_WORD /* one of a list */
};

struct mews_setting {
	const char *key;
	enum mews_setting_type type;
	int64_t min, max;     /* value, or length of a text in bytes */
	const char *allowed;  /* the words, with a blank between */
	const char *standard; /* value when none is stored */
	enum mews_role who;   /* least role that may change it */
	const char *does;     /* one sentence */
};

/*
 * NULL when there is none; the i-th, NULL behind the end.
 */
const struct mews_setting *mews_setting_find(const char *key);
const struct mews_setting *mews_setting_at(size_t i);

/*
 * MEWS_BAD with a sentence that says the bounds when it may not have the value.
 */
enum mews_rc mews_setting_fits(const struct mews_setting *, const char *value,
    struct mews_err *);

/*
 * The stored value or the standard one, into text of MEWS_SETTING_MOST + 1
 * bytes.  set: MEWS_NONE for an unknown key, MEWS_BAD out of bounds, with a
 * sentence that says them.
 */
#define MEWS_SETTING_MOST 200
enum mews_rc mews_setting_get(struct mews_db *, const char *key,
    char text[MEWS_SETTING_MOST + 1], struct mews_err *);
enum mews_rc mews_setting_set(struct mews_db *, const char *key,
    const char *value, struct mews_err *);

#endif
