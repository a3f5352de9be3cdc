/*
 * scan.h - the parts of the scan's page: what is asked for, what was found and
 * what becomes of it.
 */
#ifndef SCAN_H
#define SCAN_H

#include "form.h"
#include "job.h"

#define SCAN_PICKS 32 /* most devices that are offered at once */

/*
 * Speeds that meters are delivered with most often; what a scan that found
 * nobody offers.
 */
#define SCAN_USUAL "19200 8E1,19200 8N1,9600 8E1,9600 8N1"

/*
 * Begins a scan as the form asks; true when the browser was sent to its job,
 * else the form says what is wrong.
 */
bool scan_begin(struct page_ctx *, struct form *);

/*
 * The form itself, for the first time or again.
 */
void scan_form(struct page_ctx *, struct form *);

/*
 * Sets below the current node: n, new (how many are offered) and found.N:
 * unit, speed, time, as (what it was recognised as), tag (new, known, changed
 * or speed), says, plate, path (of the device), link (to the page that adds
 * it), pick (its place among the offered, or absent), sure (recognised as one
 * model), ticked; unsure: how many offered ones are not recognised.
 */
void scan_found(struct page_ctx *, const struct mews_job *,
    const struct mews_job_log *);

/*
 * Adds what was picked, or the unit of the field add, what was not recognised
 * with the profile of the field type; true when the browser was sent on.
 */
bool scan_add(struct page_ctx *, struct form *, const struct mews_job *,
    const struct mews_job_log *);

/*
 * "19200 8E1", or "" behind a gateway.
 */
#define SCAN_SPEED 24
const char *scan_speed(char *text, int baud, char parity, int stop);

#endif
