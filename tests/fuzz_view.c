/*
 * fuzz_view.c - any bytes as values of a page: rendered, they are text, with
 * nothing in them that HTML would read, and the same text.
 *
 * Input: two values with a NUL between them.
 */
#include "fuzz.h"
#include "view.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PLACES 7 /* where the template shows a value */

/* Each way a template of ours shows a value, with a mark behind it. */
static const char template[] =
    "<?cs def:macro(x) ?><?cs var:x ?>\x01<?cs /def ?>"
    "<?cs var:Fuzz.a ?>\x01<?cs var:Fuzz.b ?>\x01"
    "<?cs call:macro(Fuzz.a) ?><?cs set:Fuzz.c = Fuzz.b ?>"
    "<?cs var:Fuzz.c ?>\x01"
    "<?cs each:row = Fuzz.row ?><?cs var:row.a ?>\x01<?cs /each ?>"
    "<?cs if:Fuzz.a ?><?cs /if ?>"
    "<?cs var:Fuzz.says ?>\x01<?cs var:Fuzz.says.b ?>\x01";
static const char words[] = "Lang.fuzz.says = {0} *{1}*\n";

static char dir[] = "/tmp/mews-fuzz.XXXXXX";

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
put(const char *name, const char *text, bool keep)
{
	char path[64];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	if (keep) {
		must((f = fopen(path, "w")) != NULL);
		must(fputs(text, f) >= 0 && fclose(f) == 0);
	} else
		must(remove(path) == 0);
}

static void
files(bool keep)
{
	char path[64];

	if (keep)
		must(mkdtemp(dir) != NULL);
	(void)snprintf(path, sizeof(path), "%s/lang", dir);
	if (keep)
		must(mkdir(path, 0700) == 0);
	put("fuzz.cs", template, keep);
	put("lang/en.hdf", words, keep);
	if (!keep)
		must(rmdir(path) == 0 && rmdir(dir) == 0);
}

/* What a browser reads in it, into a buffer as long; dies of what it would not
 * read as text.  Returns what stands behind the mark. */
static const char *
read_text(const char *p, char *out)
{
	static const struct {
		const char *name;
		char is;
	} entities[] = { { "&lt;", '<' }, { "&gt;", '>' }, { "&amp;", '&' },
		{ "&quot;", '"' }, { "&#39;", '\'' } };
	size_t i, n;

	while (*p != '\x01') {
		must(*p != '\0' && strchr("<>\"'", *p) == NULL);
		if (*p != '&') {
			*out++ = *p++;
			continue;
		}
		for (i = 0; i < MEWS_LEN(entities); i++) {
			n = strlen(entities[i].name);
			if (strncmp(p, entities[i].name, n) == 0)
				break;
		}
		must(i < MEWS_LEN(entities));
		*out++ = entities[i].is;
		p += strlen(entities[i].name);
	}
	*out = '\0';
	return p + 1;
}

/* ClearSilver leaves '\r' out. */
static char *
without_cr(const char *text, size_t n)
{
	char *copy = malloc(n + 1), *to = copy;
	size_t i;

	must(copy != NULL);
	for (i = 0; i < n && text[i] != '\0'; i++)
		if (text[i] != '\r' && text[i] != '\x01')
			*to++ = text[i];
	*to = '\0';
	return copy;
}

static void
look(const struct mews_buf *out, const char *a, const char *b)
{
	const char *expected[PLACES - 1] = { a, b, a, b, b, NULL };
	char *text = malloc(out->n + 1);
	const char *p = out->s;
	size_t i, n = strlen(a);

	must(text != NULL);
	for (i = 0; i < PLACES; i++) {
		p = read_text(p, text);
		if (i == 5)
			must(strncmp(text, a, n) == 0 && text[n] == ' ' &&
			    strcmp(text + n + 1, b) == 0);
		else
			must(strcmp(text, i == 6 ? b : expected[i]) == 0);
	}
	must(*p == '\0');
	free(text);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct view *v;
	struct mews_buf out = { 0 };
	struct mews_err err;
	const char *text = (const char *)data;
	size_t first = strnlen(text, size);
	char *a = without_cr(text, first);
	char *b = first == size
	    ? without_cr("", 0)
	    : without_cr(text + first + 1, size - first - 1);

	if (v == NULL) {
		files(true);
		v = view_new(dir);
	}
	view_begin(v, "en");
	view_down(v, "Fuzz");
	view_set(v, "a", a);
	view_set(v, "b", b);
	view_say(v, "says", "fuzz.says", a, b, NULL);
	view_row(v, "row", 0);
	view_set(v, "a", b);
	view_up(v);
	view_up(v);
	must(view_render(v, "fuzz", &out, &err) == MEWS_OK);
	if (dir[0] != '\0') {
		files(false);
		dir[0] = '\0';
	}
	mews_buf_str(&out, "");
	look(&out, a, b);
	mews_buf_clear(&out);
	free(a);
	free(b);
	return 0;
}
