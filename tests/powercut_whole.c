/*
 * powercut_whole.c - cuts the power at random instants of what disk.c recorded
 * of a backup, of a restore, or of a start on a damaged file.
 *
 *	powercut_whole --start STATE
 *	powercut_whole TRACE BEFORE WORK STATES SEED [--never-synced]
 *
 * The first opens both databases as mewsd does when it starts: to be recorded.
 * The second does so in each state that a disk may then hold: both must be what
 * a start makes of the folder BEFORE, or both what it makes of all that was
 * written; and each backup must be whole.
 *
 * Prints the number of states and of those that are old, new and wrong; exit
 * code 1 when any is.
 */
#include "powercut.h"
#include "rescue.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH 512
#define LAST 8 /* ops */

struct held {
	uint64_t config, history;
};

static enum mews_rc
start(const char *state, struct mews_err *err)
{
	static const enum mews_file files[] = { MEWS_CONFIG_DB,
		MEWS_HISTORY_DB };
	const struct mews_place place = { .state = state };
	struct mews_rescue r;
	struct mews_db *db;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < MEWS_LEN(files) && rc == MEWS_OK; i++) {
		rc = mews_rescue_open(&place, files[i], MEWS_RESCUE_SOUND, "",
		    &db, &r, err);
		if (rc == MEWS_OK)
			mews_db_close(db);
	}
	return rc;
}

/* What a start makes of cut_work. */
static bool
look(size_t op, struct held *h)
{
	struct mews_err err;
	bool good = cut_backups_right(op);

	if (start(cut_work, &err) != MEWS_OK) {
		(void)fprintf(stderr, "op %zu: %s\n", op, err.text);
		return false;
	}
	return cut_look("config.db", &h->config) &&
	    cut_look("history.db", &h->history) && good;
}

/* What starts left behind there. */
static void
sweep(const char *sub)
{
	char folder[PATH], path[2 * PATH];
	struct dirent *e;
	DIR *d;

	(void)snprintf(folder, sizeof(folder), "%s/%s", cut_work, sub);
	d = opendir(folder);
	while (d != NULL && (e = readdir(d)) != NULL) {
		(void)snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		(void)unlink(path);
	}
	if (d != NULL)
		(void)closedir(d);
}

static void
write_state(enum cut_mode mode)
{
	sweep("");
	sweep(DISK_BACKUPS);
	(void)cut_write(mode);
}

static bool
same(const struct held *a, const struct held *b)
{
	return a->config == b->config && a->history == b->history;
}

static int
order(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return x < y ? -1 : x > y;
}

static size_t *
choose(size_t states)
{
	size_t *cut = calloc(states, sizeof(*cut)), i;

	if (cut == NULL || cut_nops == 0)
		cut_fail("nothing to cut");
	for (i = 0; i < states; i++) {
		cut[i] = (size_t)random() % (cut_nops + 1);
		if (i % 2 == 0 && cut_nops > LAST) /* names are given last */
			cut[i] = cut_nops - (size_t)random() % LAST;
	}
	qsort(cut, states, sizeof(*cut), order);
	return cut;
}

/* Old and new: before the first op, and after the last. */
static void
learn(struct held *old, struct held *new)
{
	size_t i;

	write_state(CUT_ALL);
	if (!look(0, old))
		cut_fail("the folder before is no good");
	for (i = 0; i < cut_nops; i++)
		cut_advance(i);
	write_state(CUT_ALL);
	if (!look(cut_nops, new))
		cut_fail("it is no good without a cut");
}

int
main(int argc, char *argv[])
{
	size_t states, i, at = 0, count[3] = { 0 }, *cut;
	struct held old, new, is;
	struct mews_err err;
	int what;

	if (argc == 3 && strcmp(argv[1], "--start") == 0) {
		if (start(argv[2], &err) != MEWS_OK)
			cut_fail(err.text);
		return 0;
	}
	if (argc < 6)
		cut_fail("TRACE BEFORE WORK STATES SEED [--never-synced]");
	cut_work = argv[3];
	states = (size_t)atol(argv[4]);
	cut_begin(argv[1], argv[2]);
	learn(&old, &new);
	cut_forget();
	cut_begin(argv[1], argv[2]);
	cut_never_synced = argc > 6;
	srandom((unsigned)atol(argv[5]));
	cut = choose(states);
	for (i = 0; i < states; i++) {
		for (; at < cut[i]; at++)
			cut_advance(at);
		write_state((enum cut_mode)(random() % CUT_MODES));
		what = !look(at, &is) ? 2
		    : same(&is, &old) ? 0
		    : same(&is, &new) ? 1
				      : 2;
		if (what == 2)
			(void)fprintf(stderr,
			    "op %zu of %zu: neither old nor new (config %d %d, "
			    "history %d %d)\n",
			    at, cut_nops, is.config == old.config,
			    is.config == new.config, is.history == old.history,
			    is.history == new.history);
		count[what]++;
	}
	(void)printf("states %zu old %zu new %zu wrong %zu\n", states, count[0],
	    count[1], count[2]);
	return count[2] > 0;
}
