/*
 * json.h - texts and numbers as JSON has them (RFC 8259).
 */
#ifndef MEWS_JSON_H
#define MEWS_JSON_H

#include "buf.h"

/*
 * Appends a text in its quotes; '<' is escaped too, so that it can stand in a
 * page.
 */
void mews_json_text(struct mews_buf *, const char *);

/*
 * "name": before a value, with a comma unless the object or list just began.
 */
void mews_json_name(struct mews_buf *, const char *name);

/*
 * A whole member of an object.
 */
void mews_json_member(struct mews_buf *, const char *name, const char *text);
void mews_json_int(struct mews_buf *, const char *name, int64_t);
void mews_json_bool(struct mews_buf *, const char *name, bool);

/*
 * A comma unless the object or list just began.
 */
void mews_json_next(struct mews_buf *);

#endif
