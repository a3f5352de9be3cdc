/*
 * gateway_frame.c - frames are made up again from what they held: the log costs
 * nothing while nobody looks.
 */
#include "gateway_frame.h"
#include "str.h"
#include "tick.h"

#include <string.h>

/* Unix time in us of a moment of tick_us(), both not long ago. */
static int64_t
at(int64_t tick, int64_t now)
{
	return tick_wall() * 1000 - (now - tick);
}

static void
add(struct count *c, struct mews_traffic_frame *f, const char *who,
    const uint8_t *pdu, size_t n)
{
	(void)mews_str_copy(f->client, sizeof(f->client), who);
	f->function = n > 0 ? pdu[0] & 0x7f : 0;
	if (n > 1 && (pdu[0] & 0x80) != 0) {
		f->result = MEWS_FRAME_EXCEPTION;
		f->code = pdu[1];
	}
	count_frame(c, f);
}

void
frame_from_client(struct count *c, const struct client *client,
    const struct mbap *m, int64_t now)
{
	struct mews_traffic_frame f = { .t_us = at(now, now),
		.way = MEWS_FROM_CLIENT,
		.unit = m->unit,
		.result = MEWS_FRAME_SENT };

	f.n = mbap_pack(f.bytes, m->tid, m->unit, m->pdu, m->n);
	add(c, &f, client->who, m->pdu, 1);
}

void
frame_to_client(struct count *c, const struct client *client,
    const struct client_slot *s, const uint8_t *pdu, size_t n, int64_t now)
{
	struct mews_traffic_frame f = { .t_us = at(now, now),
		.way = MEWS_TO_CLIENT,
		.unit = s->unit,
		.result = MEWS_FRAME_GOOD,
		.took_us = now - s->asked };

	f.n = mbap_pack(f.bytes, s->tid, s->unit, pdu, n);
	add(c, &f, client->who, pdu, n);
}

void
frame_of_line(struct count *c, const char *who, const struct mews_line *line,
    const struct job *j, int64_t now)
{
	static const enum mews_traffic_result results[] = { [BUS_GOOD] =
								MEWS_FRAME_GOOD,
		[BUS_EXCEPTION] = MEWS_FRAME_EXCEPTION,
		[BUS_SILENT] = MEWS_FRAME_SILENT,
		[BUS_DAMAGED] = MEWS_FRAME_DAMAGED,
		[BUS_GONE] = MEWS_FRAME_GONE,
		[BUS_STOPPED] = MEWS_FRAME_GONE };
	struct mews_traffic_frame f = { .t_us = at(j->asked, now),
		.way = MEWS_TO_LINE,
		.line = line->id,
		.unit = j->unit,
		.result = MEWS_FRAME_SENT };

	f.n = frame_pack(f.bytes, j->unit, j->pdu, j->n);
	if (line->kind != MEWS_LINE_RTU)
		f.n -= FRAME_CRC;
	add(c, &f, who, j->pdu, 1);
	if (j->unit == 0 && j->result == BUS_GOOD)
		return; /* nobody answers */
	f.t_us = at(j->ended, now);
	f.way = MEWS_FROM_LINE;
	f.result = j->answer.foreign ? MEWS_FRAME_FOREIGN : results[j->result];
	f.took_us = j->ended - j->asked;
	f.n = j->answer.nraw;
	memcpy(f.bytes, j->answer.raw, f.n);
	add(c, &f, who, j->answer.n > 0 ? j->answer.pdu : j->pdu,
	    j->answer.n > 0 ? j->answer.n : 1);
}
