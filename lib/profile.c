/*
 * profile.c - reads a meter profile line by line.
 *
 * The file comes from people, so it is read whole and bounded before a word of
 * it is looked at.
 */
#include "profile.h"
#include "profile_word.h"
#include "str.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int
by_address(const void *a, const void *b)
{
	const struct mews_profile_read *x = a, *y = b;

	return x->function != y->function ? x->function - y->function
					  : x->address - y->address;
}

/* Tabs, and the returns that some editors leave, are blanks. */
static void
blank(char *at, const char *end)
{
	for (; at < end; at++)
		if (*at == '\t' || *at == '\r')
			*at = ' ';
}

enum mews_rc
mews_profile_look(const char *path, size_t first, const char *text, size_t n,
    struct mews_profile *out, struct mews_err *err)
{
	struct mews_profile_line l = { .out = out, .number = first - 1 };
	char *copy = mews_alloc(n + 1, 1), *at = copy, *end;
	enum mews_rc rc = MEWS_OK;

	*out = (struct mews_profile){ .block = MEWS_PROFILE_BLOCK };
	memcpy(copy, text, n);
	if (n > MEWS_PROFILE_MOST)
		rc = mews_fail(&l.why, MEWS_BAD, "more than %d bytes",
		    MEWS_PROFILE_MOST);
	for (; rc == MEWS_OK && at < copy + n; at = end + 1) {
		l.number++;
		if ((end = memchr(at, '\n', (size_t)(copy + n - at))) == NULL)
			end = copy + n;
		*end = '\0';
		blank(at, end);
		if (strlen(at) != (size_t)(end - at))
			rc = mews_fail(&l.why, MEWS_BAD, "a NUL byte");
		else if (!mews_profile_line(&l, at))
			rc = MEWS_BAD;
	}
	free(copy);
	if (rc == MEWS_OK && !mews_profile_complete(&l))
		rc = MEWS_BAD;
	if (rc != MEWS_OK) {
		mews_profile_clear(out);
		return mews_fail(err, rc, "%.100s:%zu: %s", path,
		    l.number < first ? first : l.number, l.why.text);
	}
	out->lacks_at = l.lacks_at;
	if (out->nreads > 0)
		qsort(out->read, out->nreads, sizeof(*out->read), by_address);
	return MEWS_OK;
}

enum mews_rc
mews_profile_parse(const char *path, const char *text, size_t n,
    struct mews_profile *out, struct mews_err *err)
{
	enum mews_rc rc = mews_profile_look(path, 1, text, n, out, err);

	if (rc != MEWS_OK || out->lacks[0] == '\0')
		return rc;
	rc = mews_fail(err, MEWS_BAD,
	    "%.100s:%zu: a template, no meter can be asked with it: %s", path,
	    out->lacks_at, out->lacks);
	mews_profile_clear(out);
	return rc;
}

/* The file's own name, without .meter. */
static void
name_of(const char *path, char *to, size_t size)
{
	const char *name = strrchr(path, '/');
	size_t n;

	name = name == NULL ? path : name + 1;
	n = strlen(name);
	if (n > 6 && strcmp(name + n - 6, ".meter") == 0)
		n -= 6;
	n = n < size ? n : size - 1;
	memcpy(to, name, n);
	to[n] = '\0';
}

enum mews_rc
mews_profile_slurp(const char *path, struct mews_buf *to, struct mews_err *err)
{
	char piece[4096];
	enum mews_rc rc = MEWS_OK;
	size_t n, all = 0;
	FILE *f = fopen(path, "re");

	if (f == NULL)
		return mews_fail(err, errno == ENOENT ? MEWS_NONE : MEWS_FAIL,
		    "%.150s: %s", path, strerror(errno));
	while (all <= MEWS_PROFILE_MOST &&
	    (n = fread(piece, 1, sizeof(piece), f)) > 0) {
		mews_buf_put(to, piece, n);
		all += n;
	}
	if (ferror(f))
		rc = mews_fail(err, MEWS_FAIL, "%.150s: cannot be read", path);
	(void)fclose(f);
	return rc;
}

enum mews_rc
mews_profile_file(const char *path, struct mews_profile *out,
    struct mews_err *err)
{
	struct mews_buf text = { 0 };
	enum mews_rc rc;

	*out = (struct mews_profile){ 0 };
	mews_buf_put(&text, "", 0);
	if ((rc = mews_profile_slurp(path, &text, err)) == MEWS_OK &&
	    (rc = mews_profile_parse(path, text.s, text.n, out, err)) ==
		MEWS_OK)
		name_of(path, out->name, sizeof(out->name));
	mews_buf_clear(&text);
	return rc;
}

enum mews_rc
mews_profile_load(const char *dir, const char *name, struct mews_profile *out,
    struct mews_err *err)
{
	char path[512];

	*out = (struct mews_profile){ 0 };
	if (!mews_str_word(name, sizeof(out->name) - 1))
		return mews_fail(err, MEWS_BAD, "'%.60s' is no profile's name",
		    name);
	if (snprintf(path, sizeof(path), "%s/%s.meter", dir, name) >=
	    (int)sizeof(path))
		return mews_fail(err, MEWS_BAD, "%.60s: too long", dir);
	return mews_profile_file(path, out, err);
}

void
mews_profile_clear(struct mews_profile *p)
{
	free(p->read);
	*p = (struct mews_profile){ 0 };
}

bool
mews_profile_is(const struct mews_profile_mark *m, const uint16_t *reg)
{
	char text[MEWS_REGISTER_TEXT];
	uint64_t bits;
	unsigned i;

	if (mews_register_is_number(m->type)) {
		bits = mews_register_bits(m->type, m->order, reg);
		for (i = 0; i < m->nspans; i++)
			if (m->span[i].from <= bits && bits <= m->span[i].to)
				return true;
		return false;
	}
	mews_register_text(m->type, reg, text);
	return strcmp(text, m->text) == 0;
}
