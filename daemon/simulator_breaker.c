/*
 * simulator_breaker.c - one state, and the time until it is another.
 */
#include "simulator_breaker.h"
#include "tick.h"

#include <string.h>

#define MOVE    300000 /* us */
#define STATE   0      /* registers and coil of the header */
#define CAUSE   1
#define MARK    900
#define IS_MARK 0xb4ea
#define COMMAND 100
#define COIL    0

enum exception { BAD_ADDRESS = 2, BAD_VALUE, FAILURE };

struct breaker {
	enum breaker_state is, to;
	int64_t at; /* when it is there; 0: it does not move */
	unsigned cause;
	bool refuses, stuck, mute;
};

struct breaker *
breaker_new(void)
{
	struct breaker *b = mews_alloc(1, sizeof(*b));

	b->is = BREAKER_CLOSED;
	return b;
}

bool
breaker_obey(struct breaker *b, const char *what)
{
	if (strcmp(what, "trip") == 0 || strcmp(what, "short") == 0) {
		b->is = BREAKER_TRIPPED;
		b->cause = what[0] == 't' ? 1 : 2;
		b->at = 0;
		return true;
	}
	b->refuses = strcmp(what, "refuse") == 0;
	b->stuck = strcmp(what, "stuck") == 0;
	b->mute = strcmp(what, "mute") == 0;
	if (strcmp(what, "lost") == 0)
		b->stuck = b->mute = true;
	return b->refuses || b->stuck || b->mute ||
	    strcmp(what, "willing") == 0;
}

enum breaker_state
breaker_state(struct breaker *b)
{
	if (b->at != 0 && tick_us() >= b->at) {
		b->is = b->to;
		b->at = 0;
	}
	return b->is;
}

/* What a command asks for: 1 to 3, or 0 and the exception. */
static unsigned
command(const uint8_t *f, size_t n, enum exception *why)
{
	unsigned address = (unsigned)f[2] << 8 | f[3];
	unsigned value = (unsigned)f[n - 2] << 8 | f[n - 1];

	*why = BAD_ADDRESS;
	if (f[1] == 5 ? address != COIL : address != COMMAND)
		return 0;
	*why = BAD_VALUE;
	if (f[1] == 16 && (n != 9 || f[5] != 1))
		return 0;
	if (f[1] == 5)
		return value == 0xff00;
	return value <= 3 ? value : 0;
}

/* Begins to move; false when it must not. */
static bool
move(struct breaker *b, unsigned command)
{
	static const enum breaker_state to[] = { [1] = BREAKER_OPEN,
		[2] = BREAKER_CLOSED,
		[3] = BREAKER_OPEN };
	enum breaker_state is = breaker_state(b);

	if (b->refuses || (is == BREAKER_TRIPPED && command != 3))
		return false;
	if (b->stuck)
		return true;
	b->to = to[command];
	b->at = tick_us() + MOVE;
	return true;
}

int
breaker_answer(struct breaker *b, const uint8_t *f, size_t n, uint8_t *out)
{
	enum exception why;
	unsigned what;

	if (n < 6 || (f[1] != 5 && f[1] != 6 && f[1] != 16))
		return -1;
	what = command(f, n, &why);
	if (what != 0 && !move(b, what)) {
		what = 0;
		why = FAILURE;
	}
	memcpy(out, f, 6);
	if (what == 0) {
		out[1] |= 0x80;
		out[2] = (uint8_t)why;
	}
	return b->mute ? 0 : what == 0 ? 3 : 6;
}

void
breaker_put(struct breaker *b, unsigned address, unsigned n, uint8_t *out)
{
	const struct {
		unsigned address, value;
	} own[] = { { STATE, breaker_state(b) },
		{ CAUSE, b->is == BREAKER_TRIPPED ? b->cause : 0 },
		{ MARK, IS_MARK } };
	unsigned i, at;

	for (i = 0; i < MEWS_LEN(own); i++) {
		if (own[i].address < address || own[i].address >= address + n)
			continue;
		at = 2 * (own[i].address - address);
		out[at] = (uint8_t)(own[i].value >> 8);
		out[at + 1] = (uint8_t)own[i].value;
	}
}
