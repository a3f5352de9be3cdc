/*
 * page_gateway_map.c - which register of mews itself holds what.
 */
#include "figure.h"
#include "map.h"
#include "page.h"

#include <stdio.h>
#include <stdlib.h>

static void
states(struct page_ctx *c)
{
	const struct mews_map_state *s;
	char key[48];
	size_t i;

	for (i = 0; i < MEWS_MAP_STATES; i++) {
		s = mews_map_state(i);
		(void)snprintf(key, sizeof(key), "map.%s", s->name);
		view_row(c->view, "Map.state", i);
		view_int(c->view, "at", s->first);
		view_set(c->view, "type", s->type);
		view_set(c->view, "name", view_word(c->view, key));
		view_set(c->view, "unit", s->unit);
		view_up(c->view);
	}
}

static void
slot(struct page_ctx *c, const struct mews_map_slot *s)
{
	const struct mews_device *d =
	    mews_site_device(base_site(c->base), s->device);
	char text[48];

	view_int(c->view, "at", mews_map_register(s));
	(void)snprintf(text, sizeof(text), "%d", 400001 + mews_map_register(s));
	view_set(c->view, "reference", text);
	view_set(c->view, "plate", d == NULL ? "" : d->plate);
	if (s->quantity == NULL)
		return;
	view_set(c->view, "name", figure_name(c, s->quantity));
	view_set(c->view, "unit", s->quantity->unit);
	(void)snprintf(text, sizeof(text), "%d", s->quantity->decimals);
	view_set(c->view, "decimals", text);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	struct mews_map_slot *list = NULL;
	enum mews_rc rc = MEWS_OK;
	size_t n = 0, i;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "map.title"));
	states(c);
	if (db != NULL)
		rc = mews_map_slots(db, &list, &n, err);
	view_int(c->view, "Map.n", (int64_t)n);
	view_int(c->view, "Map.full", n == MEWS_MAP_SLOTS);
	for (i = 0; i < n; i++) {
		view_row(c->view, "Map.slot", i);
		slot(c, &list[i]);
		view_up(c->view);
	}
	free(list);
	return rc;
}

const struct page page_gateway_map = {
	.path = "/gateway/map",
	.name = "gateway_map",
	.menu = "gateway",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.kept = true,
	.show = show,
};
