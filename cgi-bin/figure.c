/*
 * figure.c - figures as people read them: lib/say.h for the visitor of a page.
 */
#include "figure.h"

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
	return mews_say_value(text, c->lang, q, value);
}

const char *
figure_exact(const struct page_ctx *c, char *text,
    const struct mews_quantity *q, int64_t value)
{
	return mews_say_exact(text, c->lang, q, value);
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

const char *
figure_clock(char *text, int64_t t)
{
	return mews_say_clock(text, t);
}

const char *
figure_date(const struct page_ctx *c, char *text, enum figure_date form,
    int64_t t)
{
	return mews_say_date(c->view, text, (enum mews_say_date)form, t);
}

const char *
figure_name(const struct page_ctx *c, const struct mews_quantity *q)
{
	static char text[FIGURE];

	return mews_say_name(c->view, text, q);
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
