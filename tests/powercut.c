/*
 * powercut.c - cuts the power at random instants of what disk.c recorded of
 * mewsd, and looks at what a disk may then hold.
 *
 *	powercut TRACE BEFORE WORK STATES SEED [--never-synced]
 *
 * BEFORE is the folder as it was when the record began, WORK an empty one.  Each
 * database must open, be whole, and hold what it held after the last transaction
 * that was over, or after the one that was on its way: old or new, nothing else.
 * Each backup must be whole.
 *
 * Prints the number of states, of those with an unsynced part, and of those
 * that are wrong; exit code 1 when any is.
 */
#include "powercut.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FILES 64

/* A database, and what it held after each of its transactions. */
struct base {
	char name[DISK_NAME];
	size_t *op;     /* owned: at which op each was over */
	uint64_t *held; /* owned */
	size_t n, cap;
};

static struct base bases[FILES];
static size_t nbases;
static struct base *
base(const char *shm)
{
	size_t i, n = strlen(shm) - strlen("-shm");

	for (i = 0; i < nbases; i++)
		if (strlen(bases[i].name) == n &&
		    strncmp(bases[i].name, shm, n) == 0)
			return &bases[i];
	(void)snprintf(bases[i].name, sizeof(bases[i].name), "%.*s", (int)n,
	    shm);
	return &bases[nbases++];
}

static void
note(struct base *b, size_t op, uint64_t held)
{
	size_t cap = b->cap;

	b->op = cut_grow(b->op, &cap, b->n + 1, sizeof(*b->op));
	b->held = cut_grow(b->held, &b->cap, b->n + 1, sizeof(*b->held));
	b->op[b->n] = op;
	b->held[b->n++] = held;
}

/* A transaction of a database that is in use. */
static bool
is_over(const struct disk_record *r)
{
	return r->op == DISK_DONE && cut_ends(r->name, ".db-shm");
}

/* What each database held after each transaction, all that was written being
 * there. */
static void
learn(void)
{
	uint64_t held;
	struct base *b;
	size_t i;

	for (i = 0; i < cut_nops; i++)
		if (is_over(cut_op(i)))
			(void)base(cut_op(i)->name);
	(void)cut_write(CUT_ALL);
	for (i = 0; i < nbases; i++) {
		if (!cut_look(bases[i].name, &held))
			cut_fail("the folder before is damaged");
		note(&bases[i], 0, held);
	}
	for (i = 0; i < cut_nops; i++) {
		cut_advance(i);
		if (!is_over(cut_op(i)))
			continue;
		(void)cut_write(CUT_ALL);
		b = base(cut_op(i)->name);
		if (!cut_look(b->name, &held))
			cut_fail("damaged without a cut");
		if (held != b->held[b->n - 1])
			note(b, i, held);
	}
}

/* The copies that are kept before a migration. */
static bool
copies_right(size_t op)
{
	bool good = true;
	const char *name;
	uint64_t held;
	size_t i;

	for (i = 0; (name = cut_name(i)) != NULL; i++)
		if (strstr(name, ".schema-") != NULL &&
		    strstr(name, ".building") == NULL &&
		    !cut_look(name, &held)) {
			(void)fprintf(stderr, "op %zu: %s is damaged\n", op,
			    name);
			good = false;
		}
	return good;
}

/* Old: what it held when op was reached; or what it held next. */
static bool
right(const struct base *b, size_t op)
{
	uint64_t held;
	size_t i;

	if (!cut_look(b->name, &held)) {
		(void)fprintf(stderr, "op %zu: %s is damaged\n", op, b->name);
		return false;
	}
	for (i = 0; i + 1 < b->n && b->op[i + 1] < op; i++)
		;
	if (held == b->held[i] || (i + 1 < b->n && held == b->held[i + 1]))
		return true;
	(void)fprintf(stderr, "op %zu: %s holds neither old nor new\n", op,
	    b->name);
	return false;
}

static int
order(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

int
main(int argc, char *argv[])
{
	size_t states, i, k, at = 0, loose = 0, wrong = 0, *cut;
	bool good;

	if (argc < 6)
		cut_fail("TRACE BEFORE WORK STATES SEED [--never-synced]");
	cut_work = argv[3];
	states = (size_t)atol(argv[4]);
	cut_begin(argv[1], argv[2]);
	learn();
	cut_forget();
	cut_begin(argv[1], argv[2]);
	cut_never_synced = argc > 6;
	srandom((unsigned)atol(argv[5]));
	cut = calloc(states, sizeof(*cut));
	if (cut == NULL || cut_nops == 0)
		cut_fail("nothing to cut");
	for (i = 0; i < states; i++)
		cut[i] = (size_t)random() % (cut_nops + 1);
	qsort(cut, states, sizeof(*cut), order);
	for (i = 0; i < states; i++) {
		for (; at < cut[i]; at++)
			cut_advance(at);
		loose += cut_write((enum cut_mode)(random() % CUT_MODES));
		good = copies_right(at);
		good &= cut_backups_right(at);
		for (k = 0; k < nbases; k++)
			good &= right(&bases[k], at);
		wrong += !good;
	}
	for (k = 0; k < nbases; k++)
		(void)printf("%s: %zu transactions\n", bases[k].name,
		    bases[k].n - 1);
	(void)printf("states %zu loose %zu wrong %zu\n", states, loose, wrong);
	return wrong > 0;
}
