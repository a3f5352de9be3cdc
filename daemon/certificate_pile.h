/*
 * certificate_pile.h - what a text of PEM holds, between its reader
 * (certificate_blocks.c) and its judge (certificate_judge.c).
 */
#ifndef CERTIFICATE_PILE_H
#define CERTIFICATE_PILE_H

#include "certificate.h"

#include <openssl/x509v3.h>

struct certificate_pile {
	X509 *cert[CERTIFICATE_MOST];
	int n;
	EVP_PKEY *key;
	X509 *chain[CERTIFICATE_MOST]; /* in the order to serve, borrowed */
	int nchain;
	int known;
	int64_t now;
};

/*
 * Fills cert, n and key, which certificate_blocks_free() frees in every case.
 * NULL, or the word of certificate_judge() for what is wrong.
 */
const char *
certificate_blocks(struct certificate_pile *, const char *text, size_t n);
void certificate_blocks_free(struct certificate_pile *);

#endif
