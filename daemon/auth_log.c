/*
 * auth_log.c - lines of the security log as an answer.
 */
#include "auth_log.h"
#include "audit.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* "-" stands for nothing, so that words can be split at blanks. */
static const char *
or_dash(const char *s)
{
	return s[0] == '\0' ? "-" : s;
}

enum mews_rc
auth_log_list(const struct auth_call *c, struct mews_err *err)
{
	struct mews_audit a[MEWS_AUDIT_READS];
	const struct mews_audit_filter f = {
		.before = mews_message_int(c->m, "before", 0),
		.from = mews_message_int(c->m, "from", 0),
		.to = mews_message_int(c->m, "to", 0),
		.user = auth_call_get(c, "user"),
		.what = auth_call_get(c, "what"),
	};
	size_t n, i,
	    max = (size_t)mews_message_int(c->m, "max", MEWS_AUDIT_READS);
	char text[256];
	enum mews_rc rc;

	rc = mews_audit_read(c->auth->db, &f, a, max, &n, err);
	if (rc != MEWS_OK)
		return rc;
	for (i = 0; i < n; i++) {
		(void)snprintf(text, sizeof(text),
		    "%" PRId64 " %" PRId64 " %s %s %s %s", a[i].id, a[i].t,
		    a[i].what, or_dash(a[i].user), or_dash(a[i].source),
		    or_dash(a[i].about));
		auth_call_row(c, "line", i, text);
	}
	mews_message_set_int(c->answer, "n", (int64_t)n);
	return MEWS_OK;
}
