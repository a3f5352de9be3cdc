/*
 * view.c - the only file that knows ClearSilver.
 *
 * A template is parsed once and kept; the values of a request and the words of
 * its language are put under it for each rendering.  Filling the values is
 * what a page costs, so charts travel as few long strings.
 *
 * Templates are laid out for who reads them.  What that takes is left out once,
 * when a file is read: the tabs a line begins with, lines with nothing else,
 * and the end of a line behind a command, as PHP does.  So white space that is
 * to be seen stands inside a line; no template has a <pre> or a <textarea>.
 */
#include "view.h"

#include "log.h"

#include <ClearSilver.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEPTH 8

static const char *const languages[] = { "en", "it", "fr" };

struct view {
	const char *dir;
	HDF *parse; /* what templates are parsed with */
	HDF *words[MEWS_LEN(languages)];
	HDF *lang; /* one of words */
	HDF *data;
	HDF *at[DEPTH]; /* current node on top */
	size_t depth;
	struct {
		char name[32];
		CSPARSE *cs;
	} kept[64];
	size_t nkept;
};

/* Setters fail only when memory is gone. */
static void
must(NEOERR *e)
{
	if (e != STATUS_OK)
		abort();
}

struct view *
view_new(const char *dir)
{
	struct view *v = mews_alloc(1, sizeof(*v));

	v->dir = dir;
	must(hdf_init(&v->parse));
	must(hdf_set_value(v->parse, "Config.VarEscapeMode", "html"));
	return v;
}

void
view_free(struct view *v)
{
	size_t i;

	for (i = 0; i < v->nkept; i++)
		cs_destroy(&v->kept[i].cs);
	for (i = 0; i < MEWS_LEN(languages); i++)
		hdf_destroy(&v->words[i]);
	hdf_destroy(&v->data);
	hdf_destroy(&v->parse);
	free(v);
}

static void
note(NEOERR *e, const char *path)
{
	STRING s;

	if (e == STATUS_OK)
		return;
	string_init(&s);
	nerr_error_string(e, &s);
	mews_log(MEWS_LOG_ERROR, "%s: %s", path, s.buf == NULL ? "" : s.buf);
	string_clear(&s);
	nerr_ignore(&e);
}

/* Reads English, and the language over it.  A file that cannot be read leaves
 * keys empty: the template that needs them still shows the figures. */
static HDF *
read_words(const struct view *v, const char *lang)
{
	static const char form[] = "%s/lang/%s.hdf";
	char path[1024];
	HDF *h;

	must(hdf_init(&h));
	(void)snprintf(path, sizeof(path), form, v->dir, languages[0]);
	note(hdf_read_file(h, path), path);
	(void)snprintf(path, sizeof(path), form, v->dir, lang);
	if (strcmp(lang, languages[0]) != 0)
		note(hdf_read_file(h, path), path);
	return h;
}

void
view_begin(struct view *v, const char *lang)
{
	size_t i, l = 0;

	for (i = 0; i < MEWS_LEN(languages); i++)
		if (strcmp(languages[i], lang) == 0)
			l = i;
	if (v->words[l] == NULL)
		v->words[l] = read_words(v, languages[l]);
	v->lang = v->words[l];
	hdf_destroy(&v->data);
	must(hdf_init(&v->data));
	v->depth = 1;
	v->at[0] = v->data;
}

void
view_set(struct view *v, const char *name, const char *value)
{
	must(hdf_set_value(v->at[v->depth - 1], name, value));
}

const char *
view_get(struct view *v, const char *name)
{
	return hdf_get_value(v->at[v->depth - 1], name, "");
}

void
view_int(struct view *v, const char *name, int64_t n)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, n);
	view_set(v, name, text);
}

void
view_down(struct view *v, const char *name)
{
	HDF *node;

	if (v->depth == DEPTH)
		abort();
	must(hdf_get_node(v->at[v->depth - 1], name, &node));
	v->at[v->depth++] = node;
}

void
view_row(struct view *v, const char *list, size_t i)
{
	char name[64];

	(void)snprintf(name, sizeof(name), "%s.%zu", list, i);
	view_down(v, name);
}

void
view_up(struct view *v)
{
	v->depth--;
}

/* A name of HDF has no '-', and names of ours that become keys do. */
const char *
view_word(struct view *v, const char *key)
{
	char name[96], *p;

	(void)snprintf(name, sizeof(name), "Lang.%s", key);
	for (p = name; *p != '\0'; p++)
		if (*p == '-')
			*p = '_';
	return hdf_get_value(v->lang, name, "");
}

/* The first len bytes of text with the arguments put in. */
static void
fill(struct mews_buf *out, const char *text, size_t len, const char *const *arg,
    size_t n)
{
	const char *end = text + len;
	size_t i;

	for (; text < end; text++) {
		i = (size_t)(unsigned char)text[1] - '0';
		if (text[0] == '{' && i < n && text[2] == '}') {
			mews_buf_str(out, arg[i]);
			text += 2;
		} else
			mews_buf_byte(out, (unsigned char)*text);
	}
}

static size_t
arguments(va_list ap, const char **arg, size_t max)
{
	size_t n = 0;

	while (n < max && (arg[n] = va_arg(ap, const char *)) != NULL)
		n++;
	return n;
}

void
view_vtell(struct view *v, struct mews_buf *out, const char *key, va_list ap)
{
	const char *arg[10], *text = view_word(v, key);
	size_t n = arguments(ap, arg, MEWS_LEN(arg));

	fill(out, text, strlen(text), arg, n);
}

void
view_tell(struct view *v, struct mews_buf *out, const char *key, ...)
{
	va_list ap;

	va_start(ap, key);
	view_vtell(v, out, key, ap);
	va_end(ap);
}

void
view_say(struct view *v, const char *name, const char *key, ...)
{
	static const char *const parts[] = { "a", "b", "c" };
	struct mews_buf all = { 0 }, one = { 0 };
	const char *arg[10], *p = view_word(v, key);
	va_list ap;
	size_t n, i, len;

	va_start(ap, key);
	n = arguments(ap, arg, MEWS_LEN(arg));
	va_end(ap);
	view_down(v, name);
	for (i = 0; i < MEWS_LEN(parts); i++, p += len + (p[len] != '\0')) {
		len = strcspn(p, "*");
		mews_buf_reset(&one);
		fill(&one, p, len, arg, n);
		mews_buf_str(&one, "");
		mews_buf_str(&all, one.s);
		view_set(v, parts[i], one.s);
	}
	view_up(v);
	view_set(v, name, all.s);
	mews_buf_clear(&one);
	mews_buf_clear(&all);
}

static enum mews_rc
failed(NEOERR *e, const char *name, struct mews_err *err)
{
	STRING s;
	enum mews_rc rc;

	string_init(&s);
	nerr_error_string(e, &s);
	rc = mews_fail(err, MEWS_FAIL, "template %s.cs: %s", name,
	    s.buf == NULL ? "" : s.buf);
	string_clear(&s);
	nerr_ignore(&e);
	return rc;
}

static void
strip(char *text)
{
	const char *from = text + strspn(text, "\t\n"), *end;
	char *to = text;
	size_t len;

	while (*from != '\0') {
		len = 1;
		if (strncmp(from, "<?cs", 4) == 0) {
			end = strstr(from, "?>");
			len = end == NULL ? strlen(from)
					  : (size_t)(end + 2 - from);
		}
		memmove(to, from, len);
		to += len;
		from += len;
		if (to[-1] == '\n' || (len > 1 && *from == '\n'))
			from += strspn(from, "\t\n");
	}
	*to = '\0';
}

/* The parser's way to a file and to those that it includes. */
static NEOERR *
load(void *view, HDF *parse, const char *name, char **text)
{
	const struct view *v = view;
	char path[1024];
	NEOERR *e;

	(void)parse;
	(void)snprintf(path, sizeof(path), "%s/%s", v->dir, name);
	e = ne_load_file(path, text);
	if (e == STATUS_OK)
		strip(*text);
	return nerr_pass(e);
}

static enum mews_rc
parsed(struct view *v, const char *name, CSPARSE **out, struct mews_err *err)
{
	char file[48];
	CSPARSE *cs = NULL;
	NEOERR *e;
	size_t i;

	for (i = 0; i < v->nkept; i++)
		if (strcmp(v->kept[i].name, name) == 0) {
			*out = v->kept[i].cs;
			return MEWS_OK;
		}
	if (v->nkept == MEWS_LEN(v->kept))
		abort();
	(void)snprintf(file, sizeof(file), "%s.cs", name);
	if ((e = cs_init(&cs, v->parse)) == STATUS_OK) {
		cs_register_fileload(cs, v, load);
		e = cs_parse_file(cs, file);
	}
	if (e != STATUS_OK) {
		cs_destroy(&cs);
		return failed(e, name, err);
	}
	(void)snprintf(v->kept[i].name, sizeof(v->kept[i].name), "%s", name);
	v->kept[v->nkept++].cs = cs;
	*out = cs;
	return MEWS_OK;
}

static NEOERR *
emit(void *out, char *text)
{
	mews_buf_str(out, text);
	return STATUS_OK;
}

enum mews_rc
view_render(struct view *v, const char *name, struct mews_buf *out,
    struct mews_err *err)
{
	CSPARSE *cs = NULL;
	NEOERR *e;
	enum mews_rc rc;

	if ((rc = parsed(v, name, &cs, err)) != MEWS_OK)
		return rc;
	cs->hdf = v->data;
	cs->global_hdf = v->lang;
	e = cs_render(cs, out, emit);
	cs->hdf = v->parse;
	cs->global_hdf = NULL;
	return e == STATUS_OK ? MEWS_OK : failed(e, name, err);
}
