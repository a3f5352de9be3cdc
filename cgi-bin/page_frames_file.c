/*
 * page_frames_file.c - the frames that are kept, as a CSV file or as text.
 */
#include "csv.h"
#include "frames.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct request_field fields[] = {
	FRAMES_FIELDS,
	{ "as", REQUEST_WORD, 4 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static void
head(struct mews_csv *csv)
{
	static const char *const names[] = { "time_us", "way", "client", "line",
		"unit", "function", "result", "code", "took_us", "bytes" };
	size_t i;

	for (i = 0; i < MEWS_LEN(names); i++)
		mews_csv_text(csv, names[i]);
	mews_csv_end(csv);
}

static void
row(const struct page_ctx *c, struct mews_csv *csv,
    const struct mews_traffic_frame *f)
{
	const struct mews_line *l = mews_site_line(base_site(c->base), f->line);
	struct mews_buf hex = { 0 };

	frames_hex(f, &hex);
	mews_csv_number(csv, f->t_us, 0, 0);
	mews_csv_text(csv, frames_way(f));
	mews_csv_text(csv, f->client);
	mews_csv_text(csv, l == NULL ? "" : l->name);
	mews_csv_number(csv, f->unit, 0, 0);
	mews_csv_number(csv, f->function, 0, 0);
	mews_csv_text(csv, frames_result(f));
	mews_csv_number(csv, f->code, 0, 0);
	mews_csv_number(csv, f->took_us, 0, 0);
	mews_csv_text(csv, hex.s);
	mews_csv_end(csv);
	mews_buf_clear(&hex);
}

static void
text(struct mews_buf *b, const struct mews_traffic_frame *f)
{
	char time[FRAMES_TIME];

	mews_buf_printf(b, "%s %-11s %-21s %3d %-9s %02X %8" PRId64 " us  ",
	    frames_time(time, f->t_us), frames_way(f), f->client, f->unit,
	    frames_result(f), (unsigned)f->code & 0xffu, f->took_us);
	frames_hex(f, b);
	mews_buf_str(b, "\n");
}

/* All of them, the newest first, as many at once as the table gives. */
static enum mews_rc
put(struct page_ctx *c, struct mews_traffic_filter filter, bool csv,
    struct mews_err *err)
{
	struct mews_traffic_frame *f =
	    mews_alloc(MEWS_TRAFFIC_PAGE, sizeof(*f));
	struct mews_db *db = base_db(c->base, MEWS_LIVE_DB);
	enum mews_rc rc = MEWS_OK;
	struct mews_csv out;
	size_t n = 0, i;

	mews_csv_init(&out, &c->reply->body, "programs", c->lang);
	if (csv)
		head(&out);
	do {
		if (db != NULL)
			rc = mews_traffic_frames(db, &filter, f,
			    MEWS_TRAFFIC_PAGE, &n, err);
		for (i = 0; i < n && rc == MEWS_OK; i++) {
			if (csv)
				row(c, &out, &f[i]);
			else
				text(&c->reply->body, &f[i]);
			filter.before = f[i].id;
		}
	} while (rc == MEWS_OK && n == MEWS_TRAFFIC_PAGE);
	free(f);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	bool csv = strcmp(request_get(c->request, "as"), "text") != 0;
	struct mews_traffic_filter filter;
	struct form f;

	form_begin(&f, c);
	if (!frames_filter(&f, &filter))
		return mews_fail(err, MEWS_BAD, "no such filter");
	c->reply->type =
	    csv ? "text/csv; charset=utf-8" : "text/plain; charset=utf-8";
	(void)snprintf(c->reply->name, sizeof(c->reply->name), "%s",
	    csv ? "frames.csv" : "frames.txt");
	return put(c, filter, csv, err);
}

const struct page page_frames_file = {
	.path = "/gateway/frames/file",
	.methods = PAGE_GET,
	.roles = FRAMES_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
