/*
 * digest.c - SHA-256, so that neither mewsd nor mews needs a cryptographic
 * library to know a whole backup from a torn one.
 */
#include "digest.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

struct sha {
	uint32_t h[8];
	uint64_t n; /* bytes */
	unsigned char block[64];
};

/* FIPS 180-4, 4.2.2 and 5.3.3 */
static const uint32_t k[64] = { 0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5,
	0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98, 0x12835b01,
	0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
	0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa,
	0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7,
	0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138,
	0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
	0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624,
	0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5,
	0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f,
	0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
	0xc67178f2 };
static const uint32_t first[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372,
	0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

static uint32_t
turn(uint32_t x, unsigned n)
{
	return x >> n | x << (32 - n);
}

static void
schedule(const unsigned char *p, uint32_t w[64])
{
	size_t i;

	for (i = 0; i < 16; i++, p += 4)
		w[i] = (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
		    (uint32_t)p[2] << 8 | p[3];
	for (; i < 64; i++)
		w[i] = w[i - 16] + w[i - 7] +
		    (turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^
			w[i - 15] >> 3) +
		    (turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ w[i - 2] >> 10);
}

static void
mix(struct sha *s, const unsigned char *p)
{
	uint32_t w[64], v[8], a, b;
	size_t i;

	schedule(p, w);
	memcpy(v, s->h, sizeof(v));
	for (i = 0; i < 64; i++) {
		a = v[7] + (turn(v[4], 6) ^ turn(v[4], 11) ^ turn(v[4], 25)) +
		    ((v[4] & v[5]) ^ (~v[4] & v[6])) + k[i] + w[i];
		b = (turn(v[0], 2) ^ turn(v[0], 13) ^ turn(v[0], 22)) +
		    ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
		memmove(v + 1, v, 7 * sizeof(v[0]));
		v[4] += a;
		v[0] = a + b;
	}
	for (i = 0; i < 8; i++)
		s->h[i] += v[i];
}

static void
feed(struct sha *s, const unsigned char *p, size_t n)
{
	while (n-- > 0) {
		s->block[s->n++ % 64] = *p++;
		if (s->n % 64 == 0)
			mix(s, s->block);
	}
}

static void
finish(struct sha *s, char text[MEWS_DIGEST])
{
	static const unsigned char one = 0x80, zero = 0;
	uint64_t bits = s->n * 8;
	unsigned char len[8];
	size_t i;

	for (i = 0; i < 8; i++)
		len[i] = (unsigned char)(bits >> (56 - 8 * i));
	feed(s, &one, 1);
	while (s->n % 64 != 56)
		feed(s, &zero, 1);
	feed(s, len, sizeof(len));
	for (i = 0; i < 8; i++)
		(void)snprintf(text + 8 * i, 9, "%08x", s->h[i]);
}

enum mews_rc
mews_digest_file(const char *path, char text[MEWS_DIGEST], struct mews_err *err)
{
	unsigned char part[16384];
	struct sha s = { .n = 0 };
	FILE *f = fopen(path, "re");
	bool failed;
	size_t n;

	if (f == NULL)
		return mews_fail(err, errno == ENOENT ? MEWS_NONE : MEWS_FAIL,
		    "%s: %s", path, strerror(errno));
	memcpy(s.h, first, sizeof(first));
	while ((n = fread(part, 1, sizeof(part), f)) > 0)
		feed(&s, part, n);
	failed = ferror(f) != 0;
	(void)fclose(f);
	if (failed)
		return mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    strerror(errno));
	finish(&s, text);
	return MEWS_OK;
}
