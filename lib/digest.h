/*
 * digest.h - SHA-256 (FIPS 180-4) of a file.
 */
#ifndef MEWS_DIGEST_H
#define MEWS_DIGEST_H

#include "mews.h"

#define MEWS_DIGEST 65 /* bytes of its text, with the end */

/*
 * Lower case hexadecimal digits.  MEWS_NONE: no such file; MEWS_FAIL.
 */
enum mews_rc
mews_digest_file(const char *path, char text[MEWS_DIGEST], struct mews_err *);

#endif
