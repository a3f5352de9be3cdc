/*
 * amend.h - what the pages that amend the history share: figures as a meter
 * shows them, times as people type them, and the jumps that wait for an answer.
 */
#ifndef AMEND_H
#define AMEND_H

#include "amendment.h"
#include "form.h"

#define AMEND_MOST 64 /* epochs looked at */

/*
 * Those who may.
 */
#define AMEND_ROLES (1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR)
bool amend_may(const struct page_ctx *);

/*
 * An index or energy in the unit of figure_exact(): digits, a point or comma,
 * no group signs, no more decimals than are stored, up to AMEND_DIGITS digits
 * in front; of a gauge a minus before it.  And as such a text, of MEWS_NUMBER bytes.
 */
#define AMEND_DIGITS 12
bool amend_read(const char *, const struct mews_quantity *, int64_t *out);
const char *amend_text(char *text, const struct mews_quantity *, int64_t value);

/*
 * A field for it: form_text() with that standard; wrong when it is none, and
 * then false.
 */
bool amend_field(struct form *, const char *name, const struct mews_quantity *,
    int64_t standard, int64_t *out);

/*
 * The instant a bucket begins, or any, as it is typed: "2026-11-22",
 * "2026-11-22 14:32", with an offset in the hour that a day has twice.
 */
const char *amend_when(char *text, enum mews_level, int64_t t);
bool amend_read_when(const char *, int64_t *out);

/*
 * "20 Nov 2025, 14:32"; the bucket of a level: "20 Nov 2025", "2025".
 */
const char *amend_moment(const struct page_ctx *, char *text, int64_t t);
const char *
amend_bucket(const struct page_ctx *, char *text, enum mews_level, int64_t t);

/*
 * Whose series it is.  *device is NULL when it is removed.  MEWS_NONE for a
 * series or quantity that is not known any more.
 */
enum mews_rc amend_whose(struct page_ctx *, int64_t series,
    const struct mews_device **device, const struct mews_quantity **,
    struct mews_err *);

/*
 * The jumps that wait for an answer, of a device or of all (NULL), as rows of
 * the list jump below the current node: plate, path, name, from, to, before,
 * first, energy, href.  Sets jumps, how many.
 */
enum mews_rc
amend_jumps(struct page_ctx *, const struct mews_device *, struct mews_err *);

/*
 * Sets below the current node plate, path, name, from, to, before, first and
 * energy of an epoch.
 */
void amend_set_epoch(struct page_ctx *, const struct mews_epoch *,
    const struct mews_device *, const struct mews_quantity *);

#endif
