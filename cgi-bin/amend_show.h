/*
 * amend_show.h - an amendment in words.
 */
#ifndef AMEND_SHOW_H
#define AMEND_SHOW_H

#include "amend.h"

/*
 * Sets below the current node plate, path, name, says (what was changed), was
 * (the value before, or ""), reason, who, at, href; undone (who took it back and
 * when, or "").
 */
void amend_show(struct page_ctx *, const struct mews_amendment *);

#endif
