/*
 * check.c - reads a profile and plans its requests as mewsd would.
 */
#include "check.h"
#include "plan.h"

#include <inttypes.h>

/* A device that uses every input, each for something the profile lacks. */
static void
plug(struct mews_device *d, const struct mews_profile *p)
{
	const struct mews_quantity *q;
	size_t i, k, input = 0;

	*d = (struct mews_device){ .plate = "P1" };
	for (i = 0; input < MEWS_PULSE_INPUTS; i++) {
		if ((q = mews_quantity_at(i)) == NULL)
			return;
		for (k = 0; k < p->nreads && p->read[k].quantity != q; k++)
			;
		if (k == p->nreads)
			d->pulse[input++] = (struct mews_pulse){ .quantity = q,
				.weight = 1,
				.per = 1 };
	}
}

static void
print_head(FILE *to, const struct mews_profile *p)
{
	(void)fprintf(to, "%s %s, family %s\n", p->vendor, p->model, p->family);
	if (p->baud != 0)
		(void)fprintf(to, "line as delivered: %d 8%c%d\n", p->baud,
		    p->parity, p->stop);
	if (p->quickest_s != 0)
		(void)fprintf(to, "a value at most every %u s\n",
		    p->quickest_s);
	if (p->answer_ms != 0)
		(void)fprintf(to, "answers within %u ms\n", p->answer_ms);
}

static void
print_marks(FILE *to, const struct mews_profile *p)
{
	const struct mews_profile_mark *m;
	unsigned i;

	for (m = p->mark; m < p->mark + p->nmarks; m++) {
		(void)fprintf(to,
		    "known by function %u, address %u: ", m->function,
		    m->address);
		if (!mews_register_is_number(m->type)) {
			(void)fprintf(to, "\"%s\"\n", m->text);
			continue;
		}
		(void)fputs(mews_register_name(m->type), to);
		for (i = 0; i < m->nspans; i++)
			(void)fprintf(to,
			    m->span[i].from == m->span[i].to ? " 0x%" PRIx64
							     : " 0x%" PRIx64
							       "-0x%" PRIx64,
			    m->span[i].from, m->span[i].to);
		(void)fputc('\n', to);
	}
}

static void
print_commands(FILE *to, const struct mews_profile *p)
{
	const struct mews_profile_command *c;

	for (c = p->command; c < p->command + p->ncommands; c++) {
		(void)fprintf(to,
		    "command %s: function %u, address %u, value %u; done when "
		    "%s is %" PRId64 " within %u s",
		    c->name, c->function, c->address, c->value, c->state->name,
		    c->wanted, c->within_s);
		if (c->unless >= 0)
			(void)fprintf(to, "; not sent while it is %" PRId64,
			    c->unless);
		(void)fputc('\n', to);
	}
}

/* raw x mantissa x 10^exponent in the quantity's unit, in plain digits. */
static void
print_worth(FILE *to, const struct mews_profile_read *r)
{
	int e = r->exponent - (r->quantity == NULL ? 0 : r->quantity->decimals);
	int64_t m = r->mantissa;
	char text[MEWS_NUMBER];

	for (; e > 0 && m < INT64_MAX / 10 && m > -INT64_MAX / 10; e--)
		m *= 10;
	if (e <= 0 && e >= -18) {
		mews_number_plain(text, m, -e, -e);
		(void)fprintf(to, " x %s", text);
	} else
		(void)fprintf(to, " x %" PRId64 "e%d", m, e);
	(void)fprintf(to, " %s",
	    r->quantity == NULL ? "pulse" : r->quantity->unit);
}

static void
print_value(FILE *to, const struct mews_profile_read *r)
{
	unsigned i;

	if (r->quantity == NULL)
		(void)fprintf(to, "  pulses_%u", r->pulses);
	else
		(void)fprintf(to, "  %s", r->quantity->name);
	(void)fprintf(to, " at %u %s", r->address, mews_register_name(r->type));
	if (mews_register_words(r->type) > 1)
		(void)fprintf(to, " %s",
		    r->order == MEWS_LOW_FIRST ? "low-first" : "high-first");
	print_worth(to, r);
	if (r->has_scale)
		(void)fprintf(to, " x 10^register %u", r->scale);
	for (i = 0; i < r->nratios; i++)
		(void)fprintf(to, " x register %u", r->ratio[i].address);
	if (r->has_sign)
		(void)fprintf(to, ", sign at %u", r->sign);
	(void)fprintf(to, "%s\n", r->quality ? ", energy quality" : "");
}

enum mews_rc
check_profile(FILE *to, const char *path, struct mews_err *err)
{
	const struct mews_plan_block *b;
	struct mews_profile p;
	struct mews_device d;
	struct mews_plan plan;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_profile_file(path, &p, err)) != MEWS_OK)
		return rc;
	plug(&d, &p);
	if ((rc = mews_plan_make(&plan, &d, &p, err)) != MEWS_OK) {
		mews_profile_clear(&p);
		return rc;
	}
	print_head(to, &p);
	print_marks(to, &p);
	print_commands(to, &p);
	(void)fprintf(to, "%zu value%s in %zu request%s\n", plan.nvalues,
	    plan.nvalues == 1 ? "" : "s", plan.nblocks,
	    plan.nblocks == 1 ? "" : "s");
	for (b = plan.block; b < plan.block + plan.nblocks; b++) {
		(void)fprintf(to, "function %u, address %u, %u registers, %s\n",
		    b->function, b->address, b->words,
		    mews_profile_class(b->class));
		for (i = b->first; i < b->first + b->n; i++)
			print_value(to, plan.value[i].read);
	}
	mews_plan_clear(&plan);
	mews_profile_clear(&p);
	return MEWS_OK;
}
