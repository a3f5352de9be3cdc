/*
 * zip.c - what is written here is one pass: libraries for ZIP either seek back
 * in a file, or bring megabytes of other formats along.
 */
#include "zip.h"

#include "calendar.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#define MOST  UINT32_C(0xffffffff)
#define FLAGS 0x0808 /* a descriptor follows; the name is UTF-8 */
#define NEED  20     /* version 2.0: deflate */
#define MADE  0x0314 /* by Unix, version 2.0 */
#define MODE  (UINT32_C(0100644) << 16)

struct entry {
	char *name; /* owned */
	uint16_t time, date;
	uint32_t crc, packed, size, at;
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
number(struct mews_zip *z, uint32_t v, int n)
{
	unsigned char b[4] = { (unsigned char)v, (unsigned char)(v >> 8),
		(unsigned char)(v >> 16), (unsigned char)(v >> 24) };

	put(z, b, (size_t)n);
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

/* What stands in the head of a file and in the list alike. */
static void
common(struct mews_zip *z, const struct entry *e)
{
	number(z, NEED, 2);
	number(z, FLAGS, 2);
	number(z, Z_DEFLATED, 2);
	number(z, e->time, 2);
	number(z, e->date, 2);
	number(z, e->crc, 4);
	number(z, e->packed, 4);
	number(z, e->size, 4);
	number(z, (uint32_t)strlen(e->name), 2);
	number(z, 0, 2);
}

void
mews_zip_file(struct mews_zip *z, const char *name, int64_t t)
{
	struct mews_civil c = mews_calendar_civil(t);
	struct entry *e;

	z->e = mews_realloc(z->e, z->n + 1, sizeof(*z->e));
	e = &z->e[z->n++];
	*e = (struct entry){ .name = mews_strdup(name),
		.time = (uint16_t)(c.hour << 11 | c.minute << 5 | c.second / 2),
		.date = (uint16_t)((c.year - 1980) << 9 | c.month << 5 | c.day),
		.at = (uint32_t)z->written };
	number(z, 0x04034b50, 4);
	common(z, e);
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

enum mews_rc
mews_zip_close(struct mews_zip *z, struct mews_err *err)
{
	struct entry *e = &z->e[z->n - 1];

	pack(z, NULL, 0, Z_FINISH);
	if (z->size > MOST || z->written > MOST || z->n > UINT16_MAX)
		return mews_fail(err, MEWS_BAD,
		    "the archive is too large at %s", e->name);
	e->crc = (uint32_t)z->crc;
	e->packed = (uint32_t)z->packed;
	e->size = (uint32_t)z->size;
	number(z, 0x08074b50, 4);
	number(z, e->crc, 4);
	number(z, e->packed, 4);
	number(z, e->size, 4);
	return MEWS_OK;
}

enum mews_rc
mews_zip_end(struct mews_zip *z, struct mews_err *err)
{
	uint32_t begin = (uint32_t)z->written;
	size_t i;

	for (i = 0; i < z->n; i++) {
		number(z, 0x02014b50, 4);
		number(z, MADE, 2);
		common(z, &z->e[i]);
		number(z, 0, 2); /* comment */
		number(z, 0, 2); /* disk */
		number(z, 0, 2);
		number(z, MODE, 4);
		number(z, z->e[i].at, 4);
		put(z, z->e[i].name, strlen(z->e[i].name));
	}
	if (z->written > MOST)
		return mews_fail(err, MEWS_BAD, "the archive is too large");
	number(z, 0x06054b50, 4);
	number(z, 0, 4);
	number(z, (uint32_t)z->n, 2);
	number(z, (uint32_t)z->n, 2);
	number(z, (uint32_t)z->written - begin - 12, 4);
	number(z, begin, 4);
	number(z, 0, 2);
	return MEWS_OK;
}
