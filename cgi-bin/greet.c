/*
 * greet.c - carried from the sign-in to the page behind it by a cookie: the
 * two are different requests, and nothing but his own screen depends on it.
 */
#include "greet.h"

#include "device.h"
#include "figure.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define COOKIE "__Host-mews-last"

void
greet_keep(struct reply *r, int64_t last, int64_t failed)
{
	char text[48];

	(void)snprintf(text, sizeof(text), "%" PRId64 "-%" PRId64, last,
	    failed);
	reply_cookie(r, COOKIE, text);
}

void
greet_say(struct page_ctx *c)
{
	char text[48], at[FIGURE], *failed;
	int64_t last, n;

	request_cookie(c->request, COOKIE, text, sizeof(text));
	if (text[0] == '\0' || c->request->renewal)
		return;
	reply_cookie(c->reply, COOKIE, "");
	if ((failed = strchr(text, '-')) == NULL)
		return;
	*failed++ = '\0';
	if (!mews_str_int(text, 0, c->now, &last) ||
	    !mews_str_int(failed, 0, INT64_MAX, &n))
		return;
	if (last == 0)
		view_set(c->view, "greet", view_word(c->view, "greet.first"));
	else
		view_say(c->view, "greet", "greet.last",
		    device_since(c, at, last), NULL);
	if (n > 0)
		view_say(c->view, "greet_failed",
		    n == 1 ? "greet.failed_one" : "greet.failed", failed, NULL);
}
