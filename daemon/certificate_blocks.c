/*
 * certificate_blocks.c - one pass over the blocks of a text of PEM, by a table of
 * what they may be.
 */
#include "certificate_pile.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <string.h>

static const char *
take_certificate(struct certificate_pile *p, const unsigned char *der, long n)
{
	if (p->n == CERTIFICATE_MOST)
		return "many";
	p->cert[p->n] = d2i_X509(NULL, &der, n);
	if (p->cert[p->n] == NULL)
		return "broken";
	p->n++;
	return NULL;
}

static const char *
take_key(struct certificate_pile *p, const unsigned char *der, long n)
{
	if (p->key != NULL)
		return "many";
	p->key = d2i_AutoPrivateKey(NULL, &der, n);
	return p->key == NULL ? "broken" : NULL;
}

static const char *
take_encrypted(struct certificate_pile *p, const unsigned char *der, long n)
{
	(void)p;
	(void)der;
	(void)n;
	return "encrypted";
}

/* What else may stand in such a file, "EC PARAMETERS" say, is passed over. */
static const struct {
	const char *name;
	const char *(
	    *take)(struct certificate_pile *, const unsigned char *, long);
} blocks[] = {
	{ PEM_STRING_X509, take_certificate },
	{ PEM_STRING_X509_OLD, take_certificate },
	{ PEM_STRING_X509_TRUSTED, take_certificate },
	{ PEM_STRING_PKCS8INF, take_key },
	{ PEM_STRING_ECPRIVATEKEY, take_key },
	{ PEM_STRING_RSA, take_key },
	{ PEM_STRING_PKCS8, take_encrypted },
};

static const char *
take(struct certificate_pile *p, const char *name, const char *header,
    const unsigned char *der, long n)
{
	size_t i;

	if (strstr(header, "ENCRYPTED") != NULL)
		return "encrypted";
	for (i = 0; i < MEWS_LEN(blocks); i++)
		if (strcmp(blocks[i].name, name) == 0)
			return blocks[i].take(p, der, n);
	return NULL;
}

const char *
certificate_blocks(struct certificate_pile *p, const char *text, size_t n)
{
	BIO *b = BIO_new_mem_buf(text, (int)n);
	char *name, *header;
	unsigned char *der;
	const char *why = NULL;
	unsigned long e;
	long len;

	if (b == NULL)
		return "broken";
	while (
	    why == NULL && PEM_read_bio(b, &name, &header, &der, &len) == 1) {
		why = take(p, name, header, der, len);
		OPENSSL_free(name);
		OPENSSL_free(header);
		OPENSSL_clear_free(der, (size_t)len);
	}
	e = ERR_peek_last_error();
	if (why == NULL && ERR_GET_REASON(e) != PEM_R_NO_START_LINE)
		why = "broken";
	(void)BIO_free(b);
	ERR_clear_error();
	return why != NULL ? why : p->n == 0 ? "none" : NULL;
}

void
certificate_blocks_free(struct certificate_pile *p)
{
	while (p->n > 0)
		X509_free(p->cert[--p->n]);
	EVP_PKEY_free(p->key);
	p->key = NULL;
}
