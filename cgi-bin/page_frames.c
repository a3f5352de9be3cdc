/*
 * page_frames.c - the frames that cross the gateway, while somebody looks.
 *
 * mewsd keeps frames for a minute after it was told that somebody looks; the
 * page tells it each time it is fetched, which it is every two seconds until
 * it is paused.
 */
#include "bus.h"
#include "figure.h"
#include "frames.h"
#include "order.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define SHOWN 60

static const struct request_field fields[] = {
	FRAMES_FIELDS,
	{ "pause", REQUEST_TOKEN, 1 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static void
set_frame(struct page_ctx *c, const struct mews_traffic_frame *f)
{
	const struct mews_line *l = mews_site_line(base_site(c->base), f->line);
	char time[FRAMES_TIME], key[48], code[8], text[FIGURE];
	struct mews_buf hex = { 0 };

	view_set(c->view, "at", frames_time(time, f->t_us));
	(void)snprintf(key, sizeof(key), "frames.way.%d", (int)f->way);
	view_set(c->view, "way", view_word(c->view, key));
	view_int(c->view, "answer",
	    f->way == MEWS_FROM_LINE || f->way == MEWS_TO_CLIENT);
	view_set(c->view, "client", f->client);
	view_set(c->view, "line", l == NULL ? "" : l->name);
	view_int(c->view, "unit", f->unit);
	view_int(c->view, "function", f->function);
	(void)snprintf(code, sizeof(code), "%02X", (unsigned)f->code & 0xffu);
	(void)snprintf(key, sizeof(key), "frames.result.%s", frames_result(f));
	view_say(c->view, "result", key, code, NULL);
	view_int(c->view, "bad", f->result > MEWS_FRAME_GOOD);
	if (f->took_us > 0)
		view_set(c->view, "took", bus_ms(c, text, f->took_us));
	frames_hex(f, &hex);
	view_set(c->view, "hex", hex.s);
	mews_buf_clear(&hex);
}

/* Where "older", "pause" and the downloads lead. */
static void
links(struct page_ctx *c, bool paused, int64_t newest, int64_t oldest)
{
	struct mews_buf b = { 0 };

	frames_query(c, &b);
	view_set(c->view, "Frames.query", b.s);
	mews_buf_reset(&b);
	if (paused)
		mews_buf_str(&b, "/gateway/frames?");
	else
		mews_buf_printf(&b, "/gateway/frames?pause=1&before=%" PRId64,
		    newest + 1);
	frames_query(c, &b);
	view_set(c->view, "Frames.toggle", b.s);
	mews_buf_reset(&b);
	if (oldest > 0) {
		mews_buf_printf(&b, "/gateway/frames?pause=1&before=%" PRId64,
		    oldest);
		frames_query(c, &b);
		view_set(c->view, "Frames.older", b.s);
	}
	mews_buf_clear(&b);
}

static enum mews_rc
list(struct page_ctx *c, const struct mews_traffic_filter *filter, bool paused,
    struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_LIVE_DB);
	struct mews_traffic_frame *frame = mews_alloc(SHOWN, sizeof(*frame));
	enum mews_rc rc = MEWS_OK;
	size_t n = 0, i;

	if (db != NULL)
		rc = mews_traffic_frames(db, filter, frame, SHOWN, &n, err);
	for (i = 0; i < n; i++) {
		view_row(c->view, "Frames.frame", i);
		set_frame(c, &frame[i]);
		view_up(c->view);
	}
	view_int(c->view, "Frames.n", (int64_t)n);
	links(c, paused, n == 0 ? 0 : frame[0].id,
	    n == SHOWN ? frame[n - 1].id : 0);
	free(frame);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	bool paused = request_get(c->request, "pause")[0] != '\0';
	struct mews_traffic_filter filter;
	struct form f;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "frames.title"));
	form_begin(&f, c);
	view_int(c->view, "Frames.paused", paused);
	if (!frames_filter(&f, &filter)) {
		view_set(c->view, "Form.wrong",
		    view_word(c->view, "frames.bad_filter"));
		view_int(c->view, "Frames.paused", 1);
		links(c, true, 0, 0);
		return MEWS_OK;
	}
	if (!paused) {
		view_set(c->view, "Page.again", "2");
		if (order_send(c, NULL, err, "frames-on", NULL) != MEWS_OK)
			view_int(c->view, "Frames.deaf", 1);
	}
	return list(c, &filter, paused, err);
}

const struct page page_frames = {
	.path = "/gateway/frames",
	.name = "frames",
	.menu = "gateway",
	.methods = PAGE_GET,
	.roles = FRAMES_ROLES,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
