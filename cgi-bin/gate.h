/*
 * gate.h - who is asking, and whether the form is his own.
 *
 * Sessions are mews-auth's; what it said of a token is believed for a second.
 */
#ifndef GATE_H
#define GATE_H

#include "account.h"
#include "reply.h"
#include "request.h"

#include "place.h"

#define GATE_TOKEN  64 /* most bytes of a session token */
#define GATE_CSRF   16
#define GATE_RIGHTS 1000            /* bytes of rights, may.h has their words */
#define GATE_MASK   (4 * GATE_CSRF) /* digits of a token as a form shows it */

struct gate_session {
	bool in;      /* a session is there; the rest is its */
	bool factory; /* leads only to the page that sets codes */
	bool key;     /* by a read-only key: pages for programs only */
	bool refused; /* a key was shown, and is none */
	char token[GATE_TOKEN + 1];
	char user[MEWS_USERNAME + 1];
	enum mews_role role;
	char lang[3];
	char theme[8]; /* light or dark, "" when the browser chooses */
	int64_t idle;  /* seconds without use after which it ends */
	char rights[GATE_RIGHTS + 1]; /* "": sees all devices */
	uint8_t csrf[GATE_CSRF]; /* of the session, or of the form cookie */
	bool form;               /* csrf is there */
};

/*
 * Looks the key of an Authorization header up, or the cookie's session; a quiet request does not keep it alive.
 * MEWS_AGAIN when mews-auth does not answer.
 * Without session, csrf comes from the form cookie.
 */
enum mews_rc gate_find(const struct mews_place *, const struct request *,
    bool quiet, int64_t now_ms, struct gate_session *out, struct mews_err *);

/*
 * Forgets what is believed of a token: after sign-out and new codes.
 */
void gate_forget(const char *token);

/*
 * A form token for this answer, GATE_MASK digits and a NUL: the secret under a
 * fresh mask, so that no two answers show the same bytes.  Without session and
 * form cookie, a new form cookie goes into the reply.
 */
void gate_mask(struct gate_session *, struct reply *, char *text);

/*
 * True when the browser says that a request comes from a page of ours; one that
 * says nothing is too old to be believed.
 */
bool gate_here(const struct request *);

/*
 * True when a POST comes from a page of ours and carries this visitor's token.
 */
bool gate_own(const struct gate_session *, const struct request *,
    const char *token);

/*
 * The session begins or ends in the browser.
 */
void gate_enter(struct reply *, const char *token);
void gate_leave(struct reply *);

/*
 * What mews-auth knows a browser by that somebody signed in with before; it is
 * no session.  Kept for 180 days; "" when there is none, and to forget it.
 */
#define GATE_DEVICE 32
void gate_device(const struct request *, char out[GATE_DEVICE]);
void gate_keep_device(struct reply *, const char *device);

#endif
