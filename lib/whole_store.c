/*
 * whole_store.c - a whole site from and to config.db.
 */
#include "whole.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

static enum mews_rc
load_settings(struct mews_db *db, struct mews_whole *w, struct mews_err *err)
{
	const struct mews_setting *row;
	struct mews_whole_setting *s;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; rc == MEWS_OK && (row = mews_setting_at(i)) != NULL; i++) {
		w->setting = mews_realloc(w->setting, i + 1, sizeof(*s));
		s = &w->setting[i];
		(void)mews_str_copy(s->key, sizeof(s->key), row->key);
		rc = mews_setting_get(db, row->key, s->value, err);
		w->nsettings = i + 1;
	}
	return rc;
}

enum mews_rc
mews_whole_load(struct mews_db *db, struct mews_whole *out,
    struct mews_err *err)
{
	bool begun;
	enum mews_rc rc;

	*out = (struct mews_whole){ 0 };
	if ((rc = mews_db_snapshot(db, &begun, err)) != MEWS_OK)
		return rc;
	rc = mews_site_load(db, &out->site, err);
	if (rc == MEWS_OK)
		rc = load_settings(db, out, err);
	if (rc == MEWS_OK)
		rc = mews_own_profiles_load(db, &out->profile, &out->nprofiles,
		    err);
	if (begun)
		rc = mews_db_end(db, rc, err);
	if (rc != MEWS_OK)
		mews_whole_clear(out);
	return rc;
}

enum mews_rc
mews_whole_save(struct mews_db *db, const struct mews_whole *w,
    struct mews_err *err)
{
	bool begun;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_join(db, &begun, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < w->nsettings && rc == MEWS_OK; i++)
		rc = mews_setting_set(db, w->setting[i].key,
		    w->setting[i].value, err);
	if (rc == MEWS_OK)
		rc = mews_own_profiles_save(db, w->profile, w->nprofiles, err);
	if (rc == MEWS_OK)
		rc = mews_site_save(db, &w->site, err);
	return begun ? mews_db_end(db, rc, err) : rc;
}

void
mews_whole_clear(struct mews_whole *w)
{
	mews_site_clear(&w->site);
	free(w->setting);
	mews_own_profiles_free(w->profile, w->nprofiles);
	*w = (struct mews_whole){ 0 };
}

enum mews_rc
mews_whole_set(struct mews_db *db, const char *key, const char *value,
    struct mews_err *err)
{
	struct mews_site site = { 0 };
	int64_t most;
	bool begun;
	enum mews_rc rc;

	if ((rc = mews_db_join(db, &begun, err)) != MEWS_OK)
		return rc;
	rc = mews_setting_set(db, key, value, err);
	if (rc == MEWS_OK && strcmp(key, "model") == 0 &&
	    (rc = mews_site_load(db, &site, err)) == MEWS_OK &&
	    (rc = mews_site_most(db, &most, err)) == MEWS_OK)
		rc = mews_site_fits(&site, most, err);
	mews_site_clear(&site);
	return begun ? mews_db_end(db, rc, err) : rc;
}
