/*
 * device.h - what lists and the rail say of one device.
 */
#ifndef DEVICE_H
#define DEVICE_H

#include "page.h"

/*
 * Seconds after which values count as old: mewsd writes every few seconds.
 */
#define DEVICE_OLD 30

/*
 * Sets below the current node: plate, name, path, state (ok, bad or idle),
 * says (its sentence), medium; live (key of /api/v1/live) and value.n,
 * value.u: power now where it is measured, else what was used today.
 */
enum mews_rc device_set(struct page_ctx *, size_t i, struct mews_err *);

/*
 * The counter that stands for a device, NULL when it has none.
 */
const struct mews_quantity *device_counter(const struct page_ctx *, size_t i);

/*
 * "electricity", "water", "gas", "heat", "air" or "other".
 */
const char *device_medium(const struct page_ctx *, size_t i);

/*
 * What a group of use is called.
 */
const char *device_group(struct page_ctx *, enum mews_group);

/*
 * What it counted today; MEWS_NONE when nothing.
 */
enum mews_rc device_today(struct page_ctx *, size_t i, struct mews_bucket *,
    struct mews_err *);

/*
 * Its mean power over the minute that starts at t: from the gauge, else from
 * the counter, Wh in a minute x 60.  MEWS_NONE when nobody measured.
 */
enum mews_rc device_mean(struct page_ctx *, size_t i, int64_t t, int64_t *out,
    struct mews_err *);

/*
 * What a counter says without a gauge, below the current node: mean.n and
 * mean.u of its newest minute (electricity only), hour.n and hour.u of the
 * last whole hour.
 */
enum mews_rc device_set_pulses(struct page_ctx *, size_t i, struct mews_err *);

/*
 * How it answers: "ok", "bad" or "idle".
 */
const char *device_state(const struct page_ctx *, size_t i);

/*
 * "Answers", "No answer since 09:14" ...
 */
const char *device_says(const struct page_ctx *, size_t i, char *text);

/*
 * Sets name to why a line is closed and what to do; false, and nothing is set,
 * where it is open or not known.
 */
bool device_why(struct page_ctx *, const char *name, const struct mews_line *);

/*
 * True when mewsd has not written for DEVICE_OLD seconds or never.
 */
bool device_old(const struct page_ctx *);

/*
 * "14:32" today, else "20 Nov 2025, 14:32".
 */
const char *device_since(const struct page_ctx *, char *text, int64_t t);

#endif
