/*
 * page.h - what a page is, and what it may touch.
 *
 * A page is one file, cgi-bin/page_NAME.c or data_NAME.c, that defines one
 * struct page and nothing else with external linkage, and, where it shows
 * HTML, one template, templates/NAME.cs.
 */
#ifndef PAGE_H
#define PAGE_H

#include "base.h"
#include "gate.h"
#include "reply.h"
#include "request.h"
#include "view.h"

#define PAGE_GET  1u
#define PAGE_POST 2u

#define PAGE_ALL                                                               \
	(1u << MEWS_USER | 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR)

enum page_stage { PAGE_ANY, PAGE_FACTORY, PAGE_COMMISSIONED };

/*
 * A file that comes as its page reads it.
 */
struct page_file {
	size_t (*read)(void *, char *to, size_t max); /* fewer at the end */
	void *arg;
	char mark[REQUEST_MARK]; /* stands behind its last byte */
	char begun[REQUEST_BODY + 2];
	size_t n; /* bytes of begun that have come, of file and what follows */
	int64_t size; /* of the whole form, at least that of the file */
};

/*
 * All a page may touch.  Nothing in it outlives the request.
 */
struct page_ctx {
	const struct mews_place *place;
	struct request *request;
	struct gate_session *who;
	struct base *base;
	struct view *view;
	struct reply *reply;
	struct page_file *file;  /* of a page that flows; n 0: there is none */
	char part[REQUEST_PATH]; /* what '*' in the path stands for, or "" */
	const char *lang;        /* en, it or fr */
	int64_t now;             /* start of the request, Unix time */
	char title[160];         /* set by show(); the site's name follows it */
	bool bare;               /* set by show(): no menu */
};

struct page {
	const char
	    *path; /* a '*' stands for one part, a '**' at the end for the
		      rest; a path without goes first */
	const char *name; /* template; NULL when show() writes the body */
	const char *menu; /* entry of the menu that is current; NULL: none */
	unsigned methods;
	unsigned roles; /* bits of 1 << enum mews_role; 0: without session */
	enum page_stage stage;
	bool quiet;   /* asked for by the page itself: no sign of life */
	bool machine; /* errors are JSON, and no session is 401 */
	bool key;     /* a read-only key opens it too */
	bool parts;   /* takes forms of parts too: files and long texts */
	bool flows;   /* the same, and its last field is a file of any size */
	bool chart;   /* has a history chart, so its scripts are needed */
	bool kept;    /* without form or visitor in its main part: the same for
			 all who speak the language until the next values */
	const struct request_field *fields; /* NULL: none */

	/*
	 * Sets what the template reads, or writes the body.  May set the
	 * reply's status, or send the browser elsewhere with reply_go().
	 * Page.again is how many seconds later the page is to be fetched anew.
	 */
	enum mews_rc (*show)(struct page_ctx *, struct mews_err *);
};

/*
 * The page of that path; part as in struct page_ctx.  NULL when there is none.
 */
const struct page *page_find(const char *path, char part[REQUEST_PATH]);

/*
 * The i-th page, NULL behind the end.
 */
const struct page *page_at(size_t i);

#endif
