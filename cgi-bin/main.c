/*
 * main.c - the FastCGI loop of pages.fcgi and data.fcgi.
 *
 * One request after the other: look at it, find its page, pass the gate, show,
 * send in one piece.  What is served is the table the program is linked with.
 */
#include "answer.h"

#include "log.h"
#include "wall.h"

#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

static volatile sig_atomic_t stopped;

static void
stop(int sig)
{
	(void)sig;
	stopped = 1;
	FCGX_ShutdownPending();
}

/* Before FCGX_Init(), which installs its own where there is none.  Without
 * SA_RESTART, so that accept() ends. */
static void
catch_signals(void)
{
	struct sigaction sa = { .sa_handler = stop };

	(void)sigemptyset(&sa.sa_mask);
	(void)sigaction(SIGTERM, &sa, NULL);
	(void)sigaction(SIGINT, &sa, NULL);
	sa.sa_handler = SIG_IGN;
	(void)sigaction(SIGPIPE, &sa, NULL);
}

static const char *
env(void *r, const char *name)
{
	const char *v = FCGX_GetParam(name, ((FCGX_Request *)r)->envp);

	return v == NULL ? "" : v;
}

static size_t
body(void *r, char *to, size_t max)
{
	int n = FCGX_GetStr(to, (int)max, ((FCGX_Request *)r)->in);

	return n < 0 ? 0 : (size_t)n;
}

static void
send_reply(FCGX_Request *r, const struct mews_buf *head,
    const struct mews_buf *text)
{
	(void)FCGX_PutStr(head->s, (int)head->n, r->out);
	if (text->n > 0)
		(void)FCGX_PutStr(text->s, (int)text->n, r->out);
}

static int
serve(struct answer *a)
{
	static const struct mews_buf nothing = { 0 };
	struct mews_buf head = { 0 };
	FCGX_Request r;

	if (FCGX_InitRequest(&r, 0, FCGI_FAIL_ACCEPT_ON_INTR) != 0)
		return EXIT_FAILURE;
	while (!stopped && FCGX_Accept_r(&r) == 0) {
		const struct reply *reply = answer_make(a, env, body, &r);

		mews_buf_reset(&head);
		reply_head(reply, &head);
		send_reply(&r, &head,
		    answer_bodiless(a) ? &nothing : &reply->body);
		FCGX_Finish_r(&r);
	}
	FCGX_Free(&r, 1);
	mews_buf_clear(&head);
	return EXIT_SUCCESS;
}

int
main(int argc, char *argv[])
{
	struct mews_place place;
	struct mews_err err;
	struct answer *a;
	int status;

	mews_log_open(argv[0], false);
	if (mews_place_take(&place, &argc, argv, &err) != MEWS_OK ||
	    (argc > 1 &&
		mews_fail(&err, MEWS_BAD, "%s: no such option", argv[1]))) {
		mews_log(MEWS_LOG_ERROR, "%s", err.text);
		return EXIT_FAILURE;
	}
	catch_signals();
	if (FCGX_Init() != 0 || FCGX_IsCGI()) {
		mews_log(MEWS_LOG_ERROR,
		    "descriptor 0 is no socket: start it with spawn-fcgi -n");
		return EXIT_FAILURE;
	}
	a = answer_new(&place);
	if (mews_wall(MEWS_WALL_PAGES, &err) != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "%s", err.text);
	status = serve(a);
	answer_free(a);
	return status;
}
