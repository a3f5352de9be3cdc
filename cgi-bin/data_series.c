/*
 * data_series.c - /api/v1/series: the curve of one chart, as chart.js reads
 * it (its first comment has the shape).
 *
 * Times are Unix seconds with the offsets of the site's zone beside them; no
 * browser needs to know the zone.  At most 1500 points: a day of minutes has
 * 1500 when it has 25 hours.
 */
#include "calendar.h"
#include "figure.h"
#include "series.h"

#include <inttypes.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "device", REQUEST_TEXT, 11 },
	{ "quantity", REQUEST_WORD, 40 },
	{ "by", REQUEST_WORD, 8 },
	{ "at", REQUEST_DAY, 10 },
	{ NULL, REQUEST_WORD, 0 },
};

/* A text of the catalogue or a name typed by a person. */
static void
put_text(struct mews_buf *b, const char *name, const char *value)
{
	mews_buf_printf(b, "\"%s\":\"", name);
	for (; *value != '\0'; value++)
		if (*value == '"' || *value == '\\' || *value == '<')
			mews_buf_printf(b, "\\u%04x", (unsigned)*value);
		else
			mews_buf_byte(b, (unsigned char)*value);
	mews_buf_str(b, "\",");
}

/* Offsets from east of UTC, from when on each holds. */
static void
put_zone(struct mews_buf *b, const struct period *p)
{
	int64_t t = p->from, step;
	int32_t offset = mews_calendar_civil(t).offset, next;

	mews_buf_printf(b, "\"tz\":[[%" PRId64 ",%" PRId32 "]", t, offset);
	while (t < p->to) {
		step = 86400;
		next = mews_calendar_civil(t + step).offset;
		while (next != offset && step > 900) {
			step /= 2;
			step -= step % 900;
			next = mews_calendar_civil(t + step).offset;
		}
		t += step;
		if (next != offset)
			mews_buf_printf(b, ",[%" PRId64 ",%" PRId32 "]", t,
			    next);
		offset = next;
	}
	mews_buf_str(b, "],");
}

/* Which figure of a bucket an array holds. */
enum figure_of { OF_MEAN, OF_LOW, OF_HIGH };

static int64_t
pick(const struct mews_bucket *b, enum figure_of of)
{
	return of == OF_LOW ? b->min : of == OF_HIGH ? b->max : b->sum;
}

/* One number a bucket of the period, null where there is none. */
static void
put_array(struct page_ctx *c, struct mews_buf *b, const char *name,
    const struct series *s, const struct period *p, enum figure_of of)
{
	struct mews_display d = mews_quantity_display(s->q, series_most(s));
	int64_t t = p->from, to = p->to;
	char number[MEWS_NUMBER];
	size_t i = 0;

	if (p->by == MEWS_MINUTE && to > c->now)
		to = c->now - c->now % 60;
	mews_buf_printf(b, "\"%s\":[", name);
	for (; t < to; t = mews_calendar_step(p->by, t, 1)) {
		while (i < s->list.n && s->list.b[i].t < t)
			i++;
		if (t != p->from)
			mews_buf_byte(b, ',');
		if (i < s->list.n && s->list.b[i].t == t) {
			mews_number_plain(number, pick(&s->list.b[i], of),
			    d.exponent, d.exponent);
			mews_buf_str(b, number);
		} else
			mews_buf_str(b, "null");
	}
	mews_buf_str(b, "],");
}

static void
put_times(struct mews_buf *b, const struct period *p)
{
	int64_t t;

	if (p->by == MEWS_MINUTE) {
		mews_buf_printf(b, "\"t0\":%" PRId64 ",\"step\":60,", p->from);
		return;
	}
	mews_buf_str(b, "\"t\":[");
	for (t = p->from; t < p->to; t = mews_calendar_step(p->by, t, 1))
		mews_buf_printf(b, "%s%" PRId64, t == p->from ? "" : ",", t);
	mews_buf_str(b, "],");
}

static void
put(struct page_ctx *c, const struct series *s, const struct period *p)
{
	struct mews_display d = mews_quantity_display(s->q, series_most(s));
	struct mews_buf *b = &c->reply->body;
	char title[FIGURE];

	mews_buf_byte(b, '{');
	put_text(b, "kind", s->band || p->by == MEWS_MINUTE ? "line" : "bar");
	put_text(b, "by", mews_level_name(p->by));
	put_text(b, "name", series_name(c, s));
	put_text(b, "unit", d.unit);
	put_text(b, "title", period_title(c, p, title));
	put_zone(b, p);
	put_times(b, p);
	put_array(c, b, "v", s, p, OF_MEAN);
	if (s->band) {
		put_array(c, b, "lo", s, p, OF_LOW);
		put_array(c, b, "hi", s, p, OF_HIGH);
	}
	mews_buf_printf(b,
	    "\"dec\":%d,\"now\":%" PRId64 ",\"to\":%" PRId64 "}\n", d.decimals,
	    c->now, p->to);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t i = series_device(c, request_get(c->request, "device"));
	const struct mews_quantity *q;
	struct series s = { 0 };
	struct period p;
	enum mews_rc rc;

	if (i == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	rc = period_read(c, request_get(c->request, "by"),
	    request_get(c->request, "at"), &p, err);
	if (rc != MEWS_OK)
		return rc;
	q = series_choose(c, i, request_get(c->request, "quantity"), p.by);
	if (q == NULL)
		return mews_fail(err, MEWS_NONE,
		    "the device measures no such "
		    "quantity");
	rc = series_read(c, i, q, &p, &s, err);
	if (rc == MEWS_OK) {
		c->reply->type = "application/json";
		put(c, &s, &p);
	}
	mews_buckets_clear(&s.list);
	return rc;
}

const struct page data_series = {
	.path = "/api/v1/series",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.machine = true,
	.fields = fields,
	.show = show,
};
