/*
 * page_download.c - what was measured as files: any stretch of any meters, and
 * those of the data folder that stand ready.
 */
#include "download.h"
#include "errand.h"
#include "form.h"
#include "may.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

static const struct request_field fields[] = {
	DOWNLOAD_FIELDS,
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* Every zone once, then every device. */
static void
offer_devices(struct form *f)
{
	const struct mews_site *s = base_site(f->c->base);
	char word[MAY_ZONE], other[MAY_ZONE], text[96];
	size_t i, k;

	(void)form_choose(f, "on", "");
	form_option(f, "", view_word(f->c->view, "download.all"), false);
	form_group(f, view_word(f->c->view, "download.zones"));
	for (i = 0; i < s->ndevices; i++) {
		if (!may_zone(&s->device[i], word))
			continue;
		for (k = 0; k < i; k++)
			if (may_zone(&s->device[k], other) &&
			    strcmp(word, other) == 0)
				break;
		if (k == i)
			form_option(f, word, s->device[i].zone, false);
	}
	form_group(f, view_word(f->c->view, "download.meters"));
	for (i = 0; i < s->ndevices; i++) {
		(void)snprintf(text, sizeof(text), "%s %s", s->device[i].plate,
		    s->device[i].name);
		form_option(f, s->device[i].plate, text, false);
	}
}

/* A field of words, each download.FIELD.WORD; "" is the word all. */
static void
offer_words(struct form *f, const char *field, const char *standard,
    const char *const *words)
{
	char key[48];

	(void)form_choose(f, field, standard);
	for (; *words != NULL; words++) {
		(void)snprintf(key, sizeof(key), "download.%s_%s", field,
		    **words == '\0' ? "all" : *words);
		form_option(f, *words, view_word(f->c->view, key), false);
	}
}

static void
offer(struct form *f)
{
	static const char *const levels[] = { "minute", "hour", "day", "month",
		"year", NULL };
	static const char *const kinds[] = { "", "counters", NULL };
	static const char *const formats[] = { "excel", "programs", NULL };
	static const char *const packs[] = { "", "zip", NULL };
	struct page_ctx *c = f->c;
	char from[MEWS_STAMP], to[MEWS_STAMP];

	mews_calendar_local(mews_calendar_floor(MEWS_MONTH, c->now), from);
	mews_calendar_local(c->now, to);
	from[10] = to[10] = '\0';
	(void)form_text(f, "from", from);
	(void)form_text(f, "to", to);
	offer_devices(f);
	offer_words(f, "by", "hour", levels);
	offer_words(f, "of", "", kinds);
	offer_words(f, "for",
	    strcmp(base_csv_format(c->base), "programs") == 0 ? "programs"
							      : "excel",
	    formats);
	offer_words(f, "pack", "", packs);
}

static void
put_query(const struct page_ctx *c, struct mews_buf *b)
{
	static const struct request_field names[] = { DOWNLOAD_FIELDS };
	const char *p;
	size_t i;

	for (i = 0; i < MEWS_LEN(names); i++) {
		mews_buf_printf(b, "%c%s=", i == 0 ? '?' : '&', names[i].name);
		for (p = request_get(c->request, names[i].name); *p != '\0';
		     p++)
			mews_buf_printf(b,
			    (*p >= '0' && *p <= '9') ||
				    (*p >= 'a' && *p <= 'z') ||
				    (*p >= 'A' && *p <= 'Z') || *p == '-'
				? "%c"
				: "%%%02X",
			    (unsigned char)*p);
	}
}

/* Sends the browser to the file, or says what is wrong. */
static void
judge(struct form *f)
{
	struct page_ctx *c = f->c;
	struct download d;
	const char *field;
	struct mews_buf go = { 0 };
	struct mews_err err;
	char key[32];

	if (download_read(c, &d, &field, &err) != MEWS_OK) {
		(void)snprintf(key, sizeof(key), "download.bad_%s",
		    field == NULL ? "on" : field);
		form_wrong(f, field == NULL ? "" : field, key,
		    field == NULL ? "" : request_get(c->request, field), NULL);
	} else if (d.ask.to <= d.ask.from)
		form_wrong(f, "to", "download.backward", NULL);
	else if (d.ask.from > c->now)
		form_wrong(f, "from", "download.future", NULL);
	else {
		mews_buf_str(&go, "/download/get");
		put_query(c, &go);
		reply_go(c->reply, go.s);
	}
	mews_buf_clear(&go);
	download_clear(&d);
}

/* A file of the folder that is there. */
static void
put_file(struct page_ctx *c, const char *name, const char *path)
{
	char folder[MEWS_PATH], whole[MEWS_PATH + MEWS_FILE_PATH], text[200];
	struct stat st;

	(void)mews_place_path(c->place, MEWS_FOLDER, folder);
	(void)snprintf(whole, sizeof(whole), "%s/%s", folder, path);
	if (stat(whole, &st) != 0)
		return;
	(void)snprintf(text, sizeof(text), "/files/%s", path);
	view_set(c->view, name, text);
}

static void
put_files(struct page_ctx *c)
{
	const struct mews_site *s = base_site(c->base);
	char date[MEWS_STAMP], name[MEWS_FOLDER_NAME], path[MEWS_FILE_PATH];
	size_t i;

	mews_calendar_local(c->now, date);
	for (i = 0; i < s->ndevices; i++) {
		mews_folder_name(name, s->device[i].plate);
		view_row(c->view, "device", i);
		view_set(c->view, "plate", s->device[i].plate);
		view_set(c->view, "name", s->device[i].name);
		(void)snprintf(path, sizeof(path), "%s/%.4s/%s_%.10s.csv", name,
		    date, name, date);
		put_file(c, "day", path);
		(void)snprintf(path, sizeof(path), "%s/%.4s/%s_%.7s_hours.csv",
		    name, date, name, date);
		put_file(c, "month", path);
		(void)snprintf(path, sizeof(path), "%s/%s_%.4s_days.csv", name,
		    name, date);
		put_file(c, "year", path);
		(void)snprintf(path, sizeof(path), "%s/%s_months.csv", name,
		    name);
		put_file(c, "all", path);
		view_up(c->view);
	}
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct form f;

	(void)err;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "download.title"));
	form_begin(&f, c);
	if (f.sent)
		judge(&f);
	offer(&f);
	view_down(c->view, "Download");
	put_files(c);
	view_up(c->view);
	return MEWS_OK;
}

const struct page page_download = {
	.path = "/download",
	.name = "download",
	.menu = "meters",
	.methods = PAGE_GET | PAGE_POST,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
