/*
 * say.c - figures, dates and events as people read them.
 */
#include "say.h"
#include "calendar.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

static const char *
join(char *text, const char *unit)
{
	size_t n = strlen(text);

	(void)snprintf(text + n, MEWS_SAY - n, "%s%s",
	    unit[0] == '\0' ? "" : "\u00a0", unit);
	return text;
}

const char *
mews_say_value(char *text, const char *lang, const struct mews_quantity *q,
    int64_t value)
{
	struct mews_display d = mews_quantity_display(q, value);

	mews_number(text, lang, value, d.exponent, d.decimals);
	return join(text, d.unit);
}

const char *
mews_say_exact(char *text, const char *lang, const struct mews_quantity *q,
    int64_t value)
{
	struct mews_display d = mews_quantity_display(q, 0);

	mews_number(text, lang, value, d.exponent, d.exponent);
	return join(text, d.unit);
}

static bool
alike(int64_t t, int64_t u)
{
	struct mews_civil a = mews_calendar_civil(t);
	struct mews_civil b = mews_calendar_civil(u);

	return a.hour == b.hour && a.minute == b.minute;
}

/* 'A' or 'B' in a repeated hour, or half of one in Lord Howe, else 0. */
static char
twice(int64_t t)
{
	static const int64_t shifts[] = { 3600, 1800 };
	size_t i;

	for (i = 0; i < MEWS_LEN(shifts); i++) {
		if (alike(t - shifts[i], t))
			return 'B';
		if (alike(t + shifts[i], t))
			return 'A';
	}
	return '\0';
}

const char *
mews_say_clock(char *text, int64_t t)
{
	struct mews_civil c = mews_calendar_civil(t);
	char letter = twice(t);

	(void)snprintf(text, MEWS_SAY, "%02d:%02d%s%.1s", c.hour, c.minute,
	    letter == '\0' ? "" : " ", &letter);
	return text;
}

const char *
mews_say_date(struct view *v, char *text, enum mews_say_date form, int64_t t)
{
	static const char *const keys[] = { "date.day", "date.short",
		"date.table", "date.month", "date.year" };
	struct mews_civil d = mews_calendar_civil(t);
	struct mews_buf b = { 0 };
	char weekday[24], month[24], day[16], year[16];
	bool full = form == MEWS_SAY_DAY || form == MEWS_SAY_MONTH;

	(void)snprintf(weekday, sizeof(weekday), "%s.%d",
	    full ? "weekday" : "wday", d.weekday);
	(void)snprintf(month, sizeof(month), "%s.%d", full ? "month" : "mon",
	    d.month);
	(void)snprintf(day, sizeof(day), "%d", d.day);
	(void)snprintf(year, sizeof(year), "%d", d.year);
	view_tell(v, &b, keys[form], view_word(v, weekday), day,
	    view_word(v, month), year, NULL);
	(void)snprintf(text, MEWS_SAY, "%s", b.n == 0 ? "" : b.s);
	mews_buf_clear(&b);
	if (text[0] >= 'a' && text[0] <= 'z')
		text[0] = (char)(text[0] - 'a' + 'A');
	return text;
}

const char *
mews_say_since(struct view *v, char *text, int64_t t, int64_t now)
{
	char clock[MEWS_SAY];
	size_t n;

	(void)mews_say_clock(clock, t);
	if (mews_calendar_floor(MEWS_DAY, t) ==
	    mews_calendar_floor(MEWS_DAY, now))
		return strcpy(text, clock);
	(void)mews_say_date(v, text, MEWS_SAY_TABLE_DAY, t);
	n = strlen(text);
	(void)snprintf(text + n, MEWS_SAY - n, ", %s", clock);
	return text;
}

const char *
mews_say_name(struct view *v, char *text, const struct mews_quantity *q)
{
	struct mews_buf b = { 0 };
	char key[80], order[16];
	size_t root = strlen(q->name);
	int h = mews_quantity_order(q, &root);

	(void)snprintf(key, sizeof(key), "quantity.%.*s", (int)root, q->name);
	(void)snprintf(order, sizeof(order), "%d", h);
	if (h == 0)
		mews_buf_str(&b, view_word(v, key));
	else
		view_tell(v, &b, "quantity.harmonic", order, view_word(v, key),
		    NULL);
	(void)snprintf(text, MEWS_SAY, "%s", b.n == 0 ? "" : b.s);
	mews_buf_clear(&b);
	return text;
}

/* An event on its way to a sentence. */
struct saying {
	struct view *v;
	const char *lang;
	int64_t now;
	const struct mews_quantity *q; /* of the argument before */
};

static void
text_arg(struct saying *s, const char *arg, char *to)
{
	(void)s;
	(void)snprintf(to, MEWS_SAY, "%s", arg);
}

static void
quantity_arg(struct saying *s, const char *arg, char *to)
{
	s->q = mews_quantity_find(arg);
	if (s->q == NULL)
		text_arg(s, arg, to);
	else
		(void)mews_say_name(s->v, to, s->q);
}

static void
value_arg(struct saying *s, const char *arg, char *to)
{
	int64_t n;

	if (s->q != NULL && mews_str_int(arg, -INT64_MAX, INT64_MAX, &n))
		(void)mews_say_exact(to, s->lang, s->q, n);
	else
		text_arg(s, arg, to);
}

static void
date_arg(struct saying *s, const char *arg, char *to)
{
	int64_t t;

	if (mews_str_int(arg, 0, INT64_MAX / 1000, &t))
		(void)mews_say_since(s->v, to, t, s->now);
	else
		text_arg(s, arg, to);
}

static void
number_arg(struct saying *s, const char *arg, char *to)
{
	int64_t n;

	if (mews_str_int(arg, -INT64_MAX, INT64_MAX, &n))
		mews_number(to, s->lang, n, 0, 0);
	else
		text_arg(s, arg, to);
}

static void
seconds_arg(struct saying *s, const char *arg, char *to)
{
	number_arg(s, arg, to);
	(void)join(to, "s");
}

static const struct {
	char letter;
	void (*say)(struct saying *, const char *arg, char *to);
} letters[] = {
	{ 't', text_arg },
	{ 'q', quantity_arg },
	{ 'v', value_arg },
	{ 'd', date_arg },
	{ 'n', number_arg },
	{ 's', seconds_arg },
};

static void
argument(struct saying *s, char letter, const char *arg, char *to)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(letters); i++)
		if (letters[i].letter == letter) {
			letters[i].say(s, arg, to);
			return;
		}
	text_arg(s, arg, to);
}

void
mews_say_event(struct view *v, const char *name, const char *lang,
    const struct mews_event *e, int64_t now)
{
	char say[MEWS_EVENT_ARGS][MEWS_SAY] = { "" }, key[48];
	struct saying s = { .v = v, .lang = lang, .now = now };
	const char *args = e->kind->args;
	size_t i;

	for (i = 0; i < MEWS_EVENT_ARGS && i < strlen(args); i++)
		argument(&s, args[i], e->arg[i], say[i]);
	(void)snprintf(key, sizeof(key), "event.%s", e->kind->name);
	view_say(v, name, key, e->subject, say[0], say[1], say[2], NULL);
}
