/*
 * powercut.c - cuts the power at random instants of what disk.c recorded, and
 * looks at what a disk may then hold.
 *
 *	powercut TRACE BEFORE WORK STATES SEED [--never-synced]
 *
 * BEFORE is the folder as it was when the record began, WORK an empty one.  Of
 * what was written since a file's last sync, any part may be there: nothing,
 * all, some writes, halves of some in sectors of 512 bytes.  Each database must
 * then open, be whole, and hold what it held after the last transaction that
 * was over, or after the one that was on its way: old or new, nothing else.
 * With --never-synced no sync counts, as with PRAGMA synchronous=OFF.
 *
 * Prints the number of states, of those with an unsynced part, and of those
 * that are wrong; exit code 1 when any is.
 */
#include "disk.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILES  64
#define SECTOR 512
#define PATH   512

struct op {
	struct disk_record head;
	const unsigned char *data; /* borrowed from the record */
};

struct image {
	unsigned char *s; /* owned */
	size_t n, cap;
};

struct file {
	char name[48];
	bool here, kept_here; /* now; on the disk for sure */
	struct image kept;    /* on the disk for sure */
	size_t *pending;      /* owned: ops since, in order */
	size_t n, cap;
};

/* A database, and what it held after each of its transactions. */
struct base {
	char name[48];
	size_t *op;     /* owned: at which op each was over */
	uint64_t *held; /* owned */
	size_t n, cap;
};

static struct op *ops;
static size_t nops;
static struct file files[FILES];
static size_t nfiles;
static struct base bases[FILES];
static size_t nbases;
static bool never_synced;
static const char *work;

static void
fail(const char *what)
{
	(void)fprintf(stderr, "powercut: %s\n", what);
	exit(2);
}

static void *
grow(void *list, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return list;
	*cap = need * 2;
	list = realloc(list, *cap * size);
	if (list == NULL)
		fail("no memory");
	return list;
}

static unsigned char *
load(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	struct stat s;
	unsigned char *data;

	if (f == NULL || fstat(fileno(f), &s) != 0)
		fail(path);
	*n = (size_t)s.st_size;
	data = malloc(*n + 1);
	if (data == NULL || fread(data, 1, *n, f) != *n)
		fail(path);
	(void)fclose(f);
	return data;
}

static void
load_ops(const char *path)
{
	size_t n, cap = 0;
	unsigned char *p = load(path, &n), *end = p + n;
	struct op o;

	for (; p + sizeof(o.head) <= end; p += o.head.len) {
		memcpy(&o.head, p, sizeof(o.head));
		p += sizeof(o.head);
		o.data = p;
		ops = grow(ops, &cap, nops + 1, sizeof(*ops));
		ops[nops++] = o;
	}
}

static struct file *
file(const char *name)
{
	size_t i;

	for (i = 0; i < nfiles; i++)
		if (strcmp(files[i].name, name) == 0)
			return &files[i];
	if (nfiles == FILES)
		fail("too many files");
	(void)snprintf(files[i].name, sizeof(files[i].name), "%s", name);
	return &files[nfiles++];
}

static void
load_before(const char *folder)
{
	DIR *d = opendir(folder);
	char path[PATH];
	struct dirent *e;
	struct file *f;

	while (d != NULL && (e = readdir(d)) != NULL) {
		if (strstr(e->d_name, ".db") == NULL ||
		    strstr(e->d_name, "-shm") != NULL)
			continue;
		(void)snprintf(path, sizeof(path), "%s/%s", folder, e->d_name);
		f = file(e->d_name);
		f->kept.s = load(path, &f->kept.n);
		f->kept.cap = f->kept.n;
		f->here = f->kept_here = true;
	}
	if (d != NULL)
		(void)closedir(d);
}

/* --- what a file holds ---------------------------------------------------- */

static void
resize(struct image *m, size_t n)
{
	if (n > m->n) {
		m->s = grow(m->s, &m->cap, n, 1);
		memset(m->s + m->n, 0, n - m->n);
	}
	m->n = n;
}

/* Torn: each sector of it is there or not. */
static void
apply(struct image *m, const struct op *o, bool torn)
{
	size_t at = (size_t)o->head.at, k, part;

	if (o->head.op == DISK_TRUNCATE) {
		resize(m, at);
		return;
	}
	if (at + o->head.len > m->n)
		resize(m, at + o->head.len);
	for (k = 0; k < o->head.len; k += part) {
		part = SECTOR - (at + k) % SECTOR;
		if (part > o->head.len - k)
			part = o->head.len - k;
		if (!torn || (random() & 1) != 0)
			memcpy(m->s + at + k, o->data + k, part);
	}
}

static void
copy(const struct image *from, struct image *to)
{
	to->n = 0;
	resize(to, from->n);
	if (from->n > 0)
		memcpy(to->s, from->s, from->n);
}

static void
keep(struct file *f)
{
	size_t i;

	for (i = 0; i < f->n; i++)
		apply(&f->kept, &ops[f->pending[i]], false);
	f->n = 0;
	f->kept_here = f->here;
}

static void
sync_one(const char *name)
{
	size_t i;

	if (never_synced)
		return;
	if (strcmp(name, ".") != 0) {
		keep(file(name));
		return;
	}
	for (i = 0; i < nfiles; i++)
		files[i].kept_here = files[i].here;
}

/* The name is there at once, what is in the file need not be. */
static void
rename_one(const char *from, const struct op *o)
{
	char name[48];
	struct file *f = file(from), *to;

	(void)snprintf(name, sizeof(name), "%.*s", (int)o->head.len,
	    (const char *)o->data);
	to = file(name);
	free(to->kept.s);
	free(to->pending);
	*to = *f;
	(void)snprintf(to->name, sizeof(to->name), "%s", name);
	*f = (struct file){ .name = "" };
	(void)snprintf(f->name, sizeof(f->name), "%s", from);
	to->kept_here = to->here;
}

/* One op later. */
static void
advance(size_t i)
{
	const struct disk_record *r = &ops[i].head;
	struct file *f;

	if (r->op == DISK_DONE)
		return;
	if (r->op == DISK_SYNC) {
		sync_one(r->name);
		return;
	}
	if (r->op == DISK_RENAME) {
		rename_one(r->name, &ops[i]);
		return;
	}
	f = file(r->name);
	f->here = r->op != DISK_UNLINK;
	if (r->op == DISK_MAKE) { /* what was there before is gone */
		f->kept.n = f->n = 0;
		f->kept_here = false;
	} else if (r->op == DISK_WRITE || r->op == DISK_TRUNCATE) {
		f->pending =
		    grow(f->pending, &f->cap, f->n + 1, sizeof(*f->pending));
		f->pending[f->n++] = i;
	}
}

/* --- one state ------------------------------------------------------------- */

enum mode { NOTHING, ALL, SOME, FIRST, FIRST_TORN, TORN, MODES };

static void
store(const char *name, const struct image *m, bool here)
{
	char path[PATH];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", work, name);
	(void)unlink(path);
	if (!here)
		return;
	f = fopen(path, "wb");
	if (f == NULL || fwrite(m->s, 1, m->n, f) != m->n || fclose(f) != 0)
		fail(path);
}

/* Returns whether anything was unsynced. */
static bool
write_file(struct file *f, enum mode mode)
{
	static struct image m;
	size_t i, first = f->n == 0 ? 0 : (size_t)random() % (f->n + 1);
	bool here = f->here, in, torn;

	if (f->here != f->kept_here && mode != ALL)
		here = mode == NOTHING ? f->kept_here : (random() & 1) != 0;
	copy(&f->kept, &m);
	for (i = 0; i < f->n; i++) {
		torn = mode == TORN || (mode == FIRST_TORN && i == first);
		in = mode == ALL || torn ||
		    (mode == SOME && (random() & 1) != 0) ||
		    ((mode == FIRST || mode == FIRST_TORN) && i < first);
		if (in)
			apply(&m, &ops[f->pending[i]], torn);
	}
	store(f->name, &m, here);
	return f->n > 0 || f->here != f->kept_here;
}

static bool
write_state(enum mode mode)
{
	bool loose = false;
	size_t i;

	for (i = 0; i < nfiles; i++)
		loose |= write_file(&files[i], mode);
	return loose;
}

/* --- what a database holds ---------------------------------------------------- */

static uint64_t
mix(uint64_t h, const void *data, size_t n)
{
	const unsigned char *p = data;

	for (; n > 0; n--)
		h = (h ^ *p++) * UINT64_C(1099511628211);
	return h;
}

/* Of all rows of a statement; false when they cannot be read. */
static bool
hash_rows(sqlite3 *db, const char *sql, uint64_t *h)
{
	sqlite3_stmt *st;
	int i, rc = sqlite3_prepare_v2(db, sql, -1, &st, NULL);

	if (rc != SQLITE_OK)
		return false;
	while ((rc = sqlite3_step(st)) == SQLITE_ROW)
		for (i = 0; i < sqlite3_column_count(st); i++) {
			*h = mix(*h, "", 1);
			*h = mix(*h, sqlite3_column_blob(st, i),
			    (size_t)sqlite3_column_bytes(st, i));
		}
	(void)sqlite3_finalize(st);
	return rc == SQLITE_DONE;
}

static bool
hash_tables(sqlite3 *db, uint64_t *h)
{
	static const char list[] = "SELECT name FROM sqlite_schema "
				   "WHERE type = 'table' ORDER BY name";
	sqlite3_stmt *st;
	char sql[160];
	bool good;

	if (!hash_rows(db, "SELECT sql FROM sqlite_schema ORDER BY name", h) ||
	    sqlite3_prepare_v2(db, list, -1, &st, NULL) != SQLITE_OK)
		return false;
	for (good = true; good && sqlite3_step(st) == SQLITE_ROW;) {
		(void)snprintf(sql, sizeof(sql), "SELECT * FROM \"%s\"",
		    (const char *)sqlite3_column_text(st, 0));
		good = hash_rows(db, sql, h);
	}
	(void)sqlite3_finalize(st);
	return good;
}

static bool
is_whole(sqlite3 *db)
{
	sqlite3_stmt *st;
	bool good;

	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check(1)", -1, &st,
		NULL) != SQLITE_OK)
		return false;
	good = sqlite3_step(st) == SQLITE_ROW &&
	    strcmp((const char *)sqlite3_column_text(st, 0), "ok") == 0;
	(void)sqlite3_finalize(st);
	return good;
}

/* Of the database as a start would find it; false: damaged.  One that is not
 * there holds nothing. */
static bool
look(const char *name, uint64_t *held)
{
	char path[PATH];
	sqlite3 *db = NULL;
	bool good;

	*held = UINT64_C(14695981039346656037);
	(void)snprintf(path, sizeof(path), "%s/%s-shm", work, name);
	(void)unlink(path);
	(void)snprintf(path, sizeof(path), "%s/%s", work, name);
	if (access(path, F_OK) != 0)
		return true;
	good = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) ==
		SQLITE_OK &&
	    is_whole(db) && hash_rows(db, "PRAGMA user_version", held) &&
	    hash_tables(db, held);
	(void)sqlite3_close(db);
	return good;
}

static bool
ends(const char *name, const char *tail)
{
	size_t n = strlen(name), k = strlen(tail);

	return n >= k && strcmp(name + n - k, tail) == 0;
}

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

	b->op = grow(b->op, &cap, b->n + 1, sizeof(*b->op));
	b->held = grow(b->held, &b->cap, b->n + 1, sizeof(*b->held));
	b->op[b->n] = op;
	b->held[b->n++] = held;
}

/* A transaction of a database that is in use. */
static bool
is_over(const struct op *o)
{
	return o->head.op == DISK_DONE && ends(o->head.name, ".db-shm");
}

/* What each database held after each transaction, all that was written being
 * there. */
static void
learn(void)
{
	uint64_t held;
	struct base *b;
	size_t i;

	for (i = 0; i < nops; i++)
		if (is_over(&ops[i]))
			(void)base(ops[i].head.name);
	(void)write_state(ALL);
	for (i = 0; i < nbases; i++) {
		if (!look(bases[i].name, &held))
			fail("the folder before is damaged");
		note(&bases[i], 0, held);
	}
	for (i = 0; i < nops; i++) {
		advance(i);
		if (!is_over(&ops[i]))
			continue;
		(void)write_state(ALL);
		b = base(ops[i].head.name);
		if (!look(b->name, &held))
			fail("damaged without a cut");
		if (held != b->held[b->n - 1])
			note(b, i, held);
	}
}

/* The copies that are kept before a migration. */
static bool
copies_right(size_t op)
{
	bool good = true;
	uint64_t held;
	size_t i;

	for (i = 0; i < nfiles; i++)
		if (strstr(files[i].name, ".schema-") != NULL &&
		    strstr(files[i].name, ".building") == NULL &&
		    !look(files[i].name, &held)) {
			(void)fprintf(stderr, "op %zu: %s is damaged\n", op,
			    files[i].name);
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

	if (!look(b->name, &held)) {
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

/* Back to where nothing was written. */
static void
forget(void)
{
	size_t i;

	for (i = 0; i < nfiles; i++) {
		store(files[i].name, NULL, false);
		free(files[i].kept.s);
		free(files[i].pending);
	}
	memset(files, 0, sizeof(files));
	nfiles = 0;
}

int
main(int argc, char *argv[])
{
	size_t states, i, k, at = 0, loose = 0, wrong = 0, *cut;
	bool good;

	if (argc < 6)
		fail("TRACE BEFORE WORK STATES SEED [--never-synced]");
	work = argv[3];
	states = (size_t)atol(argv[4]);
	load_ops(argv[1]);
	load_before(argv[2]);
	learn();
	forget();
	load_before(argv[2]);
	never_synced = argc > 6;
	srandom((unsigned)atol(argv[5]));
	cut = calloc(states, sizeof(*cut));
	if (cut == NULL || nops == 0)
		fail("nothing to cut");
	for (i = 0; i < states; i++)
		cut[i] = (size_t)random() % (nops + 1);
	qsort(cut, states, sizeof(*cut), order);
	for (i = 0; i < states; i++) {
		for (; at < cut[i]; at++)
			advance(at);
		loose += write_state((enum mode)(random() % MODES));
		for (k = 0, good = copies_right(at); k < nbases; k++)
			good &= right(&bases[k], at);
		wrong += !good;
	}
	for (k = 0; k < nbases; k++)
		(void)printf("%s: %zu transactions\n", bases[k].name,
		    bases[k].n - 1);
	(void)printf("states %zu loose %zu wrong %zu\n", states, loose, wrong);
	return wrong > 0;
}
