/*
 * base.c - four readers' handles and what was read through them.
 *
 * A file may be replaced under us (a damaged one is set aside, live.db is made
 * anew at each start of mewsd), so its identity is looked at once a request;
 * what was read is read again when SQLite says that somebody committed.
 */
#include "base.h"

#include "calendar.h"
#include "log.h"
#include "mark.h"
#include "may.h"
#include "schema.h"
#include "site_profile.h"
#include "setting.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct source {
	enum mews_file file;
	struct mews_db *db; /* NULL while it is not there */
	dev_t dev;
	ino_t ino;
	int64_t version;
	bool complained;
};

struct base {
	const struct mews_place *place;
	struct source config, history, live;
	struct mews_site site;
	struct may_view seen; /* of the site, by this visitor */
	char language[MEWS_SETTING_MOST + 1];
	char csv_format[MEWS_SETTING_MOST + 1];
	struct mews_profile *profile; /* one a device; name "" if unreadable */
	struct mews_live now;
	int64_t edition, minute;
	char damaged[64];
};

struct base *
base_new(const struct mews_place *place)
{
	struct base *b = mews_alloc(1, sizeof(*b));

	b->place = place;
	b->config.file = MEWS_CONFIG_DB;
	b->history.file = MEWS_HISTORY_DB;
	b->live.file = MEWS_LIVE_DB;
	return b;
}

static void
drop_site(struct base *b)
{
	size_t i;

	may_view_clear(&b->seen);
	for (i = 0; i < b->site.ndevices; i++)
		if (b->profile[i].name[0] != '\0')
			mews_profile_clear(&b->profile[i]);
	free(b->profile);
	b->profile = NULL;
	mews_site_clear(&b->site);
	b->site = (struct mews_site){ 0 };
}

void
base_free(struct base *b)
{
	drop_site(b);
	mews_live_clear(&b->now);
	mews_db_close(b->config.db);
	mews_db_close(b->history.db);
	mews_db_close(b->live.db);
	free(b);
}

/* Logs a failure of a file once, until it works again. */
static void
complain(struct source *s, enum mews_rc rc, const struct mews_err *err)
{
	if (rc != MEWS_NONE && !s->complained)
		mews_log(MEWS_LOG_ERROR, "%s", err->text);
	s->complained = rc != MEWS_NONE;
}

/* Opens the file, or opens it again when it is another one.  *changed when
 * there is something new to read. */
static enum mews_rc
look(struct base *b, struct source *s, bool *changed, struct mews_err *err)
{
	char path[MEWS_PATH];
	struct stat st;
	int64_t version = 0;
	enum mews_rc rc;

	(void)mews_place_path(b->place, s->file, path);
	if (stat(path, &st) != 0)
		st.st_ino = 0;
	*changed = false;
	if (s->db != NULL && (st.st_ino != s->ino || st.st_dev != s->dev)) {
		mews_db_close(s->db);
		s->db = NULL;
		*changed = true;
	}
	if (s->db == NULL) {
		if (st.st_ino == 0)
			return MEWS_OK;
		rc = mews_schema_open(b->place, s->file, MEWS_DB_READ, &s->db,
		    err);
		if (rc != MEWS_OK) {
			s->db = NULL;
			if (rc != MEWS_AGAIN)
				complain(s, rc, err);
			return rc == MEWS_AGAIN ? rc : MEWS_OK;
		}
		s->dev = st.st_dev;
		s->ino = st.st_ino;
		s->complained = false;
		*changed = true;
	}
	if ((rc = mews_db_version(s->db, &version, err)) != MEWS_OK)
		return rc == MEWS_AGAIN ? rc : MEWS_OK;
	*changed = *changed || version != s->version;
	s->version = version;
	return MEWS_OK;
}

static void
read_profiles(struct base *b)
{
	char dir[MEWS_PATH];
	struct mews_err err;
	size_t i;

	(void)mews_place_path(b->place, MEWS_METERS, dir);
	b->profile = mews_alloc(b->site.ndevices + 1, sizeof(*b->profile));
	for (i = 0; i < b->site.ndevices; i++)
		if (mews_site_profile(b->config.db, dir,
			b->site.device[i].profile, &b->profile[i],
			&err) != MEWS_OK) {
			b->profile[i] = (struct mews_profile){ 0 };
			mews_log(MEWS_LOG_ERROR, "%s: %s",
			    b->site.device[i].plate, err.text);
		}
}

/* The settings that pages obey; "" for one that cannot be read. */
static enum mews_rc
read_settings(struct base *b, struct mews_err *err)
{
	struct mews_db *db = b->config.db;
	enum mews_rc rc;

	b->language[0] = b->csv_format[0] = '\0';
	if (db == NULL)
		return MEWS_OK;
	rc = mews_setting_get(db, "language", b->language, err);
	if (rc == MEWS_OK)
		rc = mews_setting_get(db, "csv_format", b->csv_format, err);
	return rc;
}

static enum mews_rc
read_site(struct base *b, struct mews_err *err)
{
	struct mews_site site = { 0 };
	enum mews_rc rc = MEWS_OK;

	if (read_settings(b, err) == MEWS_AGAIN ||
	    (b->config.db != NULL &&
		(rc = mews_site_load(b->config.db, &site, err)) ==
		    MEWS_AGAIN)) {
		mews_site_clear(&site);
		b->config.version = -1;
		return MEWS_AGAIN;
	}
	if (rc != MEWS_OK)
		complain(&b->config, rc, err);
	drop_site(b);
	b->site = site;
	read_profiles(b);
	if (site.zone[0] != '\0' &&
	    mews_calendar_zone(site.zone, err) != MEWS_OK)
		mews_log(MEWS_LOG_ERROR, "%s", err->text);
	return MEWS_OK;
}

static enum mews_rc
read_live(struct base *b, struct mews_err *err)
{
	struct mews_live live = { 0 };
	enum mews_rc rc = MEWS_OK;

	if (b->live.db != NULL &&
	    (rc = mews_live_load(b->live.db, &live, err)) == MEWS_AGAIN) {
		b->live.version = -1;
		return rc;
	}
	if (rc != MEWS_OK)
		complain(&b->live, rc, err);
	mews_live_clear(&b->now);
	b->now = live;
	return MEWS_OK;
}

static void
read_damage(struct base *b)
{
	if (b->history.db == NULL ||
	    mews_mark_get(b->history.db, MEWS_MARK_DAMAGED, b->damaged,
		sizeof(b->damaged), NULL) != MEWS_OK)
		b->damaged[0] = '\0';
}

enum mews_rc
base_fresh(struct base *b, struct mews_err *err)
{
	bool config, live, history;
	int64_t minute = (int64_t)time(NULL) / 60;
	enum mews_rc rc;

	if ((rc = look(b, &b->config, &config, err)) != MEWS_OK ||
	    (rc = look(b, &b->live, &live, err)) != MEWS_OK ||
	    (rc = look(b, &b->history, &history, err)) != MEWS_OK)
		return rc;
	if (config && (rc = read_site(b, err)) != MEWS_OK)
		return rc;
	if (live && (rc = read_live(b, err)) != MEWS_OK)
		return rc;
	if (history)
		read_damage(b);
	base_narrow(b, "");
	if (config || live || history || minute != b->minute)
		b->edition++;
	b->minute = minute;
	return MEWS_OK;
}

void
base_narrow(struct base *b, const char *rights)
{
	may_view_clear(&b->seen);
	may_view(&b->site, rights, &b->seen);
}

const char *
base_only(const struct base *b)
{
	return b->seen.only;
}

int64_t
base_edition(const struct base *b)
{
	return b->edition;
}

const struct mews_site *
base_site(const struct base *b)
{
	return &b->seen.site;
}

const char *
base_damaged(const struct base *b)
{
	return b->damaged;
}

const char *
base_language(const struct base *b)
{
	return b->language;
}

const char *
base_csv_format(const struct base *b)
{
	return b->csv_format;
}

const struct mews_live *
base_live(const struct base *b)
{
	return &b->now;
}

struct mews_db *
base_db(const struct base *b, enum mews_file file)
{
	return file == MEWS_CONFIG_DB ? b->config.db
	    : file == MEWS_LIVE_DB    ? b->live.db
				      : b->history.db;
}

const struct mews_profile *
base_profile(const struct base *b, size_t device)
{
	const size_t *index = b->seen.index;
	const struct mews_profile *p =
	    &b->profile[index == NULL ? device : index[device]];

	return p->name[0] == '\0' ? NULL : p;
}

size_t
base_quantities(const struct base *b, size_t device,
    const struct mews_quantity **out, size_t max)
{
	const struct mews_profile *p = base_profile(b, device);

	return p == NULL
	    ? 0
	    : mews_device_quantities(&b->seen.site.device[device], p, out, max);
}

bool
base_measures(const struct base *b, size_t device, const char *quantity)
{
	const struct mews_quantity *q[BASE_QUANTITIES];
	size_t i, n = base_quantities(b, device, q, MEWS_LEN(q));

	for (i = 0; i < n; i++)
		if (strcmp(q[i]->name, quantity) == 0)
			return true;
	return false;
}

/* MEWS_NONE when there is no such series. */
static enum mews_rc
series(struct base *b, const struct mews_device *d, const char *quantity,
    const struct mews_quantity **q, int64_t *id, struct mews_err *err)
{
	*q = mews_quantity_find(quantity);
	if (b->history.db == NULL || *q == NULL)
		return mews_fail(err, MEWS_NONE, "no history of %s", quantity);
	return mews_history_find(b->history.db, d->id, *q, id, err);
}

/* To a page, damage in our own file is a failure, not a wrong question. */
static enum mews_rc
settled(enum mews_rc rc)
{
	if (rc == MEWS_NONE)
		return MEWS_OK;
	return rc == MEWS_BAD ? MEWS_FAIL : rc;
}

enum mews_rc
base_read(struct base *b, const struct mews_device *d, const char *quantity,
    enum mews_level level, int64_t from, int64_t to, int64_t now,
    struct mews_buckets *out, struct mews_err *err)
{
	const struct mews_quantity *q;
	int64_t id;
	enum mews_rc rc = series(b, d, quantity, &q, &id, err);

	*out = (struct mews_buckets){ 0 };
	if (rc == MEWS_OK && from < to)
		rc = mews_history_read(b->history.db, id, q->kind, level, from,
		    to, now, out, err);
	return settled(rc);
}

enum mews_rc
base_last(struct base *b, const struct mews_device *d, const char *quantity,
    struct mews_bucket *out, struct mews_err *err)
{
	const struct mews_quantity *q;
	int64_t id;
	enum mews_rc rc = series(b, d, quantity, &q, &id, err);

	if (rc == MEWS_OK)
		rc = mews_history_last(b->history.db, id, out, err);
	return rc;
}

enum mews_rc
base_span(struct base *b, int64_t *first, int64_t *last, struct mews_err *err)
{
	if (b->history.db == NULL)
		return mews_fail(err, MEWS_NONE, "no history");
	return mews_history_span(b->history.db, first, last, err);
}
