/*
 * site_gateway.h - the part of a site that other masters see: inside lib/site.
 */
#ifndef MEWS_SITE_GATEWAY_H
#define MEWS_SITE_GATEWAY_H

#include "site.h"

/*
 * The words behind "gateway" of a line of the site file.
 */
enum mews_rc mews_site_gateway_read(struct mews_site *, char *const *word,
    size_t n, struct mews_err *);

/*
 * From and to config.db, inside the transaction of the site.  Clear before
 * lines are dropped, save behind them.
 */
enum mews_rc
mews_site_gateway_load(struct mews_db *, struct mews_site *, struct mews_err *);
enum mews_rc mews_site_gateway_clear(struct mews_db *, struct mews_err *);
enum mews_rc mews_site_gateway_save(struct mews_db *, const struct mews_site *,
    struct mews_err *);

#endif
