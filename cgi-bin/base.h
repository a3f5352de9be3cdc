/*
 * base.h - what pages read: the site, its devices' profiles, the history and
 * the values now, kept open and fresh between requests.
 *
 * Nothing here fails because a file is not there yet: an empty site, no
 * history and no values are what a box shows at its first start.
 */
#ifndef BASE_H
#define BASE_H

#include "history.h"
#include "live.h"
#include "place.h"
#include "site.h"

struct base;

/*
 * place must outlive it.
 */
struct base *base_new(const struct mews_place *);
void base_free(struct base *);

/*
 * Once a request: reads again what changed.  MEWS_AGAIN when a file is locked;
 * a damaged file is logged once and counts as not there.
 */
enum mews_rc base_fresh(struct base *, struct mews_err *);

/*
 * From here to the next base_fresh() the site has only the devices that these
 * rights (may.h) show: what counts devices by their place in the site, and what
 * looks one up, knows no others.
 */
void base_narrow(struct base *, const char *rights);

/*
 * Ids of those devices as [1,2], for mews_event_filter; NULL: all.
 */
const char *base_only(const struct base *);

/*
 * Changes whenever the site, its values or the minute did.
 */
int64_t base_edition(const struct base *);

const struct mews_site *base_site(const struct base *);

/*
 * Names of the files that were damaged and set aside, as mark.h has them, until
 * an administrator has seen it; "" : none.
 */
const char *base_damaged(const struct base *);

/*
 * The settings `language` and `csv_format`.
 */
const char *base_language(const struct base *);
const char *base_csv_format(const struct base *);
const struct mews_live *base_live(const struct base *);

/*
 * A database to read: MEWS_CONFIG_DB, MEWS_HISTORY_DB or MEWS_LIVE_DB; NULL
 * while it is not there.  Borrowed until the end of the request.
 */
struct mews_db *base_db(const struct base *, enum mews_file);

/*
 * NULL when the device's profile cannot be read; that is logged once.
 */
const struct mews_profile *base_profile(const struct base *, size_t device);

/*
 * Quantities of the i-th device, at most max.
 */
#define BASE_QUANTITIES MEWS_QUANTITIES
size_t base_quantities(const struct base *, size_t device,
    const struct mews_quantity **, size_t max);
bool base_measures(const struct base *, size_t device, const char *quantity);

/*
 * Buckets of a device and quantity, as mews_history_read(); without history,
 * none.
 */
enum mews_rc base_read(struct base *, const struct mews_device *,
    const char *quantity, enum mews_level, int64_t from, int64_t to,
    int64_t now, struct mews_buckets *out, struct mews_err *);

/*
 * The newest minute; MEWS_NONE when there is none.
 */
enum mews_rc base_last(struct base *, const struct mews_device *,
    const char *quantity, struct mews_bucket *out, struct mews_err *);

/*
 * First and last minute stored at all; MEWS_NONE while there is none.
 */
enum mews_rc
base_span(struct base *, int64_t *first, int64_t *last, struct mews_err *);

#endif
