/*
 * certificate_judge.c - one rule after the other over what a text holds: the
 * first that is broken is what a person is told.
 */
#include "certificate_pile.h"
#include "str.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* Whether a certificate is of a public key in DER. */
static bool
is_of(X509 *x, const struct mews_buf *key)
{
	unsigned char *der = NULL;
	int n = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(x), &der);
	bool same =
	    n > 0 && (size_t)n == key->n && memcmp(der, key->s, key->n) == 0;

	OPENSSL_free(der);
	return same;
}

/* Moves the certificate to serve to the front of the chain. */
static const char *
find_leaf(struct certificate_pile *p, const struct certificate_known *known)
{
	int i, k;

	p->known = -1;
	for (i = 0; i < p->n && p->nchain == 0; i++)
		if (p->key != NULL &&
		    X509_check_private_key(p->cert[i], p->key) == 1)
			p->chain[p->nchain++] = p->cert[i];
	for (k = 0; p->key == NULL && k < (int)MEWS_LEN(known->key); k++)
		for (i = 0; i < p->n && p->nchain == 0; i++)
			if (known->key[k].n > 0 &&
			    is_of(p->cert[i], &known->key[k])) {
				p->chain[p->nchain++] = p->cert[i];
				p->known = k;
			}
	ERR_clear_error();
	return p->nchain > 0 ? NULL : p->key != NULL ? "key" : "no-key";
}

static bool
signed_by(X509 *x, X509 *by)
{
	EVP_PKEY *key = X509_get0_pubkey(by);
	bool good = X509_check_issued(by, x) == X509_V_OK && key != NULL &&
	    X509_verify(x, key) == 1;

	ERR_clear_error();
	return good;
}

/* Says that it vouches for itself: a root, or a box. */
static bool
names_itself(X509 *x)
{
	return X509_NAME_cmp(X509_get_subject_name(x),
		   X509_get_issuer_name(x)) == 0;
}

static bool
signs_itself(X509 *x)
{
	EVP_PKEY *key = X509_get0_pubkey(x);
	bool good = names_itself(x) && key != NULL && X509_verify(x, key) == 1;

	ERR_clear_error();
	return good;
}

/* Those between the first and its root, which browsers have themselves; what
 * does not belong to it has been sent by mistake. */
static const char *
find_chain(struct certificate_pile *p)
{
	X509 *last = p->chain[0];
	int i, used = 1;

	if (signs_itself(last))
		return p->n == 1 ? NULL : "chain";
	if (names_itself(last))
		return "broken";
	for (i = 0; i < p->n; i++) {
		if (p->cert[i] == last || !signed_by(last, p->cert[i]))
			continue;
		last = p->cert[i];
		used++;
		if (signs_itself(last))
			break;
		p->chain[p->nchain++] = last;
		i = -1;
	}
	return used == p->n ? NULL : "chain";
}

static const char *
judge_key(X509 *x, char *name, size_t size)
{
	EVP_PKEY *key = X509_get0_pubkey(x);
	int bits = key == NULL ? 0 : EVP_PKEY_get_bits(key);
	char curve[64] = "";

	if (key == NULL)
		return "broken";
	if (EVP_PKEY_is_a(key, "RSA")) {
		(void)snprintf(name, size, "RSA %d", bits);
		return bits < 2048 ? "weak" : bits > 8192 ? "kind" : NULL;
	}
	if (!EVP_PKEY_is_a(key, "EC"))
		return "kind";
	(void)EVP_PKEY_get_group_name(key, curve, sizeof(curve), NULL);
	(void)snprintf(name, size, "EC P-%d", bits);
	if (bits < 256)
		return "weak";
	return strcmp(curve, SN_X9_62_prime256v1) == 0 ||
		strcmp(curve, SN_secp384r1) == 0
	    ? NULL
	    : "kind";
}

static const char *
judge_hash(X509 *x)
{
	int digest = NID_undef;

	(void)X509_get_signature_info(x, &digest, NULL, NULL, NULL);
	return digest == NID_sha256 || digest == NID_sha384 ||
		digest == NID_sha512
	    ? NULL
	    : "sha1";
}

static int64_t
time_of(const ASN1_TIME *t)
{
	struct tm tm = { 0 };

	return ASN1_TIME_to_tm(t, &tm) == 1 ? (int64_t)timegm(&tm) : 0;
}

static const char *
judge_one(X509 *x, int64_t now)
{
	char key[16];
	const char *why = judge_key(x, key, sizeof(key));

	if (why == NULL)
		why = judge_hash(x);
	if (why == NULL && time_of(X509_get0_notAfter(x)) <= now)
		why = "ended";
	if (why == NULL && time_of(X509_get0_notBefore(x)) > now + 86400)
		why = "early";
	return why;
}

/* One name behind those there are; false when it does not fit or is no name. */
static bool
add_name(const GENERAL_NAME *g, char *names)
{
	char text[256] = "";
	size_t n = strlen(names);
	const ASN1_STRING *s = g->type == GEN_DNS ? g->d.dNSName
	    : g->type == GEN_IPADD                ? g->d.iPAddress
						  : NULL;
	int len = s == NULL ? 0 : ASN1_STRING_length(s);

	if (s == NULL)
		return true;
	if (g->type == GEN_IPADD && (len == 4 || len == 16))
		(void)inet_ntop(len == 4 ? AF_INET : AF_INET6,
		    ASN1_STRING_get0_data(s), text, sizeof(text));
	else if (g->type == GEN_DNS && len < (int)sizeof(text))
		memcpy(text, ASN1_STRING_get0_data(s), (size_t)len);
	if (strlen(text) + (g->type == GEN_IPADD ? (size_t)len : 0) <
		(size_t)len ||
	    strchr(text, ' ') != NULL || !certificate_names(text))
		return false;
	return snprintf(names + n, CERTIFICATE_NAMES - n, "%s%s",
		   n == 0 ? "" : " ", text) < (int)(CERTIFICATE_NAMES - n);
}

static const char *
judge_names(X509 *x, char *names)
{
	GENERAL_NAMES *all =
	    X509_get_ext_d2i(x, NID_subject_alt_name, NULL, NULL);
	const char *why = NULL;
	int i;

	names[0] = '\0';
	for (i = 0; i < sk_GENERAL_NAME_num(all) && why == NULL; i++)
		if (!add_name(sk_GENERAL_NAME_value(all, i), names))
			why = "names";
	GENERAL_NAMES_free(all);
	ERR_clear_error();
	return why == NULL && names[0] == '\0' ? "names" : why;
}

/* The common name of who signed, or what else he calls himself. */
static void
set_issuer(X509 *x, char *to, size_t size)
{
	static const int nids[] = { NID_commonName, NID_organizationName };
	const X509_NAME *name = X509_get_issuer_name(x);
	unsigned char *text;
	size_t i;
	int at, n;

	(void)snprintf(to, size, "?");
	for (i = 0; i < MEWS_LEN(nids); i++) {
		at = X509_NAME_get_index_by_NID(name, nids[i], -1);
		if (at < 0)
			continue;
		n = ASN1_STRING_to_UTF8(&text,
		    X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at)));
		if (n > 0 && (size_t)n < size &&
		    mews_str_utf8((char *)text, (size_t)n)) {
			(void)snprintf(to, size, "%s", (char *)text);
			OPENSSL_free(text);
			return;
		}
		if (n >= 0)
			OPENSSL_free(text);
	}
	ERR_clear_error();
}

static void
set_facts(const struct certificate_pile *p, struct certificate *c)
{
	unsigned char digest[EVP_MAX_MD_SIZE];
	unsigned i, n = 0;
	X509 *x = p->chain[0];
	char own[16] = "";

	(void)judge_key(x, c->key, sizeof(c->key));
	(void)X509_digest(x, EVP_sha256(), digest, &n);
	for (i = 0; i < n && i < 32; i++)
		(void)snprintf(c->fingerprint + (size_t)i * 3, 4, "%02X%s",
		    digest[i], i + 1 < n ? ":" : "");
	c->from = time_of(X509_get0_notBefore(x));
	c->until = time_of(X509_get0_notAfter(x));
	c->chain = p->nchain - 1;
	set_issuer(x, c->issuer, sizeof(c->issuer));
	(void)X509_NAME_get_text_by_NID(X509_get_subject_name(x),
	    NID_organizationName, own, sizeof(own));
	c->own = strcmp(own, CERTIFICATE_OWN) == 0 && signs_itself(x);
}

static bool
write_pem(const struct certificate_pile *p, struct mews_buf *out)
{
	BIO *b = BIO_new(BIO_s_mem());
	char *text = NULL;
	long n;
	bool good = b != NULL;
	int i;

	if (good && p->key != NULL)
		good = PEM_write_bio_PKCS8PrivateKey(b, p->key, NULL, NULL, 0,
			   NULL, NULL) == 1;
	for (i = 0; good && i < p->nchain; i++)
		good = PEM_write_bio_X509(b, p->chain[i]) == 1;
	if (good && (n = BIO_get_mem_data(b, &text)) > 0)
		mews_buf_put(out, text, (size_t)n);
	(void)BIO_free(b);
	return good;
}

static const char *
judge(struct certificate_pile *p, const struct certificate_known *known,
    struct certificate *c)
{
	const char *why = find_leaf(p, known);
	int i;

	if (why == NULL)
		why = find_chain(p);
	for (i = 0; i < p->nchain && why == NULL; i++)
		why = judge_one(p->chain[i], p->now);
	if (why == NULL)
		why = judge_names(p->chain[0], c->names);
	if (why == NULL &&
	    X509_check_purpose(p->chain[0], X509_PURPOSE_SSL_SERVER, 0) != 1)
		why = "purpose";
	return why;
}

enum mews_rc
certificate_judge(const char *text, size_t n,
    const struct certificate_known *known, int64_t now, struct certificate *c,
    struct mews_buf *pem, int *which, char why[CERTIFICATE_WHY])
{
	struct certificate_pile p = { .now = now };
	const char *bad =
	    n > CERTIFICATE_TEXT ? "many" : certificate_blocks(&p, text, n);

	*c = (struct certificate){ .from = 0 };
	if (bad == NULL)
		bad = judge(&p, known, c);
	if (bad == NULL) {
		set_facts(&p, c);
		*which = p.known;
		if (!write_pem(&p, pem))
			bad = "broken";
	}
	(void)snprintf(why, CERTIFICATE_WHY, "%s", bad == NULL ? "" : bad);
	certificate_blocks_free(&p);
	return bad == NULL ? MEWS_OK : MEWS_BAD;
}
