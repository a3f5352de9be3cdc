/*
 * upload_show.c - how a server fares that files are brought to.
 */
#include "upload_show.h"

#include "figure.h"

#include <inttypes.h>
#include <stdio.h>

static void
set_fares(struct page_ctx *c, const struct mews_destination *d,
    const struct mews_message *a)
{
	int64_t waits = mews_message_int(a, "waits", 0);
	int64_t good = mews_message_int(a, "good", 0);
	int64_t since = mews_message_int(a, "since", 0);
	char n[MEWS_NUMBER], at[FIGURE];

	mews_number(n, c->lang, waits, 0, 0);
	(void)mews_say_since(c->view, at, since != 0 ? since : good, c->now);
	view_set(c->view, "state",
	    since != 0                    ? "bad"
		: good == 0 || !d->active ? "idle"
					  : "ok");
	view_say(c->view, "fares",
	    !d->active       ? "ftp.rests"
		: since != 0 ? "ftp.fails"
		: good == 0  ? "ftp.new"
		: waits > 0  ? "ftp.brings"
			     : "ftp.all",
	    n, at, NULL);
}

bool
upload_show(struct page_ctx *c, const struct mews_destination *d)
{
	struct mews_message a;
	struct mews_err err;
	char id[24], name[600], at[FIGURE];
	int64_t tested = 0;

	(void)snprintf(id, sizeof(id), "%" PRId64, d->id);
	(void)snprintf(name, sizeof(name), "%s://%s:%d%s%s", d->kind, d->host,
	    d->port, d->path[0] == '/' ? "" : "/", d->path);
	view_set(c->view, "id", id);
	view_set(c->view, "name", name);
	view_set(c->view, "user", d->user);
	if (order_send(c, &a, &err, "upload-status", "id", id, NULL) !=
	    MEWS_OK) {
		view_set(c->view, "state", "bad");
		view_set(c->view, "fares", view_word(c->view, "post.away"));
	} else {
		set_fares(c, d, &a);
		if (mews_message_get(&a, "why")[0] != '\0')
			post_say(c, mews_message_get(&a, "why"),
			    mews_message_get(&a, "said"));
		tested = mews_message_int(&a, "tested", 0);
	}
	if (tested > 0 && mews_message_get(&a, "why")[0] == '\0')
		view_say(c->view, "tested", "ftp.tested",
		    mews_say_since(c->view, at, tested, c->now), NULL);
	mews_message_clear(&a);
	return tested == -1;
}
