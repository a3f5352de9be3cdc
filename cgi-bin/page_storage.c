/*
 * page_storage.c - the space of the history: how much it may take, how long
 * that lets it be kept, and since when what is kept now.
 *
 * "Show" and "Save" are two buttons of one form: what a budget means can be
 * seen before it is saved.
 */
#include "figure.h"
#include "form.h"
#include "mark.h"
#include "order.h"
#include "storage.h"

#include <stdio.h>
#include <string.h>

#define MB    1048576
#define LEAST 1
#define MOST  1048576 /* as lib/setting.c has it */
#define DAY   86400

static const struct request_field fields[] = {
	{ "mb", REQUEST_TEXT, FORM_MOST },
	{ "do", REQUEST_WORD, 8 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static const char *const classes[MEWS_KEEP_CLASSES] = { "counter", "gauge",
	"quality" };
static const char *const levels[MEWS_LEVELS] = { "minute", "hour", "day",
	"month", "year" };

/* A row a class and level that there is. */
static void
set_rows(struct page_ctx *c, const struct mews_weight *w,
    const struct mews_forecast *f)
{
	char text[FIGURE], key[40];
	int class, level, floor;
	size_t n;

	for (class = 0; class < MEWS_KEEP_CLASSES; class ++) {
		if (w->since[class][MEWS_HOUR] == 0 &&
		    w->since[class][MEWS_MINUTE] == 0)
			continue;
		view_row(c->view, "class", (size_t) class);
		(void)snprintf(key, sizeof(key), "storage.class.%s",
		    classes[class]);
		view_set(c->view, "name", view_word(c->view, key));
		for (level = 0, n = 0; level <= MEWS_DAY; level++) {
			view_row(c->view, "level", n++);
			(void)snprintf(key, sizeof(key), "storage.level.%s",
			    levels[level]);
			view_set(c->view, "name", view_word(c->view, key));
			if (w->since[class][level] != 0)
				view_set(c->view, "since",
				    figure_date(c, text, FIGURE_TABLE_DAY,
					w->since[class][level]));
			floor = mews_keep_floor((enum mews_keep_class) class,
			    (enum mews_level)level);
			storage_span(c, "keeps",
			    w->rate[class][level] > 0 ? f->days[class][level]
						      : floor,
			    floor == 0);
			view_up(c->view);
		}
		view_up(c->view);
	}
}

/* What is wrong with a budget. */
static void
judge(struct form *f, const struct mews_weight *w,
    const struct mews_forecast *is, int64_t mb, int64_t room)
{
	char a[MEWS_NUMBER], b[MEWS_NUMBER];

	if (f->nbad != 0)
		return;
	if (mb * MB > room)
		form_wrong(f, "mb", "storage.no_room",
		    storage_number(f->c, a, mb),
		    storage_number(f->c, b, room / MB), NULL);
	else if (w->known && mb * MB < is->least)
		form_wrong(f, "mb", "storage.too_small",
		    storage_number(f->c, a, mb),
		    storage_megabytes(f->c, b, is->least), NULL);
}

static void
send(struct form *f, const char *what, int64_t mb, struct mews_err *err)
{
	char text[24];
	enum mews_rc rc;

	(void)snprintf(text, sizeof(text), "%lld", (long long)mb);
	rc = strcmp(what, "clock") == 0
	    ? order_send(f->c, NULL, err, "clock-right", NULL)
	    : order_send(f->c, NULL, err, "set", "key", "history_mb", "value",
		  text, NULL);
	if (rc == MEWS_OK)
		form_go(f->c, "/settings/storage", "saved");
	else
		form_refused(f, rc, err);
}

static enum mews_rc
fill(struct page_ctx *c, struct mews_db *history, struct mews_err *err)
{
	const char *what = request_get(c->request, "do");
	char text[MEWS_NUMBER];
	struct mews_forecast f;
	struct mews_weight w;
	struct form form;
	int64_t mb = 0, room, left;
	enum mews_rc rc;

	rc = mews_budget_get(base_db(c->base, MEWS_CONFIG_DB), history, &mb,
	    err);
	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	if ((rc = mews_weigh(history, c->now, &w, err)) != MEWS_OK)
		return rc;
	room = storage_room(c, &w, &left);
	form_begin(&form, c);
	(void)snprintf(text, sizeof(text), "%lld", (long long)mb);
	(void)form_text(&form, "mb", text);
	if (strcmp(what, "clock") != 0)
		mb = form_int(&form, "mb", mb, LEAST, MOST, "storage.bad");
	mews_budget_forecast(&w, mb * MB, &f);
	if (form.sent && strcmp(what, "clock") != 0)
		judge(&form, &w, &f, mb, room);
	if (form.sent && form.nbad == 0 && strcmp(what, "look") != 0)
		send(&form, what, mb, err);
	view_down(c->view, "Storage");
	view_int(c->view, "known", w.known);
	view_set(c->view, "used", storage_megabytes(c, text, w.used));
	view_set(c->view, "spare", storage_megabytes(c, text, w.spare));
	view_set(c->view, "left", storage_megabytes(c, text, left));
	view_int(c->view, "looked", form.sent && form.nbad == 0);
	if (w.known)
		storage_forecast(c, &w, &f, mb);
	set_rows(c, &w, &f);
	view_int(c->view, "doubt",
	    mews_mark_get(history, MEWS_MARK_DOUBT, text, sizeof(text), NULL) ==
		MEWS_OK);
	view_up(c->view);
	return MEWS_OK;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *history = base_db(c->base, MEWS_HISTORY_DB);
	bool begun = false;
	enum mews_rc rc;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "storage.title"));
	if (history == NULL)
		return mews_fail(err, MEWS_AGAIN, "there is no history yet");
	if ((rc = mews_db_snapshot(history, &begun, err)) != MEWS_OK)
		return rc;
	rc = fill(c, history, err);
	return begun ? mews_db_end(history, rc, err) : rc;
}

const struct page page_storage = {
	.path = "/settings/storage",
	.name = "storage",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
