/*
 * auth_pace.h - how many codes are looked at for browsers that are not known.
 *
 * A hash is slow on purpose.  Strangers at many addresses could have one after
 * the other computed, and hold up the sessions of those who are in.
 */
#ifndef AUTH_PACE_H
#define AUTH_PACE_H

#include "mews.h"

#define AUTH_PACE_MOST 20 /* at once */
#define AUTH_PACE_RATE 1  /* more a second: some 4 % of a core */

/*
 * Begin with zeros.
 */
struct auth_pace {
	int64_t t;    /* Unix time of the last take */
	int64_t used; /* of AUTH_PACE_MOST */
	int64_t told; /* Unix time the log was last told */
};

/*
 * False: none is left.  give takes one back: the code was right.
 */
bool auth_pace_take(struct auth_pace *, int64_t now);
void auth_pace_give(struct auth_pace *);

/*
 * Whether a refusal is to be logged: not again within ten minutes.
 */
bool auth_pace_tell(struct auth_pace *, int64_t now);

#endif
