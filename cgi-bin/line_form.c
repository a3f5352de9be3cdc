/*
 * line_form.c - the form of a line, and mewsd's taking it.
 *
 * Ports are proposed by the names that stay the same when an adapter is
 * plugged into another socket or the box starts anew: by-path, then by-id, then
 * those the kernel counts.
 */
#include "line.h"
#include "order.h"
#include "str.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PORTS 32 /* proposed of each folder */

static const char *const rates[] = { "1200", "2400", "4800", "9600", "19200",
	"38400", "57600", "115200" };

static bool
serial(const char *dir, const char *name)
{
	static const char *const heads[] = { "ttyS", "ttyUSB", "ttyACM",
		"ttyAMA", "ttymxc", "ttyO", "ttySC" };
	size_t i;

	if (name[0] == '.')
		return false;
	if (strcmp(dir, "/dev") != 0)
		return true;
	for (i = 0; i < MEWS_LEN(heads); i++)
		if (strncmp(name, heads[i], strlen(heads[i])) == 0)
			return true;
	return false;
}

static void
propose(struct form *f, const char *dir)
{
	struct dirent **list;
	int n = scandir(dir, &list, NULL, alphasort), i, shown = 0;
	char path[320];

	for (i = 0; i < n; i++) {
		if (serial(dir, list[i]->d_name) && shown++ < PORTS) {
			(void)snprintf(path, sizeof(path), "%s/%s", dir,
			    list[i]->d_name);
			form_option(f, path, path, false);
		}
		free(list[i]);
	}
	if (n >= 0)
		free(list);
}

static void
name_field(struct form *f, const char *was, struct mews_line *l)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789";
	const char *text = form_text(f, "name", l->name);
	char had[sizeof(l->name)];

	(void)snprintf(had, sizeof(had), "%s", was);
	if (!f->sent)
		return;
	if (text[0] == '\0' || text[strspn(text, plain)] != '\0' ||
	    !mews_str_copy(l->name, sizeof(l->name), text))
		form_wrong(f, "name", "line.bad_name", text, NULL);
	else if (strcmp(text, had) != 0 && line_find(f->c, text) != NULL)
		form_wrong(f, "name", "line.name_used", text, NULL);
}

/* The line of the site that has the same port, NULL when none has. */
static const struct mews_line *
same(const struct form *f, const char *was, const struct mews_line *l)
{
	const struct mews_site *s = base_site(f->c->base);
	size_t i;

	for (i = 0; i < s->nlines; i++)
		if (strcmp(s->line[i].name, was) != 0 &&
		    s->line[i].kind == l->kind &&
		    strcmp(s->line[i].path, l->path) == 0 &&
		    (l->kind == MEWS_LINE_RTU || s->line[i].port == l->port))
			return &s->line[i];
	return NULL;
}

static bool
host(const char *s)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789.-:";

	return s[0] != '\0' && s[0] != '-' && s[strspn(s, plain)] == '\0';
}

static void
path_field(struct form *f, struct mews_line *l)
{
	bool rtu = l->kind == MEWS_LINE_RTU;
	const char *text = form_choose(f, "path", l->path);

	if (rtu) {
		propose(f, "/dev/serial/by-path");
		propose(f, "/dev/serial/by-id");
		propose(f, "/dev");
	}
	if (!f->sent)
		return;
	if (rtu ? text[0] != '/' || strpbrk(text, " \"#") != NULL : !host(text))
		form_wrong(f, "path", rtu ? "line.bad_path" : "line.bad_host",
		    text, NULL);
	else if (!mews_str_copy(l->path, sizeof(l->path), text))
		form_wrong(f, "path", "line.long_path", NULL);
}

/* One of a list of words. */
static bool
choice(struct form *f, const char *name, const char *now,
    const char *const *words, size_t n, const char *key, size_t *at)
{
	const char *text = form_choose(f, name, now);
	char say[48];
	size_t i;
	bool found = false;

	for (i = 0; i < n; i++) {
		(void)snprintf(say, sizeof(say), "line.%s_%s", name, words[i]);
		form_option(f, words[i],
		    strcmp(name, "baud") == 0 ? words[i]
					      : view_word(f->c->view, say),
		    false);
		if (strcmp(text, words[i]) == 0) {
			*at = i;
			found = true;
		}
	}
	if (f->sent && !found)
		form_wrong(f, name, key, text, NULL);
	return found && f->sent;
}

static void
serial_fields(struct form *f, struct mews_line *l)
{
	static const char *const parities[] = { "E", "N", "O" };
	static const char *const stops[] = { "1", "2" };
	char baud[16], parity[2] = { l->parity, '\0' };
	char stop[2] = { (char)('0' + l->stop), '\0' };
	int64_t rate;
	size_t at;

	(void)snprintf(baud, sizeof(baud), "%d", l->baud);
	if (choice(f, "baud", baud, rates, MEWS_LEN(rates), "line.bad_baud",
		&at) &&
	    mews_str_int(rates[at], 1200, 115200, &rate))
		l->baud = (int)rate;
	if (choice(f, "parity", parity, parities, MEWS_LEN(parities),
		"line.bad_choice", &at))
		l->parity = parities[at][0];
	if (choice(f, "stop", stop, stops, MEWS_LEN(stops), "line.bad_choice",
		&at))
		l->stop = (int)at + 1;
}

void
line_form(struct form *f, const char *was, struct mews_line *l)
{
	const struct mews_line *other;

	view_set(f->c->view, "Line.kind",
	    l->kind == MEWS_LINE_RTU ? "rtu" : "tcp");
	name_field(f, was, l);
	path_field(f, l);
	if (l->kind == MEWS_LINE_RTU)
		serial_fields(f, l);
	else
		l->port =
		    (int)form_int(f, "port", l->port, 1, 65535, "line.between");
	l->timeout_ms = (int)form_int(f, "timeout", l->timeout_ms, 50, 10000,
	    "line.between");
	l->pause_ms =
	    (int)form_int(f, "pause", l->pause_ms, 0, 200, "line.between");
	if (f->sent && f->nbad == 0 && (other = same(f, was, l)) != NULL)
		form_wrong(f, "path", "line.path_used", l->path, other->name,
		    NULL);
}

void
line_send(struct form *f, const char *was, const struct mews_line *l)
{
	struct mews_buf text = { 0 };
	struct mews_message answer;
	struct mews_err err = { "" };
	char to[128];
	enum mews_rc rc;

	mews_site_line_text(l, &text);
	text.s[strcspn(text.s, "\n")] = '\0';
	rc = order_send(f->c, &answer, &err, "line-put", "was", was, "text",
	    text.s, NULL);
	if (rc == MEWS_OK) {
		(void)snprintf(to, sizeof(to),
		    "/settings/rs485/%s?done=saved&at=%" PRId64
		    "&trial=%" PRId64,
		    l->name, f->c->now, mews_message_int(&answer, "trial", 0));
		reply_go(f->c->reply, to);
	} else
		form_refused(f, rc, &err);
	mews_message_clear(&answer);
	mews_buf_clear(&text);
}
