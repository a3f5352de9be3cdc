/*
 * certificate_make.c - keys never leave the box: what goes out is a signing
 * request, or a certificate that the box signs itself.
 */
#include "certificate.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NAMES 20
#define NAME  64 /* of a host, with NUL: gethostname(2) */

static enum mews_rc
fail(const char *what, struct mews_err *err)
{
	char text[160];

	ERR_error_string_n(ERR_get_error(), text, sizeof(text));
	ERR_clear_error();
	return mews_fail(err, MEWS_FAIL, "%s: %s", what, text);
}

/* Labels of letters, digits and '-', RFC 1123, the first perhaps "*". */
static bool
is_name(const char *s, size_t n)
{
	size_t i, label = 0;

	if (n >= 2 && s[0] == '*' && s[1] == '.') {
		s += 2;
		n -= 2;
	}
	for (i = 0; i < n; i++) {
		bool dot = s[i] == '.';
		bool dash = s[i] == '-' || s[i] == '_';

		if (!dot && !dash && !(s[i] >= '0' && s[i] <= '9') &&
		    !((s[i] | 32) >= 'a' && (s[i] | 32) <= 'z'))
			return false;
		if ((dot || dash) && (label == 0 || i + 1 == n))
			return false;
		label = dot ? 0 : label + 1;
		if (label > 63)
			return false;
	}
	return n > 0 && n < 254;
}

static bool
is_address(const char *s)
{
	unsigned char bytes[16];

	return inet_pton(AF_INET, s, bytes) == 1 ||
	    inet_pton(AF_INET6, s, bytes) == 1;
}

/* The next of a list, copied; false at its end or where it is too long. */
static bool
next_name(const char **p, char *name, size_t size)
{
	size_t n;

	*p += strspn(*p, " ");
	n = strcspn(*p, " ");
	if (n == 0 || n >= size)
		return false;
	memcpy(name, *p, n);
	name[n] = '\0';
	*p += n;
	return true;
}

bool
certificate_names(const char *list)
{
	const char *p = list;
	char name[256];
	int n;

	for (n = 0; next_name(&p, name, sizeof(name)); n++)
		if (n == NAMES ||
		    (!is_address(name) && !is_name(name, strlen(name))))
			return false;
	return n > 0 && *p == '\0' && strlen(list) < CERTIFICATE_NAMES;
}

static void
add_addresses(char *names)
{
	struct ifaddrs *all = NULL, *i;
	const struct sockaddr_in *in;
	char text[INET_ADDRSTRLEN];
	size_t n;

	if (getifaddrs(&all) != 0)
		return;
	for (i = all; i != NULL; i = i->ifa_next) {
		n = strlen(names);
		if (i->ifa_addr == NULL || i->ifa_addr->sa_family != AF_INET ||
		    (i->ifa_flags & IFF_LOOPBACK) != 0 ||
		    n + sizeof(text) + 1 > CERTIFICATE_NAMES / 2)
			continue;
		in = (const struct sockaddr_in *)(const void *)i->ifa_addr;
		if (inet_ntop(AF_INET, &in->sin_addr, text, sizeof(text)) !=
		    NULL)
			(void)snprintf(names + n, CERTIFICATE_NAMES - n, " %s",
			    text);
	}
	freeifaddrs(all);
}

void
certificate_names_here(char names[CERTIFICATE_NAMES])
{
	char host[NAME + 1] = "";
	int first;

	names[0] = '\0';
	(void)gethostname(host, NAME);
	first = (int)strcspn(host, ".");
	if (is_name(host, strlen(host)) && strcmp(host, "localhost") != 0)
		(void)snprintf(names, CERTIFICATE_NAMES, "%s %.*s.local ", host,
		    first, host);
	(void)strcat(names, "localhost 127.0.0.1");
	add_addresses(names);
}

/* "DNS:a,IP:10.0.0.1", for an extension. */
static void
alternatives(const char *names, char *text, size_t size)
{
	const char *p = names;
	char name[256];
	size_t n = 0;

	text[0] = '\0';
	while (next_name(&p, name, sizeof(name)) && n < size) {
		n += (size_t)snprintf(text + n, size - n, "%s%s:%s",
		    n == 0 ? "" : ",", is_address(name) ? "IP" : "DNS", name);
	}
}

/* A common name has 64 bytes at most (X.520). */
static bool
set_subject(X509_NAME *subject, const char *names, bool own)
{
	const char *p = names;
	char name[256];

	if (!next_name(&p, name, sizeof(name)))
		return false;
	name[64] = '\0';
	return (!own ||
		   X509_NAME_add_entry_by_NID(subject, NID_organizationName,
		       MBSTRING_ASC, (const unsigned char *)CERTIFICATE_OWN, -1,
		       -1, 0) == 1) &&
	    X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_ASC,
		(const unsigned char *)name, -1, -1, 0) == 1;
}

static STACK_OF(X509_EXTENSION) * extensions(const char *names)
{
	char text[CERTIFICATE_NAMES + NAMES * 5];
	const struct {
		int nid;
		const char *value;
	} list[] = {
		{ NID_subject_alt_name, text },
		{ NID_basic_constraints, "critical,CA:FALSE" },
		{ NID_key_usage, "critical,digitalSignature" },
		{ NID_ext_key_usage, "serverAuth" },
	};
	STACK_OF(X509_EXTENSION) *all = sk_X509_EXTENSION_new_null();
	X509_EXTENSION *e;
	size_t i;

	alternatives(names, text, sizeof(text));
	for (i = 0; all != NULL && i < MEWS_LEN(list); i++) {
		e = X509V3_EXT_nconf_nid(NULL, NULL, list[i].nid,
		    list[i].value);
		if (e == NULL || sk_X509_EXTENSION_push(all, e) == 0) {
			X509_EXTENSION_free(e);
			sk_X509_EXTENSION_pop_free(all, X509_EXTENSION_free);
			all = NULL;
		}
	}
	return all;
}

/* What a memory BIO holds, appended. */
static void
drain(BIO *b, struct mews_buf *out)
{
	char *text = NULL;
	long n = BIO_get_mem_data(b, &text);

	if (n > 0)
		mews_buf_put(out, text, (size_t)n);
}

static bool
put_key(EVP_PKEY *key, struct mews_buf *out)
{
	BIO *b = BIO_new(BIO_s_mem());
	bool good = b != NULL &&
	    PEM_write_bio_PKCS8PrivateKey(b, key, NULL, NULL, 0, NULL, NULL) ==
		1;

	if (good)
		drain(b, out);
	(void)BIO_free(b);
	return good;
}

/* 126 random bits, positive. */
static bool
set_serial(X509 *x)
{
	BIGNUM *n = BN_new();
	bool good = n != NULL && BN_rand(n, 126, 0, 0) == 1 &&
	    BN_to_ASN1_INTEGER(n, X509_get_serialNumber(x)) != NULL;

	BN_free(n);
	return good;
}

static bool
fill(X509 *x, const char *names, EVP_PKEY *key, int64_t now)
{
	STACK_OF(X509_EXTENSION) *all = extensions(names);
	bool good = all != NULL && X509_set_version(x, X509_VERSION_3) == 1 &&
	    set_serial(x) &&
	    set_subject(X509_get_subject_name(x), names, true) &&
	    X509_set_issuer_name(x, X509_get_subject_name(x)) == 1 &&
	    ASN1_TIME_set(X509_getm_notBefore(x),
		(time_t)(now > 3600 ? now - 3600 : 0)) != NULL &&
	    ASN1_TIME_set(X509_getm_notAfter(x),
		(time_t)(now + CERTIFICATE_DAYS * INT64_C(86400) - 7200)) !=
		NULL &&
	    X509_set_pubkey(x, key) == 1;
	int i;

	for (i = 0; good && i < sk_X509_EXTENSION_num(all); i++)
		good =
		    X509_add_ext(x, sk_X509_EXTENSION_value(all, i), -1) == 1;
	sk_X509_EXTENSION_pop_free(all, X509_EXTENSION_free);
	return good && X509_sign(x, key, EVP_sha256()) > 0;
}

enum mews_rc
certificate_make(const char *names, int64_t now, struct mews_buf *pem,
    struct mews_err *err)
{
	EVP_PKEY *key = EVP_EC_gen("P-256");
	BIO *b = BIO_new(BIO_s_mem());
	X509 *x = X509_new();
	bool good = key != NULL && b != NULL && x != NULL &&
	    fill(x, names, key, now) && put_key(key, pem) &&
	    PEM_write_bio_X509(b, x) == 1;

	if (good)
		drain(b, pem);
	X509_free(x);
	(void)BIO_free(b);
	EVP_PKEY_free(key);
	return good ? MEWS_OK : fail("no certificate was made", err);
}

enum mews_rc
certificate_ask(const char *names, struct mews_buf *key,
    struct mews_buf *request, struct mews_err *err)
{
	EVP_PKEY *k = EVP_EC_gen("P-256");
	BIO *b = BIO_new(BIO_s_mem());
	X509_REQ *r = X509_REQ_new();
	STACK_OF(X509_EXTENSION) *all = extensions(names);
	bool good = k != NULL && b != NULL && r != NULL && all != NULL &&
	    set_subject(X509_REQ_get_subject_name(r), names, false) &&
	    X509_REQ_set_pubkey(r, k) == 1 &&
	    X509_REQ_add_extensions(r, all) == 1 &&
	    X509_REQ_sign(r, k, EVP_sha256()) > 0 && put_key(k, key) &&
	    PEM_write_bio_X509_REQ(b, r) == 1;

	if (good)
		drain(b, request);
	sk_X509_EXTENSION_pop_free(all, X509_EXTENSION_free);
	X509_REQ_free(r);
	(void)BIO_free(b);
	EVP_PKEY_free(k);
	return good ? MEWS_OK : fail("no signing request was made", err);
}

static EVP_PKEY *
read_key(const char *pem)
{
	BIO *b = BIO_new_mem_buf(pem, -1);
	EVP_PKEY *key =
	    b == NULL ? NULL : PEM_read_bio_PrivateKey(b, NULL, NULL, NULL);

	(void)BIO_free(b);
	return key;
}

enum mews_rc
certificate_public(const char *pem, struct mews_buf *der, struct mews_err *err)
{
	EVP_PKEY *key = read_key(pem);
	unsigned char *text = NULL;
	int n = key == NULL ? 0 : i2d_PUBKEY(key, &text);

	if (n > 0)
		mews_buf_put(der, text, (size_t)n);
	OPENSSL_free(text);
	EVP_PKEY_free(key);
	return n > 0 ? MEWS_OK : fail("no key", err);
}

enum mews_rc
certificate_key(const char *pem, struct mews_buf *out, struct mews_err *err)
{
	EVP_PKEY *key = read_key(pem);
	bool good = key != NULL && put_key(key, out);

	EVP_PKEY_free(key);
	return good ? MEWS_OK : fail("no key", err);
}
