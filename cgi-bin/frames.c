/*
 * frames.c - the filter of the frame log, and a frame in words.
 */
#include "frames.h"

#include "calendar.h"
#include "str.h"

#include <stdio.h>
#include <string.h>

/* A number that may be left out: -1. */
static int
number(struct form *f, const char *name, int max, bool *good)
{
	const char *text = form_text(f, name, "");
	char most[16];
	int64_t n;

	if (text[0] == '\0')
		return -1;
	if (mews_str_int(text, 0, max, &n))
		return (int)n;
	(void)snprintf(most, sizeof(most), "%d", max);
	form_wrong(f, name, "line.between", text, "0", most, NULL);
	*good = false;
	return -1;
}

bool
frames_filter(struct form *f, struct mews_traffic_filter *out)
{
	static const char plain[] = "0123456789abcdefABCDEF.:[]";
	const char *client;
	int64_t before;
	bool good = true;

	f->sent = true;
	*out = (struct mews_traffic_filter){ 0 };
	out->unit = number(f, "unit", 255, &good);
	out->function = number(f, "function", 255, &good);
	out->errors = form_text(f, "faults", "")[0] != '\0';
	client = form_text(f, "client", "");
	if (client[strspn(client, plain)] != '\0' ||
	    !mews_str_copy(out->client, sizeof(out->client), client)) {
		form_wrong(f, "client", "frames.bad_client", client, NULL);
		good = false;
	}
	if (mews_str_int(request_get(f->c->request, "before"), 1, INT64_MAX,
		&before))
		out->before = before;
	return good;
}

void
frames_query(const struct page_ctx *c, struct mews_buf *b)
{
	static const char *const names[] = { "unit", "function", "client",
		"faults" };
	const char *value;
	size_t i;

	for (i = 0; i < MEWS_LEN(names); i++) {
		value = request_get(c->request, names[i]);
		if (value[0] == '\0')
			continue;
		mews_buf_printf(b, "&%s=", names[i]);
		for (; *value != '\0'; value++)
			if (strchr("[]%&#+ ", *value) == NULL)
				mews_buf_byte(b, (unsigned char)*value);
			else
				mews_buf_printf(b, "%%%02X",
				    (unsigned)(unsigned char)*value);
	}
	mews_buf_str(b, "");
}

const char *
frames_time(char *text, int64_t t_us)
{
	struct mews_civil t = mews_calendar_civil(t_us / 1000000);

	(void)snprintf(text, FRAMES_TIME, "%02d:%02d:%02d.%03d", t.hour % 100,
	    t.minute % 100, (int)(t_us / 1000000 % 60),
	    (int)(t_us / 1000 % 1000));
	return text;
}

const char *
frames_way(const struct mews_traffic_frame *f)
{
	static const char *const ways[] = { "from-client", "to-line",
		"from-line", "to-client" };

	return ways[f->way];
}

const char *
frames_result(const struct mews_traffic_frame *f)
{
	static const char *const results[] = { "sent", "good", "exception",
		"silent", "damaged", "gone", "foreign" };

	return results[f->result];
}

void
frames_hex(const struct mews_traffic_frame *f, struct mews_buf *b)
{
	size_t i;

	for (i = 0; i < f->n && i < MEWS_TRAFFIC_BYTES; i++)
		mews_buf_printf(b, "%s%02X", i == 0 ? "" : " ",
		    (unsigned)f->bytes[i]);
	mews_buf_str(b, "");
}
