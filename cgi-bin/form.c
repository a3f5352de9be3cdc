/*
 * form.c - what a form shows, what was typed, what is wrong with it.
 *
 * Everything goes straight to the view, so a form owns nothing and a page may
 * return at any point.
 */
#include "form.h"

#include "figure.h"
#include "log.h"
#include "str.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define SAID_S 600 /* a page loaded again later says nothing of the past */

/* "Saved at 14:32". */
static void
say_done(struct page_ctx *c)
{
	const char *word = request_get(c->request, "done");
	char key[40], clock[FIGURE];
	int64_t at;

	if (word[0] == '\0' ||
	    !mews_str_int(request_get(c->request, "at"), c->now - SAID_S,
		c->now, &at))
		return;
	(void)snprintf(key, sizeof(key), "done.%s", word);
	view_say(c->view, "Form.done", key, figure_clock(clock, at), NULL);
}

void
form_begin(struct form *f, struct page_ctx *c)
{
	char token[GATE_MASK + 1];

	*f = (struct form){ .c = c };
	f->sent = strcmp(c->request->method, "POST") == 0;
	gate_mask(c->who, c->reply, token);
	view_set(c->view, "Form.csrf", token);
	if (!f->sent)
		say_done(c);
}

static void
down(const struct form *f, const char *name)
{
	view_down(f->c->view, "Form");
	view_down(f->c->view, "field");
	view_down(f->c->view, name);
}

static void
up(const struct form *f)
{
	view_up(f->c->view);
	view_up(f->c->view);
	view_up(f->c->view);
}

const char *
form_text(struct form *f, const char *name, const char *standard)
{
	const char *value =
	    f->sent ? request_get(f->c->request, name) : standard;

	down(f, name);
	view_set(f->c->view, "value", value);
	up(f);
	return value;
}

void
form_copy(struct form *f, const char *name, char *to, size_t size)
{
	const char *typed = form_text(f, name, to);
	char most[24];

	(void)snprintf(most, sizeof(most), "%zu", size - 1);
	if (f->sent && !mews_str_copy(to, size, typed))
		form_wrong(f, name, "devices.long_text", most, NULL);
}

int64_t
form_int(struct form *f, const char *name, int64_t standard, int64_t min,
    int64_t max, const char *key)
{
	char text[24], low[24], high[24];
	const char *typed;
	int64_t n = standard;

	(void)snprintf(text, sizeof(text), "%" PRId64, standard);
	(void)snprintf(low, sizeof(low), "%" PRId64, min);
	(void)snprintf(high, sizeof(high), "%" PRId64, max);
	typed = form_text(f, name, text);
	if (f->sent && !mews_str_int(typed, min, max, &n))
		form_wrong(f, name, key, typed, low, high, NULL);
	return n;
}

const char *
form_choose(struct form *f, const char *name, const char *standard)
{
	f->field = name;
	f->chosen = form_text(f, name, standard);
	f->group = f->option = 0;
	return f->chosen;
}

void
form_group(struct form *f, const char *label)
{
	f->group++;
	f->option = 0;
	down(f, f->field);
	view_row(f->c->view, "group", f->group);
	view_set(f->c->view, "label", label);
	view_up(f->c->view);
	up(f);
}

void
form_option(struct form *f, const char *value, const char *text, bool off)
{
	struct view *v = f->c->view;

	down(f, f->field);
	view_row(v, "group", f->group);
	view_row(v, "option", f->option++);
	view_set(v, "value", value);
	view_set(v, "text", text);
	view_int(v, "chosen", strcmp(value, f->chosen) == 0);
	view_int(v, "off", off);
	view_up(v);
	view_up(v);
	up(f);
}

/* "Nothing was saved. One value to correct" */
static void
head(const struct form *f)
{
	char n[24];

	(void)snprintf(n, sizeof(n), "%zu", f->nbad);
	view_say(f->c->view, "Form.wrong",
	    f->nbad == 1 ? "form.wrong_one" : "form.wrong_many", n, NULL);
}

void
form_wrong(struct form *f, const char *name, const char *key, ...)
{
	struct view *v = f->c->view;
	struct mews_buf text = { 0 };
	va_list ap;

	if (name[0] != '\0') {
		char had[80];

		(void)snprintf(had, sizeof(had), "Form.field.%s.bad", name);
		if (view_get(v, had)[0] != '\0')
			return;
	}
	va_start(ap, key);
	view_vtell(v, &text, key, ap);
	va_end(ap);
	mews_buf_str(&text, "");
	view_down(v, "Form");
	view_row(v, "bad", f->nbad++);
	view_set(v, "field", name);
	view_set(v, "text", text.s);
	view_up(v);
	view_up(v);
	if (name[0] != '\0') {
		down(f, name);
		view_set(v, "bad", text.s);
		up(f);
	}
	mews_buf_clear(&text);
	head(f);
	f->c->reply->status = 400;
}

void
form_refused(struct form *f, enum mews_rc rc, const struct mews_err *err)
{
	static const char *const keys[] = {
		[MEWS_OK] = "form.fail",
		[MEWS_NONE] = "form.none",
		[MEWS_BAD] = "form.bad",
		[MEWS_DENIED] = "form.denied",
		[MEWS_AGAIN] = "form.again",
		[MEWS_FAIL] = "form.fail",
	};

	mews_log(MEWS_LOG_WARNING, "%s: %s", f->c->request->path, err->text);
	form_wrong(f, "", keys[rc], NULL);
}

void
form_go(struct page_ctx *c, const char *path, const char *word)
{
	char to[512];

	(void)snprintf(to, sizeof(to), "%s?done=%s&at=%" PRId64, path, word,
	    c->now);
	reply_go(c->reply, to);
}
