/*
 * courier_bell.h - what threads of sinks sleep on; courier_wake() of sink.h
 * rings it.
 */
#ifndef COURIER_BELL_H
#define COURIER_BELL_H

#include "mews.h"

/*
 * Before the first thread, and again after courier_bell_end() when all ended.
 */
void courier_bell_begin(void);

/*
 * Until that sink is woken, or was since it last slept, the time has passed, or
 * courier_bell_end().
 */
void courier_bell_sleep(const char *sink, int seconds);

/*
 * From now on nobody sleeps; *courier_bell_over is true.
 */
void courier_bell_end(void);
extern const volatile bool *const courier_bell_over;

#endif
