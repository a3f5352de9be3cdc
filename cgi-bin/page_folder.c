/*
 * page_folder.c - the data folder: what is written there, and how that goes.
 */
#include "figure.h"
#include "form.h"
#include "order.h"
#include "setting.h"

#include <stdio.h>
#include <string.h>

#define FOLDER "/settings/folder"

static const struct request_field fields[] = {
	{ "folder", REQUEST_TEXT, FORM_MOST },
	{ "folder_minutes", REQUEST_TEXT, FORM_MOST },
	{ "folder_pace", REQUEST_TEXT, FORM_MOST },
	{ "csv_format", REQUEST_TEXT, FORM_MOST },
	{ "folder_spare", REQUEST_TEXT, FORM_MOST },
	{ "do", REQUEST_WORD, 8 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static const char *const keys[] = { "folder", "folder_minutes", "folder_pace",
	"csv_format", "folder_spare" };

/* Why it is not written, as words of the log say it. */
static const struct {
	const char *log, *key;
} reasons[] = {
	{ "of the disk are free", "folder.full" },
	{ "No space left", "folder.full" },
	{ "Disk quota", "folder.full" },
	{ "Read-only", "folder.read_only" },
	{ "Permission denied", "folder.denied" },
	{ "Not a directory", "folder.denied" },
	{ "", "folder.other" },
};

static void
say_why(struct page_ctx *c, const char *log, int64_t since)
{
	char day[FIGURE], clock[FIGURE];
	size_t i = 0;

	while (strstr(log, reasons[i].log) == NULL)
		i++;
	view_say(c->view, "why", reasons[i].key,
	    figure_date(c, day, FIGURE_TABLE_DAY, since),
	    figure_clock(clock, since), NULL);
}

static void
show_state(struct page_ctx *c)
{
	char day[FIGURE], clock[FIGURE];
	struct mews_message a;
	struct mews_err err;
	enum mews_rc rc =
	    order_send(c, &a, &err, "courier-status", "sink", "folder", NULL);
	int64_t good = mews_message_int(&a, "good", 0);

	if (rc == MEWS_AGAIN)
		view_set(c->view, "why", view_word(c->view, "folder.asleep"));
	else if (rc == MEWS_OK && mews_message_int(&a, "since", 0) > 0)
		say_why(c, mews_message_get(&a, "why"),
		    mews_message_int(&a, "since", 0));
	if (rc == MEWS_OK && good > 0)
		view_say(c->view, "good", "folder.good",
		    figure_date(c, day, FIGURE_TABLE_DAY, good),
		    figure_clock(clock, good), NULL);
	mews_message_clear(&a);
}

static void
offer(struct form *f, const struct mews_setting *s, const char *value)
{
	char words[MEWS_SETTING_MOST], key[64], *word, *rest = words;

	if (s->type == MEWS_SETTING_INT) {
		(void)form_text(f, s->key, value);
		return;
	}
	(void)form_choose(f, s->key, value);
	(void)snprintf(words, sizeof(words), "%s", s->allowed);
	while ((word = strsep(&rest, " ")) != NULL) {
		(void)snprintf(key, sizeof(key), "folder.%s_%s", s->key, word);
		form_option(f, word, view_word(f->c->view, key), false);
	}
}

/* What was typed, where it is another value. */
static void
save(struct form *f, struct mews_db *config, struct mews_err *err)
{
	char value[MEWS_SETTING_MOST + 1];
	const char *typed;
	size_t i;
	enum mews_rc rc = MEWS_OK;

	for (i = 0; i < MEWS_LEN(keys); i++)
		if (mews_setting_fits(mews_setting_find(keys[i]),
			request_get(f->c->request, keys[i]), err) != MEWS_OK)
			form_wrong(f, keys[i], "folder.bad",
			    request_get(f->c->request, keys[i]), NULL);
	if (f->nbad > 0)
		return;
	for (i = 0; i < MEWS_LEN(keys) && rc == MEWS_OK; i++) {
		typed = request_get(f->c->request, keys[i]);
		rc = mews_setting_get(config, keys[i], value, err);
		if (rc == MEWS_OK && strcmp(value, typed) != 0)
			rc = order_send(f->c, NULL, err, "set", "key", keys[i],
			    "value", typed, NULL);
	}
	if (rc == MEWS_OK)
		form_go(f->c, FOLDER, "saved");
	else
		form_refused(f, rc, err);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *config = base_db(c->base, MEWS_CONFIG_DB);
	bool test = strcmp(request_get(c->request, "do"), "test") == 0;
	char value[MEWS_SETTING_MOST + 1];
	struct form f;
	size_t i;
	enum mews_rc rc = MEWS_OK;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "folder.title"));
	if (config == NULL)
		return mews_fail(err, MEWS_AGAIN, "there is no site yet");
	form_begin(&f, c);
	if (f.sent && test) {
		rc = order_send(c, NULL, err, "courier-wake", "sink", "folder",
		    NULL);
		if (rc == MEWS_OK)
			form_go(c, FOLDER, "woken");
		else
			form_refused(&f, rc, err);
	} else if (f.sent)
		save(&f, config, err);
	for (i = 0; i < MEWS_LEN(keys); i++) {
		rc = mews_setting_get(config, keys[i], value, err);
		if (rc != MEWS_OK)
			return rc;
		offer(&f, mews_setting_find(keys[i]), value);
	}
	view_down(c->view, "Folder");
	show_state(c);
	view_up(c->view);
	return MEWS_OK;
}

const struct page page_folder = {
	.path = FOLDER,
	.name = "folder",
	.menu = "settings",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
