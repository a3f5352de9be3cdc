/*
 * page_certificate.c - the certificate in use, and what came of the last wish
 * for another one.
 */
#include "certificate.h"
#include "figure.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

#define DAY     86400
#define SOON    30 /* days */
#define SILENCE 60 /* s */

static const struct request_field fields[] = {
	{ "wanted", REQUEST_DAY, 20 },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static void
set_served(struct page_ctx *c, const struct mews_message *m)
{
	int64_t until = mews_message_int(m, "until", 0);
	int64_t days = (until - c->now) / DAY;
	bool own = mews_message_int(m, "own", 0) != 0;
	char text[FIGURE], n[MEWS_NUMBER];

	view_set(c->view, "names", mews_message_get(m, "names"));
	view_set(c->view, "issuer",
	    own ? view_word(c->view, "certificate.issuer_own")
		: mews_message_get(m, "issuer"));
	view_set(c->view, "key", mews_message_get(m, "key"));
	view_set(c->view, "fingerprint", mews_message_get(m, "fingerprint"));
	view_int(c->view, "chain", mews_message_int(m, "chain", 0));
	view_int(c->view, "own", own);
	view_set(c->view, "asked", mews_message_get(m, "asked"));
	view_set(c->view, "from",
	    figure_date(c, text, FIGURE_TABLE_DAY,
		mews_message_int(m, "from", 0)));
	figure_date(c, text, FIGURE_TABLE_DAY, until);
	mews_number(n, c->lang, days < 0 ? 0 : days, 0, 0);
	view_say(c->view, "until", "certificate.until_days", text, n, NULL);
	if (days < SOON && !own)
		view_say(c->view, "ends", "certificate.ends", text, NULL);
}

/* What came of the wish with that number. */
static void
set_outcome(struct page_ctx *c, const struct mews_message *m, int64_t wanted)
{
	static const struct {
		const char *result, *key, *kind;
		bool again;
	} outcomes[] = {
		{ "trying", "certificate.trying", "", true },
		{ "served", "certificate.in_use", "", false },
		{ "requested", "certificate.requested", "", false },
		{ "back", "certificate.back", "alarm", false },
		{ "failed", "certificate.failed", "alarm", false },
		{ "", "certificate.waits", "", true },
		{ NULL, "certificate.silent", "alarm", false },
	};
	const char *result = mews_message_get(m, "result");
	bool here = mews_message_int(m, "number", 0) == wanted;
	char key[40];
	size_t i;

	if (here && strcmp(result, "refused") == 0) {
		(void)snprintf(key, sizeof(key), "certificate.bad.%.16s",
		    mews_message_get(m, "why"));
		view_set(c->view, "kind", "alarm");
		view_set(c->view, "says", view_word(c->view, key));
		return;
	}
	if (!here)
		result = c->now - wanted / 1000 > SILENCE ? NULL : "";
	for (i = 0; outcomes[i].result != NULL; i++)
		if (result != NULL && strcmp(outcomes[i].result, result) == 0)
			break;
	view_set(c->view, "kind", outcomes[i].kind);
	view_set(c->view, "says", view_word(c->view, outcomes[i].key));
	view_int(c->view, "again", outcomes[i].again);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_message m;
	struct form f;
	int64_t wanted;

	(void)err;
	form_begin(&f, c);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "certificate.title"));
	view_down(c->view, "Certificate");
	if (certificate_report(c, &m)) {
		view_int(c->view, "known", 1);
		set_served(c, &m);
	}
	if (mews_str_int(request_get(c->request, "wanted"), 1, INT64_MAX,
		&wanted))
		set_outcome(c, &m, wanted);
	mews_message_clear(&m);
	view_up(c->view);
	if (strcmp(view_get(c->view, "Certificate.again"), "1") == 0)
		view_int(c->view, "Page.again", 2);
	return MEWS_OK;
}

const struct page page_certificate = {
	.path = CERTIFICATE_PATH,
	.name = "certificate",
	.menu = "settings",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
