/*
 * tick.h - the two clocks: one for deadlines, one for what is stored.
 */
#ifndef TICK_H
#define TICK_H

#include "mews.h"

int64_t tick_us(void);   /* never jumps; for deadlines */
int64_t tick_wall(void); /* Unix time in milliseconds; may jump */

#endif
