/*
 * simulator_dump.h - the past of a meter, as `mews import` reads it.
 */
#ifndef SIMULATOR_DUMP_H
#define SIMULATOR_DUMP_H

#include "simulator_meter.h"

#include <stdio.h>

/*
 * Writes the minutes from `from` to `to`, Unix time in whole minutes; a minute
 * nobody measured has no line.  shift: data time + shift = Unix time.
 * MEWS_FAIL when the file does not take them.
 */
enum mews_rc dump_minutes(const struct house *, const struct meter *,
    int64_t from, int64_t to, int64_t shift, FILE *, struct mews_err *);

#endif
