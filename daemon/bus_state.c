/*
 * bus_state.c - a line that cannot be opened is tried again for ever, at most
 * every three seconds, and people are told once.
 */
#include "bus_inside.h"
#include "log.h"
#include "tick.h"

static const int64_t reopen_us[] = { 250000, 500000, 1000000, 2000000,
	3000000 };

struct reading *
bus_reading(const struct poll_unit *u, size_t n)
{
	struct reading *g = mews_alloc(1, sizeof(*g) + n * sizeof(g->v[0]));

	g->wall = tick_wall();
	g->now = tick_us();
	g->place = u->place;
	g->live = u->live;
	return g;
}

static void
set_line(struct bus *b, bool open)
{
	size_t i;

	desk_line(b->desk, open);
	poll_line(&b->poll, open, tick_us(), tick_wall());
	for (i = 0; i < b->poll.nunits; i++)
		recorder_put(b->recorder, bus_reading(&b->poll.unit[i], 0));
}

static void
later(struct bus *b)
{
	size_t last = MEWS_LEN(reopen_us) - 1;

	b->open_at = tick_us() + reopen_us[b->failed < last ? b->failed : last];
	b->failed++;
}

/* Once, until it works again. */
static void
tell(struct bus *b, const char *kind, bool gone)
{
	struct mews_event e;

	if (b->told == gone)
		return;
	b->told = gone;
	mews_event_set(&e, kind, b->line->name);
	mews_event_arg(&e, 0, "%s", b->count.live.path);
	recorder_event(b->recorder, &e);
}

void
bus_open(struct bus *b)
{
	struct mews_err err;
	const char *why;

	if (b->driver->open(b->line, b->stop, &b->open, &why, &err) !=
	    MEWS_OK) {
		b->open = NULL;
		bus_count_state(b, false, why);
		if (b->failed == 0) {
			mews_log(MEWS_LOG_WARNING, "line %s: %s", b->line->name,
			    err.text);
			set_line(b, false);
		}
		later(b);
		tell(b, "line-gone", true);
		return;
	}
	set_line(b, true);
}

void
bus_works(struct bus *b)
{
	if (!b->works) {
		bus_count_state(b, true, "");
		if (!b->told)
			mews_log(MEWS_LOG_NOTICE, "line %s is open",
			    b->line->name);
		tell(b, "line-open", false);
	}
	b->works = true;
	b->failed = 0;
}

void
bus_lose(struct bus *b)
{
	b->works = false;
	b->driver->close(b->open);
	b->open = NULL;
	bus_count_state(b, false, "lost");
	set_line(b, false);
	later(b);
	tell(b, "line-gone", true);
}
