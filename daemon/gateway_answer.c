/*
 * gateway_answer.c - one list that any thread may add to, because a bus cannot
 * wait for the gateway; who asked is told by number, so that a client that is
 * gone needs no care.
 */
#include "gateway_inside.h"
#include "gateway_frame.h"

#include <stdlib.h>
#include <unistd.h>

/* From any thread. */
void
answer_take(struct job *j)
{
	struct exchange *x = ((struct request *)j)->exchange;
	uint64_t one = 1;

	j->next = NULL;
	(void)pthread_mutex_lock(&x->lock);
	*x->end = j;
	x->end = &j->next;
	(void)!write(x->wake, &one, sizeof(one));
	(void)pthread_mutex_unlock(&x->lock);
}

/* The one way out for answers; n is 0 for none. */
void
answer_send(const struct exchange *x, struct client *c, struct client_slot *s,
    const uint8_t *pdu, size_t n, int64_t now)
{
	count_answered(x->count, c->id, n > 0 && (pdu[0] & 0x80) != 0);
	if (n > 0 && count_watched(x->count))
		frame_to_client(x->count, c, s, pdu, n, now);
	client_answer(c, s, pdu, n);
}

void
answer_except(const struct exchange *x, struct client *c, struct client_slot *s,
    uint8_t function, uint8_t code, int64_t now)
{
	const uint8_t pdu[2] = { function | 0x80, code };

	answer_send(x, c, s, pdu, sizeof(pdu), now);
}

/* Why a request was answered without being asked. */
enum mews_traffic_why
answer_reason(uint8_t code, bool waited)
{
	return code == EXCEPTION_NO_PATH        ? MEWS_WHY_LINE
	    : code == EXCEPTION_NO_ANSWER       ? MEWS_WHY_SILENT
	    : code == EXCEPTION_BUSY && !waited ? MEWS_WHY_QUEUE
						: MEWS_WHY_WAITED;
}

/* What became of a request on its line, or on the way there. */
void
answer_account(const struct exchange *x, const struct request *r, int64_t now)
{
	const struct job *j = &r->job;
	const struct count_unit u = { .line = r->line,
		.unit = j->unit,
		.device = r->device != NULL ? r->device->id : 0,
		.client = r->client,
		.code = j->code,
		.own = j->code == 0 && j->result == BUS_EXCEPTION,
		.joined = j->joined,
		.damaged = j->code != 0 && j->result == BUS_DAMAGED,
		.wait = j->queued == 0
		    ? 0
		    : (j->asked != 0 ? j->asked : now) - j->queued,
		.answer = j->asked != 0 ? j->ended - j->asked : 0 };

	count_unit(x->count, &u);
	if (r->writes)
		say_wrote(x->say, r->who,
		    r->device != NULL
			? r->device->plate
			: mews_site_line(x->parts->site, r->line)->name,
		    u.device, j->unit, j);
	if (j->asked != 0 && !j->joined && count_watched(x->count))
		frame_of_line(x->count, r->who,
		    mews_site_line(x->parts->site, r->line), j, now);
}

/* The answer to a request for all units, when the last line is through. */
static void
answer_all(const struct exchange *x, struct client *c, struct client_slot *s,
    const struct job *j, int64_t now)
{
	static const uint8_t echo[] = { [5] = 5, [6] = 5, [15] = 5, [16] = 5 };
	uint8_t f = j->pdu[0];

	s->good |= j->code == 0;
	if (--s->open > 0)
		return;
	if (!s->good)
		answer_except(x, c, s, f, j->code, now);
	else
		answer_send(x, c, s, j->pdu,
		    x->options->quiet || f >= sizeof(echo) ? 0 : echo[f], now);
}

static void
deliver(const struct exchange *x, struct client *c, const struct request *r,
    int64_t now)
{
	struct client_slot *s = client_slot(c, r->slot);
	const struct job *j = &r->job;
	const struct mbap m = { .unit = j->unit, .pdu = j->pdu, .n = j->n };

	if (s == NULL)
		return;
	if (j->asked == 0)
		say_refused(x->say, c,
		    answer_reason(j->code, now - j->queued >= x->options->wait),
		    &m, now);
	if (s->unit == 0)
		answer_all(x, c, s, j, now);
	else if (j->code != 0)
		answer_except(x, c, s, j->pdu[0], j->code, now);
	else
		answer_send(x, c, s, j->answer.pdu, j->answer.n, now);
}

void
exchange_end(struct exchange *x, struct client *const *client, size_t n,
    int64_t now)
{
	struct job *list, *next;
	struct request *r;
	uint64_t count;
	size_t i;

	(void)!read(x->wake, &count, sizeof(count));
	(void)pthread_mutex_lock(&x->lock);
	list = x->done;
	x->done = NULL;
	x->end = &x->done;
	(void)pthread_mutex_unlock(&x->lock);
	for (; list != NULL; list = next) {
		next = list->next;
		r = (struct request *)list;
		answer_account(x, r, now);
		for (i = 0; i < n; i++)
			if (client[i]->id == r->client)
				deliver(x, client[i], r, now);
		free(list);
	}
}
