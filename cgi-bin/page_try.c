/*
 * page_try.c - what a profile that is being tried reads from a unit.
 *
 * The page of the profile asks; this one shows the job, as a test of a device.
 */
#include "exchange.h"
#include "site_profile.h"

#include <stdio.h>

static const struct request_field fields[] = {
	{ EXCHANGE_FIELD },
	{ NULL, REQUEST_WORD, 0 },
};

/* A draft that was tried and not saved has no page. */
static bool
is_kept(const struct page_ctx *c, const char *name)
{
	char dir[MEWS_PATH];
	struct mews_profile p;
	struct mews_err err;

	(void)mews_place_path(c->place, MEWS_METERS, dir);
	if (mews_site_profile(base_db(c->base, MEWS_CONFIG_DB), dir, name, &p,
		&err) != MEWS_OK)
		return false;
	mews_profile_clear(&p);
	return true;
}

static void
head(struct page_ctx *c, const struct mews_job *job, char *name, size_t size)
{
	const struct mews_line *line =
	    mews_site_line(base_site(c->base), job->line);
	struct mews_buf b = { 0 };
	char unit[16], path[96];

	(void)snprintf(unit, sizeof(unit), "%d", job->unit);
	view_tell(c->view, &b, "test.address", unit, NULL);
	(void)snprintf(name, size, "%.63s", b.s);
	mews_buf_clear(&b);
	(void)snprintf(path, sizeof(path), "/profiles/%.64s", job->what);
	view_say(c->view, "Test.about", "test.trying", job->what,
	    line == NULL ? "" : line->name, unit, NULL);
	if (is_kept(c, job->what))
		view_set(c->view, "Test.profile", path);
	view_set(c->view, "Test.name", view_word(c->view, "test.try_title"));
	(void)snprintf(c->title, sizeof(c->title), "%s: %.64s",
	    view_word(c->view, "test.try_title"), job->what);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_job_log log;
	struct mews_job job;
	char name[64];
	enum mews_rc rc = exchange_load(c, exchange_asked(c), MEWS_JOB_TRY, 0,
	    0, &job, &log, err);

	if (rc == MEWS_OK) {
		head(c, &job, name, sizeof(name));
		view_down(c->view, "Test.job");
		exchange_set_job(c, &job, &log, name);
		exchange_set_all(c, &log);
		view_up(c->view);
		view_int(c->view, "Page.again", job.ended == 0 ? 1 : 0);
	}
	mews_job_log_clear(&log);
	return rc;
}

const struct page page_try = {
	.path = "/devices/try",
	.name = "test",
	.menu = "devices",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
