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

/* A body that is made while it is sent; false when it breaks off. */
static bool
send_stream(FCGX_Request *r, const struct reply *reply)
{
	const struct reply_stream *s = &reply->stream;
	struct mews_buf part = { 0 };
	struct mews_err err;
	enum mews_rc rc;

	while ((rc = s->more(s->own, &part, &err)) == MEWS_OK) {
		if (FCGX_PutStr(part.s, (int)part.n, r->out) < 0)
			break; /* nobody listens any more */
		mews_buf_reset(&part);
	}
	mews_buf_clear(&part);
	if (rc != MEWS_OK && rc != MEWS_NONE)
		mews_log(MEWS_LOG_ERROR, "an answer broke off: %s", err.text);
	return rc == MEWS_NONE;
}

/* False when the connection is to be cut, so that half an answer is not taken
 * for a whole one. */
static bool
send_reply(FCGX_Request *r, const struct mews_buf *head,
    const struct reply *reply, bool bodiless)
{
	(void)FCGX_PutStr(head->s, (int)head->n, r->out);
	if (bodiless)
		return true;
	if (reply->stream.own != NULL)
		return send_stream(r, reply);
	if (reply->body.n > 0)
		(void)FCGX_PutStr(reply->body.s, (int)reply->body.n, r->out);
	return true;
}

static int
serve(struct answer *a)
{
	struct mews_buf head = { 0 };
	FCGX_Request r;

	if (FCGX_InitRequest(&r, 0, FCGI_FAIL_ACCEPT_ON_INTR) != 0)
		return EXIT_FAILURE;
	while (!stopped && FCGX_Accept_r(&r) == 0) {
		const struct reply *reply = answer_make(a, env, body, &r);

		mews_buf_reset(&head);
		reply_head(reply, &head);
		if (send_reply(&r, &head, reply, answer_bodiless(a)))
			FCGX_Finish_r(&r);
		else
			FCGX_Free(&r, 1);
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
