/*
 * fuzz_profile.c - any bytes as a profile: refused with a line, or planned and
 * its answers decoded.
 */
#include "fuzz.h"
#include "plan.h"

#include <stdlib.h>
#include <string.h>

static void
must(bool good)
{
	if (!good)
		abort();
}

static void
decode(struct mews_plan *p)
{
	uint8_t pdu[2 + 2 * MEWS_PLAN_WORDS];
	int64_t value;
	size_t b, i;
	int fill;

	for (b = 0; b < p->nblocks; b++)
		must(p->block[b].n > 0 && p->block[b].words <= MEWS_PLAN_WORDS);
	for (fill = 0; fill < 256; fill += 51)
		for (b = 0; b < p->nblocks; b++) {
			memset(pdu, fill, sizeof(pdu));
			for (i = 0; i < p->block[b].n; i++)
				(void)mews_plan_decode(p, &p->block[b], i, pdu,
				    &value);
		}
	for (i = 0; i < p->nvalues; i++)
		must(mews_plan_modulus(&p->value[i]) >= 0 &&
		    mews_plan_step(&p->value[i]) >= 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct mews_quantity *pulses = mews_quantity_find("water_volume");
	struct mews_device d = { .plate = "P1" };
	struct mews_profile p;
	struct mews_err err = { .text = "" };
	struct mews_plan plan;
	size_t i;

	if (mews_profile_parse("p", (const char *)data, size, &p, &err) !=
	    MEWS_OK) {
		must(strncmp(err.text, "p:", 2) == 0);
		must(p.read == NULL && p.nreads == 0);
		return 0;
	}
	must(p.nreads > 0 && p.vendor[0] != '\0' && p.lacks[0] == '\0');
	for (i = 0; i < p.nreads; i++)
		must(mews_register_words(p.read[i].type) <= p.block);
	d.pulse[0] =
	    (struct mews_pulse){ .quantity = pulses, .weight = 10, .per = 1 };
	if (mews_plan_make(&plan, &d, &p, &err) == MEWS_OK) {
		decode(&plan);
		while (plan.nblocks < p.nreads && mews_plan_split(&plan, 0))
			;
		decode(&plan);
		mews_plan_clear(&plan);
	}
	mews_profile_clear(&p);
	return 0;
}
