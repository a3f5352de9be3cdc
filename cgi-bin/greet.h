/*
 * greet.h - what a visitor is told once after signing in: when he was here
 * last, and how many wrong PINs there were since.
 */
#ifndef GREET_H
#define GREET_H

#include "page.h"

/*
 * To be said on the first page that follows; last is a Unix time, 0: never.
 */
void greet_keep(struct reply *, int64_t last, int64_t failed);

/*
 * Sets greet and, where wrong PINs were tried, greet_failed below the current
 * node, when it is still to be said.
 */
void greet_say(struct page_ctx *);

#endif
