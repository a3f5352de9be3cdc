/*
 * figure.c - figures as people read them.
 */
#include "figure.h"

#include "calendar.h"

#include <stdio.h>
#include <string.h>

const char *
figure_number(const struct page_ctx *c, char *text,
    const struct mews_quantity *q, int64_t value)
{
	struct mews_display d = mews_quantity_display(q, value);

	mews_number(text, c->lang, value, d.exponent, d.decimals);
	return text;
}

const char *
figure_unit(const struct mews_quantity *q, int64_t value)
{
	return mews_quantity_display(q, value).unit;
}

const char *
figure_value(const struct page_ctx *c, char *text,
    const struct mews_quantity *q, int64_t value)
{
	char *end;

	(void)figure_number(c, text, q, value);
	end = text + strlen(text);
	(void)snprintf(end, FIGURE - (size_t)(end - text), "%s%s",
	    figure_unit(q, value)[0] == '\0' ? "" : "\u00a0",
	    figure_unit(q, value));
	return text;
}

const char *
figure_exact(const struct page_ctx *c, char *text,
    const struct mews_quantity *q, int64_t value)
{
	struct mews_display d = mews_quantity_display(q, 0);
	char *end;

	mews_number(text, c->lang, value, d.exponent, d.exponent);
	end = text + strlen(text);
	(void)snprintf(end, FIGURE - (size_t)(end - text), "%s%s",
	    d.unit[0] == '\0' ? "" : "\u00a0", d.unit);
	return text;
}

static void
set(struct page_ctx *c, const char *name, const char *number, const char *unit)
{
	view_down(c->view, name);
	view_set(c->view, "n", number);
	view_set(c->view, "u", unit);
	view_up(c->view);
}

void
figure_set(struct page_ctx *c, const char *name, const struct mews_quantity *q,
    int64_t value)
{
	figure_set_sum(c, name, q, value, 0);
}

const char *
figure_flagged(char *text, unsigned flags)
{
	static const char about[] = "\u2248\u202f";
	size_t n = strlen(text), mark = sizeof(about) - 1;

	if ((flags & MEWS_ESTIMATED) && n + mark < FIGURE) {
		memmove(text + mark, text, n + 1);
		memcpy(text, about, mark);
	}
	return text;
}

void
figure_set_sum(struct page_ctx *c, const char *name,
    const struct mews_quantity *q, int64_t value, unsigned flags)
{
	char text[FIGURE];

	(void)figure_number(c, text, q, value);
	set(c, name, figure_flagged(text, flags), figure_unit(q, value));
}

struct mews_display
figure_display_now(const struct mews_quantity *q, int64_t value)
{
	return mews_quantity_display(q, q->kind == MEWS_GAUGE ? 0 : value);
}

void
figure_set_now(struct page_ctx *c, const char *name,
    const struct mews_quantity *q, int64_t value)
{
	struct mews_display d = figure_display_now(q, value);
	char text[MEWS_NUMBER];

	mews_number(text, c->lang, value, d.exponent, d.decimals);
	set(c, name, text, d.unit);
}

/* 'A' or 'B' in a repeated hour, else 0. */
static char
twice(int64_t t)
{
	struct mews_civil here = mews_calendar_civil(t);
	struct mews_civil before = mews_calendar_civil(t - 3600);
	struct mews_civil after = mews_calendar_civil(t + 3600);

	if (before.hour == here.hour)
		return 'B';
	return after.hour == here.hour ? 'A' : '\0';
}

const char *
figure_clock(char *text, int64_t t)
{
	struct mews_civil c = mews_calendar_civil(t);
	char letter = twice(t);

	(void)snprintf(text, FIGURE, "%02d:%02d%s%.1s", c.hour, c.minute,
	    letter == '\0' ? "" : " ", &letter);
	return text;
}

const char *
figure_date(const struct page_ctx *c, char *text, enum figure_date form,
    int64_t t)
{
	static const char *const keys[] = { "date.day", "date.short",
		"date.table", "date.month", "date.year" };
	struct mews_civil d = mews_calendar_civil(t);
	struct mews_buf b = { 0 };
	char weekday[24], month[24], day[16], year[16];
	bool full = form == FIGURE_DAY || form == FIGURE_MONTH;

	(void)snprintf(weekday, sizeof(weekday), "%s.%d",
	    full ? "weekday" : "wday", d.weekday);
	(void)snprintf(month, sizeof(month), "%s.%d", full ? "month" : "mon",
	    d.month);
	(void)snprintf(day, sizeof(day), "%d", d.day);
	(void)snprintf(year, sizeof(year), "%d", d.year);
	view_tell(c->view, &b, keys[form], view_word(c->view, weekday), day,
	    view_word(c->view, month), year, NULL);
	(void)snprintf(text, FIGURE, "%s", b.n == 0 ? "" : b.s);
	mews_buf_clear(&b);
	return figure_capital(text);
}

const char *
figure_name(const struct page_ctx *c, const struct mews_quantity *q)
{
	static char text[FIGURE];
	struct mews_buf b = { 0 };
	char key[80], order[16];
	size_t root = strlen(q->name);
	int h = mews_quantity_order(q, &root);

	(void)snprintf(key, sizeof(key), "quantity.%.*s", (int)root, q->name);
	if (h == 0)
		return view_word(c->view, key);
	(void)snprintf(order, sizeof(order), "%d", h);
	view_tell(c->view, &b, "quantity.harmonic", order,
	    view_word(c->view, key), NULL);
	(void)snprintf(text, sizeof(text), "%s", b.n == 0 ? "" : b.s);
	mews_buf_clear(&b);
	return text;
}

char *
figure_capital(char *text)
{
	if (text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
	return text;
}

static const char *
path(char *text, const char *head, const char *plate, const char *tail)
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "abcdefghijklmnopqrstuvwxyz0123456789-_";
	char *to = stpcpy(text, head);

	for (; *plate != '\0'; plate++)
		if (strchr(plain, *plate) != NULL)
			*to++ = *plate;
		else
			to += snprintf(to, 4, "%%%02X", (unsigned char)*plate);
	(void)stpcpy(to, tail);
	return text;
}

const char *
figure_path(char *text, const struct mews_device *d)
{
	return path(text, "/meters/", d->plate, "");
}

const char *
figure_device_path(char *text, const struct mews_device *d, const char *tail)
{
	return path(text, "/devices/", d->plate, tail);
}
