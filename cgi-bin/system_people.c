/*
 * system_people.c - the part of the administrator's home that mews-auth and
 * mews-courier know.
 */
#include "figure.h"
#include "people.h"
#include "system.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* As /users has it; a PIN that is blocked, or codes of the leaflet, need
 * somebody. */
static void
user(struct system *s, size_t i, char *row)
{
	struct page_ctx *c = s->c;
	const char *w[6] = { "", "", "", "0", "0", "" };
	char text[FIGURE], key[48];

	(void)people_words(row, w, MEWS_LEN(w));
	view_row(c->view, "user", i);
	view_set(c->view, "name", w[0]);
	view_set(c->view, "role", people_role(c, w[1]));
	view_set(c->view, "last",
	    people_time(c, text, strtoll(w[3], NULL, 10)));
	(void)snprintf(key, sizeof(key), "users.is_%.30s", w[5]);
	view_set(c->view, "says", view_word(c->view, key));
	view_up(c->view);
	if (strcmp(w[5], "blocked") == 0)
		system_alarm(s, "warn", "blocked", w[0], "/users");
}

enum mews_rc
system_people(struct system *s, struct mews_err *err)
{
	struct mews_message a;
	char row[PEOPLE_ROW];
	size_t i, n;
	enum mews_rc rc = order_send(s->c, &a, err, "user-list", NULL);

	n = (size_t)mews_message_int(&a, "n", 0);
	for (i = 0; rc == MEWS_OK && i < n; i++) {
		people_row(&a, "user", i, row);
		user(s, i, row);
	}
	if (mews_message_int(&a, "factory", 0) != 0)
		system_alarm(s, "alarm", "codes", "", "/setup");
	mews_message_clear(&a);
	return rc;
}

/* One sink: since when it fails, when it last worked, or that it is idle. */
static void
way(struct system *s, size_t i, const char *sink, const char *path)
{
	struct page_ctx *c = s->c;
	struct mews_message a;
	struct mews_err err;
	char text[FIGURE], key[48];
	enum mews_rc rc =
	    order_send(c, &a, &err, "courier-status", "sink", sink, NULL);
	int64_t since = mews_message_int(&a, "since", 0);
	int64_t good = mews_message_int(&a, "good", 0);
	bool bad = rc == MEWS_OK && since > 0;

	view_row(c->view, "way", i);
	(void)snprintf(key, sizeof(key), "system.way_%s", sink);
	view_set(c->view, "name", view_word(c->view, key));
	view_set(c->view, "path", path);
	view_int(c->view, "bad", bad);
	if (rc != MEWS_OK)
		view_set(c->view, "says",
		    view_word(c->view, "system.way_still"));
	else if (bad || good > 0)
		view_say(c->view, "says",
		    bad ? "system.way_bad" : "system.way_good",
		    people_time(c, text, bad ? since : good), NULL);
	else
		view_set(c->view, "says",
		    view_word(c->view, "system.way_idle"));
	view_up(c->view);
	mews_message_clear(&a);
}

void
system_ways(struct system *s)
{
	static const struct {
		const char *sink, *path;
	} ways[] = {
		{ "folder", "/settings/folder" },
		{ "mail", "/settings/mail" },
		{ "upload", "/settings/ftp" },
	};
	size_t i;

	for (i = 0; i < MEWS_LEN(ways); i++)
		way(s, i, ways[i].sink, ways[i].path);
}
