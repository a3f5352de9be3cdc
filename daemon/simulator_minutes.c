/*
 * simulator_minutes.c - the house's file, strictly.
 */
#include "simulator_minutes.h"
#include "str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <zlib.h>

#define MOST (1 << 20) /* minutes in a file */

static bool
read_time(const char *s, int64_t *out)
{
	struct tm tm = { 0 };
	const char *end = strptime(s, "%Y-%m-%dT%H:%M:00", &tm);

	if (end == NULL || *end != '\0')
		return false;
	*out = (int64_t)timegm(&tm);
	return true;
}

static bool
read_minute(char *text, int64_t *t, struct minute *m)
{
	static const int decimals[COLUMNS] = { 3, 3, 3, 3, 0, 0, 0 };
	char *field = strsep(&text, ",");
	int64_t n;
	size_t i;

	if (!read_time(field, t))
		return false;
	for (i = 0; i < COLUMNS; i++) {
		if ((field = strsep(&text, ",")) == NULL ||
		    !mews_str_fixed(field, decimals[i], &n) || n < 0 ||
		    n > INT32_MAX / 100)
			return false;
		m->c[i] = (int32_t)n;
	}
	m->measured = true;
	return text == NULL;
}

/* Puts a minute behind the others; missing ones keep the last voltage. */
static bool
append(struct minutes *h, size_t *cap, int64_t t, const struct minute *m)
{
	size_t at;

	if (h->n == 0)
		h->begin = t;
	at = (size_t)((t - h->begin) / 60);
	if (t < h->begin || at < h->n || at >= MOST)
		return false;
	if (at >= *cap) {
		*cap = 2 * at + 1024;
		h->at = mews_realloc(h->at, *cap, sizeof(*h->at));
	}
	for (; h->n < at; h->n++) {
		h->at[h->n] = (struct minute){ 0 };
		h->at[h->n].c[VOLTAGE] = h->at[h->n - 1].c[VOLTAGE];
	}
	h->at[h->n++] = *m;
	return true;
}

static enum mews_rc
read_file(struct minutes *h, gzFile f, const char *path, struct mews_err *err)
{
	char text[256];
	struct minute m = { 0 };
	size_t cap = 0;
	unsigned line;
	int64_t t;
	int code;

	for (line = 1; gzgets(f, text, sizeof(text)) != NULL; line++) {
		text[strcspn(text, "\r\n")] = '\0';
		if (line == 1)
			continue;
		if (!read_minute(text, &t, &m) || !append(h, &cap, t, &m))
			return mews_fail(err, MEWS_BAD,
			    "%s:%u: not a later minute of a house", path, line);
	}
	(void)gzerror(f, &code);
	if (code != Z_OK && code != Z_STREAM_END)
		return mews_fail(err, MEWS_BAD, "%s:%u: damaged or cut off",
		    path, line);
	return MEWS_OK;
}

enum mews_rc
minutes_read(const char *dir, struct minutes *out, struct mews_err *err)
{
	char path[512];
	enum mews_rc rc;
	gzFile f;

	*out = (struct minutes){ 0 };
	(void)snprintf(path, sizeof(path), "%s/household-minutes.csv.gz", dir);
	if ((f = gzopen(path, "rb")) == NULL)
		return mews_fail(err, MEWS_NONE, "%s: cannot be read", path);
	rc = read_file(out, f, path, err);
	(void)gzclose_r(f);
	if (rc != MEWS_OK)
		minutes_clear(out);
	return rc;
}

void
minutes_clear(struct minutes *m)
{
	free(m->at);
	*m = (struct minutes){ 0 };
}
