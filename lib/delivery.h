/*
 * delivery.h - how far a destination has got with the finished files, and how
 * it fares: a table of courier.db.
 */
#ifndef MEWS_DELIVERY_H
#define MEWS_DELIVERY_H

#include "db.h"

struct mews_delivery {
	int64_t destination;
	int64_t done;   /* id of the last finished file that is there */
	int64_t good;   /* Unix time of the last success; 0: never */
	int64_t since;  /* Unix time it began to fail; 0: it does not */
	int64_t tries;  /* failures in a row */
	int64_t due;    /* Unix time of the next try */
	int64_t tested; /* Unix time of the last test; 0: none; -1: asked for */
	char why[24];   /* word for the last failure (post.h), "" */
	char said[200]; /* what the server said last */
};

/*
 * All 0 of a destination that was never tried.
 */
enum mews_rc mews_delivery_get(struct mews_db *, int64_t destination,
    struct mews_delivery *, struct mews_err *);
enum mews_rc mews_delivery_set(struct mews_db *, const struct mews_delivery *,
    struct mews_err *);

/*
 * Asks for a test; the rest stays.
 */
enum mews_rc
mews_delivery_ask(struct mews_db *, int64_t destination, struct mews_err *);

#endif
