/*
 * fuzz_pem.c - any bytes as a certificate file: refused with a word, or within
 * the rules.
 */
#include "fuzz.h"
#include "certificate.h"

#include <stdlib.h>
#include <string.h>

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct certificate_known known = { 0 };
	struct certificate c;
	struct mews_buf pem = { 0 };
	char why[CERTIFICATE_WHY] = "";
	char *text = malloc(size + 1);
	int which = -1;

	if (text == NULL)
		abort();
	memcpy(text, data, size);
	text[size] = '\0';
	if (certificate_judge(text, size, &known, 1795000000, &c, &pem, &which,
		why) == MEWS_OK &&
	    (pem.n == 0 || c.from > c.until ||
		strlen(c.names) >= sizeof(c.names)))
		abort();
	mews_buf_clear(&pem);
	free(text);
	return 0;
}
