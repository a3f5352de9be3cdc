/*
 * system.c - the parts of the administrator's home; each says what is wrong
 * with it itself.
 */
#include "system.h"
#include "backup_list.h"
#include "certificate.h"
#include "command.h"
#include "device.h"
#include "figure.h"
#include "mark.h"
#include "storage.h"

#include <stdio.h>
#include <string.h>
#include <sys/sysinfo.h>

#define DAY    86400
#define HOUR   3600
#define ASK_MS 2000
#define SOON   30         /* days a certificate has left */
#define OLD    (2 * DAY)  /* of the newest backup */
#define TIGHT  (64 << 20) /* bytes left on the disk: a ballast and a backup */

void
system_alarm(struct system *s, const char *kind, const char *word,
    const char *given, const char *path)
{
	struct view *v = s->c->view;
	char key[48];

	view_row(v, "alarm", s->alarms++);
	view_set(v, "kind", kind);
	view_set(v, "icon",
	    strcmp(kind, "alarm") == 0 ? "octagon-alert" : "triangle-alert");
	(void)snprintf(key, sizeof(key), "system.alarm.%s.title", word);
	view_set(v, "title", view_word(v, key));
	(void)snprintf(key, sizeof(key), "system.alarm.%s.text", word);
	view_say(v, "text", key, given, NULL);
	view_set(v, "path", path);
	if (path[0] != '\0') {
		(void)snprintf(key, sizeof(key), "system.alarm.%s.button",
		    word);
		view_set(v, "button", view_word(v, key));
	}
	view_up(v);
}

/* "3 days 4 hours", "4 hours 12 minutes". */
static void
set_span(struct system *s, const char *name, int64_t seconds)
{
	char a[MEWS_NUMBER], b[MEWS_NUMBER];
	bool days = seconds >= DAY;
	int64_t large = days ? seconds / DAY : seconds / HOUR;
	int64_t small = days ? seconds % DAY / HOUR : seconds % HOUR / 60;

	mews_number(a, s->c->lang, large, 0, 0);
	mews_number(b, s->c->lang, small, 0, 0);
	view_say(s->c->view, name, days ? "system.days" : "system.hours", a, b,
	    NULL);
}

static void
set_minute(struct system *s, int64_t minute)
{
	char text[FIGURE];

	if (minute > 0)
		view_set(s->c->view, "minute", figure_clock(text, minute));
	if (minute > 0 && s->c->now - minute > 300)
		system_alarm(s, "alarm", "minute", figure_clock(text, minute),
		    "/bus");
}

void
system_box(struct system *s)
{
	struct page_ctx *c = s->c;
	struct mews_message m, a = { 0 };
	struct sysinfo info;
	char n[MEWS_NUMBER], all[MEWS_NUMBER], text[FIGURE];

	view_set(c->view, "version", MEWS_VERSION);
	if (sysinfo(&info) == 0)
		set_span(s, "uptime", (int64_t)info.uptime);
	mews_message_init(&m, "status");
	if (mews_command_call(c->place, &m, ASK_MS, &a, NULL) == MEWS_OK) {
		set_span(s, "since", c->now - mews_message_int(&a, "since", 0));
		view_say(c->view, "answering", "home.answering",
		    storage_number(c, n, mews_message_int(&a, "answering", 0)),
		    storage_number(c, all, mews_message_int(&a, "devices", 0)),
		    NULL);
		view_set(c->view, "addresses",
		    mews_message_get(&a, "addresses"));
		set_minute(s, mews_message_int(&a, "minute", 0));
	} else
		system_alarm(s, "alarm", "still", "", "");
	mews_message_clear(&m);
	mews_message_clear(&a);
	view_set(c->view, "clock",
	    figure_date(c, text, FIGURE_SHORT_DAY, c->now));
	view_set(c->view, "time", figure_clock(text, c->now));
	view_set(c->view, "zone", base_site(c->base)->zone);
}

static enum mews_rc
weigh(struct system *s, struct mews_db *history, struct mews_err *err)
{
	struct page_ctx *c = s->c;
	struct mews_forecast f;
	struct mews_weight w;
	char text[MEWS_NUMBER];
	int64_t mb = 0, left;
	enum mews_rc rc = mews_budget_get(base_db(c->base, MEWS_CONFIG_DB),
	    history, &mb, err);

	if (rc != MEWS_OK && rc != MEWS_NONE)
		return rc;
	if ((rc = mews_weigh(history, c->now, &w, err)) != MEWS_OK)
		return rc;
	(void)storage_room(c, &w, &left);
	view_set(c->view, "used", storage_megabytes(c, text, w.used));
	view_set(c->view, "budget", storage_number(c, text, mb));
	view_set(c->view, "left", storage_megabytes(c, text, left));
	if (left < TIGHT)
		system_alarm(s, "alarm", "full",
		    storage_megabytes(c, text, left), "/settings/storage");
	if (w.known) {
		mews_budget_forecast(&w, mb * 1048576, &f);
		storage_forecast(c, &w, &f, mb);
	}
	return MEWS_OK;
}

enum mews_rc
system_storage(struct system *s, struct mews_err *err)
{
	struct mews_db *history = base_db(s->c->base, MEWS_HISTORY_DB);
	char text[32];
	bool begun = false;
	enum mews_rc rc;

	if (history == NULL)
		return MEWS_OK;
	if ((rc = mews_db_snapshot(history, &begun, err)) == MEWS_OK)
		rc = weigh(s, history, err);
	if (mews_mark_get(history, MEWS_MARK_DOUBT, text, sizeof(text), NULL) ==
	    MEWS_OK)
		system_alarm(s, "warn", "clock", "", "/settings/storage");
	return begun ? mews_db_end(history, rc, err) : rc;
}

void
system_backups(struct system *s)
{
	struct page_ctx *c = s->c;
	struct backup_entry b;
	char text[FIGURE], mb[MEWS_NUMBER];
	size_t n;

	for (n = 0; n < MEWS_BACKUPS && backup_entry(c, n, &b, NULL) == MEWS_OK;
	     n++) {
		view_row(c->view, "backup", n);
		view_set(c->view, "at",
		    figure_date(c, text, FIGURE_TABLE_DAY, b.t));
		view_set(c->view, "time", figure_clock(text, b.t));
		view_set(c->view, "size", storage_megabytes(c, mb, b.size));
		(void)snprintf(text, sizeof(text), "/system/backup/%.64s",
		    b.name);
		view_set(c->view, "path", text);
		(void)snprintf(text, sizeof(text), "/system/restore/%.64s",
		    b.name);
		view_set(c->view, "restore", text);
		view_up(c->view);
		if (n == 0 && c->now - b.t > OLD)
			system_alarm(s, "warn", "backup",
			    figure_date(c, text, FIGURE_TABLE_DAY, b.t), "");
	}
}

void
system_certificate(struct system *s)
{
	struct page_ctx *c = s->c;
	struct mews_message m;
	char text[FIGURE];
	int64_t until;

	if (certificate_report(c, &m)) {
		until = mews_message_int(&m, "until", 0);
		figure_date(c, text, FIGURE_TABLE_DAY, until);
		view_set(c->view, "until", text);
		view_set(c->view, "names", mews_message_get(&m, "names"));
		if (until - c->now < SOON * DAY &&
		    mews_message_int(&m, "own", 0) == 0)
			system_alarm(s, "warn", "certificate", text,
			    CERTIFICATE_PATH);
	}
	mews_message_clear(&m);
}
