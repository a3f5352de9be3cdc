/*
 * zip.c - what is written here is one pass.
 *
 * How large a file becomes is not known at its head.  One of 4 GiB or more has
 * numbers of 8 bytes in its descriptor and says so in the list, where readers
 * look first, and not in its head: as archive/zip of Go does it.
 */
#include "zip.h"

#include "calendar.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define MOST   UINT32_C(0xffffffff) /* stands for: see the 8 bytes elsewhere */
#define FLAGS  0x0808 /* a descriptor follows; the name is UTF-8 */
#define NEED   20     /* version 2.0: deflate */
#define NEED64 45     /* version 4.5: ZIP64 */
#define UNIX   0x0300 /* who made it, with the version needed */
#define MODE   (UINT32_C(0100644) << 16)

struct entry {
	char *name; /* owned */
	uint16_t time, date;
	uint32_t crc;
	uint64_t packed, size, at;
};

struct mews_zip {
	struct mews_buf *out;
	uint64_t written; /* in all */
	z_stream z;
	struct entry *e; /* owned */
	size_t n;
	uint64_t size, packed; /* of the open file */
	uLong crc;
};

static void
put(struct mews_zip *z, const void *p, size_t n)
{
	mews_buf_put(z->out, p, n);
	z->written += n;
}

/* A little-endian number of n bytes. */
static void
number(struct mews_zip *z, uint64_t v, size_t n)
{
	unsigned char b[8];
	size_t i;

	for (i = 0; i < n; i++)
		b[i] = (unsigned char)(v >> 8 * i);
	put(z, b, n);
}

static uint64_t
least(uint64_t a, uint64_t b)
{
	return a < b ? a : b;
}

void
mews_zip_into(struct mews_zip *z, struct mews_buf *out)
{
	z->out = out;
}

struct mews_zip *
mews_zip_new(void)
{
	struct mews_zip *z = mews_alloc(1, sizeof(*z));

	/* raw: the archive has head and sum of its own */
	if (deflateInit2(&z->z, 5, Z_DEFLATED, -MAX_WBITS, 8,
		Z_DEFAULT_STRATEGY) != Z_OK)
		abort(); /* memory is gone */
	return z;
}

void
mews_zip_free(struct mews_zip *z)
{
	size_t i;

	if (z == NULL)
		return;
	(void)deflateEnd(&z->z);
	for (i = 0; i < z->n; i++)
		free(z->e[i].name);
	free(z->e);
	free(z);
}

static bool
large(const struct entry *e)
{
	return e->size >= MOST || e->packed >= MOST || e->at >= MOST;
}

/* What stands in the head of a file and in the list alike, but for its length of
 * extra bytes. */
static void
common(struct mews_zip *z, const struct entry *e, int need)
{
	number(z, (uint64_t)need, 2);
	number(z, FLAGS, 2);
	number(z, Z_DEFLATED, 2);
	number(z, e->time, 2);
	number(z, e->date, 2);
	number(z, e->crc, 4);
	number(z, least(e->packed, MOST), 4);
	number(z, least(e->size, MOST), 4);
	number(z, strlen(e->name), 2);
}

void
mews_zip_file(struct mews_zip *z, const char *name, int64_t t)
{
	struct mews_civil c = mews_calendar_civil(t);
	struct entry *e;

	if ((z->n & (z->n - 1)) == 0) /* 0, 1, 2, 4 ... are full */
		z->e =
		    mews_realloc(z->e, z->n == 0 ? 1 : 2 * z->n, sizeof(*z->e));
	e = &z->e[z->n++];
	*e = (struct entry){ .name = mews_strdup(name),
		.time = (uint16_t)(c.hour << 11 | c.minute << 5 | c.second / 2),
		.date = (uint16_t)((c.year - 1980) << 9 | c.month << 5 | c.day),
		.at = z->written };
	number(z, 0x04034b50, 4);
	common(z, e, NEED);
	number(z, 0, 2);
	put(z, name, strlen(name));
	z->crc = crc32(0, NULL, 0);
	z->size = z->packed = 0;
	(void)deflateReset(&z->z);
}

static void
pack(struct mews_zip *z, const void *p, size_t n, int flush)
{
	unsigned char part[16384];

	z->z.next_in = (z_const Bytef *)p;
	z->z.avail_in = (uInt)n;
	do {
		z->z.next_out = part;
		z->z.avail_out = sizeof(part);
		(void)deflate(&z->z, flush);
		put(z, part, sizeof(part) - z->z.avail_out);
		z->packed += sizeof(part) - z->z.avail_out;
	} while (z->z.avail_out == 0);
}

void
mews_zip_put(struct mews_zip *z, const void *p, size_t n)
{
	z->crc = crc32_z(z->crc, p, n);
	z->size += n;
	pack(z, p, n, Z_NO_FLUSH);
}

void
mews_zip_close(struct mews_zip *z)
{
	struct entry *e = &z->e[z->n - 1];
	size_t wide;

	pack(z, NULL, 0, Z_FINISH);
	e->crc = (uint32_t)z->crc;
	e->packed = z->packed;
	e->size = z->size;
	wide = e->size >= MOST || e->packed >= MOST ? 8 : 4;
	number(z, 0x08074b50, 4);
	number(z, e->crc, 4);
	number(z, e->packed, wide);
	number(z, e->size, wide);
}

/* A file in the list; the numbers that need 8 bytes follow its name. */
static void
list(struct mews_zip *z, const struct entry *e)
{
	const uint64_t numbers[] = { e->size, e->packed, e->at };
	size_t wide = 0, i;

	for (i = 0; i < MEWS_LEN(numbers); i++)
		wide += numbers[i] >= MOST ? 8 : 0;
	number(z, 0x02014b50, 4);
	number(z, UNIX | (large(e) ? NEED64 : NEED), 2);
	common(z, e, large(e) ? NEED64 : NEED);
	number(z, wide > 0 ? wide + 4 : 0, 2);
	number(z, 0, 2); /* comment */
	number(z, 0, 2); /* disk */
	number(z, 0, 2);
	number(z, MODE, 4);
	number(z, least(e->at, MOST), 4);
	put(z, e->name, strlen(e->name));
	if (wide == 0)
		return;
	number(z, 1, 2);
	number(z, wide, 2);
	for (i = 0; i < MEWS_LEN(numbers); i++)
		if (numbers[i] >= MOST)
			number(z, numbers[i], 8);
}

/* The end as ZIP64 has it, which stands before the old one. */
static void
end64(struct mews_zip *z, uint64_t begin, uint64_t length)
{
	uint64_t at = z->written;

	number(z, 0x06064b50, 4);
	number(z, 44, 8); /* bytes to follow */
	number(z, UNIX | NEED64, 2);
	number(z, NEED64, 2);
	number(z, 0, 8); /* disks */
	number(z, z->n, 8);
	number(z, z->n, 8);
	number(z, length, 8);
	number(z, begin, 8);
	number(z, 0x07064b50, 4);
	number(z, 0, 4);
	number(z, at, 8);
	number(z, 1, 4);
}

void
mews_zip_end(struct mews_zip *z)
{
	uint64_t begin = z->written, length;
	size_t i;

	for (i = 0; i < z->n; i++)
		list(z, &z->e[i]);
	length = z->written - begin;
	if (z->n >= UINT16_MAX || begin >= MOST || length >= MOST)
		end64(z, begin, length);
	number(z, 0x06054b50, 4);
	number(z, 0, 4);
	number(z, least(z->n, UINT16_MAX), 2);
	number(z, least(z->n, UINT16_MAX), 2);
	number(z, least(length, MOST), 4);
	number(z, least(begin, MOST), 4);
	number(z, 0, 2);
}
