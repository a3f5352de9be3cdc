/*
 * traffic_show.c - what crosses the gateway, as tables and sentences.
 */
#include "traffic_show.h"

#include "bars.h"
#include "bus.h"
#include "device.h"
#include "figure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void
traffic_number(struct page_ctx *c, const char *name, int64_t n)
{
	char text[MEWS_NUMBER];

	mews_number(text, c->lang, n, 0, 0);
	view_set(c->view, name, text);
}

const struct mews_device *
traffic_device(const struct page_ctx *c, int64_t line, int unit)
{
	const struct mews_site *s = base_site(c->base);
	size_t i;

	for (i = 0; i < s->ndevices; i++)
		if (s->device[i].line == line && s->device[i].unit == unit)
			return &s->device[i];
	return NULL;
}

/* Seconds since the later of two, at least one. */
static int64_t
span(const struct page_ctx *c, int64_t a, int64_t b)
{
	int64_t from = a > b ? a : b;

	return c->now > from ? c->now - from : 1;
}

void
traffic_clients(struct page_ctx *c, const struct mews_traffic *t)
{
	char text[FIGURE];
	size_t i;

	for (i = 0; i < t->nclients; i++) {
		const struct mews_traffic_client *k = &t->client[i];

		view_row(c->view, "Gateway.client", i);
		view_set(c->view, "who", k->who);
		view_int(c->view, "port", k->port);
		view_set(c->view, "since", device_since(c, text, k->since));
		if (k->last > 0)
			view_set(c->view, "last",
			    device_since(c, text, k->last));
		traffic_number(c, "requests", k->requests);
		traffic_number(c, "answers", k->answers);
		traffic_number(c, "exceptions", k->exceptions);
		traffic_number(c, "refusals", k->refusals);
		traffic_number(c, "waiting", k->waiting);
		view_set(c->view, "share",
		    bus_share(c, text, k->used,
			1000000 * span(c, t->begun, k->since)));
		view_up(c->view);
	}
}

static void
set_unit(struct page_ctx *c, const struct mews_traffic_unit *u, int64_t begun)
{
	const struct mews_device *d = traffic_device(c, u->line, u->unit);
	const struct mews_line *l = mews_site_line(base_site(c->base), u->line);
	const struct {
		const char *name;
		int64_t value;
	} counts[] = { { "asked", u->asked }, { "answered", u->answered },
		{ "exceptions", u->exceptions }, { "silent", u->silent },
		{ "damaged", u->damaged }, { "busy", u->busy },
		{ "gone", u->gone }, { "joined", u->joined } },
	  times[] = { { "wait_p50", u->wait_p50 }, { "wait_p99", u->wait_p99 },
		  { "answer_p50", u->answer_p50 },
		  { "answer_p99", u->answer_p99 }, { "slowest", u->slowest } };
	char text[FIGURE];
	size_t i;

	view_set(c->view, "plate", d == NULL ? "" : d->plate);
	view_set(c->view, "name",
	    d != NULL          ? d->name
		: u->line == 0 ? view_word(c->view, "traffic.itself")
			       : view_word(c->view, "traffic.unknown"));
	view_set(c->view, "line", l == NULL ? "" : l->name);
	view_int(c->view, "unit", u->unit);
	for (i = 0; i < MEWS_LEN(counts); i++)
		traffic_number(c, counts[i].name, counts[i].value);
	for (i = 0; i < MEWS_LEN(times) && l != NULL; i++)
		if (times[i].value > 0)
			view_set(c->view, times[i].name,
			    bus_ms(c, text, times[i].value));
	if (l != NULL)
		view_set(c->view, "share",
		    bus_share(c, text, u->used, 1000000 * span(c, begun, 0)));
	view_int(c->view, "bad", u->silent + u->busy + u->gone > 0);
}

void
traffic_units(struct page_ctx *c, const struct mews_traffic *t)
{
	size_t i;

	for (i = 0; i < t->nunits; i++) {
		view_row(c->view, "Gateway.unit", i);
		set_unit(c, &t->unit[i], t->begun);
		view_up(c->view);
	}
}

/* "P2, function 3, registers 0-9", as far as it is known. */
static void
what(struct page_ctx *c, const struct mews_traffic_refusal *r)
{
	struct mews_buf b = { 0 };
	char unit[16], function[16], first[16], last[16];

	(void)snprintf(unit, sizeof(unit), "%d", r->unit);
	(void)snprintf(function, sizeof(function), "%d", r->function);
	(void)snprintf(first, sizeof(first), "%d", r->first);
	(void)snprintf(last, sizeof(last), "%d", r->last);
	if (r->unit >= 0)
		view_tell(c->view, &b, "traffic.of_unit", unit, NULL);
	if (r->function >= 0) {
		mews_buf_str(&b, b.n > 0 ? ", " : "");
		view_tell(c->view, &b, "traffic.of_function", function, NULL);
	}
	if (r->first >= 0) {
		mews_buf_str(&b, b.n > 0 ? ", " : "");
		view_tell(c->view, &b,
		    r->first == r->last ? "traffic.of_register"
					: "traffic.of_registers",
		    first, last, NULL);
	}
	view_set(c->view, "what", b.n == 0 ? "" : b.s);
	mews_buf_clear(&b);
}

void
traffic_refusals(struct page_ctx *c, const struct mews_traffic *t)
{
	char text[FIGURE], key[48];
	size_t i;

	for (i = 0; i < t->nrefusals; i++) {
		const struct mews_traffic_refusal *r = &t->refusal[i];

		view_row(c->view, "Gateway.refusal", i);
		(void)snprintf(key, sizeof(key), "traffic.reason.%d",
		    (int)r->why);
		view_set(c->view, "why", view_word(c->view, key));
		view_set(c->view, "who", r->address);
		what(c, r);
		traffic_number(c, "n", r->n);
		view_set(c->view, "last", device_since(c, text, r->t));
		view_up(c->view);
	}
}

static void
fact(struct page_ctx *c, size_t *row, const char *key, const char *value,
    const char *unit)
{
	char name[48];

	(void)snprintf(name, sizeof(name), "traffic.fact.%s", key);
	view_row(c->view, "Gateway.hour.fact", (*row)++);
	view_set(c->view, "name", view_word(c->view, name));
	view_set(c->view, "value", value);
	view_set(c->view, "unit", unit);
	view_up(c->view);
}

static void
facts(struct page_ctx *c, const struct mews_traffic *t)
{
	const struct {
		const char *key;
		int64_t n;
	} sums[] = { { "requests", t->requests }, { "answers", t->answers },
		{ "exceptions", t->exceptions }, { "refusals", t->refusals } };
	char text[FIGURE];
	size_t row = 0, i;

	mews_number(text, c->lang, t->tenth, 1, 1);
	fact(c, &row, "now", text, view_word(c->view, "bus.per_second"));
	for (i = 0; i < MEWS_LEN(sums); i++) {
		mews_number(text, c->lang, sums[i].n, 0, 0);
		fact(c, &row, sums[i].key, text, "");
	}
	view_say(c->view, "Gateway.hour.begun", "traffic.begun",
	    device_since(c, text, t->begun), NULL);
}

static void
table(struct page_ctx *c, const struct mews_traffic_minute *m, size_t row)
{
	char text[FIGURE];

	view_row(c->view, "Gateway.hour.minute", row);
	view_set(c->view, "at", figure_clock(text, m->t));
	traffic_number(c, "requests", m->requests);
	traffic_number(c, "exceptions", m->exceptions);
	traffic_number(c, "refusals", m->refusals);
	view_set(c->view, "busy", bus_share(c, text, m->busy_us, 60000000));
	view_up(c->view);
}

void
traffic_hour(struct page_ctx *c, const struct mews_traffic *t)
{
	int64_t from = c->now / 60 * 60 - 60 * (BUS_HOUR - 1), most = 0, at;
	struct mews_buf all = { 0 }, bad = { 0 };
	char high[FIGURE], text[FIGURE];
	struct bars_axis axis;
	size_t i, row = 0;

	facts(c, t);
	for (i = 0; i < t->nminutes; i++)
		if (t->minute[i].requests > most)
			most = t->minute[i].requests;
	axis = bars_axis(most > 0 ? most : 1);
	mews_buf_str(&all, "M0 0");
	mews_buf_str(&bad, "M0 0");
	for (i = 0; i < t->nminutes; i++) {
		const struct mews_traffic_minute *m = &t->minute[i];

		at = (m->t - from) / 60;
		if (m->t < from || at >= BUS_HOUR)
			continue;
		table(c, m, row++);
		bars_path(&all, (size_t)at, m->requests, axis.top);
		bars_path(&bad, (size_t)at, m->exceptions, axis.top);
	}
	mews_number(high, c->lang, axis.top, 0, 0);
	mews_number(text, c->lang, most, 0, 0);
	view_down(c->view, "Gateway.hour");
	view_set(c->view, "all", all.s);
	view_set(c->view, "bad", bad.s);
	view_set(c->view, "top", high);
	view_say(c->view, "label", "traffic.chart_label", text, NULL);
	view_set(c->view, "from", figure_clock(text, from));
	view_set(c->view, "to", figure_clock(text, from + 60 * BUS_HOUR));
	view_up(c->view);
	mews_buf_clear(&all);
	mews_buf_clear(&bad);
}

/* The second half of a port on all addresses, which are two: IPv4's stands for
 * both. */
static bool
twin(const struct mews_traffic *t, size_t i)
{
	const struct mews_traffic_port *p = &t->port[i];

	return i > 0 && strcmp(p->address, "::") == 0 &&
	    strcmp(p[-1].address, "0.0.0.0") == 0 && p->port == p[-1].port &&
	    p->line == p[-1].line;
}

void
traffic_ports(struct page_ctx *c, const struct mews_traffic *t)
{
	const struct mews_traffic_port *p;
	const struct mews_line *l;
	size_t i, row = 0;

	for (i = 0; i < t->nports; i++) {
		if (twin(t, i))
			continue;
		p = &t->port[i];
		l = mews_site_line(base_site(c->base), p->line);
		view_row(c->view, "Gateway.port", row++);
		view_int(c->view, "port", p->port);
		view_set(c->view, "address",
		    strcmp(p->address, "0.0.0.0") == 0 ? "" : p->address);
		view_set(c->view, "line", l == NULL ? "" : l->name);
		view_int(c->view, "taken",
		    t->state == MEWS_TRAFFIC_OPEN && !p->open);
		view_up(c->view);
	}
}

static void
rules(struct page_ctx *c)
{
	static const char *const rights[] = { "none", "read", "write" };
	const struct mews_site *s = base_site(c->base);
	char text[48];
	size_t i;

	for (i = 0; i < s->nrules; i++) {
		const struct mews_gateway_rule *r = &s->rule[i];

		view_row(c->view, "Gateway.rule", i);
		view_set(c->view, "network", r->text);
		(void)snprintf(text, sizeof(text), "traffic.right.%s",
		    rights[r->right]);
		view_set(c->view, "right", view_word(c->view, text));
		view_int(c->view, "first", r->first);
		if (r->unit_first > 0 || r->unit_last < 255) {
			(void)snprintf(text, sizeof(text), "%d\u2013%d",
			    r->unit_first, r->unit_last);
			view_set(c->view, "units", text);
		}
		if (r->register_first > 0 || r->register_last < 65535) {
			(void)snprintf(text, sizeof(text), "%d\u2013%d",
			    r->register_first, r->register_last);
			view_set(c->view, "registers", text);
		}
		view_up(c->view);
	}
}

void
traffic_ways(struct page_ctx *c)
{
	const struct mews_site *s = base_site(c->base);
	const struct mews_line *l;
	size_t row = 0;
	int unit;

	rules(c);
	for (unit = 1; unit < 248; unit++) {
		const struct mews_device *d = mews_site_unit(s, unit);

		if (d == NULL)
			continue;
		l = mews_site_line(s, d->line);
		view_row(c->view, "Gateway.known", row++);
		view_int(c->view, "unit", unit);
		view_set(c->view, "plate", d->plate);
		view_set(c->view, "name", d->name);
		view_set(c->view, "line", l->name);
		view_int(c->view, "own", d->unit);
		view_up(c->view);
	}
}
