/*
 * site_read.c - a line of text into a site.
 *
 * What is new gets an id that no other has; mews_site_save() finds the lasting
 * ones by name and plate.
 */
#include "calendar.h"
#include "site_gateway.h"
#include "site_word.h"
#include "str.h"

#include <stdlib.h>
#include <string.h>

static bool
site_rest(struct mews_site *s, struct mews_site_words *w)
{
	const char *key;
	int contract;

	while (w->at < w->n) {
		key = mews_site_next(w);
		if (strcmp(key, "board") == 0) {
			if (!mews_site_name(w, "board", s->board,
				sizeof(s->board)))
				return false;
		} else if (strcmp(key, "zone") == 0) {
			if (!mews_site_name(w, "zone", s->zone,
				sizeof(s->zone)))
				return false;
			if (!mews_calendar_known(s->zone))
				return mews_site_bad(w,
				    "the zone must be one that is "
				    "known, such as Europe/Rome",
				    s->zone);
		} else if (strcmp(key, "contract") == 0) {
			if (!mews_site_number(w, "contract, in W,", 0,
				100000000, &contract))
				return false;
			s->contract_w = contract;
		} else
			return mews_site_bad(w,
			    "board, zone or contract is expected", key);
	}
	return true;
}

static bool
do_site(struct mews_site *s, struct mews_site_words *w)
{
	struct mews_site new = *s;

	new.board[0] = '\0';
	new.contract_w = 0;
	(void)mews_str_copy(new.zone, sizeof(new.zone), "UTC");
	if (!mews_site_name(w, "the site's name", new.name, sizeof(new.name)) ||
	    !site_rest(&new, w))
		return false;
	*s = new;
	return true;
}

/* "8E1": data bits, parity, stop bits. */
static bool
mode(struct mews_site_words *w, struct mews_line *l)
{
	const char *word = mews_site_next(w);

	if (strlen(word) != 3 || word[0] != '8' ||
	    strchr("NEO", word[1]) == NULL || strchr("12", word[2]) == NULL)
		return mews_site_bad(w,
		    "the mode must be 8N1, 8E1, 8O1, 8N2 ...", word);
	l->parity = word[1];
	l->stop = word[2] - '0';
	return true;
}

static bool
rate(struct mews_site_words *w, struct mews_line *l)
{
	static const int rates[] = { 1200, 2400, 4800, 9600, 19200, 38400,
		57600, 115200 };
	size_t i;

	if (!mews_site_number(w, "the rate", 1200, 115200, &l->baud))
		return false;
	for (i = 0; i < MEWS_LEN(rates); i++)
		if (rates[i] == l->baud)
			return true;
	return mews_site_bad(w, "the rate must be 1200, 2400 ... 115200",
	    w->w[w->at - 1]);
}

static bool
line_rest(struct mews_site_words *w, struct mews_line *l)
{
	const char *key;

	while (w->at < w->n) {
		key = mews_site_next(w);
		if (strcmp(key, "timeout") == 0) {
			if (!mews_site_number(w, "timeout, in ms,", 50, 10000,
				&l->timeout_ms))
				return false;
		} else if (strcmp(key, "pause") == 0) {
			if (!mews_site_number(w, "pause, in ms,", 0, 200,
				&l->pause_ms))
				return false;
		} else
			return mews_site_bad(w, "timeout or pause is expected",
			    key);
	}
	return true;
}

static bool
do_line(struct mews_site *s, struct mews_site_words *w)
{
	struct mews_line l = { .baud = 19200,
		.parity = 'E',
		.stop = 1,
		.timeout_ms = 300 };
	const char *kind;
	size_t i;

	if (!mews_site_plain(w, "a line's name has up to 15 letters and digits",
		l.name, sizeof(l.name)))
		return false;
	for (i = 0; i < s->nlines; i++) {
		if (strcmp(s->line[i].name, l.name) == 0)
			return mews_site_bad(w, "each line has its own name",
			    l.name);
		if (s->line[i].id > l.id)
			l.id = s->line[i].id;
	}
	l.id++;
	kind = mews_site_next(w);
	if (strcmp(kind, "tcp") == 0) {
		l.kind = MEWS_LINE_TCP;
		if (!mews_site_name(w, "the host", l.path, sizeof(l.path)) ||
		    !mews_site_number(w, "the port", 1, 65535, &l.port))
			return false;
	} else if (strcmp(kind, "rtu") != 0)
		return mews_site_bad(w, "a line is rtu or tcp", kind);
	else if (!mews_site_name(w, "the device", l.path, sizeof(l.path)) ||
	    !rate(w, &l) || !mode(w, &l))
		return false;
	if (!line_rest(w, &l))
		return false;
	s->line = mews_realloc(s->line, s->nlines + 1, sizeof(l));
	s->line[s->nlines++] = l;
	return true;
}

static bool
do_gateway(struct mews_site *s, struct mews_site_words *w)
{
	return mews_site_gateway_read(s, w->w + w->at, w->n - w->at, w->err) ==
	    MEWS_OK;
}

static const struct {
	const char *name;
	bool (*run)(struct mews_site *, struct mews_site_words *);
} verbs[] = {
	{ "site", do_site },
	{ "line", do_line },
	{ "device", mews_site_read_device },
	{ "gateway", do_gateway },
};

static bool
take(struct mews_site *s, struct mews_site_words *w)
{
	const char *verb;
	size_t i;

	if (w->n > MEWS_SITE_WORDS)
		return mews_site_bad(w,
		    "a quote is not closed, or too many words", "");
	verb = mews_site_next(w);
	for (i = 0; i < MEWS_LEN(verbs); i++)
		if (strcmp(verbs[i].name, verb) == 0)
			return verbs[i].run(s, w);
	return mews_site_bad(w,
	    "a line begins with site, line, device or gateway", verb);
}

enum mews_rc
mews_site_take(struct mews_site *s, const char *text, struct mews_err *err)
{
	char *copy = mews_strdup(text);
	struct mews_site_words w = { .err = err };
	bool ok;

	w.n = mews_str_words(copy, w.w, MEWS_SITE_WORDS);
	ok = take(s, &w);
	free(copy);
	return ok ? MEWS_OK : MEWS_BAD;
}
