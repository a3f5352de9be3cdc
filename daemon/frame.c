/*
 * frame.c - the answer is found by what it must contain, not by silence.
 *
 * Adapters tear holes of 30 ms into an answer, and meters that answer late put
 * a foreign frame in front of it: so the silence of 3.5 characters cannot end
 * a frame on the receiving side.  The unit, the function and the length are
 * known from the request, and the CRC decides.  A candidate that began is
 * waited for before one behind it is looked at, or else five bytes inside an
 * answer would sooner or later pass for an exception.
 */
#include "frame.h"

#include <string.h>

#define GAP       50000  /* us without a byte that end what came */
#define SLACK     300000 /* us beyond the wire time of a whole frame */
#define EXCEPTION 5      /* bytes: unit, function, code, CRC */

/*
 * Answers by function: fixed bytes plus, where the request holds a count at
 * `count`, its bits or registers; the answer repeats `echo` bytes.
 */
enum unit_of_count { NONE, BITS, WORDS, SAME };

static const struct answer {
	uint8_t function, fixed, echo;
	enum unit_of_count counted;
	uint8_t count;
} answers[] = {
	{ 1, 2, 1, BITS, 3 },
	{ 2, 2, 1, BITS, 3 },
	{ 3, 2, 1, WORDS, 3 },
	{ 4, 2, 1, WORDS, 3 },
	{ 5, 5, 5, NONE, 0 },
	{ 6, 5, 5, NONE, 0 },
	{ 7, 2, 1, NONE, 0 },
	{ 8, 0, 3, SAME, 0 },
	{ 11, 5, 1, NONE, 0 },
	{ 15, 5, 5, NONE, 0 },
	{ 16, 5, 5, NONE, 0 },
	{ 22, 7, 7, NONE, 0 },
	{ 23, 2, 1, WORDS, 3 },
};

static const struct answer *
answer_of(uint8_t function)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(answers); i++)
		if (answers[i].function == function)
			return &answers[i];
	return NULL;
}

/* Bytes that the count of the request asks for. */
static size_t
counted(const struct answer *a, const uint8_t *request, size_t n)
{
	size_t count;

	if (a->counted == SAME)
		return n;
	if (a->counted == NONE || n < (size_t)a->count + 2)
		return 0;
	count = (size_t)request[a->count] << 8 | request[a->count + 1];
	return a->counted == BITS ? (count + 7) / 8 : 2 * count;
}

size_t
frame_expect(const uint8_t *request, size_t n)
{
	const struct answer *a = n > 0 ? answer_of(request[0]) : NULL;
	size_t len;

	if (a == NULL)
		return 0;
	len = a->fixed + counted(a, request, n);
	return len <= FRAME_PDU ? len : 0;
}

bool
frame_answers(const uint8_t *request, size_t n, const uint8_t *answer,
    size_t len)
{
	const struct answer *a = answer_of(request[0]);
	size_t want = frame_expect(request, n);

	if (len == 2 && answer[0] == (request[0] | 0x80))
		return answer[1] != 0;
	if (len < 1 || answer[0] != request[0])
		return false;
	if (a == NULL || want == 0)
		return true;
	if (len != want || memcmp(answer, request, a->echo) != 0)
		return false;
	return (a->counted != BITS && a->counted != WORDS) ||
	    answer[1] == want - 2;
}

static uint16_t
crc(const uint8_t *p, size_t n)
{
	uint16_t sum = 0xffff;
	int bit;

	for (; n > 0; n--) {
		sum ^= *p++;
		for (bit = 0; bit < 8; bit++)
			sum = (uint16_t)(sum >> 1 ^ (sum & 1 ? 0xa001 : 0));
	}
	return sum;
}

size_t
frame_pack(uint8_t *out, uint8_t unit, const uint8_t *pdu, size_t n)
{
	uint16_t sum;

	out[0] = unit;
	memcpy(out + 1, pdu, n);
	sum = crc(out, n + 1);
	out[n + 1] = (uint8_t)sum;
	out[n + 2] = (uint8_t)(sum >> 8);
	return n + 3;
}

void
frame_begin(struct frame *f, uint8_t unit, const uint8_t *request, size_t n,
    int64_t sent, int64_t timeout, int64_t character)
{
	size_t want = frame_expect(request, n);

	memset(f, 0, sizeof(*f));
	f->unit = unit;
	f->request = request;
	f->nrequest = n;
	f->want = want == 0 ? 0 : want + 3;
	f->limit = sent + timeout;
	f->most = FRAME_RTU * character * 5 / 2 + SLACK;
}

/* Length of the answer that may begin at p, of which n bytes are there; 0 when
 * it cannot begin there. */
static size_t
candidate(const struct frame *f, const uint8_t *p, size_t n)
{
	if (p[0] != f->unit)
		return 0;
	if (n < 2 || p[1] == (f->request[0] | 0x80))
		return EXCEPTION;
	if (p[1] != f->request[0])
		return 0;
	if (n < 3 || answer_of(p[1]) == NULL || answer_of(p[1])->fixed != 2 ||
	    answer_of(p[1])->counted == NONE)
		return f->want;
	return p[2] == f->want - 5 ? f->want : 0;
}

/* Looks for the answer; a candidate that is not whole is waited for unless
 * this is the end of what came. */
static bool
scan(struct frame *f, bool end)
{
	size_t i, len;

	for (i = 0; i < f->n; i++) {
		len = candidate(f, f->in + i, f->n - i);
		if (f->want == 0 && len == 0 && end && i == 0)
			len = f->n; /* its end is the silence */
		if (len < 4)
			continue;
		if (len > f->n - i && !end)
			return false;
		if (len > f->n - i || crc(f->in + i, len) != 0 ||
		    f->in[i] != f->unit ||
		    !frame_answers(f->request, f->nrequest, f->in + i + 1,
			len - 3))
			continue;
		f->pdu = f->in + i + 1;
		f->npdu = len - 3;
		return true;
	}
	return false;
}

/* Another's answer, but not the request, which an adapter may hear itself. */
static bool
is_foreign(const struct frame *f)
{
	return f->n <= FRAME_RTU &&
	    (f->n != f->nrequest + 1 + FRAME_CRC || f->in[0] != f->unit ||
		memcmp(f->in + 1, f->request, f->nrequest) != 0);
}

/* What came has ended without an answer: a whole frame of another unit says
 * nothing about ours, all else is damage. */
static void
discard(struct frame *f)
{
	bool whole = f->n >= 4 && crc(f->in, f->n) == 0;

	f->spoilt |= !whole || f->in[0] == f->unit;
	if (whole && !f->foreign && is_foreign(f)) {
		f->foreign = true;
		f->nheard = f->n;
		memcpy(f->heard, f->in, f->n);
	}
	f->n = 0;
	f->first = 0;
}

/* When noise without a pause is given up: what a foreign frame began must not
 * shorten the time of ours. */
static int64_t
given_up(const struct frame *f)
{
	int64_t t = f->first + f->most;

	return t > f->limit ? t : f->limit;
}

static void
hear(struct frame *f, const uint8_t *p, size_t n)
{
	size_t room = f->foreign ? 0 : sizeof(f->heard) - f->nheard;

	n = n < room ? n : room;
	memcpy(f->heard + f->nheard, p, n);
	f->nheard += n;
}

/* More than two whole frames without an answer is noise: its older half goes. */
static void
keep(struct frame *f, const uint8_t *p, size_t n)
{
	size_t room;

	hear(f, p, n);
	while (n > 0) {
		if (f->n == sizeof(f->in)) {
			f->n -= FRAME_RTU;
			memmove(f->in, f->in + FRAME_RTU, f->n);
			f->spoilt = true;
		}
		room = sizeof(f->in) - f->n;
		if (room > n)
			room = n;
		memcpy(f->in + f->n, p, room);
		f->n += room;
		p += room;
		n -= room;
	}
}

enum frame_state
frame_take(struct frame *f, const uint8_t *p, size_t n, int64_t now)
{
	if (f->pdu != NULL)
		return FRAME_GOOD;
	if (f->n > 0 && now - f->last >= GAP) {
		if (scan(f, true))
			return FRAME_GOOD;
		discard(f);
	}
	if (n > 0) {
		if (f->first == 0)
			f->first = now;
		f->last = now;
		keep(f, p, n);
		if (scan(f, false))
			return FRAME_GOOD;
	}
	if (f->first != 0 && now >= given_up(f)) {
		f->spoilt |= f->n != 0;
		return f->spoilt ? FRAME_DAMAGED : FRAME_SILENT;
	}
	if (f->n > 0 || now < f->limit)
		return FRAME_WAIT;
	return f->spoilt ? FRAME_DAMAGED : FRAME_SILENT;
}

void
frame_unseen(struct frame *f, int64_t now)
{
	if (f->n > 0)
		f->last = now;
}

int64_t
frame_deadline(const struct frame *f)
{
	int64_t t = f->n > 0 ? f->last + GAP : f->limit;

	return f->first != 0 && given_up(f) < t ? given_up(f) : t;
}

size_t
frame_missing(const struct frame *f)
{
	size_t whole = EXCEPTION;

	if (f->n >= 2 && f->in[0] == f->unit && f->in[1] == f->request[0])
		whole = f->want;
	return whole > f->n ? whole - f->n : 0;
}
