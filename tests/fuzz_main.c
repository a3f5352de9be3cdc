/*
 * fuzz_main.c - gives a fuzz target every file of its corpus, and every file
 * cut short and with a byte changed.
 */
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST 262145

static uint8_t data[MOST];

static void
damage(const uint8_t *from, size_t n)
{
	static uint8_t copy[MOST];
	size_t i, step = n / 64 + 1;

	for (i = 0; i < n; i += step) {
		memcpy(copy, from, n);
		(void)LLVMFuzzerTestOneInput(copy, i);
		copy[i] ^= (uint8_t)(1u << i % 8);
		(void)LLVMFuzzerTestOneInput(copy, n);
	}
}

static int
replay(const char *path)
{
	FILE *f = fopen(path, "r");
	size_t n;

	if (f == NULL)
		return 0;
	n = fread(data, 1, sizeof(data), f);
	(void)fclose(f);
	(void)LLVMFuzzerTestOneInput(data, n);
	damage(data, n);
	return 1;
}

int
main(int argc, char *argv[])
{
	const char *src = getenv("SRC"), *name = strstr(argv[0], "fuzz_");
	struct dirent *e;
	char path[1024];
	int n = 0;
	DIR *d;

	if (argc > 1)
		return !replay(argv[1]);
	if (src == NULL || name == NULL)
		return 2;
	while (strstr(name + 5, "fuzz_") != NULL)
		name = strstr(name + 5, "fuzz_");
	(void)snprintf(path, sizeof(path), "%s/tests/corpus/%s", src, name + 5);
	if ((d = opendir(path)) == NULL) {
		perror(path);
		return 1;
	}
	while ((e = readdir(d)) != NULL) {
		(void)snprintf(path, sizeof(path), "%s/tests/corpus/%s/%s", src,
		    name + 5, e->d_name);
		if (e->d_name[0] != '.')
			n += replay(path);
	}
	(void)closedir(d);
	(void)printf("%d files\n", n);
	return n == 0;
}
