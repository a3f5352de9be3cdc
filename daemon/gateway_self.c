/*
 * gateway_self.c - answers at once, out of memory.
 */
#include "gateway_self.h"
#include "share.h"

#include <string.h>

#define MOST    125  /* registers, by sections 6.3 and 6.4 */
#define MEI     14   /* read device identification */
#define REGULAR 0x82 /* conformity level: also one object alone */
#define ONE     4    /* a single object */
#define ADDRESS 0x02 /* exception: no such register or object */

static size_t
except(uint8_t *out, uint8_t function, uint8_t code)
{
	out[0] = function | 0x80;
	out[1] = code;
	return 2;
}

/* The number that a text begins with. */
static int64_t
number(const char *s)
{
	int64_t v = 0;

	for (; *s >= '0' && *s <= '9' && v < 65536; s++)
		v = 10 * v + *s - '0';
	return v;
}

/* The state as registers. */
static void
lay_state(const struct self *s, uint16_t out[MEWS_MAP_STATE])
{
	const int64_t v[MEWS_MAP_STATES] = {
		[MEWS_MAP_MARK] = 'm' << 24 | 'e' << 16 | 'w' << 8 | 's',
		[MEWS_MAP_VERSION] = 1,
		[MEWS_MAP_MAJOR] = number(s->version),
		[MEWS_MAP_MINOR] = strchr(s->version, '.') == NULL
		    ? 0
		    : number(strchr(s->version, '.') + 1),
		[MEWS_MAP_DEVICES] = (int64_t)s->devices,
		[MEWS_MAP_ANSWERING] = (int64_t)s->answering,
		[MEWS_MAP_CLIENTS] = (int64_t)s->clients,
		[MEWS_MAP_USED] = (int64_t)board_slots(s->board),
		[MEWS_MAP_UPTIME] = s->uptime,
		[MEWS_MAP_NOW] = s->now,
		[MEWS_MAP_MINUTE] = s->minute,
		[MEWS_MAP_KEPT] = (int64_t)s->kept,
	};
	const struct mews_map_state *m;
	size_t i;
	int k;

	for (i = 0; (m = mews_map_state(i)) != NULL; i++)
		for (k = 0; k < m->words; k++)
			out[m->first + k] =
			    (uint16_t)(v[i] >> 16 * (m->words - 1 - k));
}

static size_t
read_map(const struct self *s, const uint8_t *pdu, int64_t tick, uint8_t *out,
    enum mews_traffic_why *why)
{
	int first = pdu[1] << 8 | pdu[2], n = pdu[3] << 8 | pdu[4], i;
	uint16_t state[MEWS_MAP_STATE];

	if (n == 0 || n > MOST) {
		*why = MEWS_WHY_VALUE;
		return except(out, pdu[0], EXCEPTION_VALUE);
	}
	out[0] = pdu[0];
	out[1] = (uint8_t)(2 * n);
	if (first + n <= MEWS_MAP_STATE) {
		lay_state(s, state);
		for (i = 0; i < n; i++) {
			out[2 + 2 * i] = (uint8_t)(state[first + i] >> 8);
			out[3 + 2 * i] = (uint8_t)state[first + i];
		}
	} else if (!board_read(s->board, first, n, tick, out + 2)) {
		*why = MEWS_WHY_REGISTERS;
		return except(out, pdu[0], ADDRESS);
	}
	return 2 + 2 * (size_t)n;
}

/* Objects by their id: three are basic, the others regular.  A vendor's address
 * (id 3) there is none. */
static const char *
object(const struct self *s, unsigned id)
{
	const char *const all[] = { "mews", "mews", s->version, NULL,
		"mews energy web server", "mews", s->site };

	return id < MEWS_LEN(all) ? all[id] : NULL;
}

static size_t
identify(const struct self *s, const uint8_t *pdu, size_t n, uint8_t *out,
    enum mews_traffic_why *why)
{
	unsigned code = n > 2 ? pdu[2] : 0, id = n > 3 ? pdu[3] : 0, last;
	const char *text;
	size_t len = 7;

	if (n != 4 || code == 0 || code > ONE) {
		*why = MEWS_WHY_VALUE;
		return except(out, pdu[0], EXCEPTION_VALUE);
	}
	last = code == ONE ? id : code == 1 ? 2 : 6;
	if (code == ONE && object(s, id) == NULL) {
		*why = MEWS_WHY_REGISTERS;
		return except(out, pdu[0], ADDRESS);
	}
	if (id > last) /* a stream begins anew */
		id = 0;
	memcpy(out, (const uint8_t[]){ pdu[0], MEI, (uint8_t)code, REGULAR },
	    4);
	out[4] = out[5] = out[6] = 0; /* all is said at once */
	for (; id <= last; id++) {
		if ((text = object(s, id)) == NULL)
			continue;
		out[len++] = (uint8_t)id;
		out[len++] = (uint8_t)strlen(text);
		memcpy(out + len, text, strlen(text));
		len += strlen(text);
		out[6]++;
	}
	return len;
}

size_t
self_answer(const struct self *s, const uint8_t *pdu, size_t n, int64_t tick,
    uint8_t *out, enum mews_traffic_why *why)
{
	if ((pdu[0] == 3 || pdu[0] == 4) && n == 5)
		return read_map(s, pdu, tick, out, why);
	if (pdu[0] == 43 && n > 1 && pdu[1] == MEI)
		return identify(s, pdu, n, out, why);
	*why = MEWS_WHY_FUNCTION;
	return except(out, pdu[0], EXCEPTION_FUNCTION);
}
