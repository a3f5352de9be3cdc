/*
 * may.h - which devices somebody may see.
 *
 * Rights are words with a blank between: device:ID with the id of config.db,
 * and zone:NAME, its bytes other than A-Z a-z 0-9 - _ . ~ written as %XX.  No
 * word at all: everything.  A word that is none of these gives nothing.
 *
 * Pages do not ask here: base_site() has only the visitor's devices.
 */
#ifndef MAY_H
#define MAY_H

#include "site.h"

#define MAY_ZONE 160 /* bytes of a zone's word with NUL */

bool may_see(const char *rights, const struct mews_device *);

/*
 * The words of a device and of its zone; false when it has no zone.
 */
void may_device(const struct mews_device *, char word[32]);
bool may_zone(const struct mews_device *, char word[MAY_ZONE]);

/*
 * True when that word is among the rights.
 */
bool may_has(const char *rights, const char *word);

/*
 * A site as somebody sees it: the same with fewer devices.  It borrows all but
 * them; index[i] is where device i stands in the whole, NULL when all are
 * there; only lists their ids as [1,2], for SQL, NULL likewise.
 */
struct may_view {
	struct mews_site site;
	size_t *index;
	char *only;
};
void may_view(const struct mews_site *, const char *rights, struct may_view *);
void may_view_clear(struct may_view *);

#endif
