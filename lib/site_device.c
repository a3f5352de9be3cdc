/*
 * site_device.c - the line of a device into a site: one table of words, one
 * function each.
 */
#include "site_word.h"
#include "str.h"

#include <string.h>

#define MOST_START 1000000000000000

static bool
device_line(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	const char *word = mews_site_next(w);
	size_t i;

	for (i = 0; i < s->nlines; i++)
		if (strcmp(s->line[i].name, word) == 0) {
			d->line = s->line[i].id;
			return true;
		}
	return mews_site_bad(w, "the line must be one that stands above", word);
}

static bool
device_unit(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	(void)s;
	return mews_site_number(w, "unit", 1, 247, &d->unit);
}

static bool
device_gateway(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	(void)s;
	return mews_site_number(w, "the unit for other masters", 1, 247,
	    &d->gateway);
}

static bool
device_profile(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	const char *word = mews_site_next(w);

	(void)s;
	if (mews_str_word(word, sizeof(d->profile) - 1))
		return mews_str_copy(d->profile, sizeof(d->profile), word);
	return mews_site_bad(w, "profile names a file of etc/meters", word);
}

static bool
device_zone(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	(void)s;
	return mews_site_name(w, "zone", d->zone, sizeof(d->zone));
}

static bool
device_panel(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	(void)s;
	return mews_site_name(w, "panel", d->panel, sizeof(d->panel));
}

static bool
device_group(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	const char *word = mews_site_next(w);

	(void)s;
	return mews_group_find(word, &d->group) ||
	    mews_site_bad(w,
		"group is heating, cooling, hot-water, lighting, sockets or "
		"other",
		word);
}

static bool
device_place(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	const char *word = mews_site_next(w);
	int i;

	(void)s;
	for (i = MEWS_POST_MAIN; i <= MEWS_POST_CHECK; i++)
		if (strcmp(mews_post_name((enum mews_post)i), word) == 0) {
			d->post = (enum mews_post)i;
			return true;
		}
	return mews_site_bad(w, "place is main, sub or check", word);
}

static bool
device_every(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	(void)s;
	return mews_site_number(w, "every, in seconds,", 1, 3600, &d->every_s);
}

static bool
device_rating(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	(void)s;
	return mews_site_number(w, "rating, in ampere,", 1, MEWS_RATING_MOST,
	    &d->rating);
}

static bool
device_feeds(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	(void)s;
	return mews_site_name(w, "feeds", d->feeds, sizeof(d->feeds));
}

/* "10" or "5/4". */
static bool
weight(struct mews_site_words *w, struct mews_pulse *p)
{
	const char *word = mews_site_next(w);
	char text[24], *per;

	p->per = 1;
	if (!mews_str_copy(text, sizeof(text), word))
		text[0] = '\0';
	if ((per = strchr(text, '/')) != NULL)
		*per++ = '\0';
	if (mews_str_int(text, 1, MEWS_PULSE_MOST, &p->weight) &&
	    (per == NULL || mews_str_int(per, 1, MEWS_PULSE_MOST, &p->per)))
		return true;
	return mews_site_bad(w,
	    "the weight of a pulse must be a number from 1 to 1000000, or two "
	    "such as 5/4",
	    word);
}

static bool
device_pulses(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	const struct mews_quantity *q;
	const char *word;
	struct mews_pulse pulse = { 0 };
	int input;

	(void)s;
	if (!mews_site_number(w, "the input", 1, MEWS_PULSE_INPUTS, &input))
		return false;
	word = mews_site_next(w);
	pulse.quantity = q = mews_quantity_find(word);
	if (q == NULL || q->kind != MEWS_COUNTER)
		return mews_site_bad(w,
		    "pulses count a quantity such as water_volume", word);
	if (!weight(w, &pulse))
		return false;
	if (w->at < w->n && strcmp(w->w[w->at], "start") == 0) {
		w->at++;
		word = mews_site_next(w);
		if (!mews_str_int(word, 0, MOST_START, &pulse.start))
			return mews_site_bad(w,
			    "start must be an index from 0 to 10^15", word);
	}
	if (d->pulse[input - 1].quantity != NULL)
		return mews_site_bad(w,
		    "this input is said twice:", w->w[w->at - 1]);
	d->pulse[input - 1] = pulse;
	return true;
}

static const struct {
	const char *name;
	bool (*run)(struct mews_site *, struct mews_site_words *,
	    struct mews_device *);
} device_words[] = {
	{ "line", device_line },
	{ "unit", device_unit },
	{ "profile", device_profile },
	{ "place", device_place },
	{ "zone", device_zone },
	{ "panel", device_panel },
	{ "group", device_group },
	{ "every", device_every },
	{ "rating", device_rating },
	{ "feeds", device_feeds },
	{ "pulses", device_pulses },
	{ "gateway", device_gateway },
};

static bool
device_rest(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	const char *key;
	size_t i;

	while (w->at < w->n) {
		key = mews_site_next(w);
		for (i = 0; i < MEWS_LEN(device_words); i++)
			if (strcmp(device_words[i].name, key) == 0)
				break;
		if (i == MEWS_LEN(device_words))
			return mews_site_bad(w,
			    "line, unit, profile, place, zone, panel, group,"
			    " every, rating, feeds, pulses or gateway is "
			    "expected",
			    key);
		if (!device_words[i].run(s, w, d))
			return false;
	}
	if (d->line == 0 || d->unit == 0 || d->profile[0] == '\0')
		return mews_site_bad(w, "a device needs line, unit and profile",
		    d->plate);
	return true;
}

static bool
device_alone(struct mews_site *s, struct mews_site_words *w,
    struct mews_device *d)
{
	const struct mews_device *o;

	for (o = s->device; s->ndevices > 0 && o < s->device + s->ndevices;
	     o++) {
		if (strcmp(o->plate, d->plate) == 0)
			return mews_site_bad(w, "each device has its own plate",
			    d->plate);
		if (o->line == d->line && o->unit == d->unit)
			return mews_site_bad(w,
			    "this unit on this line is another's", o->plate);
		if (d->gateway != 0 && o->gateway == d->gateway)
			return mews_site_bad(w,
			    "this unit is another's for all masters", o->plate);
		if (o->id > d->id)
			d->id = o->id;
	}
	d->id++;
	return true;
}

bool
mews_site_read_device(struct mews_site *s, struct mews_site_words *w)
{
	struct mews_device d = { .post = MEWS_POST_SUB, .every_s = MEWS_EVERY };

	if (!mews_site_plain(w, "a plate has up to 11 letters and digits",
		d.plate, sizeof(d.plate)) ||
	    !mews_site_name(w, "the device's name", d.name, sizeof(d.name)) ||
	    !device_rest(s, w, &d) || !device_alone(s, w, &d))
		return false;
	s->device = mews_realloc(s->device, s->ndevices + 1, sizeof(d));
	s->device[s->ndevices++] = d;
	return true;
}
