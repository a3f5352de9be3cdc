/*
 * report_files.c - the same files as the page Download gives, by the same
 * table.
 */
#include "report_files.h"
#include "calendar.h"
#include "setting.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

/* Files are of letters that every system takes. */
static void
file_name(char *text, size_t size, const char *plate, int64_t t,
    enum mews_letter l)
{
	struct mews_civil c = mews_calendar_civil(t);
	char safe[16];
	size_t i;

	for (i = 0; plate[i] != '\0' && i + 1 < sizeof(safe); i++)
		safe[i] = strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "abcdefghijklmnopqrstuvwxyz0123456789-",
			      plate[i]) != NULL
		    ? plate[i]
		    : '_';
	safe[i] = '\0';
	if (l == MEWS_LETTER_MONTHLY)
		(void)snprintf(text, size, "%s_%04d-%02d_days.csv", safe,
		    c.year, c.month);
	else
		(void)snprintf(text, size, "%s_%04d-%02d-%02d_%s.csv", safe,
		    c.year, c.month, c.day,
		    l == MEWS_LETTER_DAILY ? "hours" : "week");
}

/* One file: what the devices counted, or with only one of them all it
 * measured. */
static enum mews_rc
attach(const struct report *r, const struct mews_mail *m, struct letter *l,
    const struct mews_device *only, const char *format, struct mews_err *err)
{
	const struct mews_site *s = r->site;
	struct mews_table *t = mews_table_new(only == NULL);
	enum mews_level level =
	    m->letter == MEWS_LETTER_DAILY ? MEWS_HOUR : MEWS_DAY;
	struct mews_buf bytes = { 0 };
	struct mews_csv csv;
	enum mews_rc rc = MEWS_OK;
	char name[64];
	int64_t at;
	size_t i;

	for (i = 0; i < s->ndevices && rc == MEWS_OK; i++)
		if (only == NULL || only == &s->device[i])
			rc = mews_table_add(t, r->history, s->device[i].id,
			    s->device[i].plate, only == NULL, err);
	if (rc == MEWS_OK)
		rc = mews_table_read(t, r->history, level, m->since, m->upto,
		    r->now, false, err);
	if (rc == MEWS_OK) {
		mews_csv_init(&csv, &bytes, format, m->lang);
		mews_table_head(t, &csv);
		while (mews_table_row(t, &csv, &at))
			;
		file_name(name, sizeof(name),
		    only == NULL ? "SITE" : only->plate, m->since, m->letter);
		letter_file(l, name, bytes.s, bytes.n);
	}
	mews_buf_clear(&bytes);
	mews_table_free(t);
	return rc;
}

enum mews_rc
report_files_add(const struct report *r, const struct mews_mail *m,
    struct letter *l, struct mews_err *err)
{
	char format[MEWS_SETTING_MOST + 1];
	enum mews_rc rc =
	    mews_setting_get(r->config, "csv_format", format, err);
	size_t i;

	if (rc == MEWS_OK)
		rc = attach(r, m, l, NULL, format, err);
	for (i = 0; i < r->site->ndevices && rc == MEWS_OK; i++)
		rc = attach(r, m, l, &r->site->device[i], format, err);
	return rc;
}
