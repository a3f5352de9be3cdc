/*
 * register.h - Modbus registers to numbers.
 *
 * Meters agree on 16-bit registers and on nothing else: a value may span one
 * to four of them, in either order of words, binary, BCD or IEEE 754.
 */
#ifndef MEWS_REGISTER_H
#define MEWS_REGISTER_H

#include "mews.h"

struct mews_register_type;

/*
 * u16 s16 u32 s32 u64 s64 f32 f64 bcd16 bcd32 bits16 bits32 string2 string4
 * string8 string16 string32 (registers, of two characters each); NULL for
 * another name.
 */
const struct mews_register_type *mews_register_find(const char *name);
const char *mews_register_name(const struct mews_register_type *);
unsigned mews_register_words(const struct mews_register_type *);
bool mews_register_is_number(const struct mews_register_type *);

/*
 * Order of the words of a value as they arrive.
 */
enum mews_word_order {
	MEWS_HIGH_FIRST, /* ABCD, as the Modbus specification has it */
	MEWS_LOW_FIRST   /* CDAB */
};

/*
 * The raw bits, right-aligned, as they stand in the registers.
 */
uint64_t mews_register_bits(const struct mews_register_type *,
    enum mews_word_order, const uint16_t *reg);

/*
 * raw x mantissa x 10^exponent as an integer: exactly for integer types, and
 * rounded half away from zero where digits are cut.  MEWS_NONE when there is
 * no number: NaN, an infinity, a BCD digit above 9, above 2^62, or a string.
 */
enum mews_rc
mews_register_value(const struct mews_register_type *, enum mews_word_order,
    const uint16_t *reg, int64_t mantissa, int exponent, int64_t *out);

/*
 * The characters of a string, up to a NUL, without the blanks behind them.
 * text holds at least MEWS_REGISTER_TEXT bytes.
 */
#define MEWS_REGISTER_TEXT 65
void mews_register_text(const struct mews_register_type *, const uint16_t *reg,
    char *text);

#endif
