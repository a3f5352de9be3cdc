/*
 * site_read.c - a line of text into a site: one table of words, one function
 * each.
 *
 * What is new gets an id that no other has; mews_site_save() finds the lasting
 * ones by name and plate.
 */
#include "site.h"
#include "calendar.h"
#include "site_gateway.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_WORDS  96
#define MOST_START 1000000000000000

struct words {
	char *w[MAX_WORDS + 1];
	size_t n, at; /* at: the next to be read */
	struct mews_err *err;
};

/* The next word, or "" behind the last. */
static const char *
next(struct words *w)
{
	return w->at < w->n ? w->w[w->at++] : "";
}

static bool
bad(struct words *w, const char *what, const char *word)
{
	(void)mews_fail(w->err, MEWS_BAD, "%s, not '%s'", what, word);
	return false;
}

static bool
number(struct words *w, const char *what, int min, int max, int *out)
{
	const char *word = next(w);
	char sentence[96];
	int64_t n;

	if (mews_str_int(word, min, max, &n)) {
		*out = (int)n;
		return true;
	}
	(void)snprintf(sentence, sizeof(sentence),
	    "%s must be a number from %d to %d", what, min, max);
	return bad(w, sentence, word);
}

/* Copies a name that people read. */
static bool
name(struct words *w, const char *what, char *to, size_t size)
{
	const char *word = next(w);
	char sentence[96];

	if (word[0] != '\0' && mews_str_utf8(word, strlen(word)) &&
	    mews_str_copy(to, size, word))
		return true;
	(void)snprintf(sentence, sizeof(sentence),
	    "%s must be a text of 1 to %zu bytes", what, size - 1);
	return bad(w, sentence, word);
}

/* Letters and digits, for designators. */
static bool
plain(struct words *w, const char *what, char *to, size_t size)
{
	const char *word = next(w);

	if (word[0] != '\0' &&
	    word[strspn(word,
		"ABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"abcdefghijklmnopqrstuvwxyz0123456789-.")] == '\0' &&
	    mews_str_copy(to, size, word))
		return true;
	return bad(w, what, word);
}

static bool
site_rest(struct mews_site *s, struct words *w)
{
	const char *key;
	int contract;

	while (w->at < w->n) {
		key = next(w);
		if (strcmp(key, "board") == 0) {
			if (!name(w, "board", s->board, sizeof(s->board)))
				return false;
		} else if (strcmp(key, "zone") == 0) {
			if (!name(w, "zone", s->zone, sizeof(s->zone)))
				return false;
			if (!mews_calendar_known(s->zone))
				return bad(w,
				    "the zone must be one that is "
				    "known, such as Europe/Rome",
				    s->zone);
		} else if (strcmp(key, "contract") == 0) {
			if (!number(w, "contract, in W,", 0, 100000000,
				&contract))
				return false;
			s->contract_w = contract;
		} else
			return bad(w, "board, zone or contract is expected",
			    key);
	}
	return true;
}

static bool
do_site(struct mews_site *s, struct words *w)
{
	struct mews_site new = *s;

	new.board[0] = '\0';
	new.contract_w = 0;
	(void)mews_str_copy(new.zone, sizeof(new.zone), "UTC");
	if (!name(w, "the site's name", new.name, sizeof(new.name)) ||
	    !site_rest(&new, w))
		return false;
	*s = new;
	return true;
}

/* "8E1": data bits, parity, stop bits. */
static bool
mode(struct words *w, struct mews_line *l)
{
	const char *word = next(w);

	if (strlen(word) != 3 || word[0] != '8' ||
	    strchr("NEO", word[1]) == NULL || strchr("12", word[2]) == NULL)
		return bad(w, "the mode must be 8N1, 8E1, 8O1, 8N2 ...", word);
	l->parity = word[1];
	l->stop = word[2] - '0';
	return true;
}

static bool
rate(struct words *w, struct mews_line *l)
{
	static const int rates[] = { 1200, 2400, 4800, 9600, 19200, 38400,
		57600, 115200 };
	size_t i;

	if (!number(w, "the rate", 1200, 115200, &l->baud))
		return false;
	for (i = 0; i < MEWS_LEN(rates); i++)
		if (rates[i] == l->baud)
			return true;
	return bad(w, "the rate must be 1200, 2400 ... 115200",
	    w->w[w->at - 1]);
}

static bool
line_rest(struct words *w, struct mews_line *l)
{
	const char *key;

	while (w->at < w->n) {
		key = next(w);
		if (strcmp(key, "timeout") == 0) {
			if (!number(w, "timeout, in ms,", 50, 10000,
				&l->timeout_ms))
				return false;
		} else if (strcmp(key, "pause") == 0) {
			if (!number(w, "pause, in ms,", 0, 200, &l->pause_ms))
				return false;
		} else
			return bad(w, "timeout or pause is expected", key);
	}
	return true;
}

static bool
do_line(struct mews_site *s, struct words *w)
{
	struct mews_line l = { .baud = 19200,
		.parity = 'E',
		.stop = 1,
		.timeout_ms = 300 };
	const char *kind;
	size_t i;

	if (!plain(w, "a line's name has up to 15 letters and digits", l.name,
		sizeof(l.name)))
		return false;
	for (i = 0; i < s->nlines; i++) {
		if (strcmp(s->line[i].name, l.name) == 0)
			return bad(w, "each line has its own name", l.name);
		if (s->line[i].id > l.id)
			l.id = s->line[i].id;
	}
	l.id++;
	kind = next(w);
	if (strcmp(kind, "tcp") == 0) {
		l.kind = MEWS_LINE_TCP;
		if (!name(w, "the host", l.path, sizeof(l.path)) ||
		    !number(w, "the port", 1, 65535, &l.port))
			return false;
	} else if (strcmp(kind, "rtu") != 0)
		return bad(w, "a line is rtu or tcp", kind);
	else if (!name(w, "the device", l.path, sizeof(l.path)) ||
	    !rate(w, &l) || !mode(w, &l))
		return false;
	if (!line_rest(w, &l))
		return false;
	s->line = mews_realloc(s->line, s->nlines + 1, sizeof(l));
	s->line[s->nlines++] = l;
	return true;
}

static bool
device_line(struct mews_site *s, struct words *w, struct mews_device *d)
{
	const char *word = next(w);
	size_t i;

	for (i = 0; i < s->nlines; i++)
		if (strcmp(s->line[i].name, word) == 0) {
			d->line = s->line[i].id;
			return true;
		}
	return bad(w, "the line must be one that stands above", word);
}

static bool
device_unit(struct mews_site *s, struct words *w, struct mews_device *d)
{
	(void)s;
	return number(w, "unit", 1, 247, &d->unit);
}

static bool
device_gateway(struct mews_site *s, struct words *w, struct mews_device *d)
{
	(void)s;
	return number(w, "the unit for other masters", 1, 247, &d->gateway);
}

static bool
device_profile(struct mews_site *s, struct words *w, struct mews_device *d)
{
	const char *word = next(w);

	(void)s;
	if (mews_str_word(word, sizeof(d->profile) - 1))
		return mews_str_copy(d->profile, sizeof(d->profile), word);
	return bad(w, "profile names a file of etc/meters", word);
}

static bool
device_zone(struct mews_site *s, struct words *w, struct mews_device *d)
{
	(void)s;
	return name(w, "zone", d->zone, sizeof(d->zone));
}

static bool
device_panel(struct mews_site *s, struct words *w, struct mews_device *d)
{
	(void)s;
	return name(w, "panel", d->panel, sizeof(d->panel));
}

static bool
device_group(struct mews_site *s, struct words *w, struct mews_device *d)
{
	const char *word = next(w);

	(void)s;
	return mews_group_find(word, &d->group) ||
	    bad(w,
		"group is heating, cooling, hot-water, lighting, sockets or "
		"other",
		word);
}

static bool
device_place(struct mews_site *s, struct words *w, struct mews_device *d)
{
	const char *word = next(w);
	int i;

	(void)s;
	for (i = MEWS_POST_MAIN; i <= MEWS_POST_CHECK; i++)
		if (strcmp(mews_post_name((enum mews_post)i), word) == 0) {
			d->post = (enum mews_post)i;
			return true;
		}
	return bad(w, "place is main, sub or check", word);
}

static bool
device_every(struct mews_site *s, struct words *w, struct mews_device *d)
{
	(void)s;
	return number(w, "every, in seconds,", 1, 3600, &d->every_s);
}

static bool
device_pulses(struct mews_site *s, struct words *w, struct mews_device *d)
{
	const struct mews_quantity *q;
	const char *word;
	int input, weight;
	int64_t start = 0;

	(void)s;
	if (!number(w, "the input", 1, MEWS_PULSE_INPUTS, &input))
		return false;
	word = next(w);
	q = mews_quantity_find(word);
	if (q == NULL || q->kind != MEWS_COUNTER)
		return bad(w, "pulses count a quantity such as water_volume",
		    word);
	if (!number(w, "the weight of a pulse", 1, 1000000, &weight))
		return false;
	if (w->at < w->n && strcmp(w->w[w->at], "start") == 0) {
		w->at++;
		word = next(w);
		if (!mews_str_int(word, 0, MOST_START, &start))
			return bad(w, "start must be an index from 0 to 10^15",
			    word);
	}
	if (d->pulse[input - 1].quantity != NULL)
		return bad(w, "this input is said twice:", w->w[w->at - 1]);
	d->pulse[input - 1] = (struct mews_pulse){ q, weight, start };
	return true;
}

static const struct {
	const char *name;
	bool (*run)(struct mews_site *, struct words *, struct mews_device *);
} device_words[] = {
	{ "line", device_line },
	{ "unit", device_unit },
	{ "profile", device_profile },
	{ "place", device_place },
	{ "zone", device_zone },
	{ "panel", device_panel },
	{ "group", device_group },
	{ "every", device_every },
	{ "pulses", device_pulses },
	{ "gateway", device_gateway },
};

static bool
device_rest(struct mews_site *s, struct words *w, struct mews_device *d)
{
	const char *key;
	size_t i;

	while (w->at < w->n) {
		key = next(w);
		for (i = 0; i < MEWS_LEN(device_words); i++)
			if (strcmp(device_words[i].name, key) == 0)
				break;
		if (i == MEWS_LEN(device_words))
			return bad(w,
			    "line, unit, profile, place, zone, panel, group,"
			    " every, pulses or gateway is expected",
			    key);
		if (!device_words[i].run(s, w, d))
			return false;
	}
	if (d->line == 0 || d->unit == 0 || d->profile[0] == '\0')
		return bad(w, "a device needs line, unit and profile",
		    d->plate);
	return true;
}

static bool
device_alone(struct mews_site *s, struct words *w, struct mews_device *d)
{
	const struct mews_device *o;

	for (o = s->device; s->ndevices > 0 && o < s->device + s->ndevices;
	     o++) {
		if (strcmp(o->plate, d->plate) == 0)
			return bad(w, "each device has its own plate",
			    d->plate);
		if (o->line == d->line && o->unit == d->unit)
			return bad(w, "this unit on this line is another's",
			    o->plate);
		if (d->gateway != 0 && o->gateway == d->gateway)
			return bad(w, "this unit is another's for all masters",
			    o->plate);
		if (o->id > d->id)
			d->id = o->id;
	}
	d->id++;
	return true;
}

static bool
do_device(struct mews_site *s, struct words *w)
{
	struct mews_device d = { .post = MEWS_POST_SUB, .every_s = MEWS_EVERY };

	if (!plain(w, "a plate has up to 11 letters and digits", d.plate,
		sizeof(d.plate)) ||
	    !name(w, "the device's name", d.name, sizeof(d.name)) ||
	    !device_rest(s, w, &d) || !device_alone(s, w, &d))
		return false;
	s->device = mews_realloc(s->device, s->ndevices + 1, sizeof(d));
	s->device[s->ndevices++] = d;
	return true;
}

static bool
do_gateway(struct mews_site *s, struct words *w)
{
	return mews_site_gateway_read(s, w->w + w->at, w->n - w->at, w->err) ==
	    MEWS_OK;
}

static const struct {
	const char *name;
	bool (*run)(struct mews_site *, struct words *);
} verbs[] = {
	{ "site", do_site },
	{ "line", do_line },
	{ "device", do_device },
	{ "gateway", do_gateway },
};

static bool
take(struct mews_site *s, struct words *w)
{
	const char *verb;
	size_t i;

	if (w->n > MAX_WORDS)
		return bad(w, "a quote is not closed, or too many words", "");
	verb = next(w);
	for (i = 0; i < MEWS_LEN(verbs); i++)
		if (strcmp(verbs[i].name, verb) == 0)
			return verbs[i].run(s, w);
	return bad(w, "a line begins with site, line, device or gateway", verb);
}

enum mews_rc
mews_site_take(struct mews_site *s, const char *text, struct mews_err *err)
{
	char *copy = mews_strdup(text);
	struct words w = { .err = err };
	bool ok;

	w.n = mews_str_words(copy, w.w, MAX_WORDS);
	ok = take(s, &w);
	free(copy);
	return ok ? MEWS_OK : MEWS_BAD;
}
