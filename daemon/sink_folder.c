/*
 * sink_folder.c - keeps the data folder true to the history.
 *
 * Each minute the open day grows.  Each hour the last stretches are made again,
 * which writes nothing where nothing changed.  What reaches further back is told
 * by events (a person amended it, days are cut anew) and by how far the history
 * was thinned; courier.db remembers up to which of both the folder is right.
 */
#include "event.h"
#include "folder.h"
#include "folder_settings.h"
#include "keep.h"
#include "setting.h"
#include "sink.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#define HOUR   3600
#define BEHIND 6 /* s after a minute until it is looked for */

/* Events after which what is long over may be other than it was. */
static const char *const reaching[] = { "meter-exchanged", "meter-replaced",
	"energy-accepted", "energy-rejected", "bucket-corrected",
	"amendment-undone", "history-imported", "zone-changed",
	"files-restored", "site-imported" };

/* What lives as long as the program. */
static struct {
	struct folder_days days;
	int64_t hour;   /* of the last round */
	int64_t due;    /* when the next turn is, unless it is woken */
	int64_t grown;  /* the pace's count when the open day last grew */
	char style[96]; /* settings that change every byte */
} kept;

/* Everything a turn works with. */
struct turn {
	const struct sink_turn *t;
	struct mews_site site;
	struct folder folder;
	char root[MEWS_PATH];
	bool woken; /* somebody wants it now */
};

static enum mews_rc
get(const struct sink_turn *t, const char *key,
    char text[MEWS_SETTING_MOST + 1], struct mews_err *err)
{
	return mews_setting_get(t->config, key, text, err);
}

/* Whether the disk has room, so that the folder takes none of what measuring
 * needs. */
static enum mews_rc
check_room(const struct turn *u, struct mews_err *err)
{
	char spare[MEWS_SETTING_MOST + 1];
	struct statvfs s;
	enum mews_rc rc = get(u->t, "folder_spare", spare, err);
	int64_t percent, least;

	if (rc != MEWS_OK)
		return rc;
	if (mkdir(u->root, 0750) != 0 && errno != EEXIST)
		return mews_fail(err, MEWS_FAIL, "%s: %s", u->root,
		    strerror(errno));
	if (statvfs(u->root, &s) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", u->root,
		    strerror(errno));
	if (s.f_flag & ST_RDONLY)
		return mews_fail(err, MEWS_FAIL, "%s: %s", u->root,
		    strerror(EROFS));
	least = strtoll(spare, NULL, 10);
	percent =
	    s.f_blocks == 0 ? 100 : (int64_t)(s.f_bavail * 100 / s.f_blocks);
	if (percent < least)
		return mews_fail(err, MEWS_AGAIN,
		    "%s: %lld %% of the disk are free, the data folder waits "
		    "for %lld %%",
		    u->root, (long long)percent, (long long)least);
	return MEWS_OK;
}

/* Lines of two formats never meet in one file. */
static void
note_style(const struct folder *f)
{
	char style[sizeof(kept.style)];

	(void)snprintf(style, sizeof(style), "%d %s %s %s", (int)f->minutes,
	    f->format, f->lang, f->site->zone);
	if (strcmp(style, kept.style) == 0)
		return;
	(void)strcpy(kept.style, style);
	folder_days_clear(&kept.days);
	kept.grown = 0;
}

static enum mews_rc
take_settings(struct turn *u, struct mews_err *err)
{
	struct folder *f = &u->folder;
	enum mews_rc rc;

	f->root = u->root;
	f->history = u->t->history;
	f->courier = u->t->courier;
	f->now = u->t->now;
	f->stop = u->t->stop;
	rc = folder_settings(u->t->config, f, &u->site, err);
	if (rc == MEWS_OK)
		note_style(f);
	return rc;
}

/* All files, where they are to look other than they did. */
static enum mews_rc
check_style(struct turn *u, bool *again, struct mews_err *err)
{
	int64_t was, sum = 0;
	const char *p;
	enum mews_rc rc;

	for (p = kept.style; *p != '\0'; p++)
		sum = sum * 131 % 1000003 + *p;
	rc = mews_cursor_get(u->t->courier, "folder-style", &was, err);
	*again = was != sum;
	if (rc == MEWS_OK && *again) {
		rc = folder_make_all(&u->folder, 0, 0, u->t->now, false, err);
		if (rc == MEWS_OK && !*u->t->stop)
			rc = mews_cursor_set(u->t->courier, "folder-style", sum,
			    err);
	}
	return rc;
}

static bool
reaches(const struct mews_event *e)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(reaching); i++)
		if (strcmp(e->kind->name, reaching[i]) == 0)
			return true;
	return false;
}

/* What happened since the folder was last right. */
static enum mews_rc
follow_events(struct turn *u, struct mews_err *err)
{
	static struct mews_event e[MEWS_EVENT_READS];
	struct mews_event_filter filter = { .before = 0 };
	int64_t seen, newest = 0;
	bool more = true;
	size_t n, i;
	enum mews_rc rc =
	    mews_cursor_get(u->t->courier, "folder-event", &seen, err);

	while (rc == MEWS_OK && more && !*u->t->stop) {
		rc = mews_event_read(u->t->history, &filter, e, MEWS_LEN(e), &n,
		    err);
		more = n == MEWS_LEN(e);
		for (i = 0; i < n && rc == MEWS_OK; i++) {
			newest = e[i].id > newest ? e[i].id : newest;
			filter.before = e[i].id;
			if (e[i].id <= seen) {
				more = false;
				break;
			}
			if (seen > 0 && reaches(&e[i]))
				rc = folder_make_all(&u->folder, e[i].device, 0,
				    u->t->now, false, err);
		}
	}
	if (rc == MEWS_OK && newest > seen && !*u->t->stop)
		rc =
		    mews_cursor_set(u->t->courier, "folder-event", newest, err);
	return rc;
}

/* Where buckets of a class were taken away, files lose them too. */
static enum mews_rc
follow_thinning(struct turn *u, struct mews_err *err)
{
	enum mews_keep_class c;
	enum mews_level level;
	int64_t was, upto;
	char name[32];
	enum mews_rc rc = MEWS_OK;

	for (c = 0; c < MEWS_KEEP_CLASSES; c++)
		for (level = MEWS_MINUTE; level <= MEWS_DAY; level++) {
			(void)snprintf(name, sizeof(name), "folder-upto-%d-%d",
			    (int)c, (int)level);
			if ((rc = mews_cursor_get(u->t->courier, name, &was,
				 err)) != MEWS_OK ||
			    (rc = mews_keep_upto(u->t->history, c, level, &upto,
				 err)) != MEWS_OK)
				return rc;
			if (upto <= was || *u->t->stop)
				continue;
			if ((rc = folder_make(&u->folder, 0, level, was, upto,
				 false, err)) != MEWS_OK ||
			    (rc = mews_cursor_set(u->t->courier, name, upto,
				 err)) != MEWS_OK)
				return rc;
		}
	return MEWS_OK;
}

/* The last stretch of each level and the one before it. */
static enum mews_rc
make_recent(struct turn *u, struct mews_err *err)
{
	static const struct {
		enum mews_level level, whole;
	} last[] = { { MEWS_MINUTE, MEWS_DAY }, { MEWS_HOUR, MEWS_MONTH },
		{ MEWS_DAY, MEWS_YEAR }, { MEWS_MONTH, MEWS_YEAR } };
	int64_t now = u->t->now;
	size_t i;
	enum mews_rc rc = MEWS_OK;

	for (i = 0; i < MEWS_LEN(last) && rc == MEWS_OK; i++)
		rc = folder_make(&u->folder, 0, last[i].level,
		    mews_calendar_step(last[i].whole, now, -1), now, false,
		    err);
	return rc;
}

/* Once an hour, and at the start. */
static enum mews_rc
round_of(struct turn *u, struct mews_err *err)
{
	enum mews_rc rc = follow_thinning(u, err);

	if (rc != MEWS_OK)
		return rc;
	if (kept.hour == 0)
		rc = folder_make_all(&u->folder, 0, 0, u->t->now, true, err);
	return rc == MEWS_OK ? make_recent(u, err) : rc;
}

/* How often the open day grows.  However short a line is, a disk writes the
 * page it ends in. */
static enum mews_rc
grow(struct turn *u, struct mews_err *err)
{
	char pace[MEWS_SETTING_MOST + 1] = "";
	enum mews_rc rc = get(u->t, "folder_pace", pace, err);
	int64_t s = strcmp(pace, "minute") == 0 ? 60
	    : strcmp(pace, "quarter") == 0      ? HOUR / 4
						: HOUR;

	if (rc != MEWS_OK || u->folder.minutes == FOLDER_NONE ||
	    (kept.grown == u->t->now / s && !u->woken))
		return rc;
	rc = folder_grow(&u->folder, &kept.days, err);
	kept.grown = rc == MEWS_OK ? u->t->now / s : 0;
	return rc;
}

static enum mews_rc
work(struct turn *u, struct mews_err *err)
{
	int64_t hour = u->t->now - u->t->now % HOUR;
	bool again = false;
	enum mews_rc rc;

	if ((rc = check_room(u, err)) != MEWS_OK ||
	    (rc = take_settings(u, err)) != MEWS_OK ||
	    (rc = follow_events(u, err)) != MEWS_OK)
		return rc;
	if ((rc = grow(u, err)) == MEWS_OK)
		rc = check_style(u, &again, err);
	if (rc == MEWS_OK && hour != kept.hour) {
		rc = again ? MEWS_OK : round_of(u, err);
		if (rc == MEWS_OK && !*u->t->stop)
			kept.hour = hour;
	}
	return rc;
}

static enum mews_rc
turn(const struct sink_turn *t, int *wait_s, struct mews_err *err)
{
	struct turn u = { .t = t };
	char on[MEWS_SETTING_MOST + 1];
	enum mews_rc rc;

	*wait_s = (int)(60 + BEHIND - t->now % 60);
	u.woken = t->now < kept.due;
	kept.due = t->now + *wait_s;
	if (t->config == NULL || t->history == NULL)
		return MEWS_NONE;
	if ((rc = get(t, "folder", on, err)) != MEWS_OK)
		return rc;
	if (strcmp(on, "on") != 0)
		return MEWS_NONE;
	(void)mews_place_path(t->place, MEWS_FOLDER, u.root);
	rc = work(&u, err);
	mews_site_clear(&u.site);
	if (rc != MEWS_OK)
		kept.hour = 0; /* nobody knows how long it will have been */
	return rc == MEWS_NONE
	    ? mews_fail(err, MEWS_FAIL, "the data folder lacks what it needs")
	    : rc;
}

const struct sink sink_folder = { .name = "folder", .turn = turn };
