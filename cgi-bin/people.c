/*
 * people.c - words and sentences about people.
 */
#include "people.h"

#include "device.h"
#include "figure.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

size_t
people_words(char *text, const char **word, size_t max)
{
	size_t n = 0;
	char *p = text;

	while (n < max && *p != '\0') {
		word[n++] = p;
		if (n == max || (p = strchr(p, ' ')) == NULL)
			break;
		*p++ = '\0';
	}
	return n;
}

void
people_row(const struct mews_message *a, const char *name, size_t i,
    char out[PEOPLE_ROW])
{
	char key[40];

	(void)snprintf(key, sizeof(key), "%.24s%zu", name, i);
	(void)snprintf(out, PEOPLE_ROW, "%s", mews_message_get(a, key));
}

const char *
people_role(struct page_ctx *c, const char *role)
{
	char key[40];

	(void)snprintf(key, sizeof(key), "role.%.24s", role);
	return view_word(c->view, key);
}

static const struct {
	const char *code, *name;
} langs[] = {
	{ "en", "English" },
	{ "it", "Italiano" },
	{ "fr", "Fran\u00e7ais" },
};

const char *
people_lang(struct page_ctx *c, const char *lang)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(langs); i++)
		if (strcmp(langs[i].code, lang) == 0)
			return langs[i].name;
	return view_word(c->view, "account.lang_auto");
}

const char *
people_time(struct page_ctx *c, char *text, int64_t t)
{
	return t == 0 ? view_word(c->view, "account.never")
		      : device_since(c, text, t);
}

const char *
people_choose_lang(struct form *f, const char *now)
{
	const char *chosen = form_choose(f, "lang", now);
	bool known = chosen[0] == '\0';
	size_t i;

	form_option(f, "", view_word(f->c->view, "account.lang_auto"), false);
	for (i = 0; i < MEWS_LEN(langs); i++) {
		form_option(f, langs[i].code, langs[i].name, false);
		known = known || strcmp(chosen, langs[i].code) == 0;
	}
	if (!known)
		form_wrong(f, "lang", "devices.no_choice", NULL);
	return chosen;
}

const char *
people_choose_theme(struct form *f, const char *now)
{
	static const char *const themes[] = { "", "light", "dark" };
	static const char *const keys[] = { "account.theme_auto",
		"account.theme_light", "account.theme_dark" };
	const char *chosen = form_choose(f, "theme", now);
	bool known = false;
	size_t i;

	for (i = 0; i < MEWS_LEN(themes); i++) {
		form_option(f, themes[i], view_word(f->c->view, keys[i]),
		    false);
		known = known || strcmp(chosen, themes[i]) == 0;
	}
	if (!known)
		form_wrong(f, "theme", "devices.no_choice", NULL);
	return chosen;
}

void
people_code(const char *digits, char out[PEOPLE_CODE])
{
	if (strlen(digits) == 14)
		(void)snprintf(out, PEOPLE_CODE, "%.5s %.4s %.5s", digits,
		    digits + 5, digits + 9);
	else
		(void)snprintf(out, PEOPLE_CODE, "%.16s", digits);
}

/* Which field a word such as pin-obvious is about, by how it begins. */
static const struct {
	const char *begins, *field;
} about[] = {
	{ "pin-", "pin_new" },
	{ "puk-", "puk_new" },
	{ "name", "name" },
	{ "role", "role" },
	{ "rights", "sees" },
	{ "lang", "lang" },
	{ "theme", "theme" },
	{ "both", "what" },
	{ "leaflet", "enabled" },
};

static void
say_why(struct form *f, const char *why)
{
	const char *field = "";
	char key[48];
	size_t i;

	for (i = 0; i < MEWS_LEN(about); i++)
		if (strncmp(why, about[i].begins, strlen(about[i].begins)) == 0)
			field = about[i].field;
	(void)snprintf(key, sizeof(key), "why.%.40s", why);
	if (view_word(f->c->view, key)[0] == '\0')
		(void)strcpy(key, "why.other");
	form_wrong(f, field, key, NULL);
}

void
people_wait(struct page_ctx *c, int64_t seconds, char out[64])
{
	struct mews_buf b = { 0 };
	char n[24];

	(void)snprintf(n, sizeof(n), "%" PRId64,
	    seconds < 120 ? seconds : (seconds + 59) / 60);
	view_tell(c->view, &b,
	    seconds < 120 ? "account.seconds" : "account.minutes", n, NULL);
	mews_buf_str(&b, "");
	(void)mews_str_copy(out, 64, b.s);
	mews_buf_clear(&b);
}

void
people_refused(struct form *f, const struct mews_message *answer,
    enum mews_rc rc, const struct mews_err *err)
{
	const char *why = mews_message_get(answer, "why");
	int64_t wait = mews_message_int(answer, "wait", 0);
	char text[64] = "";

	if (rc == MEWS_BAD && why[0] != '\0')
		say_why(f, why);
	else if (rc == MEWS_AGAIN && wait > 0) {
		people_wait(f->c, wait, text);
		form_wrong(f, "", "account.wait", text, NULL);
	} else
		form_refused(f, rc, err);
}

bool
people_new_pin(struct form *f, bool optional, char pin[CODE])
{
	const char *typed = request_get(f->c->request, "pin_new");
	char again[CODE];
	bool fits;

	code_digits(typed, pin);
	code_digits(request_get(f->c->request, "pin_again"), again);
	fits = strlen(pin) >= 5 || (optional && typed[0] == '\0');
	if (!fits)
		form_wrong(f, "pin_new", "why.pin_length", NULL);
	else if (strcmp(pin, again) != 0) {
		form_wrong(f, "pin_again", "code.differ", NULL);
		fits = false;
	}
	explicit_bzero(again, sizeof(again));
	return fits;
}
