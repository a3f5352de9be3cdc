/*
 * page_scan.c - asks all addresses of a line, and adds who answers.
 *
 * The page shows a job of mewsd, so it can be left: the scan goes on.
 */
#include "exchange.h"
#include "figure.h"
#include "order.h"
#include "profile_choices.h"
#include "ratify.h"
#include "scan.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define PICK(n)                                                                \
	{                                                                      \
		"pick_" #n, REQUEST_DAY, 3                                     \
	}

static const struct request_field fields[] = {
	{ EXCHANGE_FIELD },
	{ "do", REQUEST_WORD, 8 },
	{ "line", REQUEST_TEXT, FORM_MOST },
	{ "first", REQUEST_TEXT, FORM_MOST },
	{ "last", REQUEST_TEXT, FORM_MOST },
	{ "speeds", REQUEST_TEXT, FORM_MOST },
	{ "add", REQUEST_DAY, 3 },
	{ "type", REQUEST_TEXT, FORM_MOST },
	PICK(0),
	PICK(1),
	PICK(2),
	PICK(3),
	PICK(4),
	PICK(5),
	PICK(6),
	PICK(7),
	PICK(8),
	PICK(9),
	PICK(10),
	PICK(11),
	PICK(12),
	PICK(13),
	PICK(14),
	PICK(15),
	PICK(16),
	PICK(17),
	PICK(18),
	PICK(19),
	PICK(20),
	PICK(21),
	PICK(22),
	PICK(23),
	PICK(24),
	PICK(25),
	PICK(26),
	PICK(27),
	PICK(28),
	PICK(29),
	PICK(30),
	PICK(31),
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static bool
steer(struct page_ctx *c, struct form *f, const char *command)
{
	const char *id = request_get(c->request, "job");
	struct mews_err err;
	char path[64];
	enum mews_rc rc = order_send(c, NULL, &err, command, "job", id, NULL);

	if (rc != MEWS_OK) {
		form_refused(f, rc, &err);
		return false;
	}
	(void)snprintf(path, sizeof(path), "/devices/scan?job=%s", id);
	reply_go(c->reply, path);
	return true;
}

static bool
add(struct page_ctx *c, struct form *f)
{
	struct mews_job_log log;
	struct mews_job job;
	struct mews_err err;
	enum mews_rc rc = exchange_load(c, exchange_asked(c), MEWS_JOB_SCAN, 0,
	    0, &job, &log, &err);
	bool gone = rc == MEWS_OK && scan_add(c, f, &job, &log);

	if (rc != MEWS_OK)
		form_refused(f, rc, &err);
	mews_job_log_clear(&log);
	return gone;
}

/* What the buttons of the page do; true when the browser was sent on. */
static bool
act(struct page_ctx *c, struct form *f)
{
	static const struct {
		const char *word, *command;
	} steers[] = { { "pause", "job-pause" }, { "go", "job-go-on" },
		{ "stop", "job-stop" } };
	const char *word = request_get(c->request, "do");
	size_t i;

	for (i = 0; i < MEWS_LEN(steers); i++)
		if (strcmp(word, steers[i].word) == 0)
			return steer(c, f, steers[i].command);
	return strcmp(word, "add") == 0 ? add(c, f) : scan_begin(c, f);
}

/* "About 40 s more", once there is something to go by. */
static void
set_left(struct page_ctx *c, const struct mews_job *job)
{
	int64_t s = c->now - job->begun;
	char text[24];

	if (job->state != MEWS_JOB_RUNNING || job->done < 3 || s < 3)
		return;
	s = s * (job->total - job->done) / job->done + 1;
	(void)snprintf(text, sizeof(text), "%" PRId64,
	    s < 90 ? s : (s + 59) / 60);
	view_say(c->view, "left", s < 90 ? "scan.left_s" : "scan.left_min",
	    text, NULL);
}

/* "9600 8N1, 19200 8E1" of what the job was asked; "" for the line's own. */
static const char *
speeds_of(const struct mews_job *job, char *text)
{
	const char *p = strchr(job->what, ' ');
	char *to = text;

	for (p = p == NULL ? "" : p + 1; *p != '\0'; p++) {
		*to++ = *p;
		if (*p == ',')
			*to++ = ' ';
	}
	*to = '\0';
	return text;
}

static void
set_speeds(struct page_ctx *c, const struct mews_job *job)
{
	const struct mews_line *line =
	    mews_site_line(base_site(c->base), job->line);
	char own[SCAN_SPEED] = "", range[32], text[2 * sizeof(job->what)];
	const char *speeds = speeds_of(job, text);

	if (line != NULL && line->kind == MEWS_LINE_RTU)
		(void)scan_speed(own, line->baud, line->parity, line->stop);
	(void)snprintf(range, sizeof(range), "%.*s",
	    (int)strcspn(job->what, " "), job->what);
	view_set(c->view, "line", line == NULL ? "" : line->name);
	view_set(c->view, "range", range);
	view_set(c->view, "speeds", speeds[0] == '\0' ? own : speeds);
	view_int(c->view, "serial", own[0] != '\0');
	view_say(c->view, "empty",
	    own[0] != '\0' ? "scan.nobody" : "scan.nobody_gateway",
	    speeds[0] == '\0' ? own : speeds, line == NULL ? "" : line->name,
	    NULL);
}

/* The types that those who were not recognised can be given. */
static enum mews_rc
set_types(struct page_ctx *c, struct form *f, struct mews_err *err)
{
	struct form adding = *f;

	adding.sent = strcmp(request_get(c->request, "do"), "add") == 0;
	(void)form_choose(&adding, "type", "");
	return profile_choices(&adding, err);
}

static enum mews_rc
show_job(struct page_ctx *c, struct form *f, struct mews_err *err)
{
	int64_t asked = exchange_asked(c);
	struct mews_job_log log;
	struct mews_job job;
	char done[24], total[24];
	enum mews_rc rc =
	    exchange_load(c, asked, MEWS_JOB_SCAN, 0, 0, &job, &log, err);

	if (rc == MEWS_OK) {
		(void)snprintf(done, sizeof(done), "%" PRId64, job.done);
		(void)snprintf(total, sizeof(total), "%" PRId64, job.total);
		view_down(c->view, "Scan.job");
		exchange_set_job(c, &job, &log, "");
		view_say(c->view, "progress", "scan.progress", done, total,
		    NULL);
		view_int(c->view, "paused", job.state == MEWS_JOB_PAUSED);
		set_left(c, &job);
		set_speeds(c, &job);
		scan_found(c, &job, &log);
		view_up(c->view);
		view_int(c->view, "Page.again",
		    job.state == MEWS_JOB_RUNNING ? 2 : 0);
	}
	mews_job_log_clear(&log);
	if (rc == MEWS_OK && job.ended != 0)
		rc = set_types(c, f, err);
	return rc == MEWS_NONE && asked == 0 ? MEWS_OK : rc;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct form f;

	form_begin(&f, c);
	if (f.sent && act(c, &f))
		return MEWS_OK;
	if (strcmp(request_get(c->request, "do"), "scan") != 0)
		f.sent = false;
	scan_form(c, &f);
	if (f.nbad > 0)
		ratify_nothing(c);
	view_int(c->view, "Scan.lines", (int64_t)base_site(c->base)->nlines);
	view_set(c->view, "Scan.usual", SCAN_USUAL);
	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "scan.title"));
	return show_job(c, &f, err);
}

const struct page page_scan = {
	.path = "/devices/scan",
	.name = "scan",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
