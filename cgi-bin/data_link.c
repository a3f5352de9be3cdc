/*
 * data_link.c - /csv/PLATE/2026-11-22.csv and the like: addresses that stay,
 * for scripts.
 *
 * The name says the stretch, and so the level: a day has minutes, a month
 * hours, a year days, "months" all months; by asks for another one.
 */
#include "flow.h"
#include "series.h"

#include <stdio.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "by", REQUEST_WORD, 8 },
	{ "for", REQUEST_WORD, 8 },
	{ "of", REQUEST_WORD, 8 },
	{ NULL, REQUEST_WORD, 0 },
};

/* Everything there is, in months. */
static enum mews_rc
all_months(struct page_ctx *c, struct flow_ask *ask, struct mews_err *err)
{
	struct mews_db *history = base_db(c->base, MEWS_HISTORY_DB);
	int64_t first = c->now;

	if (history == NULL ||
	    mews_history_begin(history, MEWS_DAY, &first, err) != MEWS_OK)
		return mews_fail(err, MEWS_NONE, "there is no history yet");
	ask->by = MEWS_MONTH;
	ask->from = mews_calendar_floor(MEWS_MONTH, first);
	ask->to = mews_calendar_step(MEWS_MONTH, c->now, 1);
	return MEWS_OK;
}

static enum mews_rc
stretch(struct page_ctx *c, const char *name, struct flow_ask *ask,
    struct mews_err *err)
{
	static const enum mews_level finer[] = { [MEWS_DAY] = MEWS_MINUTE,
		[MEWS_MONTH] = MEWS_HOUR,
		[MEWS_YEAR] = MEWS_DAY };
	size_t n = strlen(name);
	enum mews_level level;
	char text[16];

	if (n < 5 || n - 4 >= sizeof(text) || strcmp(name + n - 4, ".csv") != 0)
		return mews_fail(err, MEWS_NONE, "no such file");
	(void)snprintf(text, sizeof(text), "%.*s", (int)n - 4, name);
	if (strcmp(text, "months") == 0)
		return all_months(c, ask, err);
	if (mews_calendar_parse(text, &ask->from, &level, err) != MEWS_OK)
		return MEWS_NONE;
	ask->to = mews_calendar_step(level, ask->from, 1);
	ask->by = finer[level];
	return MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const char *by = request_get(c->request, "by");
	const char *of = request_get(c->request, "of");
	struct flow_ask ask = { .format = request_get(c->request, "for"),
		.counters = strcmp(of, "counters") == 0,
		.n = 1 };
	char *slash = strchr(c->part, '/');
	size_t device;
	enum mews_rc rc;

	if (slash == NULL || strchr(slash + 1, '/') != NULL)
		return mews_fail(err, MEWS_NONE, "no such file");
	*slash = '\0';
	device = series_device(c, c->part);
	if (device == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	if ((rc = stretch(c, slash + 1, &ask, err)) != MEWS_OK)
		return rc;
	if (by[0] != '\0' && !mews_level_find(by, &ask.by))
		return mews_fail(err, MEWS_BAD, "by is no level");
	ask.device = &device;
	return flow_reply(c, &ask, err);
}

const struct page data_link = {
	.path = "/csv/**",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.key = true,
	.fields = fields,
	.show = show,
};
