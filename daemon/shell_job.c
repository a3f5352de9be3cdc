/*
 * shell_job.c - the job is mewsd's; who asked reads in live.db how far it is.
 */
#include "shell_job.h"
#include "command.h"
#include "job.h"
#include "schema.h"
#include "site.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define DOOR 5000      /* ms */
#define LOOK 200000000 /* ns */

/* What a command needs to be followed. */
struct follow {
	struct mews_db *live, *config;
	struct mews_site site;
	struct mews_job job;
	struct mews_job_log log;
};

static enum mews_rc
ask(const struct mews_place *place, struct mews_message *m, int64_t *job,
    struct mews_err *err)
{
	struct mews_message answer;
	enum mews_rc rc = mews_command_call(place, m, DOOR, &answer, err);

	*job = mews_message_int(&answer, "job", 0);
	mews_message_clear(m);
	mews_message_clear(&answer);
	return rc;
}

/* Until the job is over; tells how far it is where somebody looks. */
static enum mews_rc
wait(struct follow *f, int64_t id, struct mews_err *err)
{
	const struct timespec look = { 0, LOOK };
	bool seen = isatty(STDERR_FILENO) != 0;
	enum mews_rc rc;

	while ((rc = mews_job_load(f->live, id, &f->job, err)) == MEWS_OK &&
	    f->job.ended == 0) {
		if (seen)
			(void)fprintf(stderr, "\r%" PRId64 " of %" PRId64 " ",
			    f->job.done, f->job.total);
		(void)nanosleep(&look, NULL);
	}
	if (seen)
		(void)fprintf(stderr, "\r%24s\r", "");
	return rc;
}

static enum mews_rc
follow(const struct mews_place *place, struct mews_message *m, struct follow *f,
    struct mews_err *err)
{
	int64_t id;
	enum mews_rc rc;

	*f = (struct follow){ .live = NULL };
	if ((rc = ask(place, m, &id, err)) == MEWS_OK &&
	    (rc = mews_schema_open(place, MEWS_LIVE_DB, MEWS_DB_READ, &f->live,
		 err)) == MEWS_OK &&
	    (rc = mews_schema_open(place, MEWS_CONFIG_DB, MEWS_DB_READ,
		 &f->config, err)) == MEWS_OK &&
	    (rc = mews_site_load(f->config, &f->site, err)) == MEWS_OK &&
	    (rc = wait(f, id, err)) == MEWS_OK)
		rc = mews_job_log(f->live, id, &f->log, err);
	return rc;
}

static void
clear(struct follow *f)
{
	mews_job_log_clear(&f->log);
	mews_site_clear(&f->site);
	mews_db_close(f->config);
	mews_db_close(f->live);
}

static enum mews_rc
judge(const struct follow *f, struct mews_err *err)
{
	if (strcmp(f->job.result, "ok") == 0)
		return MEWS_OK;
	if (f->job.code != 0)
		return mews_fail(err, MEWS_AGAIN, "%s %d", f->job.result,
		    f->job.code);
	return mews_fail(err, MEWS_AGAIN, "%s", f->job.result);
}

static void
print_found(const struct follow *f, const struct mews_found *u)
{
	const struct mews_device *d = mews_site_device(&f->site, u->device);
	char speed[16] = "-";

	if (u->baud != 0)
		(void)snprintf(speed, sizeof(speed), "%d 8%c%d", u->baud,
		    u->parity, u->stop);
	(void)printf("%4d  %-10s  %5.1f ms  %-11s  %s\n", u->unit, speed,
	    (double)u->took_us / 1000, d == NULL ? "new" : d->plate,
	    u->profiles[0] != '\0' ? u->profiles
		: d != NULL        ? d->profile
				   : "answers, not recognised");
}

enum mews_rc
shell_scan(const struct mews_place *place, char *const *word, int n,
    struct mews_err *err)
{
	struct mews_message m;
	struct follow f;
	char *last;
	size_t i;
	enum mews_rc rc;
	int at = 1;

	mews_message_init(&m, "scan");
	mews_message_set(&m, "line", word[0]);
	if (n > at && (last = strchr(word[at], '-')) != NULL) {
		*last++ = '\0';
		mews_message_set(&m, "first", word[at++]);
		mews_message_set(&m, "last", last);
	}
	if (n > at)
		mews_message_set(&m, "speeds", word[at]);
	if ((rc = follow(place, &m, &f, err)) == MEWS_OK) {
		for (i = 0; i < f.log.nfound; i++)
			print_found(&f, &f.log.found[i]);
		rc = judge(&f, err);
	}
	clear(&f);
	return rc;
}

static void
print_bytes(const char *before, const uint8_t *p, size_t n)
{
	size_t i;

	(void)fputs(before, stdout);
	for (i = 0; i < n; i++)
		(void)printf(" %02x", p[i]);
	(void)putchar('\n');
}

static void
print_exchange(const struct follow *f, const struct mews_exchange *e)
{
	const struct mews_job_value *v;
	struct mews_display as;
	char text[MEWS_NUMBER];
	size_t i;

	(void)printf("function %d, address %d, %d registers: %s", e->function,
	    e->address, e->count, mews_exchange_name(e->result));
	if (e->code != 0)
		(void)printf(" %d", e->code);
	(void)printf(", %.1f ms\n", (double)e->took_us / 1000);
	print_bytes("  >", e->request, e->nrequest);
	if (e->nanswer > 0)
		print_bytes("  <", e->answer, e->nanswer);
	for (i = 0; i < f->log.nvalues; i++) {
		v = &f->log.value[i];
		if (v->n != e->n)
			continue;
		as = mews_quantity_display(v->quantity, v->value);
		mews_number_plain(text, v->value, as.exponent, as.decimals);
		(void)printf("  %s %s %s\n", v->quantity->name,
		    v->missing ? "-" : text, as.unit);
	}
}

enum mews_rc
shell_test(const struct mews_place *place, char *const *word, int n,
    struct mews_err *err)
{
	struct mews_message m;
	struct follow f;
	size_t i;
	enum mews_rc rc;

	(void)n;
	mews_message_init(&m, "test");
	mews_message_set(&m, "plate", word[0]);
	if ((rc = follow(place, &m, &f, err)) == MEWS_OK) {
		for (i = 0; i < f.log.nexchanges; i++)
			print_exchange(&f, &f.log.exchange[i]);
		rc = judge(&f, err);
	}
	clear(&f);
	return rc;
}
