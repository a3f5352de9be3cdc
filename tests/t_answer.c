/*
 * t_answer.c - the way of a request: gate, frame, errors, without FastCGI and
 * without mews-auth, through pages of its own.
 */
#include "test.h"
#include "answer.h"

#include <sys/stat.h>
#include <unistd.h>

static struct mews_place place;
static char dir[64];
static int shown;

static const struct request_field fields[] = {
	{ "name", REQUEST_TEXT, 200 },
	{ "csrf", REQUEST_TOKEN, GATE_MASK },
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
open_show(struct page_ctx *c, struct mews_err *err)
{
	char token[GATE_MASK + 1];

	(void)err;
	shown++;
	gate_mask(c->who, c->reply, token);
	view_set(c->view, "Open.name", request_get(c->request, "name"));
	view_set(c->view, "Open.csrf", token);
	view_say(c->view, "Open.say", "say", "<1>", "2*", NULL);
	return MEWS_OK;
}

static enum mews_rc
fail_show(struct page_ctx *c, struct mews_err *err)
{
	(void)c;
	return mews_fail(err, MEWS_FAIL, "the secret reason");
}

static enum mews_rc
part_show(struct page_ctx *c, struct mews_err *err)
{
	(void)err;
	view_set(c->view, "Open.name", c->part);
	return MEWS_OK;
}

static const struct page pages[] = {
	{ .path = "/open",
	    .name = "open",
	    .methods = PAGE_GET | PAGE_POST,
	    .fields = fields,
	    .show = open_show },
	{ .path = "/closed/*",
	    .name = "open",
	    .methods = PAGE_GET,
	    .roles = PAGE_ALL,
	    .fields = fields,
	    .show = open_show },
	{ .path = "/api/closed",
	    .methods = PAGE_GET,
	    .roles = PAGE_ALL,
	    .machine = true,
	    .show = open_show },
	{ .path = "/part/*",
	    .name = "open",
	    .methods = PAGE_GET,
	    .show = part_show },
	{ .path = "/part/*/deep",
	    .name = "open",
	    .methods = PAGE_GET,
	    .show = part_show },
	{ .path = "/part/plain",
	    .name = "open",
	    .methods = PAGE_GET,
	    .show = fail_show },
	{ .path = "/missing",
	    .name = "missing",
	    .methods = PAGE_GET,
	    .show = open_show },
	{ .path = "/fails",
	    .name = "open",
	    .methods = PAGE_GET,
	    .show = fail_show },
};

const struct page *
page_at(size_t i)
{
	return i < MEWS_LEN(pages) ? &pages[i] : NULL;
}

struct ask {
	const char *method, *path, *query, *type, *body, *cookie, *origin,
	    *site;
};

static const char *
env(void *arg, const char *name)
{
	const struct ask *a = arg;
	const struct {
		const char *name, *value;
	} table[] = { { "REQUEST_METHOD", a->method },
		{ "SCRIPT_NAME", a->path }, { "QUERY_STRING", a->query },
		{ "CONTENT_TYPE", a->type }, { "HTTP_COOKIE", a->cookie },
		{ "HTTP_ORIGIN", a->origin },
		{ "HTTP_SEC_FETCH_SITE", a->site },
		{ "HTTP_HOST", "box:8443" } };
	size_t i;

	for (i = 0; i < MEWS_LEN(table); i++)
		if (strcmp(table[i].name, name) == 0 && table[i].value != NULL)
			return table[i].value;
	return "";
}

static size_t
body(void *arg, char *to, size_t max)
{
	const struct ask *a = arg;
	size_t n = a->body == NULL ? 0 : strlen(a->body);

	n = n < max ? n : max;
	memcpy(to, a->body == NULL ? "" : a->body, n);
	return n;
}

static const struct reply *
get(struct answer *a, const char *path, const char *query)
{
	struct ask ask = { .method = "GET", .path = path, .query = query };

	return answer_make(a, env, body, &ask);
}

static void
put(const char *name, const char *text)
{
	char path[160];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", dir, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

static int
begin(void **state)
{
	char path[160];

	(void)test_folder(dir);
	(void)snprintf(path, sizeof(path), "%s/templates", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	(void)snprintf(path, sizeof(path), "%s/templates/lang", dir);
	assert_int_equal(mkdir(path, 0700), 0);
	put("version", "1-2\n");
	put("templates/top.cs", "\t<?cs var:Page.static ?>\n\n\t[");
	put("templates/end.cs", "]");
	put("templates/error.cs", "<?cs var:Error.title ?>");
	put("templates/open.cs",
	    "<?cs var:Open.name ?>|\n\t\n\t<?cs var:Open.say.b ?>|"
	    "<?cs var:Open.say.c ?>|<?cs var:Open.csrf ?>");
	put("templates/lang/en.hdf",
	    "Lang {\n\tsay = a *{0} less* than {1}\n\terror {\n"
	    "\t\t404.title = nothing here\n\t\t500.title = broken\n"
	    "\t}\n}\n");
	put("templates/lang/it.hdf", "Lang {\n\tsay = *{0}* {1}\n}\n");
	place = (struct mews_place){ dir, dir, dir };
	*state = answer_new(&place);
	return 0;
}

static int
end(void **state)
{
	answer_free(*state);
	test_folder_end(dir);
	return 0;
}

static void
escaped(void **state)
{
	const struct reply *r = get(*state, "/open", "name=%3Cb%3E%22%27%26");
	struct mews_buf head = { 0 };

	assert_int_equal(r->status, 200);
	assert_ptr_equal(strstr(r->body.s, "/static/1-2["), r->body.s);
	assert_non_null(
	    strstr(r->body.s, "&lt;b&gt;&quot;&#39;&amp;|\n&lt;1&gt; less"));
	assert_non_null(strstr(r->body.s, "| than 2*|"));
	reply_head(r, &head);
	assert_non_null(strstr(head.s, "default-src 'none'; script-src "));
	assert_non_null(strstr(head.s, "Cache-Control: no-store\r\n"));
	assert_non_null(strstr(head.s, "nosniff"));
	assert_non_null(
	    strstr(head.s, "; Path=/; Secure; HttpOnly; SameSite=Strict\r\n"));
	mews_buf_clear(&head);
}

static void
shut(void **state)
{
	const struct reply *r;
	int before = shown;

	r = get(*state, "/closed/P1", "name=x");
	assert_int_equal(r->status, 303);
	assert_string_equal(r->place, "/login?next=/closed/P1%3Fname%3Dx");
	r = get(*state, "/closed/P1", "name=a%26b%3Dc");
	assert_string_equal(r->place, "/login");
	assert_int_equal(get(*state, "/closed/a/b", "")->status, 404);
	assert_int_equal(get(*state, "/closed/", "")->status, 404);
	r = get(*state, "/api/closed", "");
	assert_int_equal(r->status, 401);
	assert_non_null(strstr(r->body.s, "{\"error\":{\"code\":401"));
	assert_int_equal(shown, before);
}

/* One part of a path is a page's own, and a path without goes first. */
static void
parts(void **state)
{
	static const struct {
		const char *path, *says;
	} rows[] = { { "/part/P1", "[P1|" }, { "/part/P1/deep", "[P1|" },
		{ "/part/deep/deep", "[deep|" }, { "/part/plain", NULL },
		{ "/part//deep", NULL }, { "/part/P1/dee", NULL },
		{ "/part/P1/deep/", NULL }, { "/part/P1/x/deep", NULL } };
	const struct reply *r;
	size_t i;

	for (i = 0; i < MEWS_LEN(rows); i++) {
		r = get(*state, rows[i].path, "");
		if (rows[i].says == NULL)
			assert_int_not_equal(r->status, 200);
		else
			assert_non_null(strstr(r->body.s, rows[i].says));
	}
}

static void
refused(void **state)
{
	struct ask put_it = { .method = "PUT", .path = "/open" };
	struct ask post = { .method = "POST", .path = "/closed/P1" };
	const struct reply *r;

	assert_int_equal(answer_make(*state, env, body, &put_it)->status, 405);
	assert_int_equal(answer_make(*state, env, body, &post)->status, 405);
	assert_int_equal(get(*state, "/open", "other=1")->status, 400);
	r = get(*state, "/nothing", "");
	assert_int_equal(r->status, 404);
	assert_non_null(strstr(r->body.s, "[nothing here]"));
}

static void
broken(void **state)
{
	char said[400] = "";
	const struct reply *r;
	int to = dup(STDERR_FILENO);
	FILE *log = tmpfile();

	assert_true(log != NULL && dup2(fileno(log), STDERR_FILENO) >= 0);
	r = get(*state, "/fails", "");
	assert_true(dup2(to, STDERR_FILENO) >= 0 && close(to) == 0);
	rewind(log);
	assert_non_null(fgets(said, sizeof(said), log));
	assert_non_null(strstr(said, "/fails: the secret reason\n"));
	assert_null(fgets(said, sizeof(said), log));
	assert_int_equal(fclose(log), 0);
	assert_int_equal(r->status, 500);
	assert_non_null(strstr(r->body.s, "[broken]"));
	assert_null(strstr(r->body.s, "secret"));
	assert_int_equal(get(*state, "/missing", "")->status, 500);
	assert_int_equal(get(*state, "/open", "")->status, 200);
}

static void
no_templates(void **state)
{
	struct mews_place nowhere = { dir, dir, "tests/nowhere" };
	struct answer *a = answer_new(&nowhere);
	const struct reply *r = get(a, "/open", "");

	(void)state;
	assert_int_equal(r->status, 500);
	assert_non_null(strstr(r->body.s, "This page cannot be shown"));
	answer_free(a);
}

/* A form is taken from a page of ours with the visitor's own token only. */
static void
forms(void **state)
{
	static const char type[] = "application/x-www-form-urlencoded";
	const struct reply *r = get(*state, "/open", "");
	char cookie[120], text[GATE_MASK + 16], other[GATE_MASK + 16];
	struct ask ask = { .method = "POST",
		.path = "/open",
		.type = type,
		.body = text,
		.cookie = cookie,
		.origin = "https://box:8443" };

	assert_int_equal(sscanf(r->cookies.s, "Set-Cookie: %60[^;]", cookie),
	    1);
	(void)snprintf(text, sizeof(text), "csrf=%.*s", GATE_MASK,
	    strrchr(r->body.s, '|') + 1);
	assert_int_equal(answer_make(*state, env, body, &ask)->status, 200);
	ask.origin = "https://evil:8443";
	assert_int_equal(answer_make(*state, env, body, &ask)->status, 403);
	ask.origin = NULL;
	assert_int_equal(answer_make(*state, env, body, &ask)->status, 403);
	ask.site = "same-origin";
	assert_int_equal(answer_make(*state, env, body, &ask)->status, 200);
	ask.site = "cross-site";
	assert_int_equal(answer_make(*state, env, body, &ask)->status, 403);
	ask.site = "same-origin";
	ask.cookie = "";
	assert_int_equal(answer_make(*state, env, body, &ask)->status, 403);
	ask.cookie = cookie;
	ask.type = "text/plain";
	assert_int_equal(answer_make(*state, env, body, &ask)->status, 415);
	ask.type = type;
	(void)strcpy(other, text);
	other[sizeof("csrf=")] = other[sizeof("csrf=")] == '0' ? '1' : '0';
	ask.body = other;
	assert_int_equal(answer_make(*state, env, body, &ask)->status, 403);
	ask.body = "csrf=";
	assert_int_equal(answer_make(*state, env, body, &ask)->status, 403);
}

/* Two answers to one visitor show different tokens. */
static void
masked(void **state)
{
	struct ask ask = { .method = "GET", .path = "/open" };
	char cookie[120], first[GATE_MASK + 1];
	const struct reply *r = answer_make(*state, env, body, &ask);

	assert_int_equal(sscanf(r->cookies.s, "Set-Cookie: %60[^;]", cookie),
	    1);
	(void)snprintf(first, sizeof(first), "%s", strrchr(r->body.s, '|') + 1);
	ask.cookie = cookie;
	r = answer_make(*state, env, body, &ask);
	assert_int_equal(r->cookies.n, 0);
	assert_null(strstr(r->body.s, first));
}

static void
languages(void **state)
{
	static const struct {
		const char *account, *cookie, *accept, *box, *lang;
	} rows[] = {
		{ "fr", "__Host-mews-lang=it", "en", "en", "fr" },
		{ "", "a=b; __Host-mews-lang=it", "fr", "fr", "it" },
		{ "", "__Host-mews-lang=xx", "fr-CH, it;q=0.9", "it", "fr" },
		{ "", "", "de-AT,de;q=0.9, it;q=0.8,en;q=0.7", "fr", "it" },
		{ "", "", "italic, *", "fr", "fr" },
		{ "", "", "de", "xx", "en" },
		{ "", "", "", "", "en" },
	};
	struct gate_session who = { .in = true };
	struct request r = { 0 };
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		(void)strcpy(who.lang, rows[i].account);
		r.cookies = rows[i].cookie;
		r.accept = rows[i].accept;
		assert_string_equal(enter_language(&r, &who, rows[i].box),
		    rows[i].lang);
	}
	who.in = false;
	(void)strcpy(who.lang, "fr");
	assert_string_equal(enter_language(&r, &who, "it"), "it");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(escaped),
		cmocka_unit_test(shut),
		cmocka_unit_test(parts),
		cmocka_unit_test(refused),
		cmocka_unit_test(broken),
		cmocka_unit_test(no_templates),
		cmocka_unit_test(forms),
		cmocka_unit_test(masked),
		cmocka_unit_test(languages),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
