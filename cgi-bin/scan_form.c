/*
 * scan_form.c - which line, which addresses, which speeds.
 */
#include "exchange.h"
#include "order.h"
#include "scan.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

const char *
scan_speed(char *text, int baud, char parity, int stop)
{
	text[0] = '\0';
	if (baud > 0)
		(void)snprintf(text, SCAN_SPEED, "%d 8%c%d", baud, parity,
		    stop);
	return text;
}

/* "19200 8E1" to one word that a speed is, false for what is none. */
static bool
is_speed(const char *text)
{
	static const char *const bauds[] = { "1200", "2400", "4800", "9600",
		"19200", "38400", "57600", "115200" };
	size_t n = strcspn(text, " "), i;

	for (i = 0; i < MEWS_LEN(bauds); i++)
		if (strlen(bauds[i]) == n && strncmp(text, bauds[i], n) == 0)
			break;
	text += n;
	return i < MEWS_LEN(bauds) && text[0] == ' ' && text[1] == '8' &&
	    text[2] != '\0' && strchr("NEO", text[2]) != NULL &&
	    (text[3] == '1' || text[3] == '2') && text[4] == '\0';
}

/* The list as the door takes it: a comma between, no blanks around. */
static void
check_speeds(struct form *f, const char *typed, char *out, size_t size)
{
	char one[FORM_MOST + 1];
	size_t n, used = 0;

	out[0] = '\0';
	for (; *typed != '\0'; typed += n + (typed[n] != '\0')) {
		typed += strspn(typed, " ");
		n = strcspn(typed, ",");
		(void)snprintf(one, sizeof(one), "%.*s", (int)n, typed);
		while (one[0] != '\0' && one[strlen(one) - 1] == ' ')
			one[strlen(one) - 1] = '\0';
		if (!is_speed(one)) {
			form_wrong(f, "speeds", "scan.bad_speed", one, NULL);
			return;
		}
		if (used + strlen(one) + 2 > size) {
			form_wrong(f, "speeds", "scan.many_speeds", NULL);
			return;
		}
		used += (size_t)snprintf(out + used, size - used, "%s%s",
		    used == 0 ? "" : ",", one);
	}
}

static const struct mews_line *
line_named(const struct page_ctx *c, const char *name)
{
	const struct mews_site *s = base_site(c->base);
	size_t i;

	for (i = 0; i < s->nlines; i++)
		if (strcmp(s->line[i].name, name) == 0)
			return &s->line[i];
	return NULL;
}

static void
offer_lines(struct page_ctx *c, struct form *f)
{
	const struct mews_site *s = base_site(c->base);
	const char *asked = request_get(c->request, "line");
	char text[220], speed[SCAN_SPEED];
	size_t i;

	(void)form_choose(f, "line",
	    line_named(c, asked) != NULL || s->nlines == 0 ? asked
							   : s->line[0].name);
	for (i = 0; i < s->nlines; i++) {
		const struct mews_line *l = &s->line[i];

		(void)snprintf(text, sizeof(text), "%s: %s %s", l->name,
		    l->path,
		    l->kind == MEWS_LINE_RTU
			? scan_speed(speed, l->baud, l->parity, l->stop)
			: "");
		form_option(f, l->name, text, false);
	}
}

void
scan_form(struct page_ctx *c, struct form *f)
{
	static const char *const speeds[] = { SCAN_USUAL, "19200 8E1",
		"9600 8N1", "9600 8E1", "38400 8E1,57600 8E1,115200 8E1",
		"2400 8E1,4800 8E1,1200 8E1" };
	size_t i;

	offer_lines(c, f);
	(void)form_int(f, "first", 1, 1, 247, "scan.bad_address");
	(void)form_int(f, "last", 247, 1, 247, "scan.bad_address");
	(void)form_choose(f, "speeds", "");
	for (i = 0; i < MEWS_LEN(speeds); i++)
		form_option(f, speeds[i], speeds[i], false);
}

static bool
send(struct page_ctx *c, struct form *f, const char *line, int64_t first,
    int64_t last, const char *speeds)
{
	struct mews_message a;
	struct mews_err err;
	char from[8], to[8];
	enum mews_rc rc;

	(void)snprintf(from, sizeof(from), "%d", (int)first);
	(void)snprintf(to, sizeof(to), "%d", (int)last);
	rc = order_send(c, &a, &err, "scan", "line", line, "first", from,
	    "last", to, speeds[0] == '\0' ? NULL : "speeds", speeds, NULL);
	if (rc == MEWS_OK)
		exchange_go(c, "/devices/scan", &a);
	else if (rc == MEWS_AGAIN)
		form_wrong(f, "", "scan.busy", NULL);
	else
		form_refused(f, rc, &err);
	mews_message_clear(&a);
	return rc == MEWS_OK;
}

bool
scan_begin(struct page_ctx *c, struct form *f)
{
	const char *name = form_text(f, "line", "");
	const struct mews_line *line = line_named(c, name);
	int64_t first = form_int(f, "first", 1, 1, 247, "scan.bad_address");
	int64_t last = form_int(f, "last", 247, 1, 247, "scan.bad_address");
	char speeds[121];

	if (line == NULL)
		form_wrong(f, "line", "scan.no_such_line", NULL);
	if (f->nbad == 0 && first > last)
		form_wrong(f, "last", "scan.backwards", NULL);
	check_speeds(f, form_text(f, "speeds", ""), speeds, sizeof(speeds));
	if (f->nbad == 0 && speeds[0] != '\0' && line->kind == MEWS_LINE_TCP)
		form_wrong(f, "speeds", "scan.no_speeds", NULL);
	return f->nbad == 0 && send(c, f, name, first, last, speeds);
}
