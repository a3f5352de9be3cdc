/*
 * counter.c - one accepted index, and one run of readings held against it.
 *
 * A reading either continues the accepted index, or it begins or continues a
 * run of held ones.  A run is believed when it lasts: a lower one after three
 * readings, a higher one after ten minutes, because a meter that was reset
 * counts on from the lower index at once, while a jump that no use explains
 * is most often a value that is not yet there.  What was used within the run
 * is booked when it is believed, so that nothing is lost across the cut.
 */
#include "counter.h"

#include <limits.h>
#include <string.h>

#define HOUR    3600
#define MINUTE  60
#define CONFIRM 3                  /* lower readings that make an epoch */
#define LASTING 600                /* s a jump must last */
#define LIMIT   (INT64_C(1) << 62) /* no index lies beyond */

/* A wrap without a known limit must be this small a part of the modulus. */
#define SMALL_PART 256

void
mews_counter_init(struct mews_counter *c, int64_t modulus, int64_t most)
{
	*c = (struct mews_counter){ .modulus = modulus, .most = most };
}

void
mews_counter_resume(struct mews_counter *c, int64_t index, int64_t t)
{
	c->known = true;
	c->index = index;
	c->t = t;
	c->held = 0;
}

static int64_t
step(const struct mews_counter *c)
{
	return c->step > 1 ? c->step : 1;
}

/* Could so much be used in so many seconds?  A limit by the hour says little
 * about seconds, so a minute's worth is always allowed, and one step more,
 * because an index is rounded. */
static bool
plausible(const struct mews_counter *c, int64_t used, int64_t seconds)
{
	if (c->most <= 0)
		return true;
	if (seconds < MINUTE)
		seconds = MINUTE;
	if (seconds > INT64_MAX / c->most)
		return true;
	return used - step(c) <= c->most * seconds / HOUR;
}

static bool
wraps(const struct mews_counter *c, int64_t used, int64_t seconds)
{
	if (used < 0)
		return false;
	return c->most > 0 ? plausible(c, used, seconds)
			   : used < c->modulus / SMALL_PART;
}

static int64_t
accept(struct mews_counter *c, int64_t t, int64_t index, int64_t booked)
{
	mews_counter_resume(c, index, t);
	return booked;
}

/* True when the reading goes on where the held ones are. */
static bool
continues(const struct mews_counter *c, int64_t t, int64_t index)
{
	return c->held != 0 && index >= c->held_last &&
	    (index < c->index) == (c->held_last < c->index) &&
	    plausible(c, index - c->held_last, t - c->held_t);
}

/* Begins or lengthens the run of held readings; believes it when it lasted. */
static int64_t
hold(struct mews_counter *c, int64_t t, int64_t index, unsigned *flags)
{
	if (!continues(c, t, index)) {
		c->held = 0;
		c->held_first = index;
		c->held_since = t;
	}
	if (c->held < UINT_MAX)
		c->held++;
	c->held_last = index;
	c->held_t = t;
	if (index < c->index ? c->held < CONFIRM
			     : t - c->held_since < LASTING) {
		*flags = MEWS_SUSPECT;
		return 0;
	}
	*flags = MEWS_RESET;
	return accept(c, t, index, index - c->held_first);
}

int64_t
mews_counter_feed(struct mews_counter *c, int64_t t, int64_t index,
    unsigned *flags)
{
	int64_t used, wrapped, seconds = t - c->t;
	bool jumped = c->held != 0 && c->held_last > c->index;

	*flags = 0;
	if (index < 0 || index >= LIMIT) {
		*flags = MEWS_SUSPECT;
		return 0;
	}
	if (!c->known)
		return accept(c, t, index, 0);
	if (seconds <= 0 || (c->held != 0 && t <= c->held_t))
		return 0;
	used = index - c->index;
	/* a jump does not become plausible by waiting, but by another limit */
	if (jumped && continues(c, t, index) &&
	    !plausible(c, c->held_first - c->index, c->held_since - c->t))
		return hold(c, t, index, flags);
	if (used >= 0 && plausible(c, used, seconds))
		return accept(c, t, index, used);
	wrapped = used + c->modulus;
	if (used < 0 && index < c->modulus && wraps(c, wrapped, seconds)) {
		*flags = MEWS_WRAP;
		return accept(c, t, index, wrapped);
	}
	if (used < 0 && -used <= step(c))
		return accept(c, t, c->index, 0);
	return hold(c, t, index, flags);
}

static const struct {
	unsigned flag;
	const char *word;
} words[] = {
	{ MEWS_WRAP, "wrap" },
	{ MEWS_RESET, "reset" },
	{ MEWS_ESTIMATED, "estimated" },
	{ MEWS_SUSPECT, "suspect" },
	{ MEWS_CLOCK, "clock" },
	{ MEWS_OPEN, "open" },
};

const char *
mews_flags_text(char *text, unsigned flags)
{
	char *end = text;
	size_t i;

	*end = '\0';
	for (i = 0; i < MEWS_LEN(words); i++) {
		if ((flags & words[i].flag) == 0)
			continue;
		if (end > text)
			*end++ = ' ';
		end = stpcpy(end, words[i].word);
	}
	return text;
}

bool
mews_flags_read(const char *text, unsigned *out)
{
	size_t i, n;

	for (*out = 0; *text != '\0'; text += n + (text[n] == ' ')) {
		n = strcspn(text, " ");
		for (i = 0; i < MEWS_LEN(words); i++)
			if (strlen(words[i].word) == n &&
			    strncmp(words[i].word, text, n) == 0)
				break;
		if (i == MEWS_LEN(words))
			return false;
		*out |= words[i].flag;
	}
	return true;
}

void
mews_counter_begin(struct mews_counter *c, int64_t t, int64_t index)
{
	mews_counter_resume(c, index, t);
	c->held_first = index;
	c->held_since = t;
}
