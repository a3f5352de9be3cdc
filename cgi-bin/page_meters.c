/*
 * page_meters.c - all devices, by medium.
 */
#include "device.h"
#include "figure.h"

#include <stdio.h>
#include <string.h>

static enum mews_rc
row(struct page_ctx *c, size_t i, struct mews_err *err)
{
	const struct mews_quantity *q = device_counter(c, i);
	struct mews_bucket b;
	enum mews_rc rc = device_set(c, i, err);

	if (rc == MEWS_OK)
		rc = device_set_pulses(c, i, err);
	if (rc != MEWS_OK || q == NULL)
		return rc;
	rc = device_today(c, i, &b, err);
	if (rc == MEWS_OK)
		figure_set_sum(c, "today", q, b.sum, b.flags);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	static const char *const names[] = { "electricity", "water", "gas",
		"heat", "air", "other" };
	size_t n = base_site(c->base)->ndevices, i, k, rows;
	enum mews_rc rc = MEWS_OK;
	char key[32];

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "menu.meters"));
	view_set(c->view, "Meters.advice",
	    view_word(c->view,
		c->who->role == MEWS_USER ? "home.empty_user"
					  : "home.empty_installer"));
	view_int(c->view, "Meters.n", (int64_t)n);
	for (k = 0; k < MEWS_LEN(names); k++) {
		view_row(c->view, "Meters.medium", k);
		(void)snprintf(key, sizeof(key), "medium.%s", names[k]);
		view_set(c->view, "name", view_word(c->view, key));
		view_set(c->view, "id", names[k]);
		for (i = rows = 0; i < n && rc == MEWS_OK; i++) {
			if (strcmp(device_medium(c, i), names[k]) != 0)
				continue;
			view_row(c->view, "device", rows++);
			rc = row(c, i, err);
			view_up(c->view);
		}
		view_int(c->view, "n", (int64_t)rows);
		view_up(c->view);
	}
	return rc;
}

const struct page page_meters = {
	.path = "/meters",
	.name = "meters",
	.menu = "meters",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.kept = true,
	.show = show,
};
