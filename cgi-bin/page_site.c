/*
 * page_site.c - what the site is called, where it is, what the box may read;
 * the way to the site as a file.
 */
#include "calendar.h"
#include "form.h"
#include "order.h"
#include "setting.h"
#include "site.h"
#include "str.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define MOST_KW 100000

static const struct request_field fields[] = {
	{ "name", REQUEST_TEXT, FORM_MOST },
	{ "board", REQUEST_TEXT, FORM_MOST },
	{ "zone", REQUEST_TEXT, FORM_MOST },
	{ "contract", REQUEST_TEXT, FORM_MOST },
	{ "model", REQUEST_TEXT, FORM_MOST },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* Proposals; any zone of the system may be typed. */
static const char *const zones[] = { "Europe/Rome", "Europe/Paris",
	"Europe/London", "Europe/Madrid", "Europe/Berlin", "Europe/Zurich",
	"Europe/Brussels", "Europe/Lisbon", "Europe/Athens", "UTC" };

static void
take_zone(struct form *f, struct mews_site *s)
{
	const char *typed = form_choose(f, "zone", s->zone);
	size_t i;

	for (i = 0; i < MEWS_LEN(zones); i++)
		form_option(f, zones[i], zones[i], false);
	if (f->sent &&
	    (!mews_calendar_known(typed) ||
		!mews_str_copy(s->zone, sizeof(s->zone), typed)))
		form_wrong(f, "zone", "site.no_zone", typed, NULL);
}

/* In kW with point or comma; the site keeps W. */
static void
take_contract(struct form *f, struct mews_site *s)
{
	char text[MEWS_NUMBER] = "", *comma;
	const char *typed;
	int64_t w = 0;

	if (s->contract_w > 0)
		mews_number_plain(text, s->contract_w, 3,
		    s->contract_w % 1000 == 0 ? 0 : 3);
	typed = form_text(f, "contract", text);
	if (!f->sent)
		return;
	if (typed[0] != '\0') {
		if (!mews_str_copy(text, 24, typed))
			text[0] = '\0';
		if ((comma = strchr(text, ',')) != NULL)
			*comma = '.';
		if (!mews_str_fixed(text, 3, &w) || w < 0 ||
		    w > (int64_t)MOST_KW * 1000)
			form_wrong(f, "contract", "site.no_contract", NULL);
	}
	s->contract_w = w;
}

static void
take_model(struct form *f, const char *now)
{
	static const struct {
		const char *word, *key;
		int64_t most;
	} models[] = { { "10", "site.model_10", 10 },
		{ "32", "site.model_32", 32 },
		{ "unlimited", "site.model_free", INT64_MAX } };
	int64_t used = mews_site_addresses(base_site(f->c->base));
	const char *typed = form_choose(f, "model", now);
	bool known = false;
	char n[24];
	size_t i;

	(void)snprintf(n, sizeof(n), "%" PRId64, used);
	for (i = 0; i < MEWS_LEN(models); i++) {
		form_option(f, models[i].word,
		    view_word(f->c->view, models[i].key), false);
		if (strcmp(models[i].word, typed) != 0)
			continue;
		known = true;
		if (f->sent && used > models[i].most)
			form_wrong(f, "model", "site.model_small", n, NULL);
	}
	if (!known)
		form_wrong(f, "model", "devices.no_choice", NULL);
}

static enum mews_rc
save(struct form *f, const struct mews_site *s, const char *model,
    struct mews_err *err)
{
	const char *chosen = request_get(f->c->request, "model");
	struct mews_buf text = { 0 };
	enum mews_rc rc = MEWS_OK;

	if (strcmp(model, chosen) != 0)
		rc = order_send(f->c, NULL, err, "set", "key", "model", "value",
		    chosen, NULL);
	mews_site_head_text(s, &text);
	text.s[strcspn(text.s, "\n")] = '\0';
	if (rc == MEWS_OK)
		rc = order_send(f->c, NULL, err, "site-set", "text", text.s,
		    NULL);
	mews_buf_clear(&text);
	if (rc == MEWS_OK)
		form_go(f->c, "/settings/site", "saved");
	else
		form_refused(f, rc, err);
	return rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	struct mews_site s = *base_site(c->base);
	char model[MEWS_SETTING_MOST + 1] = "";
	struct form f;
	enum mews_rc rc;

	if (db != NULL &&
	    (rc = mews_setting_get(db, "model", model, err)) != MEWS_OK)
		return rc;
	form_begin(&f, c);
	form_copy(&f, "name", s.name, sizeof(s.name));
	if (f.sent && s.name[0] == '\0')
		form_wrong(&f, "name", "site.no_name", NULL);
	form_copy(&f, "board", s.board, sizeof(s.board));
	take_zone(&f, &s);
	take_contract(&f, &s);
	take_model(&f, model);
	if (f.sent && f.nbad == 0 && save(&f, &s, model, err) == MEWS_OK)
		return MEWS_OK;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "settings.site"));
	return MEWS_OK;
}

const struct page page_site = {
	.path = "/settings/site",
	.name = "site",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
