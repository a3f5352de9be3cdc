/*
 * folder_day.c - the files of the open day grow a line a minute.
 */
#include "folder.h"
#include "folder_file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PATHS 700

static void
forget(struct folder_day *d)
{
	mews_table_free(d->table);
	*d = (struct folder_day){ .device = d->device };
}

void
folder_days_clear(struct folder_days *days)
{
	size_t i;

	for (i = 0; i < days->n; i++)
		forget(&days->d[i]);
	free(days->d);
	*days = (struct folder_days){ 0 };
}

static struct folder_day *
find(struct folder_days *days, int64_t device)
{
	size_t i;

	for (i = 0; i < days->n; i++)
		if (days->d[i].device == device)
			return &days->d[i];
	days->d = mews_realloc(days->d, days->n + 1, sizeof(*days->d));
	days->d[days->n] = (struct folder_day){ .device = device };
	return &days->d[days->n++];
}

/* The whole day anew. */
static enum mews_rc
make(struct folder *f, struct folder_day *d, const char *plate,
    const char *path, int64_t day, struct mews_err *err)
{
	struct mews_buf b = { 0 };
	enum mews_rc rc;

	forget(d);
	d->table = mews_table_new(false);
	d->from = day;
	d->last = day - 60;
	rc = mews_table_add(d->table, f->history, d->device, plate,
	    f->minutes == FOLDER_COUNTERS, err);
	if (rc == MEWS_OK)
		rc = folder_fill(f, d->table, MEWS_MINUTE, day,
		    mews_calendar_step(MEWS_DAY, day, 1), &b, &d->last, err);
	if (rc == MEWS_OK)
		rc = folder_put(f, path, &b, false, err);
	d->size = (int64_t)b.n;
	mews_buf_clear(&b);
	if (rc != MEWS_OK || d->size == 0)
		forget(d); /* columns may come later */
	return rc;
}

/* What came since the last row.  MEWS_NONE: the file is not what it was. */
static enum mews_rc
append(struct folder *f, struct folder_day *d, const char *path,
    struct mews_err *err)
{
	struct mews_buf b = { 0 };
	struct mews_csv csv;
	char whole[PATHS];
	int64_t last = d->last, at;
	enum mews_rc rc = mews_table_read(d->table, f->history, MEWS_MINUTE,
	    d->last + 60, mews_calendar_step(MEWS_DAY, d->from, 1), f->now,
	    MEWS_SHOW_ON, err);

	if (rc != MEWS_OK)
		return rc;
	(void)snprintf(whole, sizeof(whole), "%s/%s", f->root, path);
	mews_csv_init(&csv, &b, f->format, f->lang);
	csv.mark = false;
	while (mews_table_row(d->table, &csv, &at))
		last = at;
	if (b.n > 0)
		rc = folder_file_append(whole, d->size, &b, err);
	if (rc == MEWS_OK) {
		d->size += (int64_t)b.n;
		f->written += (int64_t)b.n;
		d->last = last;
	}
	mews_buf_clear(&b);
	return rc;
}

/* A series that was not there before is a column that no table has. */
static enum mews_rc
look_for_series(struct folder *f, struct folder_days *days,
    struct mews_err *err)
{
	const struct mews_quantity *q;
	int64_t newest = days->series, device;
	enum mews_rc rc;

	while ((rc = mews_history_next(f->history, &newest, &device, &q,
		    err)) == MEWS_OK)
		;
	if (newest != days->series)
		folder_days_clear(days);
	days->series = newest;
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
folder_grow(struct folder *f, struct folder_days *days, struct mews_err *err)
{
	int64_t day = mews_calendar_floor(MEWS_DAY, f->now);
	const struct mews_device *dev;
	char path[MEWS_FILE_PATH], name[16];
	struct folder_day *d;
	enum mews_rc rc = look_for_series(f, days, err);
	size_t i;

	for (i = 0; i < f->site->ndevices && rc == MEWS_OK; i++) {
		dev = &f->site->device[i];
		d = find(days, dev->id);
		mews_folder_name(name, dev->plate);
		folder_path(path, name, MEWS_MINUTE, day);
		rc = d->table != NULL && d->from == day
		    ? append(f, d, path, err)
		    : MEWS_NONE;
		if (rc == MEWS_NONE)
			rc = make(f, d, dev->plate, path, day, err);
		if (rc != MEWS_OK)
			forget(d);
	}
	return rc;
}
