/*
 * simulator.c - meters on pseudo-terminals and behind a gateway: main.
 *
 *	mews-simulator --data DIR --run DIR [--zone ZONE] [--fast]
 *	    [--tcp-port N] SCRIPT
 *	mews-simulator --data DIR --run DIR [--zone ZONE] --minutes PLATE
 *	    [--from T] [--to T] SCRIPT
 *
 * The house's file is shifted by whole days of the zone's wall clock so that
 * it ends within a day from now.  The shift is kept in RUN/simulator.shift: as
 * long as that file stays, every start and every PLATE agree about the past.
 */
#include "calendar.h"
#include "log.h"
#include "simulator_control.h"
#include "simulator_dump.h"
#include "simulator_gateway.h"
#include "simulator_rtu.h"
#include "simulator_script.h"
#include "str.h"
#include "tick.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define DAY  86400
#define REST 500000 /* us; how long the lines are left alone */

struct options {
	const char *data, *run, *zone, *port, *minutes, *from, *to, *script;
	bool fast;
};

struct simulator {
	struct options opt;
	int64_t shift;
	struct house *house;
	struct script script;
	struct wire wire[SCRIPT_LINES];
	struct rtu *rtu[SCRIPT_LINES];
	struct gateway *gateway;
	struct control control;
};

static volatile sig_atomic_t ended;

static void
end(int signal)
{
	(void)signal;
	ended = 1;
}

static enum mews_rc
take_options(struct options *o, int argc, char **argv, struct mews_err *err)
{
	const struct {
		const char *name;
		const char **value;
	} all[] = {
		{ "--data", &o->data },
		{ "--run", &o->run },
		{ "--zone", &o->zone },
		{ "--tcp-port", &o->port },
		{ "--minutes", &o->minutes },
		{ "--from", &o->from },
		{ "--to", &o->to },
	};
	size_t j;
	int i;

	*o = (struct options){ .zone = "UTC", .port = "1502" };
	o->from = o->to = "0";
	for (i = 1; i < argc; i++) {
		for (j = 0; j < MEWS_LEN(all); j++)
			if (strcmp(argv[i], all[j].name) == 0)
				break;
		if (strcmp(argv[i], "--fast") == 0)
			o->fast = true;
		else if (j < MEWS_LEN(all) && i + 1 < argc)
			*all[j].value = argv[++i];
		else if (argv[i][0] != '-' && o->script == NULL)
			o->script = argv[i];
		else
			return mews_fail(err, MEWS_BAD,
			    "not understood: '%.60s'", argv[i]);
	}
	if (o->data == NULL || o->run == NULL || o->script == NULL)
		return mews_fail(err, MEWS_BAD,
		    "--data DIR, --run DIR and a script are needed");
	return MEWS_OK;
}

/* The whole days that bring the file's last minute to now or just behind. */
static int64_t
shift_now(const struct house *h, int64_t now)
{
	int64_t local = now + mews_calendar_civil(now).offset;
	int64_t last = house_end(h) - 60;
	int64_t days = (local - last + DAY - 1) / DAY;

	return days * DAY - (local - now);
}

static enum mews_rc
find_shift(struct simulator *s, struct mews_err *err)
{
	char path[512], text[64];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/simulator.shift", s->opt.run);
	if ((f = fopen(path, "r")) != NULL) {
		bool got = fgets(text, sizeof(text), f) != NULL;

		(void)fclose(f);
		text[got ? strcspn(text, "\n") : 0] = '\0';
		if (!mews_str_int(text, 0, INT64_C(1) << 40, &s->shift))
			return mews_fail(err, MEWS_BAD, "%s: no shift", path);
		return MEWS_OK;
	}
	s->shift = shift_now(s->house, tick_wall() / 1000);
	if ((f = fopen(path, "w")) == NULL ||
	    fprintf(f, "%lld\n", (long long)s->shift) < 0 || fclose(f) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    strerror(errno));
	return MEWS_OK;
}

static enum mews_rc
dump(struct simulator *s, struct mews_err *err)
{
	struct meter *m = script_find(&s->script, s->opt.minutes);
	int64_t from, to;

	if (m == NULL)
		return mews_fail(err, MEWS_NONE, "no meter '%.20s' in %s",
		    s->opt.minutes, s->opt.script);
	if (!mews_str_int(s->opt.from, 0, INT64_C(1) << 40, &from) ||
	    !mews_str_int(s->opt.to, 0, INT64_C(1) << 40, &to))
		return mews_fail(err, MEWS_BAD,
		    "--from and --to are Unix seconds");
	if (to == 0)
		to = tick_wall() / 1000;
	return dump_minutes(s->house, m, from, to, s->shift, stdout, err);
}

/* RUN/simulator.port tells a port that was chosen freely. */
static enum mews_rc
open_gateway(struct simulator *s, const struct wire *w, struct mews_err *err)
{
	char path[512];
	int64_t port;
	enum mews_rc rc;
	FILE *f;

	if (!mews_str_int(s->opt.port, 0, 65535, &port))
		return mews_fail(err, MEWS_BAD, "no port: '%.20s'",
		    s->opt.port);
	rc = gateway_open(w, (unsigned)port, &s->gateway, err);
	if (rc != MEWS_OK)
		return rc;
	(void)snprintf(path, sizeof(path), "%s/simulator.port", s->opt.run);
	if ((f = fopen(path, "w")) == NULL ||
	    fprintf(f, "%u\n", gateway_port(s->gateway)) < 0 || fclose(f) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    strerror(errno));
	return MEWS_OK;
}

/* RUN/line-NAME, and the link that stays. */
static enum mews_rc
open_rtu(struct simulator *s, size_t i, struct mews_err *err)
{
	char path[512], link[512];

	(void)snprintf(path, sizeof(path), "%s/serial", s->opt.run);
	(void)mkdir(path, 0700);
	(void)snprintf(path, sizeof(path), "%s/serial/by-path", s->opt.run);
	(void)mkdir(path, 0700);
	(void)snprintf(link, sizeof(link), "%s/serial/by-path/line-%s",
	    s->opt.run, s->script.line[i].name);
	(void)snprintf(path, sizeof(path), "%s/line-%s", s->opt.run,
	    s->script.line[i].name);
	return rtu_open(&s->wire[i], path, link, &s->rtu[i], err);
}

static enum mews_rc
open_lines(struct simulator *s, struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < s->script.nlines && rc == MEWS_OK; i++) {
		s->wire[i] = (struct wire){ s->house, s->script.meter,
			s->script.nmeters, (unsigned)i, s->shift,
			s->opt.fast ? 0 : s->script.line[i].baud };
		rc = s->script.line[i].tcp ? open_gateway(s, &s->wire[i], err)
					   : open_rtu(s, i, err);
	}
	for (i = 0; i < s->script.nmeters && s->opt.fast; i++)
		s->script.meter[i].turn_ms = 0;
	return rc;
}

/* "line NAME gone" or "line NAME back [PATH]", split. */
static enum mews_rc
obey_line(struct simulator *s, char **word, size_t n, struct mews_err *err)
{
	char path[512];
	size_t i;

	for (i = 0; i < s->script.nlines; i++)
		if (n > 2 && s->rtu[i] != NULL &&
		    strcmp(s->script.line[i].name, word[1]) == 0)
			break;
	if (n > 2 && i < s->script.nlines && strcmp(word[2], "gone") == 0) {
		rtu_gone(s->rtu[i]);
		return MEWS_OK;
	}
	if (n < 3 || i == s->script.nlines || strcmp(word[2], "back") != 0)
		return mews_fail(err, MEWS_BAD, "line NAME gone|back [PATH]");
	(void)snprintf(path, sizeof(path), "%s/%s%s", s->opt.run,
	    n == 4 ? "" : "line-", n == 4 ? word[3] : word[1]);
	return rtu_back(s->rtu[i], path, err);
}

static enum mews_rc
obey_one(struct simulator *s, char *text, struct mews_err *err)
{
	char *word[4];
	size_t n = mews_str_words(text, word, MEWS_LEN(word));

	if (n == 0)
		return MEWS_OK;
	if (n <= MEWS_LEN(word) && strcmp(word[0], "line") == 0)
		return obey_line(s, word, n, err);
	if (n < 2 || n > 3)
		return mews_fail(err, MEWS_BAD, "PLATE SICKNESS [DEGREE]");
	return script_obey(&s->script, word, n, err);
}

static void
obey(struct simulator *s)
{
	struct mews_err err;
	char *text;

	while ((text = control_next(&s->control)) != NULL)
		if (obey_one(s, text, &err) != MEWS_OK)
			mews_log(MEWS_LOG_WARNING, "simulator.ctl: %s",
			    err.text);
}

static int64_t
due(const struct simulator *s)
{
	int64_t first =
	    s->gateway == NULL ? WIRE_NEVER : gateway_due(s->gateway);
	size_t i;

	for (i = 0; i < s->script.nlines; i++)
		if (s->rtu[i] != NULL && rtu_due(s->rtu[i]) < first)
			first = rtu_due(s->rtu[i]);
	return first;
}

/* Waits for a byte, for what is due or for a signal. */
static void
wait(const struct simulator *s, const sigset_t *mask)
{
	struct pollfd p[1 + SCRIPT_LINES + GATEWAY_FDS];
	int64_t left = due(s) - tick_us();
	struct timespec ts;
	nfds_t n = 0;
	size_t i;

	left = left < 0 ? 0 : left < REST ? left : REST;
	ts.tv_sec = left / 1000000;
	ts.tv_nsec = left % 1000000 * 1000;
	p[n++] = (struct pollfd){ .fd = s->control.fd, .events = POLLIN };
	for (i = 0; i < s->script.nlines; i++)
		if (s->rtu[i] != NULL)
			p[n++] = (struct pollfd){ .fd = rtu_fd(s->rtu[i]),
				.events = POLLIN };
	if (s->gateway != NULL)
		n += gateway_fds(s->gateway, p + n);
	(void)ppoll(p, n, &ts, mask);
}

static enum mews_rc
serve(struct simulator *s, struct mews_err *err)
{
	struct sigaction act = { .sa_handler = end };
	sigset_t block, before;
	enum mews_rc rc;
	size_t i;

	(void)sigemptyset(&block);
	(void)sigaddset(&block, SIGTERM);
	(void)sigaddset(&block, SIGINT);
	(void)sigprocmask(SIG_BLOCK, &block, &before);
	(void)sigaction(SIGTERM, &act, NULL);
	(void)sigaction(SIGINT, &act, NULL);
	if ((rc = open_lines(s, err)) != MEWS_OK ||
	    (rc = control_open(&s->control, s->opt.run, err)) != MEWS_OK)
		return rc;
	(void)puts("ready");
	(void)fflush(stdout);
	while (!ended) {
		wait(s, &before);
		obey(s);
		for (i = 0; i < s->script.nlines; i++)
			if (s->rtu[i] != NULL)
				rtu_run(s->rtu[i]);
		if (s->gateway != NULL)
			gateway_run(s->gateway);
	}
	return MEWS_OK;
}

static void
clear(struct simulator *s)
{
	size_t i;

	for (i = 0; i < SCRIPT_LINES; i++)
		rtu_close(s->rtu[i]);
	gateway_close(s->gateway);
	control_close(&s->control);
	script_clear(&s->script);
	house_free(s->house);
}

int
main(int argc, char **argv)
{
	static struct simulator s = { .control.fd = -1 };
	struct mews_err err;
	enum mews_rc rc;

	mews_log_open("mews-simulator", false);
	rc = take_options(&s.opt, argc, argv, &err);
	if (rc == MEWS_OK)
		rc = mews_calendar_zone(s.opt.zone, &err);
	if (rc == MEWS_OK)
		rc = house_load(s.opt.data, &s.house, &err);
	if (rc == MEWS_OK)
		rc = script_read(s.opt.script, s.opt.data, s.house, &s.script,
		    &err);
	if (rc == MEWS_OK)
		rc = find_shift(&s, &err);
	if (rc == MEWS_OK)
		rc = s.opt.minutes != NULL ? dump(&s, &err) : serve(&s, &err);
	if (rc != MEWS_OK)
		mews_log(MEWS_LOG_ERROR, "%s", err.text);
	clear(&s);
	return rc == MEWS_OK ? 0 : 1;
}
