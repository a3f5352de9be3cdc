/*
 * drafts.c - what is kept of people is bounded, so the oldest gives way.
 */
#include "drafts.h"
#include "draft.h"
#include "str.h"

#include <string.h>

/* A private key may be among them: what is forgotten is wiped. */
static void
drop(struct draft *d)
{
	if (d->text.s != NULL)
		explicit_bzero(d->text.s, d->text.cap);
	mews_buf_clear(&d->text);
	*d = (struct draft){ 0 };
}

static struct draft *
find(struct drafts *l, const char *owner, const char *part)
{
	struct draft *d;

	for (d = l->draft; d < l->draft + DRAFTS; d++)
		if (d->part[0] != '\0' && strcmp(d->owner, owner) == 0 &&
		    strcmp(d->part, part) == 0)
			return d;
	return NULL;
}

/* An empty one: the owner's before, a free one or the oldest. */
static struct draft *
begin(struct drafts *l, const char *owner, const char *part)
{
	struct draft *d = find(l, owner, part), *i;

	for (i = l->draft; d == NULL && i < l->draft + DRAFTS; i++)
		if (i->part[0] == '\0')
			d = i;
	if (d == NULL)
		for (d = i = l->draft; i < l->draft + DRAFTS; i++)
			if (i->touched < d->touched)
				d = i;
	drop(d);
	(void)mews_str_copy(d->owner, sizeof(d->owner), owner);
	(void)mews_str_copy(d->part, sizeof(d->part), part);
	mews_buf_put(&d->text, "", 0);
	return d;
}

enum mews_rc
drafts_take(struct drafts *l, const char *owner, const char *part, int64_t at,
    const char *digits, int64_t now, struct mews_err *err)
{
	struct draft *d =
	    at == 0 ? begin(l, owner, part) : find(l, owner, part);

	if (d == NULL || (int64_t)d->text.n != at)
		return mews_fail(err, MEWS_BAD,
		    "the piece at %lld is not the next of the draft",
		    (long long)at);
	if (d->text.n + strlen(digits) / 2 > MEWS_DRAFT_MOST)
		return mews_fail(err, MEWS_BAD, "a draft has at most %d bytes",
		    MEWS_DRAFT_MOST);
	if (!mews_draft_take(&d->text, digits)) {
		drop(d);
		return mews_fail(err, MEWS_BAD, "no hexadecimal digits");
	}
	d->touched = now;
	return MEWS_OK;
}

const struct mews_buf *
drafts_find(const struct drafts *l, const char *owner, const char *part)
{
	size_t i;

	for (i = 0; i < DRAFTS; i++)
		if (l->draft[i].part[0] != '\0' &&
		    strcmp(l->draft[i].owner, owner) == 0 &&
		    strcmp(l->draft[i].part, part) == 0)
			return &l->draft[i].text;
	return NULL;
}

void
drafts_forget(struct drafts *l, const char *owner, const char *part)
{
	struct draft *d = find(l, owner, part);

	if (d != NULL)
		drop(d);
}

void
drafts_sort_out(struct drafts *l, int64_t now)
{
	struct draft *d;

	for (d = l->draft; d < l->draft + DRAFTS; d++)
		if (d->part[0] != '\0' && now - d->touched > DRAFTS_AGE)
			drop(d);
}

void
drafts_clear(struct drafts *l)
{
	struct draft *d;

	for (d = l->draft; d < l->draft + DRAFTS; d++)
		drop(d);
}
