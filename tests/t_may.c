/*
 * t_may.c - which devices rights show, and that a site loses the others.
 */
#include "test.h"
#include "may.h"

static struct mews_device devices[] = {
	{ .id = 3, .plate = "P1", .zone = "Ground floor" },
	{ .id = 31, .plate = "P2", .zone = "Ground" },
	{ .id = 7, .plate = "P3" },
	{ .id = 8, .plate = "P4", .zone = "Caf\303\251 100%" },
};
static const struct mews_site site = {
	.name = "House",
	.device = devices,
	.ndevices = MEWS_LEN(devices),
};

/* Plates that the rights leave, one behind the other. */
static const char *
seen(const char *rights)
{
	static char text[64];
	struct may_view v;
	size_t i, k;

	text[0] = '\0';
	may_view(&site, rights, &v);
	assert_string_equal(v.site.name, "House");
	for (i = 0; i < v.site.ndevices; i++) {
		(void)strcat(text, v.site.device[i].plate);
		k = v.index == NULL ? i : v.index[i];
		assert_string_equal(devices[k].plate, v.site.device[i].plate);
	}
	may_view_clear(&v);
	assert_int_equal(v.site.ndevices, 0);
	return text;
}

static void
rights(void **state)
{
	static const struct {
		const char *rights, *plates;
	} cases[] = {
		{ "", "P1P2P3P4" },
		{ "device:3", "P1" },
		{ "device:31", "P2" },
		{ "device:3 device:31", "P1P2" },
		{ "device:31  device:3 ", "P1P2" },
		{ "zone:Ground", "P2" },
		{ "zone:Ground%20floor", "P1" },
		{ "zone:Ground floor", "P2" },
		{ "zone:Caf%C3%A9%20100%25 device:7", "P3P4" },
		/* nothing that fits is nothing at all */
		{ " ", "" },
		{ "zone:", "" },
		{ "zone", "" },
		{ "none", "" },
		{ "device:", "" },
		{ "device:03", "" },
		{ "device:4", "" },
		{ "device:3device:31", "" },
		{ "Device:3", "" },
		{ "zone:ground", "" },
		{ "zone:Caf%c3%a9%20100%25", "" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(cases); i++)
		assert_string_equal(seen(cases[i].rights), cases[i].plates);
}

static void
only(void **state)
{
	struct may_view v;

	(void)state;
	may_view(&site, "", &v);
	assert_null(v.only);
	assert_ptr_equal(v.site.device, devices);
	may_view_clear(&v);
	may_view(&site, "device:7 zone:Ground", &v);
	assert_string_equal(v.only, "[31,7]");
	may_view_clear(&v);
	may_view(&site, "none", &v);
	assert_string_equal(v.only, "[]");
	may_view_clear(&v);
}

/* A zone that fills its field with letters that all need three. */
static void
longest(void **state)
{
	struct mews_device d = { .id = INT64_MAX };
	char word[MAY_ZONE], id[32];

	(void)state;
	(void)memset(d.zone, ' ', sizeof(d.zone) - 1);
	assert_true(may_zone(&d, word));
	assert_int_equal(strlen(word), 5 + 3 * (sizeof(d.zone) - 1));
	may_device(&d, id);
	assert_string_equal(id, "device:9223372036854775807");
	assert_true(may_see(word, &d));
	assert_true(may_see(id, &d));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rights),
		cmocka_unit_test(only),
		cmocka_unit_test(longest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
