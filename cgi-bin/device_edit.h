/*
 * device_edit.h - the form of one device of the site.
 *
 * A change that means more or less work for the line is saved when the visitor
 * has seen what it means: the form comes back once with the line's budget
 * before and after.
 */
#ifndef DEVICE_EDIT_H
#define DEVICE_EDIT_H

#include "form.h"

/*
 * Fields of both pages.
 */
extern const struct request_field device_edit_fields[];

/*
 * Shows the form of the i-th device of the site, or of a new one where there
 * is none; saves it and leads back when it came in whole.
 */
enum mews_rc device_edit(struct page_ctx *, size_t i, struct mews_err *);

/*
 * A plate that is free: P1, P2 ...
 */
void device_edit_plate(const struct mews_site *, char plate[12]);

#endif
