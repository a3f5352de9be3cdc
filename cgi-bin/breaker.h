/*
 * breaker.h - a device that can be switched: where it stands, since when, by
 * whom, what can be told to it.
 *
 * A device is a breaker when its profile has commands.  Its position is the
 * state that its commands name: open where "open" leads, closed where "close"
 * leads, tripped where "close" is not sent.
 */
#ifndef BREAKER_H
#define BREAKER_H

#include "page.h"

enum breaker_position {
	BREAKER_UNKNOWN, /* not read, or none of the others */
	BREAKER_OPEN,
	BREAKER_CLOSED,
	BREAKER_TRIPPED
};

/*
 * True for the i-th device of the site; for any.
 */
bool breaker_is(const struct page_ctx *, size_t i);
bool breaker_any(const struct page_ctx *);

/*
 * Of a state that was read, stored integer.
 */
enum breaker_position
breaker_position(const struct mews_profile *, int64_t state);

/*
 * NULL when the profile has no command of that name.
 */
const struct mews_profile_command *
breaker_command(const struct mews_profile *, const char *name);

/*
 * Where it stands now, by the values of the poller.
 */
enum breaker_position breaker_now(const struct page_ctx *, size_t i);

/*
 * "open" or "closed" ... as the words of the language call it.
 */
const char *breaker_word(const struct page_ctx *, enum breaker_position);

/*
 * Sets below the current node: plate, name, path, position (unknown, open,
 * closed, tripped), word ("Open (O)"), since, who, current ("3.1 A"), state,
 * condition (how it answers), stale, zone, panel, feeds (its
 * circuits), cause (why it tripped, when its profile
 * tells), and act.N: command, button
 * ("Open..."), path, off (not in this position).
 */
enum mews_rc breaker_set(struct page_ctx *, size_t i, struct mews_err *);

/*
 * The path of its page, or of its operate page.
 */
const char *breaker_path(char *text, size_t size, const struct mews_device *,
    const char *tail);

/*
 * "Open", the verb of a command; its own name where it is none of ours.
 */
const char *breaker_verb(const struct page_ctx *, const char *command);

#endif
