/*
 * scan_found.c - who answered a scan: new, known, or not what the site says.
 *
 * Who is known is looked up now and not taken from the scan, so that a row
 * changes as soon as its device was added.
 */
#include "exchange.h"
#include "figure.h"
#include "order.h"
#include "scan.h"
#include "site_profile.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

struct list {
	struct page_ctx *c;
	const struct mews_line *line;
	bool again; /* it came in and was not taken */
	size_t n, picks, unsure;
	unsigned plate; /* number of the last plate that was proposed */
	struct {
		char name[64], title[112];
	} known[16]; /* titles of profiles that were looked up */
	size_t nknown;
};

/* "Eastron SDM630" for a profile; its own name where it cannot be read. */
static const char *
title(struct list *l, const char *name)
{
	char dir[MEWS_PATH];
	struct mews_profile p;
	struct mews_err err;
	size_t i;

	for (i = 0; i < l->nknown; i++)
		if (strcmp(l->known[i].name, name) == 0)
			return l->known[i].title;
	if (l->nknown == MEWS_LEN(l->known))
		l->nknown = i = 0;
	l->nknown++;
	(void)mews_place_path(l->c->place, MEWS_METERS, dir);
	(void)snprintf(l->known[i].name, sizeof(l->known[i].name), "%s", name);
	(void)snprintf(l->known[i].title, sizeof(l->known[i].title), "%s",
	    name);
	if (mews_site_profile(base_db(l->c->base, MEWS_CONFIG_DB), dir, name,
		&p, &err) != MEWS_OK)
		return l->known[i].title;
	(void)snprintf(l->known[i].title, sizeof(l->known[i].title), "%s %s",
	    p.vendor, p.model);
	mews_profile_clear(&p);
	return l->known[i].title;
}

static const struct mews_device *
device_at(const struct list *l, int unit)
{
	const struct mews_site *s = base_site(l->c->base);
	size_t i;

	for (i = 0; l->line != NULL && i < s->ndevices; i++)
		if (s->device[i].line == l->line->id &&
		    s->device[i].unit == unit)
			return &s->device[i];
	return NULL;
}

static bool
own_speed(const struct list *l, const struct mews_found *f)
{
	return f->baud == 0 || l->line == NULL ||
	    (f->baud == l->line->baud && f->parity == l->line->parity &&
		f->stop == l->line->stop);
}

/* Calls for each word of a list with a blank between. */
static size_t
words(const char *list, char out[][64], size_t max)
{
	size_t n = 0, len;

	for (; *list != '\0' && n < max; list += len, n++) {
		list += strspn(list, " ");
		len = strcspn(list, " ");
		if (len == 0 || len >= 64)
			break;
		(void)snprintf(out[n], 64, "%.*s", (int)len, list);
	}
	return n;
}

#define LIKELY 6 /* profiles that are named of one unit */

static bool
fits(const struct mews_found *f, const char *profile)
{
	char name[LIKELY][64];
	size_t n = words(f->profiles, name, LIKELY), i;

	for (i = 0; i < n; i++)
		if (strcmp(name[i], profile) == 0)
			return true;
	return n == 0;
}

/* What its registers say it is; of a known device without such registers, what
 * it was set up as. */
static void
say_as(struct list *l, const struct mews_found *f, const struct mews_device *d)
{
	char name[LIKELY][64], code[16];
	size_t n = words(f->profiles, name, LIKELY), i;
	struct mews_buf b = { 0 };

	for (i = 0; i < n; i++)
		mews_buf_printf(&b, "%s%s", i == 0 ? "" : ", ",
		    title(l, name[i]));
	(void)snprintf(code, sizeof(code), "%d", f->code);
	if (n == 0 && d != NULL)
		mews_buf_str(&b, title(l, d->profile));
	else if (n == 0)
		view_tell(l->c->view, &b,
		    f->code == 0 ? "scan.unknown" : "scan.unknown_refuses",
		    code, NULL);
	mews_buf_str(&b, "");
	view_set(l->c->view, "as", b.s);
	mews_buf_clear(&b);
}

/* P1, P2 ...: the next that the site does not have. */
static void
next_plate(struct list *l, char plate[12])
{
	do
		(void)snprintf(plate, 12, "P%u", ++l->plate % 1000000);
	while (mews_site_plate(base_site(l->c->base), plate) != NULL);
}

/* Recognised as one model. */
static bool
sure(const struct mews_found *f)
{
	return f->profiles[0] != '\0' && strchr(f->profiles, ' ') == NULL;
}

/* One that can be added: new, at the speed of the line. */
static bool
addable(const struct list *l, const struct mews_found *f)
{
	return l->line != NULL && device_at(l, f->unit) == NULL &&
	    own_speed(l, f);
}

/* The field that offers a unit is there when it is to be added. */
static bool
picked(const struct page_ctx *c, int unit)
{
	char name[16], text[8];
	size_t i;

	(void)snprintf(text, sizeof(text), "%d", unit);
	if (request_get(c->request, "add")[0] != '\0')
		return strcmp(request_get(c->request, "add"), text) == 0;
	for (i = 0; i < SCAN_PICKS; i++) {
		(void)snprintf(name, sizeof(name), "pick_%zu", i);
		if (strcmp(request_get(c->request, name), text) == 0)
			return true;
	}
	return false;
}

static const char *
set_known(struct list *l, const struct mews_found *f,
    const struct mews_device *d)
{
	char path[FIGURE];

	view_set(l->c->view, "plate", d->plate);
	view_set(l->c->view, "path", figure_device_path(path, d, ""));
	if (!fits(f, d->profile)) {
		view_say(l->c->view, "says", "scan.says_changed",
		    title(l, d->profile), NULL);
		return "changed";
	}
	view_set(l->c->view, "says", d->name);
	return "known";
}

static const char *
set_new(struct list *l, const struct mews_found *f)
{
	char text[256], plate[12], speed[SCAN_SPEED];
	int n;

	if (l->line != NULL && !own_speed(l, f)) {
		view_say(l->c->view, "says", "scan.says_speed",
		    scan_speed(speed, l->line->baud, l->line->parity,
			l->line->stop),
		    NULL);
		(void)snprintf(text, sizeof(text), "/settings/rs485/%s",
		    l->line->name);
		view_set(l->c->view, "set", text);
		return "speed";
	}
	if (l->line == NULL)
		return "new";
	n = snprintf(text, sizeof(text), "/devices/add?line=%s&unit=%d",
	    l->line->name, f->unit);
	if (f->profiles[0] != '\0')
		(void)snprintf(text + n, sizeof(text) - (size_t)n,
		    "&profile=%.*s", (int)strcspn(f->profiles, " "),
		    f->profiles);
	view_set(l->c->view, "link", text);
	if (addable(l, f) && l->picks < SCAN_PICKS) {
		next_plate(l, plate);
		view_set(l->c->view, "plate", plate);
		(void)snprintf(text, sizeof(text), "pick_%zu", l->picks++);
		view_set(l->c->view, "pick", text);
		view_int(l->c->view, "sure", sure(f));
		view_int(l->c->view, "ticked",
		    l->again ? picked(l->c, f->unit) : sure(f));
		l->unsure += !sure(f);
	}
	return "new";
}

static void
set_row(struct list *l, const struct mews_found *f)
{
	const struct mews_device *d =
	    own_speed(l, f) ? device_at(l, f->unit) : NULL;
	char text[FIGURE], key[24];
	const char *tag;

	view_int(l->c->view, "unit", f->unit);
	view_set(l->c->view, "speed",
	    scan_speed(text, f->baud, f->parity, f->stop));
	view_set(l->c->view, "time", exchange_time(l->c, text, f->took_us));
	say_as(l, f, d);
	tag = d != NULL ? set_known(l, f, d) : set_new(l, f);
	(void)snprintf(key, sizeof(key), "scan.tag_%s", tag);
	view_set(l->c->view, "tag", tag);
	view_set(l->c->view, "word", view_word(l->c->view, key));
}

void
scan_found(struct page_ctx *c, const struct mews_job *job,
    const struct mews_job_log *log)
{
	struct list l = { .c = c,
		.again = strcmp(request_get(c->request, "do"), "add") == 0,
		.line = mews_site_line(base_site(c->base), job->line) };
	size_t i;

	for (i = 0; i < log->nfound; i++) {
		view_row(c->view, "found", i);
		set_row(&l, &log->found[i]);
		view_up(c->view);
	}
	view_int(c->view, "n", (int64_t)log->nfound);
	view_int(c->view, "new", (int64_t)l.picks);
	view_int(c->view, "unsure", (int64_t)l.unsure);
}

static enum mews_rc
add_one(struct list *l, const struct mews_found *f, const char *plate,
    const char *type, struct mews_err *err)
{
	struct mews_device d = { .line = f->line,
		.unit = f->unit,
		.post = MEWS_POST_SUB,
		.every_s = 5 };
	struct mews_buf b = { 0 };
	enum mews_rc rc;

	(void)snprintf(d.plate, sizeof(d.plate), "%s", plate);
	(void)snprintf(d.profile, sizeof(d.profile), "%.63s",
	    sure(f) ? f->profiles : type);
	(void)snprintf(d.name, sizeof(d.name), "%.63s", title(l, d.profile));
	mews_site_device_text(base_site(l->c->base), &d, &b);
	if (b.n > 0 && b.s[b.n - 1] == '\n')
		b.s[b.n - 1] = '\0';
	rc = order_send(l->c, NULL, err, "device-put", "text", b.s, NULL);
	mews_buf_clear(&b);
	return rc;
}

/* False, and said, when the box has no room for so many more. */
static bool
room(struct page_ctx *c, struct form *f, size_t n)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	int64_t used = mews_site_addresses(base_site(c->base)), most;
	struct mews_err err;
	char most_text[24], used_text[24];

	if (db == NULL || mews_site_most(db, &most, &err) != MEWS_OK ||
	    used + (int64_t)n <= most)
		return true;
	(void)snprintf(most_text, sizeof(most_text), "%lld", (long long)most);
	(void)snprintf(used_text, sizeof(used_text), "%lld", (long long)used);
	form_wrong(f, "", "scan.full", most_text, used_text, NULL);
	return false;
}

/* False, and said, when nothing can be read with the type that was chosen for
 * those that were not recognised. */
static bool
usable(struct page_ctx *c, struct form *f, const char *type)
{
	char dir[MEWS_PATH];
	struct mews_profile p;
	struct mews_err err;

	if (type[0] != '\0' &&
	    mews_site_profile(base_db(c->base, MEWS_CONFIG_DB),
		mews_place_path(c->place, MEWS_METERS, dir), type, &p,
		&err) == MEWS_OK) {
		mews_profile_clear(&p);
		return true;
	}
	form_wrong(f, "type", "scan.no_type", NULL);
	return false;
}

bool
scan_add(struct page_ctx *c, struct form *f, const struct mews_job *job,
    const struct mews_job_log *log)
{
	struct list l = { .c = c,
		.line = mews_site_line(base_site(c->base), job->line) };
	const char *type = request_get(c->request, "type");
	struct mews_err err = { "" };
	char plate[12];
	enum mews_rc rc = MEWS_OK;
	size_t i, n = 0, unsure = 0;

	for (i = 0; i < log->nfound; i++)
		if (addable(&l, &log->found[i]) &&
		    picked(c, log->found[i].unit)) {
			n++;
			unsure += !sure(&log->found[i]);
		}
	if (n == 0)
		form_wrong(f, "", "scan.nothing_picked", NULL);
	if (n == 0 || (unsure > 0 && !usable(c, f, type)) || !room(c, f, n))
		return false;
	for (i = 0; i < log->nfound && rc == MEWS_OK; i++) {
		if (!addable(&l, &log->found[i]))
			continue;
		next_plate(&l, plate); /* as it was shown */
		if (picked(c, log->found[i].unit))
			rc = add_one(&l, &log->found[i], plate, type, &err);
	}
	if (rc != MEWS_OK) {
		form_refused(f, rc, &err);
		return false;
	}
	form_go(c, "/devices/scan", "added");
	return true;
}
