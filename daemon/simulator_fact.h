/*
 * simulator_fact.h - register facts of one model, and the words they make.
 */
#ifndef SIMULATOR_FACT_H
#define SIMULATOR_FACT_H

#include "simulator_house.h"

struct meter_fact;

/*
 * The facts of a model in DIR/registers.csv, by function and address; only
 * those whose type is a number.  *n may be 0.
 */
enum mews_rc fact_load(const char *dir, const char *vendor, const char *model,
    struct meter_fact **out, size_t *n, struct mews_err *);
void fact_free(struct meter_fact *);

/*
 * How far the i-th fact lies in front of and behind a register: lowers *before
 * and *behind; both are 0 inside it.
 */
void fact_near(const struct meter_fact *, size_t i, unsigned function,
    unsigned address, unsigned *before, unsigned *behind);

/*
 * Puts what the i-th fact has in n registers from an address into 2 x n bytes.
 */
void fact_put(const struct meter_fact *, size_t i, unsigned function,
    unsigned address, unsigned n, int64_t pulse, const struct house_shown *,
    uint8_t *out);

/*
 * The quantity of the i-th fact as the file has it, and what it shows; and
 * its registers read back, in millionths of the unit without prefix (of Wh or
 * L for a pulse counter).
 */
const char *
fact_name(const struct meter_fact *, size_t i, enum house_value *value);
int64_t fact_says(const struct meter_fact *, size_t i, int64_t pulse,
    const struct house_shown *);

#endif
