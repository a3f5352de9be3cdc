/*
 * user_form.c - a user as a form.
 *
 * A tick carries the word of rights that it stands for, so a site that changes
 * between the form and its sending gives nobody another meter's right.
 */
#include "user_form.h"

#include "str.h"

#include <stdio.h>
#include <string.h>

#define R(n)                                                                   \
	{                                                                      \
		"r" #n, REQUEST_TEXT, MAY_ZONE                                 \
	}
#define R8(a, b, c, d, e, f, g, h)                                             \
	R(a), R(b), R(c), R(d), R(e), R(f), R(g), R(h)

const struct request_field user_fields[] = {
	{ "name", REQUEST_TEXT, FORM_MOST },
	{ "role", REQUEST_TEXT, FORM_MOST },
	{ "lang", REQUEST_TEXT, FORM_MOST },
	{ "sees", REQUEST_TEXT, FORM_MOST },
	{ "enabled", REQUEST_TEXT, FORM_MOST },
	{ "pin_new", REQUEST_TEXT, CODE_TYPED },
	{ "pin_again", REQUEST_TEXT, CODE_TYPED },
	{ "mine", REQUEST_TEXT, CODE_TYPED },
	R8(0, 1, 2, 3, 4, 5, 6, 7),
	R8(8, 9, 10, 11, 12, 13, 14, 15),
	R8(16, 17, 18, 19, 20, 21, 22, 23),
	R8(24, 25, 26, 27, 28, 29, 30, 31),
	R8(32, 33, 34, 35, 36, 37, 38, 39),
	R8(40, 41, 42, 43, 44, 45, 46, 47),
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

struct ticks {
	struct form *f;
	const char *rights; /* what is ticked */
	size_t n;
};

/* Whether that word was ticked in the form, in whatever field. */
static bool
sent(const struct page_ctx *c, const char *word)
{
	char field[8];
	size_t i;

	for (i = 0; i < USER_TICKS; i++) {
		(void)snprintf(field, sizeof(field), "r%zu", i);
		if (strcmp(request_get(c->request, field), word) == 0)
			return true;
	}
	return false;
}

static void
put(struct ticks *t, const char *word, const struct mews_device *d, bool zone)
{
	struct view *v = t->f->c->view;
	char field[8];

	if (t->n == USER_TICKS) {
		view_int(v, "Rights.more", 1);
		return;
	}
	(void)snprintf(field, sizeof(field), "r%zu", t->n);
	view_row(v, "Rights.row", t->n++);
	view_set(v, "field", field);
	view_set(v, "word", word);
	view_set(v, "plate", zone ? "" : d->plate);
	view_set(v, "name", zone ? d->zone : d->name);
	view_int(v, "zone", zone);
	view_int(v, "below", !zone && d->zone[0] != '\0');
	view_int(v, "on", may_has(t->rights, word));
	view_up(v);
}

static bool
first_of_zone(const struct mews_site *s, size_t i)
{
	size_t k;

	for (k = 0; k < i; k++)
		if (strcmp(s->device[k].zone, s->device[i].zone) == 0)
			return false;
	return s->device[i].zone[0] != '\0';
}

/* A zone and below it its meters; of a site with too many only those that are
 * ticked. */
static void
put_zone(struct ticks *t, const struct mews_site *s, size_t i, bool all)
{
	char word[MAY_ZONE];
	size_t k;

	(void)may_zone(&s->device[i], word);
	put(t, word, &s->device[i], true);
	for (k = i; k < s->ndevices; k++) {
		may_device(&s->device[k], word);
		if (strcmp(s->device[k].zone, s->device[i].zone) == 0 &&
		    (all || may_has(t->rights, word)))
			put(t, word, &s->device[k], false);
	}
}

static void
put_all(struct ticks *t, const struct mews_site *s)
{
	size_t i, zones = 0;
	char word[32];
	bool all;

	for (i = 0; i < s->ndevices; i++)
		zones += first_of_zone(s, i);
	all = s->ndevices + zones <= USER_TICKS;
	view_int(t->f->c->view, "Rights.more", !all);
	for (i = 0; i < s->ndevices; i++)
		if (first_of_zone(s, i))
			put_zone(t, s, i, all);
	for (i = 0; i < s->ndevices; i++)
		if (s->device[i].zone[0] == '\0') {
			may_device(&s->device[i], word);
			put(t, word, &s->device[i], false);
		}
}

static void
add(struct form *f, char rights[MEWS_RIGHTS + 1], const char *word)
{
	size_t n = strlen(rights);

	if (!sent(f->c, word) || may_has(rights, word))
		return;
	if (n + 1 + strlen(word) > MEWS_RIGHTS)
		form_wrong(f, "sees", "users.rights_long", NULL);
	else
		(void)snprintf(rights + n, MEWS_RIGHTS + 1 - n, "%s%s",
		    n == 0 ? "" : " ", word);
}

/* Only words of this site are taken. */
static void
take_rights(struct form *f, char rights[MEWS_RIGHTS + 1])
{
	const struct mews_site *s = base_site(f->c->base);
	char word[MAY_ZONE];
	size_t i;

	rights[0] = '\0';
	for (i = 0; i < s->ndevices; i++) {
		if (may_zone(&s->device[i], word))
			add(f, rights, word);
		may_device(&s->device[i], word);
		add(f, rights, word);
	}
}

static void
take_role(struct form *f, struct user_form *u)
{
	static const enum mews_role roles[] = { MEWS_USER, MEWS_INSTALLER,
		MEWS_ADMINISTRATOR };
	const char *name;
	enum mews_role r;
	size_t i;

	u->role = form_choose(f, "role", u->role);
	for (i = 0; i < MEWS_LEN(roles); i++) {
		name = mews_role_name(roles[i]);
		form_option(f, name, people_role(f->c, name), false);
	}
	if (!mews_role_find(u->role, &r))
		form_wrong(f, "role", "devices.no_choice", NULL);
}

static void
take_sight(struct form *f, struct user_form *u)
{
	const char *sees =
	    form_choose(f, "sees", u->rights[0] == '\0' ? "all" : "some");
	struct ticks t = { .f = f, .rights = u->rights };

	form_option(f, "all", view_word(f->c->view, "users.sees_all"), false);
	form_option(f, "some", view_word(f->c->view, "users.sees_some"), false);
	if (f->sent)
		take_rights(f, u->rights);
	put_all(&t, base_site(f->c->base));
	if (!f->sent)
		return;
	if (strcmp(sees, "all") == 0 || strcmp(u->role, "user") != 0)
		u->rights[0] = '\0';
	else if (strcmp(sees, "some") != 0)
		form_wrong(f, "sees", "devices.no_choice", NULL);
	else if (u->rights[0] == '\0')
		form_wrong(f, "sees", "users.sees_none", NULL);
}

void
user_form_take(struct form *f, struct user_form *u)
{
	u->name = form_text(f, "name", u->name);
	if (f->sent && !mews_str_word(u->name, MEWS_USERNAME))
		form_wrong(f, "name", "users.no_name", NULL);
	take_role(f, u);
	u->lang = people_choose_lang(f, u->lang);
	take_sight(f, u);
	u->enabled = form_text(f, "enabled", u->enabled ? "1" : "")[0] != '\0';
}
