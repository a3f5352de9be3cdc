/*
 * certificate.c - mews-apply works behind a file, so whoever waits looks at its
 * report: for a moment, to tell people what is wrong with what they still see.
 */
#include "certificate.h"
#include "ratify.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LOOKS 30 /* each 100 ms after the one before */

bool
certificate_report(const struct page_ctx *c, struct mews_message *m)
{
	char path[MEWS_PATH], file[MEWS_PATH + 16], line[4096] = "";
	FILE *f;

	mews_message_init(m, "");
	(void)snprintf(file, sizeof(file), "%s/report",
	    mews_place_path(c->place, MEWS_TLS, path));
	if ((f = fopen(file, "re")) == NULL)
		return false;
	if (fgets(line, sizeof(line), f) == NULL)
		line[0] = '\0';
	(void)fclose(f);
	line[strcspn(line, "\n")] = '\0';
	return mews_message_read(line, m, NULL) == MEWS_OK &&
	    strcmp(m->word, "certificate") == 0;
}

/* True when the box refused it: the field says why. */
static bool
refused(struct form *f, int64_t wanted, const char *field)
{
	const struct timespec nap = { 0, 100000000 };
	struct mews_message m;
	char key[40];
	bool here, bad;
	int n;

	for (n = 0; n < LOOKS; n++) {
		here = certificate_report(f->c, &m) &&
		    mews_message_int(&m, "number", 0) == wanted;
		bad = here &&
		    strcmp(mews_message_get(&m, "result"), "refused") == 0;
		(void)snprintf(key, sizeof(key), "certificate.bad.%.16s",
		    mews_message_get(&m, "why"));
		mews_message_clear(&m);
		if (bad)
			form_wrong(f, field, key, NULL);
		if (here)
			return bad;
		(void)nanosleep(&nap, NULL);
	}
	return false;
}

bool
certificate_wish(struct form *f, const char *command, const char *names,
    const char *field, struct mews_err *err)
{
	char ticket[RATIFY_TICKET], go[80];
	struct mews_message a;
	int64_t wanted;
	enum mews_rc rc;

	ratify_nothing(f->c);
	if (!ratify(f, "pin", ticket))
		return false;
	rc = order_send(f->c, &a, err, command, "ticket", ticket,
	    names == NULL ? NULL : "names", names, NULL);
	wanted = mews_message_int(&a, "wanted", 0);
	mews_message_clear(&a);
	if (rc != MEWS_OK)
		form_refused(f, rc, err);
	else if (!refused(f, wanted, field)) {
		(void)snprintf(go, sizeof(go),
		    CERTIFICATE_PATH "?wanted=%" PRId64, wanted);
		reply_go(f->c->reply, go);
		return true;
	}
	return false;
}
