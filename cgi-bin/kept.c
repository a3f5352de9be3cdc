/*
 * kept.c - sixteen places, searched one after the other.
 */
#include "kept.h"

#include <stdio.h>
#include <string.h>

static struct kept places[16];
static int64_t clock_ticks;

static struct kept *
same(const char *key)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(places); i++)
		if (places[i].body.n > 0 && strcmp(places[i].key, key) == 0)
			return &places[i];
	return NULL;
}

const struct kept *
kept_find(const char *key, int64_t edition)
{
	struct kept *k = same(key);

	if (k == NULL || k->edition != edition)
		return NULL;
	k->used = ++clock_ticks;
	return k;
}

static struct kept *
least_used(void)
{
	struct kept *k = &places[0];
	size_t i;

	for (i = 1; i < MEWS_LEN(places); i++)
		if (places[i].used < k->used)
			k = &places[i];
	return k;
}

void
kept_put(const char *key, int64_t edition, const char *title,
    const struct mews_buf *body)
{
	struct kept *k = same(key);

	if (strlen(key) >= KEPT_KEY)
		return;
	if (k == NULL)
		k = least_used();
	(void)snprintf(k->key, sizeof(k->key), "%s", key);
	(void)snprintf(k->title, sizeof(k->title), "%s", title);
	mews_buf_reset(&k->body);
	mews_buf_put(&k->body, body->s, body->n);
	k->edition = edition;
	k->used = ++clock_ticks;
}

void
kept_clear(void)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(places); i++)
		mews_buf_clear(&places[i].body);
}
