/*
 * page_bus.c - home of the installer: what is wrong, the lines, the devices.
 */
#include "bus.h"
#include "event_say.h"

#include <inttypes.h>
#include <stdio.h>

#define EVENTS 8

/* "15 of 32 addresses used." */
static enum mews_rc
used(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	int64_t n = mews_site_addresses(base_site(c->base)), most = INT64_MAX;
	enum mews_rc rc = db == NULL ? MEWS_OK : mews_site_most(db, &most, err);
	char now[24], all[24];

	(void)snprintf(now, sizeof(now), "%" PRId64, n);
	(void)snprintf(all, sizeof(all), "%" PRId64, most);
	view_say(c->view, "Bus.used",
	    most == INT64_MAX ? "bus.used_free" : "bus.used", now, all, NULL);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_site *site = base_site(c->base);
	struct mews_event_filter all = { 0 };
	enum mews_rc rc = used(c, err);
	size_t n;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "bus.title"));
	view_set(c->view, "Bus.board", site->board);
	view_int(c->view, "Bus.devices", (int64_t)site->ndevices);
	view_int(c->view, "Bus.lines", (int64_t)site->nlines);
	bus_alarms(c);
	bus_lamps(c);
	bus_devices(c);
	if (rc == MEWS_OK)
		rc = event_list(c, "Bus.event", &all, EVENTS, &n, NULL, err);
	return rc == MEWS_OK ? bus_lines(c, err) : rc;
}

const struct page page_bus = {
	.path = "/bus",
	.name = "bus",
	.menu = "bus",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.kept = true,
	.show = show,
};
