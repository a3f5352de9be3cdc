/*
 * report.c - mails in words: the same sentences go into the HTML, by the
 * templates, and below each other into the text.
 */
#include "report.h"
#include "calendar.h"
#include "report_figures.h"
#include "report_files.h"
#include "say.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SILENT_MIN  2  /* minutes without values that are worth a word */
#define EVENTS_MOST 30 /* told in one mail */

/* A mail being worded. */
struct draft {
	const struct report *r;
	const struct mews_mail *mail;
	struct view *v;
	struct mews_buf text;
	char title[2 * MEWS_SAY];
};

/* What was set last as name, as a line of the text. */
static void
line(struct draft *d, const char *name)
{
	if (view_get(d->v, name)[0] != '\0') {
		mews_buf_str(&d->text, view_get(d->v, name));
		mews_buf_str(&d->text, "\r\n");
	}
}

static void
heading(struct draft *d, const char *key)
{
	mews_buf_printf(&d->text, "\r\n%s\r\n", view_word(d->v, key));
}

/* "8.2 % less than the day before (107.6 kWh)". */
static void
set_delta(struct draft *d, const struct mews_quantity *q,
    const struct report_sum *now, const struct report_sum *before)
{
	const char *lang = d->mail->lang;
	char key[40], share[MEWS_SAY], value[MEWS_SAY];
	int64_t tenths;

	(void)snprintf(key, sizeof(key), "mail.before.%s",
	    mews_letter_name(d->mail->letter));
	if (!report_fair(now, before) || before->sum <= 0) {
		view_say(d->v, "delta", "mail.no_delta", view_word(d->v, key),
		    NULL);
		return;
	}
	tenths = (int64_t)((double)(now->sum - before->sum) * 1000 /
		(double)before->sum +
	    (now->sum < before->sum ? -0.5 : 0.5));
	mews_number(share, lang, tenths < 0 ? -tenths : tenths, 1, 1);
	view_say(d->v, "delta",
	    tenths == 0      ? "mail.same"
		: tenths < 0 ? "mail.less"
			     : "mail.more",
	    share, view_word(d->v, key),
	    mews_say_value(value, lang, q, before->sum), NULL);
}

/* "≈ 12.3 kWh" where a part was booked over a gap. */
static void
set_value(struct draft *d, const struct mews_quantity *q,
    const struct report_sum *s)
{
	char value[MEWS_SAY], text[MEWS_SAY + 8];

	(void)mews_say_value(value, d->mail->lang, q, s->sum);
	(void)snprintf(text, sizeof(text), "%s%s",
	    s->flags & MEWS_ESTIMATED ? "\u2248\u202f" : "", value);
	view_set(d->v, "value", s->known ? text : "\u2013");
}

static void
set_media(struct draft *d, const struct report_figures *f)
{
	static const char *const keys[] = { "medium.electricity",
		"medium.water", "medium.gas", "medium.heat", "medium.air" };
	const struct mews_quantity *q;
	struct report_sum now, before;
	size_t m, n = 0;

	for (m = 0; m < MEWS_LEN(keys); m++) {
		if (!report_figures_total(f, (enum mews_medium)m, &q, &now,
			&before))
			continue;
		view_row(d->v, "Mail.medium", n++);
		view_set(d->v, "name", view_word(d->v, keys[m]));
		set_value(d, q, &now);
		set_delta(d, q, &now, &before);
		mews_buf_printf(&d->text, "%s: %s\r\n", view_get(d->v, "name"),
		    view_get(d->v, "value"));
		line(d, "delta");
		view_up(d->v);
	}
	if (n == 0)
		mews_buf_printf(&d->text, "%s\r\n",
		    view_word(d->v, "mail.nothing"));
}

/* "Highest power: 10.42 kW, Thu 20 Nov 2025, 19:42". */
static void
set_peak(struct draft *d, const char *name, const struct report_row *row)
{
	char value[MEWS_SAY], date[MEWS_SAY], clock[MEWS_SAY];

	view_say(d->v, name,
	    strcmp(name, "peak") == 0 ? "mail.peak" : "mail.peak_main",
	    mews_say_value(value, d->mail->lang,
		mews_quantity_find("active_power"), row->peak),
	    mews_say_date(d->v, date, MEWS_SAY_SHORT_DAY, row->t_peak),
	    mews_say_clock(clock, row->t_peak), row->device->plate, NULL);
}

static void
set_highest(struct draft *d, const struct report_figures *f)
{
	const struct report_row *best = NULL;
	size_t i;

	for (i = 0; i < f->n; i++)
		if (f->row[i].peaked &&
		    f->row[i].device->post == MEWS_POST_MAIN &&
		    (best == NULL || f->row[i].peak > best->peak))
			best = &f->row[i];
	if (best == NULL)
		return;
	set_peak(d, "Mail.peak", best);
	line(d, "Mail.peak");
}

/* "P3 Kitchen: 3 h 12 min of 24 h". */
static void
set_gaps(struct draft *d, const struct report_figures *f)
{
	int64_t all = (f->upto - f->since) / 60, missing;
	char hours[24], minutes[24], of[24], name[40];
	const struct mews_device *dev;
	size_t i, n = 0;

	(void)snprintf(of, sizeof(of), "%" PRId64, all / 60);
	for (i = 0; i < f->n; i++) {
		dev = f->row[i].device;
		missing = all - f->row[i].now.seen;
		if (f->row[i].q == NULL || missing < SILENT_MIN)
			continue;
		if (n == 0)
			heading(d, "mail.gaps");
		(void)snprintf(hours, sizeof(hours), "%" PRId64, missing / 60);
		(void)snprintf(minutes, sizeof(minutes), "%" PRId64,
		    missing % 60);
		(void)snprintf(name, sizeof(name), "Mail.gap.%zu", n++);
		view_say(d->v, name,
		    f->row[i].now.seen == 0 ? "mail.gap_all" : "mail.gap",
		    dev->plate, dev->name, hours, minutes, of, NULL);
		line(d, name);
	}
}

static void
set_devices(struct draft *d, const struct report_figures *f)
{
	const struct report_row *row;
	size_t i, n = 0;

	for (i = 0; i < f->n; i++) {
		row = &f->row[i];
		if (row->q == NULL)
			continue;
		if (n == 0)
			heading(d, "mail.devices");
		view_row(d->v, "Mail.device", n++);
		view_set(d->v, "plate", row->device->plate);
		view_set(d->v, "name", row->device->name);
		set_value(d, row->q, &row->now);
		if (report_fair(&row->now, &row->before))
			set_delta(d, row->q, &row->now, &row->before);
		if (row->peaked)
			set_peak(d, "peak", row);
		mews_buf_printf(&d->text, "%s %s: %s\r\n", row->device->plate,
		    row->device->name, view_get(d->v, "value"));
		line(d, "delta");
		view_up(d->v);
	}
}

static void
put_event(struct draft *d, size_t row, const struct mews_event *e)
{
	char at[MEWS_SAY];

	view_row(d->v, "Mail.event", row);
	view_set(d->v, "at", mews_say_since(d->v, at, e->t, d->r->now));
	mews_say_event(d->v, "says", d->mail->lang, e, d->r->now);
	mews_buf_printf(&d->text, "%s  %s\r\n", view_get(d->v, "at"),
	    view_get(d->v, "says"));
	view_up(d->v);
}

/* Events as rows, the oldest first; *n is how many there were. */
static enum mews_rc
set_events(struct draft *d, const struct mews_event_filter *filter,
    int64_t from_id, size_t most, size_t *n, struct mews_err *err)
{
	struct mews_event *e = mews_alloc(MEWS_EVENT_READS, sizeof(*e));
	size_t i, rows = 0;
	enum mews_rc rc =
	    mews_event_read(d->r->history, filter, e, MEWS_EVENT_READS, n, err);

	while (rc == MEWS_OK && *n > 0 && e[*n - 1].id < from_id)
		(*n)--;
	for (i = *n; rc == MEWS_OK && i > 0 && rows < most; i--)
		put_event(d, rows++, &e[i - 1]);
	free(e);
	return rc;
}

static void
set_title(struct draft *d)
{
	static const char *const keys[] = { "mail.daily", "mail.weekly",
		"mail.monthly" };
	struct mews_buf b = { 0 };
	char from[MEWS_SAY], to[MEWS_SAY];
	enum mews_letter l = d->mail->letter;

	(void)mews_say_date(d->v, from,
	    l == MEWS_LETTER_MONTHLY     ? MEWS_SAY_MONTH
		: l == MEWS_LETTER_DAILY ? MEWS_SAY_SHORT_DAY
					 : MEWS_SAY_TABLE_DAY,
	    d->mail->since);
	(void)mews_say_date(d->v, to, MEWS_SAY_TABLE_DAY, d->mail->upto - 1);
	view_tell(d->v, &b, keys[l], from, to, NULL);
	(void)snprintf(d->title, sizeof(d->title), "%s", b.s);
	mews_buf_clear(&b);
}

static enum mews_rc
word_report(struct draft *d, struct mews_err *err)
{
	const struct report *r = d->r;
	struct mews_event_filter filter = { .least = MEWS_WARNING,
		.from = d->mail->since,
		.to = d->mail->upto };
	struct report_figures f = { .row = NULL };
	int64_t before, unused;
	size_t mark, n;
	enum mews_rc rc;

	set_title(d);
	report_period(d->mail->letter, d->mail->since, &before, &unused);
	rc = report_figures_read(r->history, r->site, before, d->mail->since,
	    d->mail->upto, r->now, &f, err);
	if (rc == MEWS_OK) {
		set_media(d, &f);
		set_highest(d, &f);
		set_gaps(d, &f);
		mark = d->text.n;
		heading(d, "mail.alarms");
		rc = set_events(d, &filter, 0, 10, &n, err);
		if (n == 0)
			d->text.n = mark;
		set_devices(d, &f);
		view_set(d->v, "Mail.files", view_word(d->v, "mail.files"));
		mews_buf_str(&d->text, "\r\n");
		line(d, "Mail.files");
	}
	report_figures_clear(&f);
	return rc;
}

/* The one event that the history did not take. */
static void
put_disk(struct draft *d)
{
	struct mews_event e;

	mews_event_set(&e, "disk-full", NULL);
	mews_event_arg(&e, 0, "%s", d->r->disk);
	e.t = -d->mail->since;
	put_event(d, 0, &e);
}

static enum mews_rc
word_events(struct draft *d, struct mews_err *err)
{
	struct mews_event_filter filter = { .least = d->r->least,
		.before = d->mail->upto + 1 };
	struct mews_buf b = { 0 };
	char number[24];
	enum mews_rc rc = MEWS_OK;
	size_t n = 1;

	if (d->mail->since < 0)
		put_disk(d);
	else
		rc = set_events(d, &filter, d->mail->since, EVENTS_MOST, &n,
		    err);
	if (rc == MEWS_OK && n == 0)
		return MEWS_NONE;
	(void)snprintf(number, sizeof(number), "%zu", n);
	if (n == 1)
		mews_buf_str(&b, view_get(d->v, "Mail.event.0.says"));
	else
		view_tell(d->v, &b, "mail.events", number, NULL);
	(void)snprintf(d->title, sizeof(d->title), "%s", b.s);
	mews_buf_clear(&b);
	if (n > EVENTS_MOST) {
		(void)snprintf(number, sizeof(number), "%zu", n - EVENTS_MOST);
		view_say(d->v, "Mail.more", "mail.more_events", number, NULL);
		line(d, "Mail.more");
	}
	return rc;
}

static enum mews_rc
word_test(struct draft *d, struct mews_err *err)
{
	char at[MEWS_SAY];

	(void)err;
	(void)snprintf(d->title, sizeof(d->title), "%s",
	    view_word(d->v, "mail.test"));
	view_set(d->v, "Mail.event.0.at",
	    mews_say_since(d->v, at, d->mail->made, d->r->now));
	view_set(d->v, "Mail.event.0.says", view_word(d->v, "mail.test_text"));
	mews_buf_str(&d->text, view_word(d->v, "mail.test_text"));
	mews_buf_str(&d->text, "\r\n");
	return MEWS_OK;
}

static const struct {
	enum mews_rc (*word)(struct draft *, struct mews_err *);
	const char *template;
} letters[] = {
	[MEWS_LETTER_DAILY] = { word_report, "mail/report" },
	[MEWS_LETTER_WEEKLY] = { word_report, "mail/report" },
	[MEWS_LETTER_MONTHLY] = { word_report, "mail/report" },
	[MEWS_LETTER_EVENTS] = { word_events, "mail/events" },
	[MEWS_LETTER_TEST] = { word_test, "mail/events" },
};

/* The head and both texts. */
static void
put(struct draft *d, struct letter *l, const char *html)
{
	struct mews_buf subject = { 0 }, text = { 0 };
	const struct letter_head head = {
		.name = d->r->site->name,
		.from = d->r->from,
		.to = d->mail->address,
		.lang = d->mail->lang,
		.id = d->mail->id,
		.made = d->mail->made,
	};
	struct letter_head h = head;

	mews_buf_printf(&subject, "%s: %s", d->r->site->name, d->title);
	h.subject = subject.s;
	mews_buf_printf(&text, "%s\r\n%s\r\n\r\n%s\r\n-- \r\n%s\r\n",
	    d->r->site->name, d->title, d->text.n == 0 ? "" : d->text.s,
	    view_word(d->v, "mail.foot"));
	letter_begin(l, &h, text.s, html);
	mews_buf_clear(&subject);
	mews_buf_clear(&text);
}

enum mews_rc
report_write(const struct report *r, const struct mews_mail *m,
    struct letter *l, struct mews_err *err)
{
	struct draft d = { .r = r, .mail = m, .v = r->view };
	struct mews_buf html = { 0 };
	enum mews_rc rc;

	view_begin(d.v, m->lang);
	view_set(d.v, "Mail.lang", m->lang);
	view_set(d.v, "Mail.site", r->site->name);
	rc = letters[m->letter].word(&d, err);
	view_set(d.v, "Mail.title", d.title);
	if (rc == MEWS_OK)
		rc = view_render(d.v, letters[m->letter].template, &html, err);
	if (rc == MEWS_OK) {
		put(&d, l, html.s);
		if (m->letter < MEWS_LETTER_EVENTS)
			rc = report_files_add(r, m, l, err);
		letter_end(l);
	}
	mews_buf_clear(&html);
	mews_buf_clear(&d.text);
	return rc;
}
