/*
 * profile.h - what a model of meter can be asked.
 *
 * A model is one file, etc/meters/NAME.meter: lines of words, '#' begins a
 * comment, "..." keeps blanks.  etc/meters/eastron-sdm630.meter says what each
 * line means.
 */
#ifndef MEWS_PROFILE_H
#define MEWS_PROFILE_H

#include "buf.h"
#include "quantity.h"
#include "register.h"

#define MEWS_PULSE_INPUTS 9
#define MEWS_VOIDS        4
#define MEWS_RATIOS       2
#define MEWS_MARKS        4
#define MEWS_MARK_SPANS   4
#define MEWS_COMMANDS     8
#define MEWS_CAUSES       16

enum mews_poll_class { MEWS_FAST, MEWS_NORMAL, MEWS_SLOW };
#define MEWS_CLASSES 3

struct mews_profile_ratio {
	uint16_t address; /* u16: the value is register x mantissa x 10^... */
	int64_t mantissa; /* 1 to 10^9 */
	int exponent;
};

struct mews_profile_read {
	const struct mews_quantity *quantity; /* NULL for pulses */
	unsigned pulses;                      /* 1 to 9, else 0 */
	uint8_t function;
	uint16_t address;
	const struct mews_register_type *type;
	enum mews_word_order order;
	int64_t mantissa; /* stored integer = raw x mantissa x 10^exponent */
	int exponent;
	bool has_sign, has_scale;
	uint16_t sign;  /* 1 says negative */
	uint16_t scale; /* s16: x 10^register, -10 to 10 */
	struct mews_profile_ratio ratio[MEWS_RATIOS];
	unsigned nratios;
	uint64_t voided[MEWS_VOIDS];
	unsigned nvoids;
	int64_t modulus; /* in stored integers; 0 when not declared */
	enum mews_poll_class class;
	bool quality; /* of the energy, such as distortion */
};

/*
 * What stands in a register of this model and of no other.
 */
struct mews_profile_mark {
	uint8_t function;
	uint16_t address;
	const struct mews_register_type *type;
	enum mews_word_order order;
	struct {
		uint64_t from, to;
	} span[MEWS_MARK_SPANS]; /* a number lies in one of them */
	unsigned nspans;
	char text[MEWS_REGISTER_TEXT]; /* of a string */
};

/*
 * Something to switch.  Done when the state, masked, is what it should be.
 */
struct mews_profile_command {
	char name[16];
	uint8_t function; /* 5, 6 or 16 */
	uint16_t address, value;
	const struct mews_quantity *state; /* read by the same profile */
	int64_t wanted;
	uint64_t mask;  /* of the stored integer; all bits when not said */
	int64_t unless; /* not sent in this state (masked): a breaker that
			 * tripped must be reset first; -1: always sent */
	unsigned within_s;
};

/*
 * Why a breaker opened by itself: when the state, masked, is that.  The words
 * are those of IEC 60947-2 and of its releases.
 */
struct mews_profile_cause {
	const struct mews_quantity *state; /* read by the same profile */
	int64_t is;
	uint64_t mask;    /* of the stored integer; all bits when not said */
	const char *word; /* overload, short-circuit ...; borrowed, static */
};

struct mews_profile {
	char name[64]; /* the file's, without .meter */
	char vendor[48], model[64], family[64];
	char lacks[160]; /* of a template: what somebody must fill in */
	size_t lacks_at; /* line that says so */
	unsigned block, hole;
	int baud, stop; /* as the maker delivers it; 0 when not said */
	char parity;
	unsigned quickest_s; /* between two polls of a value; 0: not said */
	unsigned answer_ms;  /* longest time to answer; 0: not said */
	struct mews_profile_mark mark[MEWS_MARKS];
	size_t nmarks;
	struct mews_profile_command command[MEWS_COMMANDS];
	size_t ncommands;
	struct mews_profile_cause cause[MEWS_CAUSES];
	size_t ncauses;
	struct mews_profile_read *read; /* owned, by function and address */
	size_t nreads;
};

#define MEWS_PROFILE_MOST 65536 /* bytes */

/*
 * Reads DIR/NAME.meter, or any file.  MEWS_NONE: no such file.  MEWS_BAD: the
 * sentence says file, line and mistake; of a template, which no meter can be
 * asked with, what it lacks.  On failure *out is cleared.
 */
enum mews_rc mews_profile_load(const char *dir, const char *name,
    struct mews_profile *out, struct mews_err *);
enum mews_rc mews_profile_file(const char *path, struct mews_profile *out,
    struct mews_err *);

/*
 * The same from memory; path only for the sentence.
 */
enum mews_rc mews_profile_parse(const char *path, const char *text, size_t n,
    struct mews_profile *out, struct mews_err *);

/*
 * The same where a template is MEWS_OK too, its lacks not "".  first is the
 * number of the text's first line.
 */
enum mews_rc mews_profile_look(const char *path, size_t first, const char *text,
    size_t n, struct mews_profile *out, struct mews_err *);

/*
 * The text of a file, at most MEWS_PROFILE_MOST bytes, behind what there is.
 * MEWS_NONE: no such file.
 */
enum mews_rc
mews_profile_slurp(const char *path, struct mews_buf *, struct mews_err *);
void mews_profile_clear(struct mews_profile *);

/*
 * "fast", "normal", "slow".
 */
const char *mews_profile_class(enum mews_poll_class);

/*
 * True when the registers, as many as the mark's type has, are the model's.
 */
bool mews_profile_is(const struct mews_profile_mark *, const uint16_t *reg);

#endif
