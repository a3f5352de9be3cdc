/*
 * auth_source.h - where tries come from, and how long it has to wait.
 */
#ifndef AUTH_SOURCE_H
#define AUTH_SOURCE_H

#include "auth_code.h"
#include "guard.h"

#define AUTH_SOURCE_FREE 3 /* wrong PINs of an address before it waits: 5 s, */
#define AUTH_SOURCE_WAIT 900 /* then twice as long each, at most these s */
#define AUTH_PUK_HOUR    INT64_C(3600)
#define AUTH_PUK_SOURCE  6  /* PUKs looked at an hour, of an address */
#define AUTH_PUK_ALL     60 /* of all browsers that are not known */

/*
 * The row of an address, of which IPv6 has 64 bits: the rest is the visitor's
 * to choose.  What is an hour old is forgotten.
 */
enum mews_rc auth_source_find(const struct auth *, const char *source,
    int64_t now, struct mews_source *out, struct mews_err *);

/*
 * Seconds before a PIN from there is looked at; 0: now.
 */
int64_t auth_source_wait(const struct mews_source *, int64_t now);

/*
 * Counts a PIN, or sets the count to 0, in memory.
 */
void auth_source_count(struct mews_source *, int64_t now);
void auth_source_clear(struct mews_source *);

/*
 * Whether a refusal is to be logged: not again within ten minutes.
 */
bool auth_source_tell(struct mews_source *, int64_t now);

/*
 * Sets *wait to the seconds before a PUK from there is looked at; 0: now.
 */
enum mews_rc auth_source_puk(const struct auth *, const struct mews_source *,
    bool known, int64_t now, int64_t *wait, struct mews_err *);

#endif
