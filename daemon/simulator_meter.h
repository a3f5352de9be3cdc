/*
 * simulator_meter.h - meters that answer as the register facts say.
 *
 * The facts are tests/data/registers.csv, read without lib/profile and
 * lib/register, so that a mistake there cannot agree with itself here.
 */
#ifndef SIMULATOR_METER_H
#define SIMULATOR_METER_H

#include "simulator_house.h"

#define METER_FRAME 256 /* bytes of a Modbus RTU frame, CRC included */

struct breaker;
struct meter_fact;
struct meter_sickness;

struct meter {
	char plate[12], vendor[48], model[64];
	unsigned line, unit;
	const struct house_feed *feed; /* borrowed */
	int64_t base;            /* index when the house begins, Wh or L */
	int64_t pulse;           /* Wh or L a pulse */
	int64_t behind_h;        /* hours that it is behind the house */
	int turn_ms;             /* from a request to its answer */
	int64_t code;            /* what its model is known by; 0: nothing */
	int64_t code_at;         /* first register of function 3 */
	struct meter_fact *fact; /* owned, by function and address */
	size_t nfacts;
	struct breaker *breaker; /* owned; NULL: it is none */
	const struct meter_sickness *sickness;
	int64_t degree;
	unsigned count; /* answers given */
};

/*
 * Gives the meter the facts of its vendor and model in DIR/registers.csv (of
 * the vendor Fictional in DIR/meters/registers.csv), and makes it well.  MEWS_BAD when there are none.
 */
enum mews_rc meter_learn(struct meter *, const char *dir, struct mews_err *);
void meter_clear(struct meter *);

/*
 * What a meter can have; MEWS_BAD for other words, and it stays as it was:
 *
 *	well
 *	silent        dead: answers nothing
 *	late MS       slow: answers after so long, also in another's turn
 *	garble        answers with a bit turned
 *	short         answers without the last two bytes
 *	foreign       answers with another unit's number
 *	busy CODE     answers exception 5 or 6
 *	lacks N       answers exception 2 when register N is among those asked
 *	nan N         answers NaN, as a float, in the registers N and N + 1
 *	passes N      its index is 0 again at N Wh
 *	swapped N     another meter stands there: its index is N Wh or L ahead
 *	two N         that one stands beside it: they answer by turns, and every
 *	              third time together
 */
enum mews_rc meter_ail(struct meter *, const char *what, const char *degree,
    struct mews_err *);

/*
 * Answers a request frame with a good CRC, seen at a data time in
 * milliseconds: returns the bytes of the answer, 0 for silence.  *delay_us is
 * the pause in front of it, which is never shorter than it was.
 */
size_t meter_answer(struct meter *, const struct house *, int64_t ms,
    const uint8_t *frame, size_t n, uint8_t out[METER_FRAME],
    int64_t *delay_us);

/*
 * What the meter's registers say of a fact, in millionths of the unit without
 * prefix; the i-th fact's name and value, NULL behind the end.
 */
const char *
meter_fact_name(const struct meter *, size_t i, enum house_value *value);
int64_t
meter_fact_says(const struct meter *, size_t i, const struct house_shown *);

/*
 * CRC of Modbus over n bytes, low byte first on the wire.
 */
uint16_t meter_crc(const uint8_t *, size_t n);

#endif
