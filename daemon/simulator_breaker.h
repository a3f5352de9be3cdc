/*
 * simulator_breaker.h - the breaker that no maker makes: it moves when it is
 * told to.
 *
 * Register 0 of function 3 is its state, register 1 why it tripped: 1 overload,
 * 2 short circuit.  Writing 1, 2 or 3 to register 100
 * (function 6, or 16 with one register) opens, closes or resets it; coil 0
 * (function 5) set opens it.  It takes a moment to move.  A tripped one
 * refuses to close, with exception 04, until it is reset.
 */
#ifndef SIMULATOR_BREAKER_H
#define SIMULATOR_BREAKER_H

#include "mews.h"

enum breaker_state { BREAKER_OPEN, BREAKER_CLOSED, BREAKER_TRIPPED };

struct breaker;

struct breaker *breaker_new(void); /* closed; free() it */

/*
 * "trip", "short": it trips, for either reason; "refuse": every command gets exception 04; "stuck": it takes commands
 * and does not move; "mute": it moves and does not answer; "lost": commands do
 * not reach it; "willing": as at first.  False for another word.
 */
bool breaker_obey(struct breaker *, const char *what);

enum breaker_state breaker_state(struct breaker *);

/*
 * The answer to a command, a frame of n bytes without its CRC: 0 for silence,
 * -1 when the frame is no command.
 */
int
breaker_answer(struct breaker *, const uint8_t *frame, size_t n, uint8_t *out);

/*
 * Puts what it knows itself into n registers from an address.
 */
void breaker_put(struct breaker *, unsigned address, unsigned n, uint8_t *out);

#endif
