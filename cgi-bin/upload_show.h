/*
 * upload_show.h - how a server fares that files are brought to.
 */
#ifndef UPLOAD_SHOW_H
#define UPLOAD_SHOW_H

#include "destination.h"
#include "post.h"

/*
 * Sets below the current node: id, name (sftp://host:22/path), user, fares (a
 * sentence), state (ok, bad, idle), says and said of a failure, tested.  True
 * while a test is on.
 */
bool upload_show(struct page_ctx *, const struct mews_destination *);

#endif
