/*
 * certificate.h - the certificate of the web server: judged, made, asked for.
 *
 * state/tls/mews.pem is what lighttpd serves, key first, then the certificate
 * and those between it and its root; next.key and next.csr belong to a signing
 * request.  Names are DNS names and IP addresses with a blank between them.
 * The rules are those of browsers: a key of RSA 2048 bits, P-256 or P-384 at
 * least, no SHA-1, names in subjectAltName, at most 825 days (Apple, 2019).
 */
#ifndef CERTIFICATE_H
#define CERTIFICATE_H

#include "buf.h"

#define CERTIFICATE_DAYS  825 /* of one the box makes */
#define CERTIFICATE_RENEW 30  /* days before its end */
#define CERTIFICATE_NAMES 512
#define CERTIFICATE_WHY   16
#define CERTIFICATE_OWN   "mews" /* organization of those the box makes */
#define CERTIFICATE_MOST  10     /* certificates in a file */
#define CERTIFICATE_TEXT  65536  /* bytes of PEM */

struct certificate {
	char names[CERTIFICATE_NAMES];
	char issuer[128];     /* UTF-8 without controls */
	char key[16];         /* "EC P-256", "RSA 2048" */
	char fingerprint[96]; /* SHA-256, XX:XX:... */
	int64_t from, until;  /* Unix time */
	bool own;             /* this box made it */
	int chain;            /* certificates behind it */
};

/*
 * What is known before a text is judged: public keys of the box, DER as
 * certificate_public() gives it.
 */
struct certificate_known {
	struct mews_buf key[2]; /* empty: there is none */
};

/*
 * Judges PEM text: certificates in any order, with or without key.  The one to
 * be served is that of the key in the text, else of a known key, whose number
 * goes into *known, else -1.  pem gets the key of the text, if any, and the
 * certificates in the order to serve.  MEWS_BAD: why is a word, nothing else is
 * set: none, broken, many, encrypted, key, no-key, weak, kind, sha1, ended,
 * early, names, purpose, chain.
 */
enum mews_rc certificate_judge(const char *text, size_t n,
    const struct certificate_known *, int64_t now, struct certificate *,
    struct mews_buf *pem, int *known, char why[CERTIFICATE_WHY]);

/*
 * The same in a process of its own that can only read, compute and answer, for
 * a text from outside: whatever it does to its reader, it is alone there.
 * What ends that process without an answer is "broken".
 */
enum mews_rc certificate_judge_apart(const char *text, size_t n,
    const struct certificate_known *, int64_t now, struct certificate *,
    struct mews_buf *pem, int *known, char why[CERTIFICATE_WHY]);

/*
 * True for 1 to 20 DNS names, addresses or names such as *.example.org.
 */
bool certificate_names(const char *);

/*
 * What the box is called and where it can be reached: its name, name.local,
 * localhost, and its addresses of IPv4.
 */
void certificate_names_here(char names[CERTIFICATE_NAMES]);

/*
 * A new key of P-256 and a certificate of its own, both as PEM; a new key and a
 * signing request for it.
 */
enum mews_rc certificate_make(const char *names, int64_t now,
    struct mews_buf *pem, struct mews_err *);
enum mews_rc certificate_ask(const char *names, struct mews_buf *key,
    struct mews_buf *request, struct mews_err *);

/*
 * The public part of the first key in PEM text of the box's own, as DER.
 */
enum mews_rc
certificate_public(const char *pem, struct mews_buf *der, struct mews_err *);

/*
 * Appends the first key of the text as PEM.
 */
enum mews_rc
certificate_key(const char *pem, struct mews_buf *key, struct mews_err *);

#endif
