/*
 * bus_line.c - each line: figures now, and its last hour by minute.
 *
 * The hour is drawn as paths of bars, not as rectangles: sixty minutes of a
 * line are three elements.
 */
#include "bars.h"
#include "burden.h"
#include "bus.h"
#include "device.h"
#include "figure.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MINUTE_US 60000000

struct minute {
	bool known;
	int64_t poller, clients;   /* us busy */
	int64_t asked, lost, none; /* lost: damaged; none: no answer */
	int64_t bytes;
};

static enum mews_rc
add(struct page_ctx *c, bool line, int64_t id, int64_t from,
    struct minute m[BUS_HOUR], struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_LIVE_DB);
	struct mews_live_minute *list = NULL;
	size_t n = 0, i;
	enum mews_rc rc = db == NULL
	    ? MEWS_OK
	    : mews_live_minutes(db, line, id, from, from + 60 * BUS_HOUR, &list,
		  &n, err);

	for (i = 0; i < n; i++) {
		struct minute *to = &m[(list[i].t - from) / 60];

		to->known = to->known || line;
		to->poller += list[i].poller_us;
		to->clients += list[i].clients_us;
		to->bytes += list[i].bytes;
		to->asked += list[i].asked;
		to->lost += list[i].damaged;
		to->none += list[i].timeouts;
	}
	free(list);
	return rc;
}

/* The hour of a line: its own minutes and those of its devices. */
static enum mews_rc
gather(struct page_ctx *c, const struct mews_line *l, int64_t from,
    struct minute m[BUS_HOUR], struct mews_err *err)
{
	const struct mews_site *site = base_site(c->base);
	enum mews_rc rc = add(c, true, l->id, from, m, err);
	size_t i;

	for (i = 0; i < site->ndevices && rc == MEWS_OK; i++)
		if (site->device[i].line == l->id)
			rc = add(c, false, site->device[i].id, from, m, err);
	return rc;
}

static void
fact(struct page_ctx *c, size_t *row, const char *key, const char *value,
    const char *unit)
{
	char name[48];

	(void)snprintf(name, sizeof(name), "bus.fact.%s", key);
	view_row(c->view, "fact", (*row)++);
	view_set(c->view, "name", view_word(c->view, name));
	view_set(c->view, "value", value);
	view_set(c->view, "unit", unit);
	view_up(c->view);
}

static void
answering(struct page_ctx *c, const struct mews_line *l, size_t *row)
{
	struct mews_buf of = { 0 };
	const struct mews_site *site = base_site(c->base);
	size_t i, n = 0, good = 0;
	char a[24], all[24];

	for (i = 0; i < site->ndevices; i++)
		if (site->device[i].line == l->id) {
			n++;
			good += strcmp(device_state(c, i), "ok") == 0;
		}
	(void)snprintf(a, sizeof(a), "%zu", good);
	(void)snprintf(all, sizeof(all), "%zu", n);
	view_tell(c->view, &of, "bus.answer_of", all, NULL);
	fact(c, row, "devices", device_old(c) ? "\u2013" : a, of.s);
	mews_buf_clear(&of);
	view_int(c->view, "devices", (int64_t)n);
}

static void
facts(struct page_ctx *c, const struct mews_line *l, const struct minute *m,
    bool any)
{
	const struct mews_live_line *now =
	    mews_live_line(base_live(c->base), l->id);
	int64_t asked = 0, lost = 0, none = 0, last = 0;
	struct mews_budget budget;
	char text[FIGURE];
	size_t row = 0, i;

	for (i = 0; i < BUS_HOUR; i++) {
		asked += m[i].asked;
		lost += m[i].lost;
		none += m[i].none;
		last = m[i].known ? m[i].asked : last;
	}
	answering(c, l, &row);
	if (now != NULL && !device_old(c)) {
		fact(c, &row, "load", bus_percent(c, text, now->load), "%");
		fact(c, &row, "clients", bus_percent(c, text, now->clients),
		    "%");
		mews_number(text, c->lang, now->second, 0, 0);
		fact(c, &row, "bytes", text,
		    view_word(c->view, "bus.per_second"));
	}
	mews_number(text, c->lang, last * 10 / 60, 1, 1);
	if (any)
		fact(c, &row, "asked", text,
		    view_word(c->view, "bus.per_second"));
	burden_now(c, l, 0, &budget);
	mews_number(text, c->lang, budget.round, 6, 1);
	fact(c, &row, "round", text, "s");
	fact(c, &row, "none", bus_share(c, text, none, asked), "%");
	mews_number(text, c->lang, lost, 0, 0);
	fact(c, &row, "damaged", text, view_word(c->view, "bus.last_hour"));
}

static void
table(struct page_ctx *c, const struct minute *m, int64_t from)
{
	char text[FIGURE];
	size_t i, row = 0;

	for (i = 0; i < BUS_HOUR; i++) {
		if (!m[i].known)
			continue;
		view_row(c->view, "minute", row++);
		view_set(c->view, "at",
		    figure_clock(text, from + 60 * (int64_t)i));
		view_set(c->view, "poller",
		    bus_share(c, text, m[i].poller, MINUTE_US));
		view_set(c->view, "clients",
		    bus_share(c, text, m[i].clients, MINUTE_US));
		view_int(c->view, "asked", m[i].asked);
		view_int(c->view, "lost", m[i].none + m[i].lost);
		view_up(c->view);
	}
}

/* Two strips: how busy, the clients' part on top, and what was lost. */
static void
chart(struct page_ctx *c, const struct minute *m, int64_t from)
{
	struct mews_buf poller = { 0 }, clients = { 0 }, lost = { 0 };
	int64_t top = MINUTE_US / 10, most = 1, sum = 0;
	char high[FIGURE], text[FIGURE];
	size_t i;

	for (i = 0; i < BUS_HOUR; i++) {
		while (top < MINUTE_US && m[i].poller + m[i].clients > top)
			top = top * 2 > MINUTE_US ? MINUTE_US : top * 2;
		most =
		    m[i].none + m[i].lost > most ? m[i].none + m[i].lost : most;
		sum += m[i].none + m[i].lost;
	}
	mews_buf_str(&poller, "M0 0");
	mews_buf_str(&clients, "M0 0");
	mews_buf_str(&lost, "M0 0");
	for (i = 0; i < BUS_HOUR; i++) {
		if (!m[i].known)
			continue;
		bars_path(&clients, i, m[i].poller + m[i].clients, top);
		bars_path(&poller, i, m[i].poller, top);
		bars_path(&lost, i, m[i].none + m[i].lost, most);
	}
	view_set(c->view, "poller", poller.s);
	view_set(c->view, "clients", clients.s);
	view_set(c->view, "lost", sum > 0 ? lost.s : "");
	mews_number(high, c->lang, top * 100 / MINUTE_US, 0, 0);
	view_set(c->view, "top", high);
	mews_number(text, c->lang, sum, 0, 0);
	view_say(c->view, "label", "bus.chart_label", high, text, NULL);
	mews_number(text, c->lang, most, 0, 0);
	view_set(c->view, "most", text);
	view_set(c->view, "from", figure_clock(text, from));
	view_set(c->view, "to", figure_clock(text, from + 60 * BUS_HOUR));
	mews_buf_clear(&poller);
	mews_buf_clear(&clients);
	mews_buf_clear(&lost);
}

static enum mews_rc
set_line(struct page_ctx *c, const struct mews_line *l, struct mews_err *err)
{
	int64_t from = c->now / 60 * 60 - 60 * BUS_HOUR;
	struct minute m[BUS_HOUR] = { 0 };
	char text[FIGURE];
	bool any = false;
	enum mews_rc rc;
	size_t i;

	view_set(c->view, "name", l->name);
	view_set(c->view, "kind", l->kind == MEWS_LINE_RTU ? "rtu" : "tcp");
	view_set(c->view, "settings", bus_settings(c, text, l));
	if ((rc = gather(c, l, from, m, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < BUS_HOUR; i++)
		any = any || m[i].known;
	facts(c, l, m, any);
	if (any) {
		chart(c, m, from);
		table(c, m, from);
	}
	return MEWS_OK;
}

enum mews_rc
bus_lines(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_site *site = base_site(c->base);
	enum mews_rc rc = MEWS_OK;
	size_t i;

	view_down(c->view, "Bus");
	for (i = 0; i < site->nlines && rc == MEWS_OK; i++) {
		view_row(c->view, "line", i);
		rc = set_line(c, &site->line[i], err);
		view_up(c->view);
	}
	view_up(c->view);
	return rc;
}
