/*
 * t_zip.c - archives as other programs read them: unzip and Python.  MEWS_LONG:
 * one of more than 4 GiB.
 */
#include "zip.h"

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define BLOCK 65536

static char path[] = "/tmp/mews-zip.XXXXXX";

static void
flush(struct mews_buf *b, FILE *f)
{
	assert_int_equal(fwrite(b->s, 1, b->n, f), b->n);
	mews_buf_reset(b);
}

/* Files f0 to f(n - 1), each of some blocks that do not pack, and a last one. */
static void
write_archive(size_t n, size_t blocks)
{
	struct mews_zip *z = mews_zip_new();
	struct mews_buf b = { 0 };
	unsigned char block[BLOCK];
	char name[32];
	FILE *f = fopen(path, "wb");
	uint64_t x = 88172645463325252;
	size_t i, k;

	assert_non_null(f);
	for (i = 0; i < BLOCK; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17; /* xorshift64, Marsaglia 2003 */
		block[i] = (unsigned char)x;
	}
	mews_zip_into(z, &b);
	for (i = 0; i < n; i++) {
		(void)snprintf(name, sizeof(name), "f%zu", i);
		mews_zip_file(z, name, 1700000000);
		for (k = 0; k < blocks; k++) {
			mews_zip_put(z, block, sizeof(block));
			flush(&b, f);
		}
		mews_zip_close(z);
	}
	mews_zip_file(z, "caff\xc3\xa8.csv", 1700000000);
	mews_zip_put(z, "a,b\n", 4);
	mews_zip_put(z, "1,2\n", 4);
	mews_zip_close(z);
	mews_zip_end(z);
	flush(&b, f);
	assert_int_equal(fclose(f), 0);
	mews_buf_clear(&b);
	mews_zip_free(z);
}

static void
read_archive(size_t n, size_t size)
{
	char line[1000];

	(void)snprintf(line, sizeof(line), "unzip -tqq %s >/dev/null", path);
	assert_int_equal(system(line), 0);
	(void)snprintf(line, sizeof(line),
	    "python3 -c 'import sys, zipfile\n"
	    "z = zipfile.ZipFile(sys.argv[1])\n"
	    "n, size = map(int, sys.argv[2:])\n"
	    "i = z.infolist()\n"
	    "assert len(i) == n + 1, len(i)\n"
	    "assert all(e.file_size == size for e in i[:n])\n"
	    "assert i[-1].filename == \"caff\\u00e8.csv\"\n"
	    "assert z.read(i[-1]) == b\"a,b\\n1,2\\n\"\n"
	    "assert i[-1].date_time[:3] == (2023, 11, 14)' %s %zu %zu",
	    path, n, size);
	assert_int_equal(system(line), 0);
}

static void
test_few(void **state)
{
	(void)state;
	write_archive(3, 2);
	read_archive(3, (size_t)2 * BLOCK);
}

static void
test_many_files(void **state)
{
	(void)state;
	write_archive(65534, 0);
	read_archive(65534, 0);
	write_archive(65600, 0);
	read_archive(65600, 0);
}

/* A file of more than 4 GiB, and one that begins behind them. */
static void
test_large(void **state)
{
	(void)state;
	if (getenv("MEWS_LONG") == NULL)
		return;
	write_archive(1, 65600);
	read_archive(1, (size_t)65600 * BLOCK);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_few),
		cmocka_unit_test(test_many_files),
		cmocka_unit_test(test_large),
	};
	int failed, fd = mkstemp(path);

	if (fd < 0 || system("command -v unzip python3 >/dev/null") != 0)
		return 77;
	(void)close(fd);
	(void)setenv("TZ", "UTC", 1);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	(void)unlink(path);
	return failed;
}
