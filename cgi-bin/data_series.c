/*
 * data_series.c - /api/v1/series: the curves of one chart, as chart.js reads
 * them (its first comment has the shape).
 *
 * Times are Unix seconds with the offsets of the site's zone beside them; no
 * browser needs to know the zone.  Numbers are exact, in the unit shown.
 */
#include "calendar.h"
#include "figure.h"
#include "json.h"
#include "merged.h"
#include "pick.h"
#include "str.h"

#include <inttypes.h>

static const struct request_field fields[] = {
	PICK_FIELDS,
	{ "width", REQUEST_DAY, 5 },
	{ NULL, REQUEST_WORD, 0 },
};

/* A text of the catalogue or a name typed by a person. */
static void
put_text(struct mews_buf *b, const char *name, const char *value)
{
	mews_buf_printf(b, "\"%s\":", name);
	mews_json_text(b, value);
	mews_buf_byte(b, ',');
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

/* What chart.js knows of the quality of a value. */
#define OPEN      1
#define ESTIMATED 2
#define PARTIAL   4
#define DOUBTFUL  8 /* something happened to the counter, or to the clock */

static int64_t
quality(const struct mews_bucket *b)
{
	int64_t q = 0;

	if (b->flags & MEWS_OPEN)
		q |= OPEN;
	if (b->flags & MEWS_ESTIMATED)
		q |= ESTIMATED;
	if (series_missing(b) > 0)
		q |= PARTIAL;
	if (b->flags & (MEWS_RESET | MEWS_SUSPECT | MEWS_CLOCK))
		q |= DOUBTFUL;
	return q;
}

/* Which figure of a bucket an array holds; quality and missing minutes are
 * numbers of their own, the others are in the unit shown. */
enum figure_of { OF_MEAN, OF_LOW, OF_HIGH, OF_QUALITY, OF_MISSING };

static int64_t
pick(const struct mews_bucket *b, enum figure_of of)
{
	const int64_t v[] = { b->sum, b->min, b->max, quality(b),
		series_missing(b) };

	return v[of];
}

/* One number a bucket of the period, null where there is none. */
static void
put_array(struct page_ctx *c, struct mews_buf *b, const char *name,
    const struct series *s, const struct period *p, enum figure_of of,
    int exponent)
{
	int64_t t = p->from, to = p->to;
	char number[MEWS_NUMBER];
	size_t i = 0;

	if (p->by == MEWS_MINUTE && to > c->now)
		to = c->now - c->now % 60;
	if (of >= OF_QUALITY)
		exponent = 0;
	mews_buf_printf(b, "\"%s\":[", name);
	for (; t < to; t = mews_calendar_step(p->by, t, 1)) {
		while (i < s->list.n && s->list.b[i].t < t)
			i++;
		if (t != p->from)
			mews_buf_byte(b, ',');
		if (i < s->list.n && s->list.b[i].t == t) {
			mews_number_plain(number, pick(&s->list.b[i], of),
			    exponent, exponent);
			mews_buf_str(b, number);
		} else
			mews_buf_str(b, "null");
	}
	mews_buf_byte(b, ']');
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
put_series(struct page_ctx *c, const struct series *s, const struct period *p,
    int exponent)
{
	struct mews_buf *b = &c->reply->body;
	const struct mews_device *d = &base_site(c->base)->device[s->device];

	mews_buf_byte(b, '{');
	put_text(b, "plate", d->plate);
	put_text(b, "device", d->name);
	put_array(c, b, "v", s, p, OF_MEAN, exponent);
	if (s->band) {
		mews_buf_byte(b, ',');
		put_array(c, b, "lo", s, p, OF_LOW, exponent);
		mews_buf_byte(b, ',');
		put_array(c, b, "hi", s, p, OF_HIGH, exponent);
	}
	if (p->by != MEWS_MINUTE) {
		mews_buf_byte(b, ',');
		put_array(c, b, "q", s, p, OF_QUALITY, exponent);
		mews_buf_byte(b, ',');
		put_array(c, b, "missing", s, p, OF_MISSING, exponent);
	}
	mews_buf_byte(b, '}');
}

/* From when on the buckets of that level are whole, and the finest level that
 * has them all. */
static void
put_merged(struct page_ctx *c, const struct mews_quantity *q,
    const struct period *p)
{
	struct merged m = merged_find(c, q, p);

	if (m.before != 0)
		mews_buf_printf(&c->reply->body,
		    "\"merged\":{\"before\":%" PRId64 ",\"into\":\"%s\"},",
		    m.before, mews_level_name(m.into));
}

static void
put(struct page_ctx *c, const struct series *s, size_t n,
    const struct period *p)
{
	struct mews_buf *b = &c->reply->body;
	struct mews_display d;
	int64_t most = 0, m;
	char title[FIGURE];
	size_t i;

	for (i = 0; i < n; i++)
		most = (m = series_most(&s[i])) > most ? m : most;
	d = mews_quantity_display(s->q, most);
	mews_buf_byte(b, '{');
	put_text(b, "kind", s->band || p->by == MEWS_MINUTE ? "line" : "bar");
	put_text(b, "by", mews_level_name(p->by));
	put_text(b, "name", series_name(c, s));
	put_text(b, "unit", d.unit);
	put_text(b, "title", period_title(c, p, title));
	put_zone(b, p);
	put_merged(c, s->of, p);
	put_times(b, p);
	mews_buf_str(b, "\"s\":[");
	for (i = 0; i < n; i++) {
		if (i > 0)
			mews_buf_byte(b, ',');
		put_series(c, &s[i], p, d.exponent);
	}
	mews_buf_printf(b,
	    "],\"dec\":%d,\"now\":%" PRId64 ",\"to\":%" PRId64 "}\n",
	    d.decimals, c->now, p->to);
}

/* No bucket narrower than a pixel, where the width of the chart is told. */
static void
coarsen(struct period *p, const char *width)
{
	enum mews_level level;
	int64_t pixels;

	if (!mews_str_int(width, 1, SERIES_MOST, &pixels))
		return;
	level = series_level(p->from, p->to, pixels);
	if (level <= p->by)
		return;
	p->by = level;
	p->from = mews_calendar_floor(level, p->from);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct series s[PICK_MOST] = { 0 };
	struct pick k;
	enum mews_rc rc = pick_read(c, &k, err);
	size_t i;

	if (rc == MEWS_OK && k.n == 0)
		rc = mews_fail(err, MEWS_NONE, "no device");
	if (rc != MEWS_OK)
		return rc;
	coarsen(&k.p, request_get(c->request, "width"));
	for (i = 0; i < k.n && rc == MEWS_OK; i++)
		rc = pick_series(c, &k, i, &s[i], err);
	if (rc == MEWS_OK) {
		c->reply->type = "application/json";
		put(c, s, k.n, &k.p);
	}
	for (i = 0; i < k.n; i++)
		mews_buckets_clear(&s[i].list);
	return rc;
}

const struct page data_series = {
	.path = "/api/v1/series",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.key = true,
	.machine = true,
	.fields = fields,
	.show = show,
};
