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

#define D(n)                                                                   \
	{                                                                      \
		"d" #n, REQUEST_TEXT, MAY_ZONE                                 \
	}
#define D8(a, b, c, d, e, f, g, h)                                             \
	D(a), D(b), D(c), D(d), D(e), D(f), D(g), D(h)

static const struct request_field fields[] = {
	DOWNLOAD_FIELDS,
	D8(0, 1, 2, 3, 4, 5, 6, 7),
	D8(8, 9, 10, 11, 12, 13, 14, 15),
	D8(16, 17, 18, 19, 20, 21, 22, 23),
	D8(24, 25, 26, 27, 28, 29, 30, 31),
	D8(32, 33, 34, 35, 36, 37, 38, 39),
	D8(40, 41, 42, 43, 44, 45, 46, 47),
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

/* The i-th device is the first of its zone. */
static bool
begins_zone(const struct mews_site *s, size_t i, char word[MAY_ZONE])
{
	size_t k;

	for (k = 0; k < i; k++)
		if (strcmp(s->device[k].zone, s->device[i].zone) == 0)
			return false;
	return may_zone(&s->device[i], word);
}

/* A site with more than can be ticked: one of all. */
static void
offer_one(struct form *f, const struct mews_site *s)
{
	char word[MAY_ZONE], text[96];
	size_t i;

	(void)form_choose(f, "on", "");
	form_option(f, "", view_word(f->c->view, "download.all"), false);
	form_group(f, view_word(f->c->view, "download.zones"));
	for (i = 0; i < s->ndevices; i++)
		if (begins_zone(s, i, word))
			form_option(f, word, s->device[i].zone, false);
	form_group(f, view_word(f->c->view, "download.meters"));
	for (i = 0; i < s->ndevices; i++) {
		(void)snprintf(text, sizeof(text), "%s %s", s->device[i].plate,
		    s->device[i].name);
		form_option(f, s->device[i].plate, text, false);
	}
}

struct ticks {
	struct view *view;
	const char *on; /* words with commas between */
	size_t n;
};

static bool
is_on(const char *on, const char *word)
{
	size_t n = strlen(word), len;

	for (; *on != '\0'; on += len + (on[len] == ',')) {
		len = strcspn(on, ",");
		if (len == n && strncmp(on, word, n) == 0)
			return true;
	}
	return false;
}

static void
put_tick(struct ticks *t, const char *word, const char *plate, const char *name)
{
	char field[8];

	(void)snprintf(field, sizeof(field), "d%zu", t->n);
	view_row(t->view, "Download.tick", t->n++);
	view_set(t->view, "field", field);
	view_set(t->view, "word", word);
	view_set(t->view, "plate", plate);
	view_set(t->view, "name", name);
	view_int(t->view, "on", is_on(t->on, word));
	view_up(t->view);
}

/* Every zone once, then every device. */
static void
offer_devices(struct form *f, const char *on)
{
	const struct mews_site *s = base_site(f->c->base);
	struct ticks t = { .view = f->c->view, .on = on };
	char word[MAY_ZONE];
	size_t zones = 0, i;

	for (i = 0; i < s->ndevices; i++)
		zones += begins_zone(s, i, word);
	if (zones + s->ndevices > DOWNLOAD_TICKS) {
		offer_one(f, s);
		return;
	}
	for (i = 0; i < s->ndevices; i++)
		if (begins_zone(s, i, word))
			put_tick(&t, word, "", s->device[i].zone);
	for (i = 0; i < s->ndevices; i++)
		put_tick(&t, s->device[i].plate, s->device[i].plate,
		    s->device[i].name);
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
offer(struct form *f, const char *on)
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
	offer_devices(f, on);
	offer_words(f, "by", "hour", levels);
	offer_words(f, "of", "", kinds);
	offer_words(f, "for",
	    strcmp(base_csv_format(c->base), "programs") == 0 ? "programs"
							      : "excel",
	    formats);
	offer_words(f, "pack", "", packs);
}

static void
put_query(const struct page_ctx *c, const char *on, struct mews_buf *b)
{
	static const struct request_field names[] = { DOWNLOAD_FIELDS };
	const char *p;
	size_t i;

	for (i = 0; i < MEWS_LEN(names); i++) {
		mews_buf_printf(b, "%c%s=", i == 0 ? '?' : '&', names[i].name);
		for (p = i == 0 ? on : request_get(c->request, names[i].name);
		     *p != '\0'; p++)
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
judge(struct form *f, struct download *d)
{
	struct page_ctx *c = f->c;
	const char *field;
	struct mews_buf go = { 0 };
	struct mews_err err;
	char key[32];

	if (download_read(c, d, &field, &err) != MEWS_OK) {
		(void)snprintf(key, sizeof(key), "download.bad_%s",
		    field == NULL ? "on" : field);
		form_wrong(f, field == NULL ? "" : field, key,
		    field == NULL ? "" : request_get(c->request, field), NULL);
	} else if (d->ask.to <= d->ask.from)
		form_wrong(f, "to", "download.backward", NULL);
	else if (d->ask.from > c->now)
		form_wrong(f, "from", "download.future", NULL);
	else {
		mews_buf_str(&go, "/download/get");
		put_query(c, d->on, &go);
		reply_go(c->reply, go.s);
	}
	mews_buf_clear(&go);
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
	struct download d = { .device = NULL };
	struct form f;

	(void)err;
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "download.title"));
	form_begin(&f, c);
	if (f.sent)
		judge(&f, &d);
	offer(&f, d.on);
	download_clear(&d);
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
