/*
 * fuzz_import.c - any bytes as a CSV file of minutes: read dry, for a device and
 * for all, it is taken or told line by line.
 */
#include "fuzz.h"
#include "import.h"

#include <stdlib.h>
#include <string.h>

static void
says(void *ctx, const char *text)
{
	if (strlen(text) > 400 || strchr(text, '\n') != NULL)
		abort();
	++*(int *)ctx;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct mews_device device = { .id = 1, .plate = "P1" };
	static const struct mews_site site = { .zone = "Europe/Rome",
		.device = &device,
		.ndevices = 1 };
	struct import_rules rules = { .site = &site,
		.now = 1795000000,
		.dry = true,
		.says = says };
	struct import_report report;
	struct mews_err err;
	int told = 0, i;
	FILE *f;

	rules.ctx = &told;
	for (i = 0; i < 2 && size > 0; i++) {
		report = (struct import_report){ 0 };
		rules.device = i == 0 ? &device : NULL;
		f = fmemopen((void *)(uintptr_t)data, size, "r");
		if (f == NULL)
			abort();
		if (import_minutes(NULL, &rules, f, &report, &err) == MEWS_OK &&
		    (report.mistakes != 0 || report.minutes < 0))
			abort();
		(void)fclose(f);
	}
	return 0;
}
