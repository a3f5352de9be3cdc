/*
 * flow.h - CSV files that are made while they are sent: any stretch of any
 * number of devices, in memory that does not grow with it.
 */
#ifndef FLOW_H
#define FLOW_H

#include "page.h"

/*
 * What to send.  counters: no other quantities.  format: excel, programs or ""
 * for the site's.
 */
struct flow_ask {
	enum mews_level by;
	int64_t from, to;
	bool counters, zip;
	const char *format;
	const size_t *device; /* places in base_site() */
	size_t n;             /* more than one needs zip */
};

/*
 * The reply is that: one file of all rows that are over, or an archive with one
 * a device, called by what it holds.  What was merged (merged.h) is said in a
 * last line for Excel, in the header Mews-Merged for programs.  MEWS_BAD: the format, or a stretch of
 * more than FLOW_YEARS years; MEWS_NONE: no device.
 */
#define FLOW_YEARS 30
enum mews_rc
flow_reply(struct page_ctx *, const struct flow_ask *, struct mews_err *);

#endif
