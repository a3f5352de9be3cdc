/*
 * data_metrics.c - /metrics: what is true now, as OpenMetrics 1.0 has it.
 *
 * A family a quantity: mews_QUANTITY_UNIT with the label device; counters end
 * in _total.  Then what says whether mews itself does its work.
 */
#include "page.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* A label's value: '\', '"' and line ends are escaped. */
static void
put_label(struct mews_buf *b, const char *name, const char *value)
{
	mews_buf_printf(b, "%s=\"", name);
	for (; *value != '\0'; value++) {
		if (*value == '\\' || *value == '"')
			mews_buf_byte(b, '\\');
		if (*value == '\n')
			mews_buf_str(b, "\\n");
		else
			mews_buf_byte(b, (unsigned char)*value);
	}
	mews_buf_byte(b, '"');
}

static void
put_family(struct mews_buf *b, const char *name, const char *type,
    const char *help)
{
	mews_buf_printf(b, "# TYPE %s %s\n# HELP %s %s\n", name, type, name,
	    help);
}

static void
put_sample(struct mews_buf *b, const char *name, const struct mews_device *d,
    const char *value)
{
	mews_buf_printf(b, "%s{", name);
	put_label(b, "device", d->plate);
	mews_buf_byte(b, ',');
	put_label(b, "name", d->name);
	mews_buf_printf(b, "} %s\n", value);
}

/* The unit as part of a name. */
static void
unit_of(const struct mews_quantity *q, char unit[16])
{
	char *p;

	(void)snprintf(unit, 16, "%s",
	    strcmp(q->unit, "%") == 0       ? "percent"
		: strcmp(q->unit, "1") == 0 ? "ratio"
					    : q->unit);
	for (p = unit; *p != '\0'; p++)
		if ((*p < 'A' || *p > 'Z') && (*p < 'a' || *p > 'z') &&
		    (*p < '0' || *p > '9'))
			*p = '_';
}

static void
put_quantity(struct page_ctx *c, const struct mews_quantity *q)
{
	const struct mews_site *s = base_site(c->base);
	bool counter = q->kind == MEWS_COUNTER, begun = false;
	struct mews_buf *b = &c->reply->body;
	char name[96], sample[112], unit[16], number[MEWS_NUMBER];
	const struct mews_live_value *v;
	size_t i;

	unit_of(q, unit);
	(void)snprintf(name, sizeof(name), "mews_%s%s%s", q->name,
	    unit[0] == '\0' ? "" : "_", unit);
	(void)snprintf(sample, sizeof(sample), "%s%s", name,
	    counter ? "_total" : "");
	for (i = 0; i < s->ndevices; i++) {
		v = mews_live_find(base_live(c->base), s->device[i].id,
		    q->name);
		if (v == NULL || v->missing)
			continue;
		if (!begun) {
			mews_buf_printf(b, "# TYPE %s %s\n", name,
			    counter ? "counter" : "gauge");
			if (unit[0] != '\0')
				mews_buf_printf(b, "# UNIT %s %s\n", name,
				    unit);
		}
		begun = true;
		mews_number_plain(number, v->value, q->decimals, q->decimals);
		put_sample(b, sample, &s->device[i], number);
	}
}

static void
put_devices(struct page_ctx *c)
{
	static const struct {
		const char *name, *type, *sample, *help;
		size_t at;
	} rows[] = {
		{ "mews_device_requests", "counter",
		    "mews_device_requests_total", "Requests sent since start.",
		    offsetof(struct mews_live_device, asked) },
		{ "mews_device_answers", "counter", "mews_device_answers_total",
		    "Good answers since start.",
		    offsetof(struct mews_live_device, answered) },
		{ "mews_device_timeouts", "counter",
		    "mews_device_timeouts_total",
		    "Requests without answer since start.",
		    offsetof(struct mews_live_device, timeouts) },
	};
	const struct mews_site *s = base_site(c->base);
	struct mews_buf *b = &c->reply->body;
	const struct mews_live_device *d;
	char number[32];
	size_t i, k;

	put_family(b, "mews_device_up", "gauge", "1 while it answers.");
	for (i = 0; i < s->ndevices; i++) {
		d = mews_live_device(base_live(c->base), s->device[i].id);
		put_sample(b, "mews_device_up", &s->device[i],
		    d != NULL && d->answer == MEWS_ANSWERS ? "1" : "0");
	}
	for (k = 0; k < MEWS_LEN(rows); k++) {
		put_family(b, rows[k].name, rows[k].type, rows[k].help);
		for (i = 0; i < s->ndevices; i++) {
			d = mews_live_device(base_live(c->base),
			    s->device[i].id);
			if (d == NULL)
				continue;
			(void)snprintf(number, sizeof(number), "%" PRId64,
			    *(const int64_t *)(const void *)((const char *)d +
				rows[k].at));
			put_sample(b, rows[k].sample, &s->device[i], number);
		}
	}
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_buf *b = &c->reply->body;
	const struct mews_quantity *q;
	int64_t first, last = 0;
	size_t i;
	enum mews_rc rc = base_span(c->base, &first, &last, err);

	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	c->reply->type = "application/openmetrics-text; version=1.0.0; "
			 "charset=utf-8";
	put_family(b, "mews_build", "info", "The program.");
	mews_buf_str(b, "mews_build_info{version=\"" MEWS_VERSION "\"} 1\n");
	put_family(b, "mews_values_timestamp_seconds", "gauge",
	    "When values were last written.");
	mews_buf_printf(b, "mews_values_timestamp_seconds %" PRId64 "\n",
	    base_live(c->base)->now);
	put_family(b, "mews_minute_timestamp_seconds", "gauge",
	    "Begin of the minute stored last.");
	mews_buf_printf(b, "mews_minute_timestamp_seconds %" PRId64 "\n", last);
	put_devices(c);
	for (i = 0; (q = mews_quantity_at(i)) != NULL; i++)
		put_quantity(c, q);
	mews_buf_str(b, "# EOF\n");
	return MEWS_OK;
}

const struct page data_metrics = {
	.path = "/metrics",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.quiet = true,
	.machine = true,
	.key = true,
	.show = show,
};
