/*
 * folder.c - which files there are, and what stands in each.
 *
 * A file is a function of the history alone: it is made in memory and then put
 * in its place, where it mostly stands already.
 */
#include "folder.h"
#include "folder_file.h"
#include "json.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATHS   700
#define SETTLED 600 /* s after its end until a file counts as finished */

/* How the rows of a level are cut into files. */
static const struct {
	enum mews_level whole; /* a file is one of these */
	bool year;             /* its folder has folders of years */
	int digits;            /* of the date in its name */
	const char *tail;
} cuts[] = {
	[MEWS_MINUTE] = { MEWS_DAY, true, 10, "" },
	[MEWS_HOUR] = { MEWS_MONTH, true, 7, "_hours" },
	[MEWS_DAY] = { MEWS_YEAR, false, 4, "_days" },
	[MEWS_MONTH] = { MEWS_LEVELS, false, 0, "_months" },
};

/* One device, or the site, and what it measured. */
struct owner {
	char name[16];
	struct mews_table *few, *all; /* counters; everything */
};

static bool
stopped(const struct folder *f)
{
	return f->stop != NULL && *f->stop;
}

void
folder_path(char *path, const char *name, enum mews_level level, int64_t t)
{
	char date[MEWS_STAMP];

	mews_calendar_local(t, date);
	(void)snprintf(path, MEWS_FILE_PATH, "%s/%.*s%s%s%s%.*s%s.csv", name,
	    cuts[level].year ? 4 : 0, date, cuts[level].year ? "/" : "", name,
	    cuts[level].digits > 0 ? "_" : "", cuts[level].digits, date,
	    cuts[level].tail);
}

static int64_t
sum_of(const struct mews_buf *b)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);
	size_t i;

	for (i = 0; i < b->n; i++)
		h = (h ^ (unsigned char)b->s[i]) * UINT64_C(0x100000001b3);
	return (int64_t)h;
}

/* Whether courier.db knows it as finished and nobody touched it since. */
static bool
known(const struct folder *f, const char *path, const char *whole)
{
	struct mews_finished was;
	struct mews_err err;
	int64_t size, t;

	return f->courier != NULL && folder_file_look(whole, &size, &t) &&
	    mews_finished_find(f->courier, path, &was, &err) == MEWS_OK &&
	    was.size == size && was.t == t;
}

/* The file is as it is to be; over: it stays so. */
static enum mews_rc
note(struct folder *f, const char *path, const char *whole,
    const struct mews_buf *b, bool over, struct mews_err *err)
{
	struct mews_finished done = { .sum = sum_of(b) };

	if (f->courier == NULL || !over ||
	    !folder_file_look(whole, &done.size, &done.t))
		return MEWS_OK;
	(void)snprintf(done.path, sizeof(done.path), "%s", path);
	return mews_finished_add(f->courier, &done, err);
}

enum mews_rc
folder_put(struct folder *f, const char *path, const struct mews_buf *b,
    bool over, struct mews_err *err)
{
	char whole[PATHS];
	bool changed;
	enum mews_rc rc;

	(void)snprintf(whole, sizeof(whole), "%s/%s", f->root, path);
	if (b->n > 0) {
		rc = folder_file_put(whole, b, &f->written, &changed, err);
		return rc == MEWS_OK ? note(f, path, whole, b, over, err) : rc;
	}
	folder_file_remove(f->root, whole);
	return f->courier == NULL ? MEWS_OK
				  : mews_finished_drop(f->courier, path, err);
}

enum mews_rc
folder_fill(struct folder *f, struct mews_table *t, enum mews_level level,
    int64_t from, int64_t to, struct mews_buf *b, int64_t *last,
    struct mews_err *err)
{
	enum mews_rc rc = mews_table_read(t, f->history, level, from, to,
	    f->now, MEWS_SHOW_FILLED, err);
	struct mews_csv csv;
	size_t head;
	int64_t at;

	mews_buf_reset(b);
	if (rc != MEWS_OK)
		return rc;
	mews_csv_init(&csv, b, f->format, f->lang);
	mews_table_head(t, &csv);
	head = b->n;
	while (mews_table_row(t, &csv, &at))
		*last = at;
	if (b->n == head)
		mews_buf_reset(b);
	return MEWS_OK;
}

static enum mews_rc
make_file(struct folder *f, const struct owner *o, enum mews_level level,
    int64_t from, int64_t to, bool trust, struct mews_buf *b,
    struct mews_err *err)
{
	char path[MEWS_FILE_PATH], whole[PATHS];
	struct mews_table *t =
	    level == MEWS_MINUTE && f->minutes == FOLDER_COUNTERS ? o->few
								  : o->all;
	bool over = to + SETTLED <= f->now;
	int64_t last;
	enum mews_rc rc = MEWS_OK;

	folder_path(path, o->name, level, from);
	(void)snprintf(whole, sizeof(whole), "%s/%s", f->root, path);
	if (trust && over && known(f, path, whole))
		return MEWS_OK;
	mews_buf_reset(b);
	if (level != MEWS_MINUTE || f->minutes != FOLDER_NONE)
		rc = folder_fill(f, t, level, from, to, b, &last, err);
	return rc == MEWS_OK ? folder_put(f, path, b, over, err) : rc;
}

/* The files of one owner and level that touch [from, to). */
static enum mews_rc
make_level(struct folder *f, const struct owner *o, enum mews_level level,
    int64_t from, int64_t to, bool trust, struct mews_err *err)
{
	struct mews_buf b = { 0 };
	enum mews_level whole = cuts[level].whole;
	int64_t t = 86400, next, first = 0;
	enum mews_rc rc = MEWS_OK;

	if (level != MEWS_MONTH) {
		rc = from > 0
		    ? MEWS_OK
		    : mews_history_begin(f->history, level, &first, err);
		t = mews_calendar_floor(whole, from == 0 ? first : from);
	}
	to = to < f->now ? to : f->now;
	for (; rc == MEWS_OK && t < to && !stopped(f); t = next) {
		next = whole < MEWS_LEVELS ? mews_calendar_step(whole, t, 1)
					   : INT64_MAX - SETTLED;
		if (next < INT64_MAX - SETTLED)
			rc = make_file(f, o, level, t, next, trust, &b, err);
		else {
			next = mews_calendar_floor(MEWS_MONTH, f->now) + 1;
			rc = make_file(f, o, level, t, next, false, &b, err);
			break;
		}
	}
	mews_buf_clear(&b);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* What the columns are, for programs. */
static enum mews_rc
make_columns(struct folder *f, const struct owner *o, const char *device,
    struct mews_err *err)
{
	char path[MEWS_FILE_PATH];
	struct mews_buf b = { 0 };
	enum mews_rc rc;

	(void)snprintf(path, sizeof(path), "%s/%s_columns.json", o->name,
	    o->name);
	rc = mews_table_read(o->all, f->history, MEWS_MONTH, f->now - 1, f->now,
	    f->now, MEWS_SHOW_ALL, err);
	mews_buf_byte(&b, '{');
	mews_json_member(&b, "name", device);
	mews_json_member(&b, "zone", f->site->zone);
	mews_json_name(&b, "columns");
	mews_table_json(o->all, &b);
	mews_buf_str(&b, "}\n");
	if (rc == MEWS_OK)
		rc = folder_put(f, path, &b, false, err);
	mews_buf_clear(&b);
	return rc;
}

/* A device, or with NULL the site. */
static enum mews_rc
open_owner(const struct folder *f, const struct mews_device *d, struct owner *o,
    struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t i;

	mews_folder_name(o->name, d == NULL ? "" : d->plate);
	o->few = mews_table_new(false);
	o->all = mews_table_new(d == NULL);
	if (d != NULL) {
		rc = mews_table_add(o->few, f->history, d->id, d->plate, true,
		    err);
		return rc != MEWS_OK ? rc
				     : mews_table_add(o->all, f->history, d->id,
					   d->plate, false, err);
	}
	for (i = 0; i < f->site->ndevices && rc == MEWS_OK; i++)
		rc = mews_table_add(o->all, f->history, f->site->device[i].id,
		    f->site->device[i].plate, true, err);
	return rc;
}

static enum mews_rc
make_owner(struct folder *f, const struct mews_device *d, enum mews_level level,
    int64_t from, int64_t to, bool trust, struct mews_err *err)
{
	struct owner o = { .few = NULL };
	enum mews_rc rc = open_owner(f, d, &o, err);

	if (rc == MEWS_OK && (d != NULL || level > MEWS_MINUTE))
		rc = make_level(f, &o, level, from, to, trust, err);
	if (rc == MEWS_OK && level == MEWS_MONTH)
		rc = make_columns(f, &o, d == NULL ? f->site->name : d->name,
		    err);
	mews_table_free(o.few);
	mews_table_free(o.all);
	return rc;
}

enum mews_rc
folder_make(struct folder *f, int64_t device, enum mews_level level,
    int64_t from, int64_t to, bool trust, struct mews_err *err)
{
	const struct mews_device *d = f->site->device;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < f->site->ndevices && rc == MEWS_OK && !stopped(f); i++)
		if (device == 0 || d[i].id == device)
			rc = make_owner(f, &d[i], level, from, to, trust, err);
	return rc == MEWS_OK && !stopped(f)
	    ? make_owner(f, NULL, level, from, to, trust, err)
	    : rc;
}

enum mews_rc
folder_make_all(struct folder *f, int64_t device, int64_t from, int64_t to,
    bool trust, struct mews_err *err)
{
	enum mews_level level;
	enum mews_rc rc = MEWS_OK;

	for (level = MEWS_MINUTE; level <= MEWS_MONTH && rc == MEWS_OK; level++)
		rc = folder_make(f, device, level, from, to, trust, err);
	return rc;
}
