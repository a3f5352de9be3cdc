/*
 * apply_certificate.c - a wish is taken away before it is carried out, so that
 * one that ends this program is not tried for ever.
 */
#include "apply_certificate.h"
#include "command.h"
#include "log.h"
#include "str.h"
#include "wanted.h"

#include <string.h>

#define WISH    "certificate"
#define PEM     "mews.pem"
#define KEY     "next.key"
#define REQUEST "next.csr"
#define REPORT  "report"
#define DAY     86400
#define DOOR    5000 /* ms */

struct work {
	const struct mews_place *place;
	const struct web *web;
	int64_t now, number;
	const char *result;
	char why[CERTIFICATE_WHY];
	char asked[CERTIFICATE_NAMES];
	struct certificate served; /* from 0: none */
	struct mews_buf pem, next; /* of what is served; key of the request */
	struct mews_err *err;
};

/* Best effort: mewsd may not run. */
static void
tell(const struct work *w, const char *kind)
{
	struct mews_message m, answer;
	char names[91];
	size_t n = strcspn(w->served.names, " ");

	memcpy(names, w->served.names, n < 90 ? n : 90);
	names[n < 90 ? n : 90] = '\0';
	mews_message_init(&m, "applied");
	mews_message_set(&m, "kind", kind);
	mews_message_set(&m, "names", names);
	mews_message_set_int(&m, "until", w->served.until);
	(void)mews_command_call(w->place, &m, DOOR, &answer, NULL);
	mews_message_clear(&m);
	mews_message_clear(&answer);
}

static void
report(struct work *w, const char *result)
{
	struct mews_buf line = { 0 };
	struct mews_message m;

	w->result = result;
	mews_message_init(&m, "certificate");
	mews_message_set(&m, "names", w->served.names);
	mews_message_set(&m, "issuer", w->served.issuer);
	mews_message_set(&m, "key", w->served.key);
	mews_message_set(&m, "fingerprint", w->served.fingerprint);
	mews_message_set_int(&m, "from", w->served.from);
	mews_message_set_int(&m, "until", w->served.until);
	mews_message_set_int(&m, "own", w->served.own);
	mews_message_set_int(&m, "chain", w->served.chain);
	mews_message_set(&m, "asked", w->asked);
	mews_message_set_int(&m, "number", w->number);
	mews_message_set(&m, "result", result);
	mews_message_set(&m, "why", w->why);
	mews_message_set_int(&m, "at", w->now);
	if (mews_message_write(&m, &line, w->err) == MEWS_OK)
		(void)web_write(w->place, REPORT, &line, false, false, w->err);
	mews_message_clear(&m);
	mews_buf_clear(&line);
}

/* What it said last: the names of the request, and the last result. */
static void
look_back(struct work *w)
{
	struct mews_buf line = { 0 };
	struct mews_message m;

	mews_message_init(&m, "");
	if (web_read(w->place, REPORT, &line, NULL) == MEWS_OK && line.n > 0) {
		line.s[strcspn(line.s, "\n")] = '\0';
		(void)mews_message_read(line.s, &m, NULL);
	}
	if (w->next.n > 0)
		(void)mews_str_copy(w->asked, sizeof(w->asked),
		    mews_message_get(&m, "asked"));
	w->number = mews_message_int(&m, "number", 0);
	mews_message_clear(&m);
	mews_buf_clear(&line);
}

/* The keys of the box: of a signing request, of what is served. */
static void
know(const struct work *w, struct certificate_known *known)
{
	if (w->next.n > 0)
		(void)certificate_public(w->next.s, &known->key[0], NULL);
	if (w->pem.n > 0)
		(void)certificate_public(w->pem.s, &known->key[1], NULL);
}

static enum mews_rc
judge(struct work *w, const struct mews_buf *text, struct certificate *c,
    struct mews_buf *pem)
{
	struct certificate_known known = { .key = { { 0 } } };
	struct mews_buf certificates = { 0 };
	int which = -1;
	enum mews_rc rc;

	know(w, &known);
	rc = certificate_judge_apart(text->s == NULL ? "" : text->s, text->n,
	    &known, w->now, c, &certificates, &which, w->why);
	if (rc == MEWS_OK && which >= 0)
		rc = certificate_key(which == 0 ? w->next.s : w->pem.s, pem,
		    w->err);
	if (rc == MEWS_OK)
		mews_buf_put(pem, certificates.s, certificates.n);
	mews_buf_clear(&certificates);
	mews_buf_clear(&known.key[0]);
	mews_buf_clear(&known.key[1]);
	return rc;
}

/* From here on it is served, or what was before. */
static enum mews_rc
serve(struct work *w, const struct mews_buf *pem, const struct certificate *c,
    const char *kind)
{
	enum mews_rc rc;

	report(w, "trying");
	rc = web_serve(w->place, w->web, pem, c->fingerprint, w->err);
	if (rc == MEWS_OK) {
		w->served = *c;
		tell(w, kind);
		report(w, "served");
		return rc;
	}
	tell(w, "refused");
	report(w, rc == MEWS_BAD ? "back" : "failed");
	return rc;
}

/* The facts of what the box has itself. */
static enum mews_rc
look_at(const struct work *w, const struct mews_buf *pem, struct certificate *c)
{
	const struct certificate_known none = { .key = { { 0 } } };
	struct mews_buf again = { 0 };
	char why[CERTIFICATE_WHY];
	int which;
	enum mews_rc rc = certificate_judge(pem->s, pem->n, &none, w->now, c,
	    &again, &which, why);

	if (again.s != NULL)
		explicit_bzero(again.s, again.cap);
	mews_buf_clear(&again);
	return rc;
}

static enum mews_rc
make_own(struct work *w, const char *kind)
{
	char names[CERTIFICATE_NAMES];
	struct mews_buf pem = { 0 };
	struct certificate c;
	enum mews_rc rc;

	certificate_names_here(names);
	rc = certificate_make(names, w->now, &pem, w->err);
	if (rc == MEWS_OK && (rc = look_at(w, &pem, &c)) == MEWS_OK)
		rc = serve(w, &pem, &c, kind);
	if (pem.s != NULL)
		explicit_bzero(pem.s, pem.cap);
	mews_buf_clear(&pem);
	return rc;
}

static enum mews_rc
put(struct work *w, const struct mews_message *m, const struct mews_buf *text)
{
	struct mews_buf pem = { 0 };
	struct certificate c;
	enum mews_rc rc = judge(w, text, &c, &pem);

	(void)m;
	if (rc == MEWS_OK && (rc = serve(w, &pem, &c, "served")) == MEWS_OK) {
		web_remove(w->place, KEY);
		web_remove(w->place, REQUEST);
		w->asked[0] = '\0';
		report(w, "served");
	} else if (rc == MEWS_BAD && w->why[0] != '\0') {
		tell(w, "refused");
		report(w, "refused");
		rc = MEWS_OK;
	}
	if (pem.s != NULL)
		explicit_bzero(pem.s, pem.cap);
	mews_buf_clear(&pem);
	return rc;
}

static enum mews_rc
request(struct work *w, const struct mews_message *m,
    const struct mews_buf *text)
{
	const char *names = mews_message_get(m, "names");
	struct mews_buf key = { 0 }, csr = { 0 };
	enum mews_rc rc = MEWS_BAD;

	(void)text;
	if (!certificate_names(names)) {
		(void)strcpy(w->why, "names");
		report(w, "refused");
		return MEWS_OK;
	}
	if ((rc = certificate_ask(names, &key, &csr, w->err)) == MEWS_OK &&
	    (rc = web_write(w->place, KEY, &key, true, false, w->err)) ==
		MEWS_OK &&
	    (rc = web_write(w->place, REQUEST, &csr, false, false, w->err)) ==
		MEWS_OK) {
		(void)mews_str_copy(w->asked, sizeof(w->asked), names);
		report(w, "requested");
	}
	if (key.s != NULL)
		explicit_bzero(key.s, key.cap);
	mews_buf_clear(&key);
	mews_buf_clear(&csr);
	return rc;
}

static enum mews_rc
own(struct work *w, const struct mews_message *m, const struct mews_buf *text)
{
	(void)m;
	(void)text;
	return make_own(w, "served");
}

/* Whether a certificate lacks one of those names. */
static bool
lacks(const struct certificate *c, const char *names)
{
	char have[CERTIFICATE_NAMES + 2], want[CERTIFICATE_NAMES + 3];
	size_t n;

	(void)memccpy(have + 1, c->names, '\0', CERTIFICATE_NAMES);
	have[0] = ' ';
	(void)strcat(have, " ");
	for (; *names != '\0'; names += n + (names[n] == ' ')) {
		n = strcspn(names, " ");
		want[0] = ' ';
		memcpy(want + 1, names, n);
		want[n + 1] = ' ';
		want[n + 2] = '\0';
		if (strstr(have, want) == NULL)
			return true;
	}
	return false;
}

static enum mews_rc
renew(struct work *w)
{
	char names[CERTIFICATE_NAMES];
	int64_t days = (w->served.until - w->now) / DAY;

	certificate_names_here(names);
	w->why[0] = '\0';
	if (w->served.from == 0 ||
	    (w->served.own &&
		(days < CERTIFICATE_RENEW || lacks(&w->served, names))))
		return make_own(w, w->served.from == 0 ? "served" : "renewed");
	/* once a week, then every day */
	if (days < CERTIFICATE_RENEW && (days % 7 == 0 || days < 7))
		tell(w, "ends");
	report(w, w->result);
	return MEWS_OK;
}

static const struct {
	const char *word;
	enum mews_rc (*run)(struct work *, const struct mews_message *,
	    const struct mews_buf *);
} wishes[] = {
	{ "put", put },
	{ "request", request },
	{ "own", own },
};

static enum mews_rc
carry_out(struct work *w, const struct mews_message *m,
    const struct mews_buf *text)
{
	enum mews_rc rc;
	size_t i;

	wanted_drop(w->place, WISH);
	w->number = mews_message_int(m, "number", 0);
	for (i = 0; i < MEWS_LEN(wishes); i++)
		if (strcmp(wishes[i].word, m->word) == 0) {
			rc = wishes[i].run(w, m, text);
			if (rc == MEWS_FAIL)
				report(w, "failed");
			return rc;
		}
	return mews_fail(w->err, MEWS_BAD, "nobody knows the wish '%s'",
	    m->word);
}

/* What there is; a file that cannot be judged counts as none. */
static enum mews_rc
load(struct work *w)
{
	enum mews_rc rc = web_read(w->place, PEM, &w->pem, w->err);

	if (rc == MEWS_OK)
		rc = look_at(w, &w->pem, &w->served);
	if (rc == MEWS_BAD)
		mews_log(MEWS_LOG_WARNING, "%s is of no use", PEM);
	if (rc == MEWS_FAIL)
		return rc;
	rc = web_read(w->place, KEY, &w->next, w->err);
	look_back(w);
	return rc == MEWS_FAIL ? rc : MEWS_OK;
}

enum mews_rc
apply_certificate(const struct mews_place *place, const struct web *web,
    int64_t now, struct mews_err *err)
{
	struct work w = { .place = place,
		.web = web,
		.now = now,
		.result = "",
		.err = err };
	struct mews_buf text = { 0 };
	struct mews_message m;
	enum mews_rc rc;

	mews_message_init(&m, "");
	web_settle(place, web);
	if ((rc = load(&w)) == MEWS_OK) {
		rc = wanted_get(place, WISH, &m, &text, err);
		if (rc == MEWS_BAD)
			wanted_drop(place, WISH);
		if (rc == MEWS_OK)
			rc = carry_out(&w, &m, &text);
		else if (rc == MEWS_NONE)
			rc = renew(&w);
	}
	mews_message_clear(&m);
	if (text.s != NULL)
		explicit_bzero(text.s, text.cap);
	mews_buf_clear(&text);
	if (w.pem.s != NULL)
		explicit_bzero(w.pem.s, w.pem.cap);
	mews_buf_clear(&w.pem);
	if (w.next.s != NULL)
		explicit_bzero(w.next.s, w.next.cap);
	mews_buf_clear(&w.next);
	return rc;
}
