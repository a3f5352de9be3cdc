/*
 * site_text.c - a site as lines of text: what site_read.c reads.
 *
 * What has its standard value is left out, so a line says what somebody chose.
 */
#include "site.h"
#include "site_gateway.h"

#include <inttypes.h>
#include <string.h>

static void
quote(const char *s, struct mews_buf *to)
{
	mews_buf_byte(to, '"');
	for (; *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			mews_buf_byte(to, '\\');
		mews_buf_byte(to, (unsigned char)*s);
	}
	mews_buf_byte(to, '"');
}

void
mews_site_word(const char *s, struct mews_buf *to)
{
	if (s[0] != '\0' && s[strcspn(s, " \"#\\")] == '\0')
		mews_buf_str(to, s);
	else
		quote(s, to);
}

static void
named(struct mews_buf *to, const char *key, const char *s)
{
	if (s[0] == '\0')
		return;
	mews_buf_printf(to, " %s ", key);
	mews_site_word(s, to);
}

void
mews_site_head_text(const struct mews_site *s, struct mews_buf *to)
{
	mews_buf_str(to, "site ");
	quote(s->name, to);
	named(to, "board", s->board);
	mews_buf_printf(to, " zone %s", s->zone);
	if (s->contract_w != 0)
		mews_buf_printf(to, " contract %" PRId64, s->contract_w);
	mews_buf_byte(to, '\n');
}

void
mews_site_line_text(const struct mews_line *l, struct mews_buf *to)
{
	mews_buf_printf(to, "line %s %s ", l->name,
	    l->kind == MEWS_LINE_TCP ? "tcp" : "rtu");
	mews_site_word(l->path, to);
	if (l->kind == MEWS_LINE_TCP)
		mews_buf_printf(to, " %d", l->port);
	else
		mews_buf_printf(to, " %d 8%c%d", l->baud, l->parity, l->stop);
	mews_buf_printf(to, " timeout %d", l->timeout_ms);
	if (l->pause_ms != 0)
		mews_buf_printf(to, " pause %d", l->pause_ms);
	mews_buf_byte(to, '\n');
}

static void
pulses(const struct mews_device *d, struct mews_buf *to)
{
	const struct mews_pulse *p;
	int i;

	for (i = 0; i < MEWS_PULSE_INPUTS; i++) {
		p = &d->pulse[i];
		if (p->quantity == NULL)
			continue;
		mews_buf_printf(to, " pulses %d %s %" PRId64, i + 1,
		    p->quantity->name, p->weight);
		if (p->per != 1)
			mews_buf_printf(to, "/%" PRId64, p->per);
		if (p->start != 0)
			mews_buf_printf(to, " start %" PRId64, p->start);
	}
}

void
mews_site_device_text(const struct mews_site *s, const struct mews_device *d,
    struct mews_buf *to)
{
	mews_buf_printf(to, "device %s ", d->plate);
	quote(d->name, to);
	mews_buf_printf(to, " line %s unit %d profile %s",
	    mews_site_line(s, d->line)->name, d->unit, d->profile);
	if (d->post != MEWS_POST_SUB)
		mews_buf_printf(to, " place %s", mews_post_name(d->post));
	named(to, "zone", d->zone);
	named(to, "panel", d->panel);
	if (d->group != MEWS_GROUP_OTHER)
		mews_buf_printf(to, " group %s", mews_group_name(d->group));
	if (d->every_s != MEWS_EVERY)
		mews_buf_printf(to, " every %d", d->every_s);
	if (d->rating != 0)
		mews_buf_printf(to, " rating %d", d->rating);
	named(to, "feeds", d->feeds);
	pulses(d, to);
	if (d->gateway != 0)
		mews_buf_printf(to, " gateway %d", d->gateway);
	mews_buf_byte(to, '\n');
}

void
mews_site_text(const struct mews_site *s, struct mews_buf *to)
{
	size_t i;

	mews_site_head_text(s, to);
	for (i = 0; i < s->nlines; i++)
		mews_site_line_text(&s->line[i], to);
	for (i = 0; i < s->ndevices; i++)
		mews_site_device_text(s, &s->device[i], to);
	mews_site_gateway_text(s, to);
}
