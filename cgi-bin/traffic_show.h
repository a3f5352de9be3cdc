/*
 * traffic_show.h - the parts of the gateway's page; each sets one node below
 * Gateway.
 */
#ifndef TRAFFIC_SHOW_H
#define TRAFFIC_SHOW_H

#include "page.h"
#include "traffic.h"

/*
 * Gateway.{client,unit,refusal}.N.
 */
void traffic_clients(struct page_ctx *, const struct mews_traffic *);
void traffic_units(struct page_ctx *, const struct mews_traffic *);
void traffic_refusals(struct page_ctx *, const struct mews_traffic *);

/*
 * Gateway.hour: figures and the last sixty minutes as paths.
 */
void traffic_hour(struct page_ctx *, const struct mews_traffic *);

/*
 * Gateway.{rule,known}.N: who may what, which unit is which device; and
 * Gateway.port.N: where it listens.
 */
void traffic_ways(struct page_ctx *);
void traffic_ports(struct page_ctx *, const struct mews_traffic *);

/*
 * The device that stands at a line's unit, NULL when none does.
 */
const struct mews_device *
traffic_device(const struct page_ctx *, int64_t line, int unit);

/*
 * "1,284" below the current node.
 */
void traffic_number(struct page_ctx *, const char *name, int64_t);

#endif
