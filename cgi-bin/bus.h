/*
 * bus.h - the parts of the installer's home; each sets one node below Bus.
 */
#ifndef BUS_H
#define BUS_H

#include "page.h"

#define BUS_HOUR 60 /* minutes shown */

/*
 * "41" or "4.2": a time in us as milliseconds.  text holds FIGURE bytes, here
 * and below.
 */
const char *bus_ms(const struct page_ctx *, char *text, int64_t us);

/*
 * "12.5": per mille as percent; "0.2": part of whole, "0.0" of nothing.
 */
const char *bus_percent(const struct page_ctx *, char *text, int64_t per_mille);
const char *
bus_share(const struct page_ctx *, char *text, int64_t part, int64_t whole);

/*
 * "19200 8E1, timeout 300 ms" or "192.168.1.20:502, timeout 300 ms".
 */
const char *
bus_settings(const struct page_ctx *, char *text, const struct mews_line *);

/*
 * What is wrong, worst first: Bus.alarm.N.{kind,icon,title,text,path,button}.
 */
void bus_alarms(struct page_ctx *);

/*
 * Each line with its last hour: Bus.line.N.
 */
enum mews_rc bus_lines(struct page_ctx *, struct mews_err *);

/*
 * The lamps of the box's front: Bus.lamp.N.{name,says,is}.
 */
void bus_lamps(struct page_ctx *);

/*
 * The rail and the table: Bus.device.N, Bus.answering.
 */
void bus_devices(struct page_ctx *);

#endif
