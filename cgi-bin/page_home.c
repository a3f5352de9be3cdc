/*
 * page_home.c - home of a user: today, now, the week, the devices.
 */
#include "calendar.h"
#include "device.h"
#include "figure.h"
#include "home.h"

#include <inttypes.h>
#include <stdio.h>

/* Under the title: how fresh it is. */
static void
head(struct page_ctx *c)
{
	const struct mews_live *live = base_live(c->base);
	char text[FIGURE];

	(void)figure_date(c, text, FIGURE_DAY, c->now);
	view_set(c->view, "Home.date", text);
	view_set(c->view, "Home.board", base_site(c->base)->board);
	if (live->now == 0)
		view_say(c->view, "Home.read", "home.never", NULL);
	else if (device_old(c)) {
		(void)device_since(c, text, live->now);
		view_say(c->view, "Home.read", "home.old", text, NULL);
		view_int(c->view, "Home.is_old", 1);
	}
	(void)snprintf(text, sizeof(text), "%" PRId64, c->now / 60);
	view_set(c->view, "Home.minute", text);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	static enum mews_rc (*const parts[])(struct page_ctx *,
	    struct mews_err *) = { home_today, home_power, home_tiles,
		home_week, home_rail };
	enum mews_rc rc = MEWS_OK;
	size_t i;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "menu.home"));
	head(c);
	if (base_site(c->base)->ndevices == 0) {
		view_int(c->view, "Home.empty", 1);
		view_set(c->view, "Home.advice",
		    view_word(c->view,
			c->who->role == MEWS_USER ? "home.empty_user"
						  : "home.empty_installer"));
		return MEWS_OK;
	}
	for (i = 0; i < MEWS_LEN(parts) && rc == MEWS_OK; i++)
		rc = parts[i](c, err);
	return rc;
}

const struct page page_home = {
	.path = "/home",
	.name = "home",
	.menu = "home",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.kept = true,
	.show = show,
};
