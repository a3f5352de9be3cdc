/*
 * keep.h - how long what is kept: classes of series, floors, and up to where
 * each was thinned.
 *
 * Thinning takes buckets of a class away from one level; the coarser levels
 * keep what they were joined to.  From then on what is stored in the level
 * above is right as it is: it is never computed again from less.
 */
#ifndef MEWS_KEEP_H
#define MEWS_KEEP_H

#include "calendar.h"
#include "db.h"
#include "quantity.h"

enum mews_keep_class {
	MEWS_KEEP_COUNTER, /* energies, water, gas ... */
	MEWS_KEEP_GAUGE,   /* powers, voltages, states ... */
	MEWS_KEEP_QUALITY, /* power quality: distortion, harmonics */
	MEWS_KEEP_CLASSES
};

/*
 * The class of a quantity; NULL, a quantity nobody knows any more, is a gauge.
 */
enum mews_keep_class mews_keep_class(const struct mews_quantity *);

/*
 * For so many days a level is kept at least; 0: forever.
 */
int mews_keep_floor(enum mews_keep_class, enum mews_level);

/*
 * Of the class, what starts before *t may be gone from the level; 0: nothing.
 * set only ever raises it.
 */
enum mews_rc mews_keep_upto(struct mews_db *, enum mews_keep_class,
    enum mews_level, int64_t *t, struct mews_err *);
enum mews_rc mews_keep_set_upto(struct mews_db *, enum mews_keep_class,
    enum mews_level, int64_t t, struct mews_err *);

/*
 * The same for all series of a kind, as far as one of its classes.
 */
enum mews_rc mews_keep_upto_kind(struct mews_db *, enum mews_kind,
    enum mews_level, int64_t *t, struct mews_err *);

#endif
