/*
 * bus_device.c - what is wrong, and how each device answers.
 *
 * What concerns many is said once: a line that is closed silences its devices,
 * so they are not named beside it.
 */
#include "bus.h"
#include "device.h"
#include "figure.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define NAMED 4 /* silent devices that have a notice of their own */

static void
alarm(struct page_ctx *c, size_t *row, bool bad, const char *path,
    const char *button, const char *arg)
{
	view_row(c->view, "alarm", (*row)++);
	view_set(c->view, "kind", bad ? "alarm" : "warn");
	view_set(c->view, "icon", bad ? "octagon-alert" : "triangle-alert");
	view_set(c->view, "path", path);
	if (path[0] != '\0')
		view_say(c->view, "button", button, arg, NULL);
}

static void
closed_lines(struct page_ctx *c, size_t *row)
{
	const struct mews_site *site = base_site(c->base);
	const struct mews_live_line *now;
	char path[64], since[FIGURE];
	const struct mews_line *l;
	bool rtu;
	size_t i;

	for (i = 0; i < site->nlines; i++) {
		l = &site->line[i];
		now = mews_live_line(base_live(c->base), l->id);
		if (now == NULL || now->open || now->why[0] == '\0')
			continue;
		rtu = l->kind == MEWS_LINE_RTU;
		(void)snprintf(path, sizeof(path), "/settings/rs485/%s",
		    l->name);
		(void)device_since(c, since, now->since);
		alarm(c, row, true, path, "bus.line_button", l->name);
		view_say(c->view, "title",
		    rtu ? "bus.port_closed" : "bus.host_closed", l->name, since,
		    NULL);
		(void)device_why(c, "text", l);
		view_up(c->view);
	}
}

/* A device that is silent though its line is open. */
static bool
silent(const struct page_ctx *c, size_t i)
{
	const struct mews_live_device *d = mews_live_device(base_live(c->base),
	    base_site(c->base)->device[i].id);

	return d != NULL && d->answer == MEWS_SILENT && !device_old(c);
}

static void
silent_device(struct page_ctx *c, size_t *row, size_t i)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_line *l = mews_site_line(base_site(c->base), d->line);
	const struct mews_live_device *live =
	    mews_live_device(base_live(c->base), d->id);
	char path[FIGURE], unit[16], since[FIGURE], settings[FIGURE];
	bool garbled;

	(void)snprintf(unit, sizeof(unit), "%d", d->unit);
	(void)device_since(c, since, live->last > 0 ? live->last : live->since);
	alarm(c, row, true, figure_device_path(path, d, "/test"),
	    "bus.test_button", unit);
	garbled = live->damaged > live->timeouts;
	view_say(c->view, "title", garbled ? "bus.garbled" : "bus.silent",
	    d->plate, d->name, NULL);
	view_say(c->view, "text",
	    garbled                        ? "bus.garbled_advice"
		: l->kind == MEWS_LINE_RTU ? "bus.silent_rtu"
					   : "bus.silent_tcp",
	    unit, since, bus_settings(c, settings, l), NULL);
	view_up(c->view);
}

static void
silent_devices(struct page_ctx *c, size_t *row)
{
	size_t n = base_site(c->base)->ndevices, bad = 0, i;
	char text[24];

	for (i = 0; i < n; i++)
		if (silent(c, i) && bad++ < NAMED)
			silent_device(c, row, i);
	if (bad > NAMED) {
		(void)snprintf(text, sizeof(text), "%zu", bad - NAMED);
		alarm(c, row, true, "#devices", "bus.more_button", "");
		view_say(c->view, "title", "bus.more_silent", text, NULL);
		view_set(c->view, "text",
		    view_word(c->view, "bus.more_advice"));
		view_up(c->view);
	}
}

/* What answers, and will not for long. */
static const struct {
	int64_t mark;
	const char *title, *text;
} doubts[] = {
	{ MEWS_LIVE_TWO, "bus.two", "bus.two_advice" },
	{ MEWS_LIVE_NEAR, "bus.near", "bus.near_advice" },
	{ MEWS_LIVE_HOLES, "bus.holes", "bus.holes_advice" },
};

static void
doubtful(struct page_ctx *c, size_t *row)
{
	const struct mews_site *site = base_site(c->base);
	char path[FIGURE], unit[16], slowest[FIGURE], most[FIGURE];
	const struct mews_live_device *live;
	size_t i, k;

	for (i = 0; i < site->ndevices * MEWS_LEN(doubts); i++) {
		const struct mews_device *d =
		    &site->device[i / MEWS_LEN(doubts)];

		k = i % MEWS_LEN(doubts);
		live = mews_live_device(base_live(c->base), d->id);
		if (live == NULL || !(live->marks & doubts[k].mark))
			continue;
		(void)snprintf(unit, sizeof(unit), "%d", d->unit);
		alarm(c, row, false, figure_device_path(path, d, "/test"),
		    "bus.test_button", unit);
		view_say(c->view, "title", doubts[k].title, d->plate, d->name,
		    unit, NULL);
		view_say(c->view, "text", doubts[k].text,
		    bus_ms(c, slowest, live->slowest_us),
		    bus_ms(c, most, live->timeout_us), unit, NULL);
		view_up(c->view);
	}
}

void
bus_alarms(struct page_ctx *c)
{
	const struct mews_live *live = base_live(c->base);
	char since[FIGURE];
	size_t row = 0;

	view_down(c->view, "Bus");
	if (device_old(c)) {
		alarm(c, &row, true, "", "", "");
		(void)device_since(c, since, live->now);
		view_say(c->view, "title",
		    live->now == 0 ? "home.never" : "home.old", since, NULL);
		view_set(c->view, "text",
		    view_word(c->view, "home.old_advice"));
		view_up(c->view);
	} else {
		closed_lines(c, &row);
		silent_devices(c, &row);
		doubtful(c, &row);
	}
	view_up(c->view);
}

/* "02 × 3, 06 × 1", the others as "?"; "" when there was none. */
static void
codes(struct page_ctx *c, const struct mews_live_device *live)
{
	struct mews_buf b = { 0 };
	char name[8];
	int i;

	for (i = 0; i < MEWS_LIVE_CODES; i++) {
		(void)snprintf(name, sizeof(name), "%02X", i);
		if (live->code[i] > 0)
			mews_buf_printf(&b, "%s%s \u00d7 %" PRId64,
			    b.n > 0 ? ", " : "", i == 0 ? "?" : name,
			    live->code[i]);
	}
	view_set(c->view, "codes", b.n == 0 ? "" : b.s);
	mews_buf_clear(&b);
}

static void
counters(struct page_ctx *c, const struct mews_live_device *live)
{
	const struct {
		const char *name;
		int64_t value;
	} list[] = { { "asked", live->asked }, { "answered", live->answered },
		{ "timeouts", live->timeouts }, { "damaged", live->damaged } };
	char text[FIGURE];
	size_t i;

	for (i = 0; i < MEWS_LEN(list); i++) {
		mews_number(text, c->lang, list[i].value, 0, 0);
		view_set(c->view, list[i].name, text);
	}
	codes(c, live);
	view_set(c->view, "since", device_since(c, text, live->since));
	view_set(c->view, "lost",
	    bus_share(c, text, live->timeouts + live->damaged, live->asked));
	view_int(c->view, "lossy", live->timeouts + live->damaged > 0);
	if (live->answer == MEWS_ANSWERS && live->answered > 0) {
		view_set(c->view, "p50",
		    bus_ms(c, text,
			live->p50_us > 0 ? live->p50_us : live->answer_us));
		view_set(c->view, "p99",
		    bus_ms(c, text,
			live->p99_us > 0 ? live->p99_us : live->answer_us));
	}
	view_set(c->view, "slowest", bus_ms(c, text, live->slowest_us));
}

static void
set_device(struct page_ctx *c, size_t i)
{
	const struct mews_device *d = &base_site(c->base)->device[i];
	const struct mews_line *l = mews_site_line(base_site(c->base), d->line);
	const struct mews_profile *p = base_profile(c->base, i);
	const struct mews_live_device *live =
	    mews_live_device(base_live(c->base), d->id);
	char text[FIGURE], type[FIGURE * 2];

	(void)snprintf(type, sizeof(type), "%s %s", p == NULL ? "" : p->vendor,
	    p == NULL ? d->profile : p->model);
	view_set(c->view, "plate", d->plate);
	view_set(c->view, "name", d->name);
	view_set(c->view, "type", type);
	view_set(c->view, "line", l->name);
	view_int(c->view, "unit", d->unit);
	view_set(c->view, "path", figure_device_path(text, d, ""));
	view_set(c->view, "test", figure_device_path(text, d, "/test"));
	view_set(c->view, "state", device_state(c, i));
	view_set(c->view, "says", device_says(c, i, text));
	if (live != NULL && !device_old(c))
		counters(c, live);
}

void
bus_devices(struct page_ctx *c)
{
	size_t n = base_site(c->base)->ndevices, good = 0, i;
	char a[24], all[24];

	view_down(c->view, "Bus");
	for (i = 0; i < n; i++) {
		view_row(c->view, "device", i);
		set_device(c, i);
		view_up(c->view);
		good += strcmp(device_state(c, i), "ok") == 0;
	}
	(void)snprintf(a, sizeof(a), "%zu", good);
	(void)snprintf(all, sizeof(all), "%zu", n);
	view_say(c->view, "answering",
	    device_old(c) ? "state.old" : "home.answering", a, all, NULL);
	view_up(c->view);
}
