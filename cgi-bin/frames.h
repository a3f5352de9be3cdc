/*
 * frames.h - the filter of the frame log, and a frame in words.
 */
#ifndef FRAMES_H
#define FRAMES_H

#include "form.h"
#include "traffic.h"

#define FRAMES_ROLES (1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR)

#define FRAMES_FIELDS                                                          \
	{ "unit", REQUEST_TEXT, FORM_MOST },                                   \
	    { "function", REQUEST_TEXT, FORM_MOST },                           \
	    { "client", REQUEST_TEXT, FORM_MOST },                             \
	    { "faults", REQUEST_TOKEN, 1 },                                    \
	{                                                                      \
		"before", REQUEST_TEXT, 20                                     \
	}

/*
 * What is asked for; a field that cannot be read is said in the form, and then
 * false.
 */
bool frames_filter(struct form *, struct mews_traffic_filter *);

/*
 * The filter as a query, "&unit=1&faults=1", behind what there is.
 */
void frames_query(const struct page_ctx *, struct mews_buf *);

/*
 * "14:32:07.123".
 */
#define FRAMES_TIME 24
const char *frames_time(char *text, int64_t t_us);

/*
 * Words such as "from-client" and "exception"; bytes as "01 03 00 00".
 */
const char *frames_way(const struct mews_traffic_frame *);
const char *frames_result(const struct mews_traffic_frame *);
void frames_hex(const struct mews_traffic_frame *, struct mews_buf *);

#endif
