/*
 * home_rail.c - all devices as modules, in the order of the site.
 */
#include "device.h"
#include "figure.h"
#include "home.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void
count(struct page_ctx *c, size_t good, size_t n)
{
	char answering[24], all[24];

	(void)snprintf(answering, sizeof(answering), "%zu", good);
	(void)snprintf(all, sizeof(all), "%zu", n);
	view_say(c->view, "count",
	    device_old(c) ? "state.old" : "home.answering", answering, all,
	    NULL);
}

/* One who does not answer has a sentence; several have one with a number. */
static void
notice(struct page_ctx *c, const size_t *bad, size_t n)
{
	static const char *const advice[2][2] = {
		{ "home.silent_user", "home.silent_installer" },
		{ "home.silent_many_user", "home.silent_many_installer" },
	};
	const struct mews_device *d;
	char since[FIGURE], number[24];
	struct mews_buf names = { 0 };
	size_t i;

	if (n == 0)
		return;
	for (i = 0; i < n; i++) {
		d = &base_site(c->base)->device[bad[i]];
		mews_buf_printf(&names, "%s%s %s", i == 0 ? "" : ", ", d->plate,
		    d->name);
	}
	(void)snprintf(number, sizeof(number), "%zu", n);
	d = &base_site(c->base)->device[bad[0]];
	if (n == 1) {
		(void)device_since(c, since,
		    mews_live_device(base_live(c->base), d->id)->since);
		view_say(c->view, "notice", "home.silent", d->name, since,
		    NULL);
	} else
		view_say(c->view, "notice", "home.silent_many", number, names.s,
		    NULL);
	view_set(c->view, "advice",
	    view_word(c->view, advice[n > 1][c->who->role != MEWS_USER]));
	view_set(c->view, "names", n == 1 ? "" : names.s);
	mews_buf_clear(&names);
}

enum mews_rc
home_rail(struct page_ctx *c, struct mews_err *err)
{
	size_t n = base_site(c->base)->ndevices, nbad = 0, i;
	size_t *bad = mews_alloc(n + 1, sizeof(*bad));
	size_t good = 0;
	enum mews_rc rc = MEWS_OK;

	view_down(c->view, "Home.rail");
	for (i = 0; i < n && rc == MEWS_OK; i++) {
		view_row(c->view, "device", i);
		rc = device_set(c, i, err);
		view_up(c->view);
		if (strcmp(device_state(c, i), "bad") == 0)
			bad[nbad++] = i;
		else if (strcmp(device_state(c, i), "ok") == 0)
			good++;
	}
	count(c, good, n);
	notice(c, bad, nbad);
	view_up(c->view);
	free(bad);
	return rc;
}
