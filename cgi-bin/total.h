/*
 * total.h - energies of the whole site: the sum of its main meters.
 */
#ifndef TOTAL_H
#define TOTAL_H

#include "page.h"

#define TOTAL_HOURS 25

struct total_slot {
	int64_t t, sum; /* stored integers */
	uint32_t seen, expected;
	unsigned flags;
	bool known; /* there is a figure */
	bool late;  /* of a span: nobody measured when it began */
};

struct total_day {
	int64_t start, end; /* a local day */
	size_t n;           /* hours it has: 23, 24 or 25 */
	struct total_slot hour[TOTAL_HOURS];
};

/*
 * The counter that stands for a medium.
 */
const struct mews_quantity *total_counter(enum mews_medium);

/*
 * True when a main meter counts it.
 */
bool total_has(const struct page_ctx *, const char *quantity);

/*
 * The hours of the local day that holds t.
 */
enum mews_rc total_hours(struct page_ctx *, const char *quantity, int64_t t,
    struct total_day *out, struct mews_err *);

/*
 * Calls put for every bucket of the device, or, where it is TOTAL_SITE, of
 * every main meter.
 */
#define TOTAL_SITE SIZE_MAX
enum mews_rc total_each(struct page_ctx *, size_t device, const char *quantity,
    enum mews_level, int64_t from, int64_t to,
    void (*put)(void *arg, const struct mews_bucket *), void *arg,
    struct mews_err *);

/*
 * What was counted in [from, until), whole minutes, by the device or by all
 * main meters; from the longest buckets that fit.
 */
enum mews_rc total_of(struct page_ctx *, size_t device, const char *quantity,
    int64_t from, int64_t until, struct total_slot *out, struct mews_err *);

/*
 * The same of all main meters.
 */
enum mews_rc total_span(struct page_ctx *, const char *quantity, int64_t from,
    int64_t until, struct total_slot *out, struct mews_err *);

/*
 * The sum of the seven days of the local week that holds t, Monday first.
 */
enum mews_rc total_week(struct page_ctx *, const char *quantity, int64_t t,
    struct total_slot out[7], struct mews_err *);

/*
 * End of the newest minute that every main meter has, or the device; 0 when
 * there is none.
 */
int64_t total_until(struct page_ctx *, const char *quantity);
int64_t total_until_of(struct page_ctx *, size_t device, const char *quantity);

/*
 * True when a comparison would be unfair: energy from before or after it may
 * be in it, or some is lost.  A gap inside is not: the index bridges it.
 */
bool total_gap(const struct total_slot *);

/*
 * The same time of day on the day that starts at day.
 */
int64_t total_same_time(int64_t day, int64_t t);

#endif
