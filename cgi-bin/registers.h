/*
 * registers.h - single registers of a device, read and written by number: what
 * came back, who wrote what, and the form that writes.
 */
#ifndef REGISTERS_H
#define REGISTERS_H

#include "exchange.h"
#include "form.h"

/*
 * Sets below the current node: bits (1 where each is 0 or 1) and word.N:
 * address, printed, hex, unsigned, signed, float (of this register and the
 * next, absent for the last), low_first as asked.
 */
void registers_set_words(struct page_ctx *, const struct mews_exchange *,
    bool low_first);

/*
 * Sets log.N: t, who, says; the newest writes to a unit of a line.
 */
enum mews_rc registers_set_log(struct page_ctx *, const struct mews_line *,
    int unit, struct mews_err *);

/*
 * What a person wants to write, as the door takes it.
 */
struct registers_write {
	int64_t function, address;
	char values[181]; /* a blank between */
	size_t n;
};

/*
 * Takes the fields wfunction, waddress and values; the form says what is wrong
 * with them.
 */
void registers_take(struct form *, struct registers_write *out);

/*
 * True when the setting register_writes allows it.
 */
bool registers_may_write(const struct page_ctx *);

#endif
