/*
 * auth_source.c - the growing wait of an address, and PUKs an hour.
 *
 * A wait that lies too far ahead is one from before the clock was set back.
 */
#include "auth_source.h"
#include "network.h"
#include "str.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#define FORGET INT64_C(3600) /* s after the last wrong PIN */
#define SILENT INT64_C(600)  /* s between two lines of the log */
#define FIRST  5             /* s of the first wait */

/* What is counted together. */
static void
network_of(const char *source, char out[64])
{
	static const uint8_t mapped[12] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff,
		0xff };
	struct mews_network n;

	if (!mews_network_read(source, &n) ||
	    memcmp(n.address, mapped, sizeof(mapped)) == 0) {
		(void)snprintf(out, 64, "%.63s", source);
		return;
	}
	memset(n.address + 8, 0, 8);
	(void)inet_ntop(AF_INET6, n.address, out, 64);
}

enum mews_rc
auth_source_find(const struct auth *a, const char *source, int64_t now,
    struct mews_source *s, struct mews_err *err)
{
	char address[64];
	enum mews_rc rc;

	network_of(source, address);
	if ((rc = mews_source_find(a->db, address, s, err)) != MEWS_OK)
		return rc;
	if (now - s->used >= FORGET || now < s->used - AUTH_SOURCE_WAIT)
		auth_source_clear(s);
	return MEWS_OK;
}

int64_t
auth_source_wait(const struct mews_source *s, int64_t now)
{
	return s->next > now && s->next <= now + AUTH_SOURCE_WAIT
	    ? s->next - now
	    : 0;
}

void
auth_source_count(struct mews_source *s, int64_t now)
{
	int64_t wait = FIRST, i;

	s->used = now;
	if (++s->failed < AUTH_SOURCE_FREE)
		return;
	for (i = AUTH_SOURCE_FREE; i < s->failed && wait < AUTH_SOURCE_WAIT;
	     i++)
		wait *= 2;
	s->next = now + (wait < AUTH_SOURCE_WAIT ? wait : AUTH_SOURCE_WAIT);
}

void
auth_source_clear(struct mews_source *s)
{
	s->failed = s->next = s->told = 0;
}

bool
auth_source_tell(struct mews_source *s, int64_t now)
{
	if (s->told <= now && now - s->told < SILENT)
		return false;
	s->told = s->used = now;
	return true;
}

enum mews_rc
auth_source_puk(const struct auth *a, const struct mews_source *s, bool known,
    int64_t now, int64_t *wait, struct mews_err *err)
{
	int64_t from = now - AUTH_PUK_HOUR, n, all, first = 0, first_all = 0;
	enum mews_rc rc;

	rc = mews_puk_count(a->db, s->address, from, now, &n, &first, err);
	if (rc == MEWS_OK)
		rc =
		    mews_puk_count(a->db, "", from, now, &all, &first_all, err);
	if (rc != MEWS_OK)
		return rc;
	*wait = 0;
	if (n >= AUTH_PUK_SOURCE)
		*wait = first - from;
	else if (!known && all >= AUTH_PUK_ALL)
		*wait = first_all - from;
	return MEWS_OK;
}
