/*
 * post.h - hands a mail to a server, or a file: the only header that stands
 * before libcurl.
 *
 * Every call ends: a server that does not answer is left after 20 s while
 * connecting, a mail server 120 s and another 30 s later, one that takes no more
 * bytes after 30 s, and all of them within 2 s of *stop.
 */
#ifndef POST_H
#define POST_H

#include "mews.h"

enum post_security {
	POST_PLAIN,
	POST_STARTTLS, /* a plain connection, which TLS is asked for on; without
			  it the call fails */
	POST_TLS,      /* from the first byte */
	POST_SSH
};

struct post_server {
	const char *host;
	int port;
	enum post_security security;
	const char *user, *password; /* user "": none */
	const char *trust; /* as in destination.h; "": who the system trusts,
			      of SSH nobody */
	const volatile bool *stop;
};

/*
 * How it ended.  why is "" or a word that the language has a sentence for,
 * Lang.post.WORD:
 *
 *	resolve		no address for that name
 *	connect		nobody answers there
 *	timeout		it answered no more
 *	no-tls		it offers no TLS
 *	tls		TLS came to nothing
 *	certificate	a certificate that is not trusted; said is its SHA-256
 *	host-key	a host key that is not known; said is its SHA-256
 *	login		it refuses name or password
 *	open		a password is not sent without TLS
 *	later		it asks to come again later (4xx)
 *	refused		it refuses for good (5xx)
 *	path		it has no such folder, or it may not be written
 *	space		it has no space left
 *	lost		the connection broke
 *	stopped		mews-courier ended
 *	protocol	it speaks another protocol, or what else failed
 */
struct post_end {
	const char *why; /* static */
	char said[200];  /* the server's own words, printable, or "" */
	bool unknown;    /* all was handed over and the answer is missing */
};

struct post_letter {
	const char *from, *to; /* addresses as mews_mail_address() takes them */
	const char *data;      /* head and body, with CR LF */
	size_t n;
	void (*handed)(void *ctx); /* called when the last byte is taken */
	void *ctx;
};

/*
 * MEWS_OK: the server took it.  MEWS_AGAIN: worth a later try.  MEWS_BAD: not
 * to be tried again.  MEWS_FAIL with end->unknown: it may have been taken.
 */
enum mews_rc post_letter(const struct post_server *, const struct post_letter *,
    struct post_end *);

struct post_file {
	const char *folder; /* there; "" is where it signs in */
	const char *name;   /* below it, with '/' between folders, that are
			       made where they are missing */
	int fd;             /* read from its start; -1: an empty file that is
			       taken away again, for a test */
};

/*
 * Under another name first (.NAME.part), then renamed: who looks there sees it
 * whole or not at all.  Codes as above.
 */
enum mews_rc post_file(const struct post_server *, const struct post_file *,
    struct post_end *);

#endif
