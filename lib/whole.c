/*
 * whole.c - reads the text of a whole site line by line, and writes it.
 *
 * What one line cannot show (a device's profile, which may stand further down,
 * and the number of addresses) is looked at behind the last line, and still
 * told with the line it comes from.
 */
#include "whole.h"
#include "str.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reading {
	struct mews_whole *out;
	const char *meters;
	size_t number;      /* of the line */
	size_t *device_at;  /* lines of the devices */
	size_t *profile_at; /* first lines of the profiles' texts */
	struct mews_buf profile;
	const char *path;
	struct mews_err why;
};

static bool
bad(struct reading *r, const char *what, const char *word)
{
	(void)mews_fail(&r->why, MEWS_BAD, "%s '%.60s'", what, word);
	return false;
}

/* The text of the profile that ended here. */
static void
end_profile(struct reading *r)
{
	struct mews_whole *w = r->out;

	if (w->nprofiles > 0 && w->profile[w->nprofiles - 1].text == NULL)
		w->profile[w->nprofiles - 1].text =
		    mews_strdup(r->profile.n == 0 ? "" : r->profile.s);
	mews_buf_reset(&r->profile);
}

static bool
begin_profile(struct reading *r, char *const *word, size_t n)
{
	struct mews_whole *w = r->out;
	struct mews_own_profile p = { .text = NULL };
	size_t i;

	if (n != 2 || !mews_str_word(word[1], sizeof(p.name) - 1))
		return bad(r, "no name of a profile:", n < 2 ? "" : word[1]);
	(void)mews_str_copy(p.name, sizeof(p.name), word[1]);
	for (i = 0; i < w->nprofiles; i++)
		if (strcmp(w->profile[i].name, p.name) == 0)
			return bad(r, "said twice:", p.name);
	w->profile = mews_realloc(w->profile, w->nprofiles + 1, sizeof(p));
	r->profile_at =
	    mews_realloc(r->profile_at, w->nprofiles + 1, sizeof(size_t));
	r->profile_at[w->nprofiles] = r->number + 1;
	w->profile[w->nprofiles++] = p;
	return true;
}

static bool
profile_line(struct reading *r, const char *text)
{
	const struct mews_whole *w = r->out;

	if (w->nprofiles == 0 || w->profile[w->nprofiles - 1].text != NULL)
		return bad(r, "belongs to no profile:", text);
	mews_buf_str(&r->profile, text + 1);
	mews_buf_byte(&r->profile, '\n');
	return true;
}

static bool
read_setting(struct reading *r, char *const *word, size_t n)
{
	struct mews_whole *w = r->out;
	struct mews_whole_setting s;
	const struct mews_setting *row;
	size_t i;

	if (n != 3 || (row = mews_setting_find(word[1])) == NULL)
		return bad(r, "no setting:", n < 2 ? "" : word[1]);
	if (mews_setting_fits(row, word[2], &r->why) != MEWS_OK)
		return false;
	for (i = 0; i < w->nsettings; i++)
		if (strcmp(w->setting[i].key, row->key) == 0)
			return bad(r, "said twice:", row->key);
	(void)mews_str_copy(s.key, sizeof(s.key), row->key);
	(void)mews_str_copy(s.value, sizeof(s.value), word[2]);
	w->setting = mews_realloc(w->setting, w->nsettings + 1, sizeof(s));
	w->setting[w->nsettings++] = s;
	return true;
}

static bool
site_line(struct reading *r, const char *text)
{
	struct mews_site *s = &r->out->site;
	size_t had = s->ndevices;

	if (mews_site_take(s, text, &r->why) != MEWS_OK)
		return false;
	if (s->ndevices > had) {
		r->device_at =
		    mews_realloc(r->device_at, s->ndevices, sizeof(size_t));
		r->device_at[had] = r->number;
	}
	return true;
}

static bool
read_line(struct reading *r, char *text)
{
	char none[] = "", *word[4] = { none, none, none, none }, *copy, *p;
	bool ok;
	size_t n;

	if (text[0] == '|')
		return profile_line(r, text);
	for (p = text; (p = strchr(p, '\t')) != NULL; p++)
		*p = ' ';
	if (!mews_str_utf8(text, strlen(text)))
		return bad(r, "not UTF-8", "");
	copy = mews_strdup(text);
	n = mews_str_words(copy, word, 3);
	if (n > 0)
		end_profile(r);
	if (n == 0)
		ok = true;
	else if (strcmp(word[0], "profile") == 0)
		ok = begin_profile(r, word, n);
	else if (strcmp(word[0], "setting") == 0)
		ok = read_setting(r, word, n);
	else
		ok = site_line(r, text);
	free(copy);
	return ok;
}

static const struct mews_own_profile *
own(const struct mews_whole *w, const char *name)
{
	size_t i;

	for (i = 0; i < w->nprofiles; i++)
		if (strcmp(w->profile[i].name, name) == 0)
			return &w->profile[i];
	return NULL;
}

static bool
device_fits(struct reading *r, const struct mews_device *d)
{
	const struct mews_own_profile *o = own(r->out, d->profile);
	struct mews_profile p = { 0 };
	bool ok;

	if (o != NULL)
		ok = mews_profile_parse(o->name, o->text, strlen(o->text), &p,
			 &r->why) == MEWS_OK;
	else
		ok = mews_site_profile(NULL, r->meters, d->profile, &p,
			 &r->why) == MEWS_OK;
	ok = ok && mews_device_inputs(d, &p, &r->why) == MEWS_OK;
	mews_profile_clear(&p);
	return ok;
}

/* Profiles are read once for all devices that have no pulses. */
static bool
devices_fit(struct reading *r)
{
	const struct mews_device *d = r->out->site.device;
	size_t n = r->out->site.ndevices, i, k;

	for (i = 0; i < n; i++) {
		for (k = 0; k < i; k++)
			if (strcmp(d[k].profile, d[i].profile) == 0 &&
			    memcmp(d[k].pulse, d[i].pulse,
				sizeof(d[i].pulse)) == 0)
				break;
		r->number = r->device_at[i];
		if (k == i && !device_fits(r, &d[i]))
			return false;
	}
	return true;
}

/* Texts that can be read, under names that nothing ships. */
static enum mews_rc
profiles_fit(struct reading *r, struct mews_err *err)
{
	const struct mews_own_profile *o;
	struct mews_profile p;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < r->out->nprofiles && rc == MEWS_OK; i++) {
		o = &r->out->profile[i];
		if (mews_site_profile_ships(r->meters, o->name))
			return mews_fail(err, MEWS_BAD,
			    "%s:%zu: a profile that ships is named %s", r->path,
			    r->profile_at[i] - 1, o->name);
		rc = mews_profile_look(r->path, r->profile_at[i], o->text,
		    strlen(o->text), &p, err);
		mews_profile_clear(&p);
	}
	return rc;
}

static int64_t
bound(const struct mews_whole *w, int64_t most)
{
	size_t i;

	for (i = 0; i < w->nsettings; i++)
		if (strcmp(w->setting[i].key, "model") == 0 &&
		    !mews_str_int(w->setting[i].value, 1, INT64_MAX, &most))
			most = INT64_MAX;
	return most;
}

static enum mews_rc
read_lines(struct reading *r, char *at, const char *end)
{
	char *eol;

	for (; at < end; at = eol + 1) {
		r->number++;
		if ((eol = memchr(at, '\n', (size_t)(end - at))) == NULL)
			eol = at + (end - at);
		*eol = '\0';
		if (strlen(at) != (size_t)(eol - at))
			return mews_fail(&r->why, MEWS_BAD, "a NUL byte");
		if (eol > at && eol[-1] == '\r')
			eol[-1] = '\0';
		if (!read_line(r, at))
			return MEWS_BAD;
	}
	end_profile(r);
	return MEWS_OK;
}

enum mews_rc
mews_whole_parse(const char *path, const char *text, size_t n,
    const char *meters, int64_t most, struct mews_whole *out,
    struct mews_err *err)
{
	struct reading r = { .out = out, .meters = meters, .path = path };
	char *copy;
	enum mews_rc rc;

	*out = (struct mews_whole){ .site = { .name = "mews", .zone = "UTC" } };
	if (n > MEWS_WHOLE_MOST)
		return mews_fail(err, MEWS_BAD, "%.100s:1: more than %d bytes",
		    path, MEWS_WHOLE_MOST);
	copy = mews_alloc(n + 1, 1);
	memcpy(copy, text, n);
	rc = read_lines(&r, copy, copy + n);
	if (rc == MEWS_OK && (rc = profiles_fit(&r, err)) != MEWS_OK)
		goto out;
	if (rc == MEWS_OK && !devices_fit(&r))
		rc = MEWS_BAD;
	if (rc == MEWS_OK)
		rc = mews_site_fits(&out->site, bound(out, most), &r.why);
	if (rc != MEWS_OK)
		(void)mews_fail(err, rc, "%.100s:%zu: %s", path, r.number,
		    r.why.text);
out:
	free(copy);
	free(r.device_at);
	free(r.profile_at);
	mews_buf_clear(&r.profile);
	if (rc != MEWS_OK)
		mews_whole_clear(out);
	return rc;
}

enum mews_rc
mews_whole_read(const char *path, const char *meters, int64_t most,
    struct mews_whole *out, struct mews_err *err)
{
	bool piped = strcmp(path, "-") == 0;
	FILE *f = piped ? stdin : fopen(path, "re");
	struct mews_buf text = { 0 };
	char piece[4096];
	enum mews_rc rc;
	size_t n;

	*out = (struct mews_whole){ 0 };
	if (f == NULL)
		return mews_fail(err, MEWS_NONE, "%.150s: %s", path,
		    strerror(errno));
	mews_buf_put(&text, "", 0);
	while (text.n <= MEWS_WHOLE_MOST &&
	    (n = fread(piece, 1, sizeof(piece), f)) > 0)
		mews_buf_put(&text, piece, n);
	if (ferror(f))
		rc = mews_fail(err, MEWS_FAIL, "%.150s: cannot be read", path);
	else
		rc = mews_whole_parse(path, text.s, text.n, meters, most, out,
		    err);
	if (!piped)
		(void)fclose(f);
	mews_buf_clear(&text);
	return rc;
}

void
mews_whole_text(const struct mews_whole *w, struct mews_buf *to)
{
	const char *p, *end;
	size_t i;

	mews_site_text(&w->site, to);
	for (i = 0; i < w->nsettings; i++) {
		mews_buf_printf(to, "setting %s ", w->setting[i].key);
		mews_site_word(w->setting[i].value, to);
		mews_buf_byte(to, '\n');
	}
	for (i = 0; i < w->nprofiles; i++) {
		mews_buf_printf(to, "profile %s\n", w->profile[i].name);
		for (p = w->profile[i].text; *p != '\0'; p = end + 1) {
			if ((end = strchr(p, '\n')) == NULL)
				break;
			mews_buf_byte(to, '|');
			mews_buf_put(to, p, (size_t)(end - p + 1));
		}
	}
}
