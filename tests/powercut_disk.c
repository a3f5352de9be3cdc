/*
 * powercut_disk.c - the files of a folder as a disk may hold them when the power
 * is cut: what was synced, and any part of what was not.
 */
#include "powercut.h"

#include <dirent.h>
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
	char name[DISK_NAME];
	bool here, kept_here; /* now; on the disk for sure */
	struct image kept;    /* on the disk for sure */
	size_t *pending;      /* owned: ops since, in order */
	size_t n, cap;
};

/* The folder itself. */
static const char backups[] = "backup";

static struct op *ops;
size_t cut_nops;
static struct file files[FILES];
static size_t nfiles;
bool cut_never_synced;
const char *cut_work;

void
cut_fail(const char *what)
{
	(void)fprintf(stderr, "powercut: %s\n", what);
	exit(2);
}

void *
cut_grow(void *list, size_t *cap, size_t need, size_t size)
{
	if (need <= *cap)
		return list;
	*cap = need * 2;
	list = realloc(list, *cap * size);
	if (list == NULL)
		cut_fail("no memory");
	return list;
}

static unsigned char *
load(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	struct stat s;
	unsigned char *data;

	if (f == NULL || fstat(fileno(f), &s) != 0)
		cut_fail(path);
	*n = (size_t)s.st_size;
	data = malloc(*n + 1);
	if (data == NULL || fread(data, 1, *n, f) != *n)
		cut_fail(path);
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
		ops = cut_grow(ops, &cap, cut_nops + 1, sizeof(*ops));
		ops[cut_nops++] = o;
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
		cut_fail("too many files");
	(void)snprintf(files[i].name, sizeof(files[i].name), "%s", name);
	return &files[nfiles++];
}

/* Databases and backups; sub: "" or a folder in it. */
static void
load_folder(const char *folder, const char *sub)
{
	char path[PATH], name[DISK_NAME];
	struct dirent *e;
	struct file *f;
	DIR *d;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, sub);
	d = opendir(path);
	while (d != NULL && (e = readdir(d)) != NULL) {
		if ((strstr(e->d_name, ".db") == NULL &&
			strstr(e->d_name, ".backup") == NULL) ||
		    strstr(e->d_name, "-shm") != NULL)
			continue;
		(void)snprintf(name, sizeof(name), "%s%.*s", sub, DISK_NAME - 8,
		    e->d_name);
		(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
		f = file(name);
		f->kept.s = load(path, &f->kept.n);
		f->kept.cap = f->kept.n;
		f->here = f->kept_here = true;
	}
	if (d != NULL)
		(void)closedir(d);
}

void
cut_begin(const char *trace, const char *before)
{
	if (cut_nops == 0)
		load_ops(trace);
	load_folder(before, "");
	load_folder(before, DISK_BACKUPS);
}

const char *
cut_name(size_t i)
{
	return i < nfiles ? files[i].name : NULL;
}

const struct disk_record *
cut_op(size_t i)
{
	return &ops[i].head;
}

/* --- what a file holds ---------------------------------------------------- */

static void
resize(struct image *m, size_t n)
{
	if (n > m->n) {
		m->s = cut_grow(m->s, &m->cap, n, 1);
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

	if (cut_never_synced)
		return;
	if (strcmp(name, ".") != 0 && strcmp(name, backups) != 0) {
		keep(file(name));
		return;
	}
	for (i = 0; i < nfiles; i++)
		if ((strchr(files[i].name, '/') != NULL) == (name[0] != '.'))
			files[i].kept_here = files[i].here;
}

/* The name is there at once, what is in the file need not be. */
static void
rename_one(const char *from, const struct op *o)
{
	char name[DISK_NAME];
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
void
cut_advance(size_t i)
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
		f->pending = cut_grow(f->pending, &f->cap, f->n + 1,
		    sizeof(*f->pending));
		f->pending[f->n++] = i;
	}
}

/* --- one state ------------------------------------------------------------- */

static void
store(const char *name, const struct image *m, bool here)
{
	char path[PATH];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", cut_work, backups);
	(void)mkdir(path, 0700);
	(void)snprintf(path, sizeof(path), "%s/%s", cut_work, name);
	(void)unlink(path);
	if (!here)
		return;
	f = fopen(path, "wb");
	if (f == NULL || fwrite(m->s, 1, m->n, f) != m->n || fclose(f) != 0)
		cut_fail(path);
}

/* Returns whether anything was unsynced. */
static bool
write_file(struct file *f, enum cut_mode mode)
{
	static struct image m;
	size_t i, first = f->n == 0 ? 0 : (size_t)random() % (f->n + 1);
	bool here = f->here, in, torn;

	if (f->here != f->kept_here && mode != CUT_ALL)
		here = mode == CUT_NOTHING ? f->kept_here : (random() & 1) != 0;
	copy(&f->kept, &m);
	for (i = 0; i < f->n; i++) {
		torn =
		    mode == CUT_TORN || (mode == CUT_FIRST_TORN && i == first);
		in = mode == CUT_ALL || torn ||
		    (mode == CUT_SOME && (random() & 1) != 0) ||
		    ((mode == CUT_FIRST || mode == CUT_FIRST_TORN) &&
			i < first);
		if (in)
			apply(&m, &ops[f->pending[i]], torn);
	}
	store(f->name, &m, here);
	return f->n > 0 || f->here != f->kept_here;
}

bool
cut_write(enum cut_mode mode)
{
	bool loose = false;
	size_t i;

	for (i = 0; i < nfiles; i++)
		loose |= write_file(&files[i], mode);
	return loose;
}

/* Back to where nothing was written. */
void
cut_forget(void)
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
