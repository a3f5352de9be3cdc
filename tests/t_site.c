/*
 * t_site.c - a site file, what is wrong with others, and the way through
 * config.db.
 */
#include "test.h"
#include "schema.h"
#include "whole.h"

#include <stdlib.h>
#include <unistd.h>

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_err err;

static const char meter[] = "vendor V\nmodel M\nfamily F\nsource S\n"
			    "words high-first\n"
			    "read pulses_1 3 0 u32 1 pulse\n"
			    "read voltage_l1 3 10 u16 0.1 V\n";
static const char template[] = "vendor V\nmodel M\nfamily F\nsource S\n"
			       "template \"the map is not public\"\n";

static void
write_file(const char *name, const char *text)
{
	char path[96];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", folder, name);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* The folder is also the one of the profiles that ship: y and a template z. */
static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	write_file("y.meter", meter);
	write_file("z.meter", template);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	test_folder_end(folder);
	return 0;
}

static enum mews_rc
read_whole(const char *text, struct mews_whole *w)
{
	return mews_whole_parse("t.site", text, strlen(text), folder, 32, w,
	    &err);
}

static enum mews_rc
read_text(const char *text, struct mews_site *s)
{
	struct mews_whole w;
	enum mews_rc rc = read_whole(text, &w);

	*s = w.site;
	w.site = (struct mews_site){ 0 };
	mews_whole_clear(&w);
	return rc;
}

#define HEAD                                                                   \
	"site \"Officina Ferri\" board QE1 zone Europe/Rome contract 20000\n"  \
	"line A rtu /dev/ttyUSB0 19200 8E1 timeout 300 pause 5\n"              \
	"line B tcp 192.168.1.20 502\n"

static const char good[] = HEAD
    "device P1 \"Incomer\" line A unit 1 profile y place main\n"
    "\n# a comment\n"
    "device P7 \"Acqua\" line A unit 9 profile y every 60"
    " pulses 1 water_volume 10 place main\n"
    "device P9 \"CNC line\" line B unit 1 profile y place check\n";

static const char open_house[] =
    HEAD "device P1 a line A unit 1 profile y\n"
	 "device P2 b line A unit 2 profile y\n"
	 "device P3 c line B unit 1 profile y gateway 11\n"
	 "device P4 d line B unit 2 profile y\n"
	 "gateway port 502\n"
	 "gateway port 503 address ::1 forward B\n"
	 "gateway allow 10.1.2.3 read-write units 5\n"
	 "gateway allow 10.0.0.0/8 read units 1-10 registers 0-99\n"
	 "gateway allow fd00::/8 none\n";

static bool
holds(const struct mews_gateway_rule *r, const char *address)
{
	struct mews_network n;

	assert_true(mews_network_read(address, &n));
	return mews_network_holds(&r->network, n.address);
}

static void
is_open_house(const struct mews_site *s)
{
	const struct mews_gateway_rule *r = s->rule;

	assert_true(s->nports == 2 && s->nrules == 3);
	assert_true(s->port[0].port == 502 && s->port[0].line == 0);
	assert_string_equal(s->port[0].address, "");
	assert_true(s->port[1].port == 503);
	assert_string_equal(s->port[1].address, "::1");
	assert_string_equal(mews_site_line(s, s->port[1].line)->name, "B");
	assert_int_equal(r[0].right, MEWS_RIGHT_WRITE);
	assert_true(r[0].unit_first == 5 && r[0].unit_last == 5);
	assert_true(r[0].register_first == 0 && r[0].register_last == 65535);
	assert_true(holds(r, "10.1.2.3") && !holds(r, "10.1.2.2"));
	assert_int_equal(r[1].right, MEWS_RIGHT_READ);
	assert_true(r[1].unit_first == 1 && r[1].unit_last == 10);
	assert_true(r[1].register_first == 0 && r[1].register_last == 99);
	assert_true(holds(r + 1, "10.255.0.1") && !holds(r + 1, "11.0.0.1"));
	assert_true(holds(r + 1, "::ffff:10.0.0.1") && !holds(r + 1, "::1"));
	assert_int_equal(r[2].right, MEWS_RIGHT_NONE);
	assert_true(holds(r + 2, "fdff::1") && !holds(r + 2, "fe00::1"));

	/* A:1 and B:11 are told apart, 2 is two devices */
	assert_string_equal(mews_site_unit(s, 1)->plate, "P1");
	assert_string_equal(mews_site_unit(s, 11)->plate, "P3");
	assert_null(mews_site_unit(s, 2));
	assert_null(mews_site_unit(s, 0));
	assert_null(mews_site_unit(s, 255));
}

static void
keeps_the_gateway(void **state)
{
	struct mews_site s, back;
	struct mews_db *db;

	(void)state;
	assert_int_equal(read_text(open_house, &s), MEWS_OK);
	is_open_house(&s);
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &db, &err),
	    MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	mews_site_clear(&s);
	assert_int_equal(mews_site_load(db, &back, &err), MEWS_OK);
	is_open_house(&back);
	mews_site_clear(&back);

	/* a line that only a port used goes with it */
	assert_int_equal(read_text("site x\nline C tcp h 1\n"
				   "gateway port 9 forward C\n",
			     &s),
	    MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	mews_site_clear(&s);
	assert_int_equal(read_text("site x\n", &s), MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	mews_site_clear(&s);
	assert_int_equal(mews_site_load(db, &back, &err), MEWS_OK);
	assert_true(back.nports == 0 && back.nrules == 0 && back.nlines == 0);
	mews_site_clear(&back);
	mews_db_close(db);
}

static void
reads(void **state)
{
	const struct mews_device *d;
	struct mews_site s;

	(void)state;
	assert_int_equal(read_text(good, &s), MEWS_OK);
	assert_string_equal(s.name, "Officina Ferri");
	assert_true(s.contract_w == 20000 && s.nlines == 2 && s.ndevices == 3);
	assert_true(s.line[0].baud == 19200 && s.line[0].parity == 'E');
	assert_true(s.line[0].pause_ms == 5 && s.line[0].timeout_ms == 300);
	assert_true(s.line[1].kind == MEWS_LINE_TCP && s.line[1].port == 502);
	d = mews_site_plate(&s, "P7");
	assert_non_null(d);
	assert_true(d->unit == 9 && d->every_s == 60);
	assert_true(d->pulse[0].weight == 10 && d->pulse[1].quantity == NULL);
	assert_string_equal(d->pulse[0].quantity->name, "water_volume");
	assert_null(mews_site_plate(&s, "P2"));
	assert_ptr_equal(mews_site_line(&s, d->line), &s.line[0]);
	mews_site_clear(&s);
}

static void
says_what_is_wrong(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "bus A\n", ":1: a line begins with" },
		{ "site x zone Mars/Olympus\n", "Mars/Olympus" },
		{ "site \"x\n", "quote" },
		{ HEAD "line A tcp h 1\n", ":4: each line has its own name" },
		{ "line A rtu /dev/x 300 8E1\n", "rate" },
		{ "line A rtu /dev/x 19200 7E1\n", "8N1" },
		{ "line A tcp h 70000\n", "port" },
		{ "line A udp h 1\n", "rtu or tcp" },
		{ HEAD "device P1 x line C unit 1 profile y\n", "'C'" },
		{ HEAD "device P1 x line A unit 248 profile y\n", "247" },
		{ HEAD "device P1 x line A profile y\n", "needs" },
		{ HEAD "device P1 x line A unit 1 profile ../y\n", "profile" },
		{ HEAD "device P/1 x line A unit 1 profile y\n", "plate" },
		{ HEAD "device P1 \"\" line A unit 1 profile y\n", "name" },
		{ HEAD "device P1 x line A unit 1 profile y pulses 1 voltage_l1"
		       " 1\n",
		    "pulses" },
		{ HEAD "device P1 x line A unit 1 profile y\n"
		       "device P2 x line A unit 1 profile y\n",
		    ":5: this unit on this line" },
		{ HEAD "device P1 x line A unit 1 profile y\n"
		       "device P1 x line A unit 2 profile y\n",
		    "own plate" },
		{ HEAD "device P1 x line A unit 1 profile y gateway 9\n"
		       "device P2 x line A unit 2 profile y gateway 9\n",
		    ":5: this unit is another's" },
		{ HEAD "device P1 x line A unit 1 profile y gateway 248\n",
		    "other masters" },
		{ "gateway\n", "port or allow" },
		{ "gateway port\n", "65535" },
		{ "gateway port 0\n", "65535" },
		{ "gateway port 502 forward\n", "'forward'" },
		{ HEAD "gateway port 502 forward C\n", "'forward'" },
		{ "gateway port 502 address 1.2.3.4/8\n", "no address" },
		{ "gateway port 502 address\n", "'address'" },
		{ "gateway allow\n", "''" },
		{ "gateway allow 10.0.0.0/33 read\n", "'10.0.0.0/33'" },
		{ "gateway allow 10.0.0.0/ read\n", "'10.0.0.0/'" },
		{ "gateway allow ::/129 read\n", "'::/129'" },
		{ "gateway allow localhost read\n", "'localhost'" },
		{ "gateway allow ::1\n", "read-write" },
		{ "gateway allow ::1 write\n", "read-write" },
		{ "gateway allow ::1 read units 5-4\n", "'units'" },
		{ "gateway allow ::1 read units 256\n", "'units'" },
		{ "gateway allow ::1 read registers 0-65536\n", "'registers'" },
		{ "gateway allow ::1 read units\n", "'units'" },
	};
	struct mews_site s;
	size_t i;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		assert_int_equal(read_text(rows[i].text, &s), MEWS_BAD);
		if (strstr(err.text, rows[i].says) == NULL)
			fail_msg("'%s' does not say '%s'", err.text,
			    rows[i].says);
		assert_null(s.device);
	}
}

static void
same(const struct mews_site *a, const struct mews_site *b)
{
	const struct mews_device *x, *y;
	size_t i;

	assert_string_equal(a->name, b->name);
	assert_string_equal(a->zone, b->zone);
	assert_true(a->ndevices == b->ndevices && a->nlines == b->nlines);
	for (i = 0; i < a->ndevices; i++) {
		x = &a->device[i];
		y = &b->device[i];
		assert_string_equal(x->plate, y->plate);
		assert_string_equal(x->name, y->name);
		assert_string_equal(x->profile, y->profile);
		assert_string_equal(mews_site_line(a, x->line)->name,
		    mews_site_line(b, y->line)->name);
		assert_true(x->unit == y->unit && x->post == y->post);
		assert_true(x->every_s == y->every_s);
		assert_memory_equal(x->pulse, y->pulse, sizeof(x->pulse));
	}
}

static void
saves_and_loads(void **state)
{
	struct mews_site s, back;
	struct mews_db *db;
	int64_t p7, p9;

	(void)state;
	assert_int_equal(mews_schema_open(&place, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &db, &err),
	    MEWS_OK);
	assert_int_equal(mews_site_load(db, &back, &err), MEWS_OK);
	assert_string_equal(back.name, "mews");
	mews_site_clear(&back);
	assert_int_equal(read_text(good, &s), MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_load(db, &back, &err), MEWS_OK);
	same(&s, &back);
	p7 = mews_site_plate(&back, "P7")->id;
	p9 = mews_site_plate(&back, "P9")->id;
	mews_site_clear(&s);
	mews_site_clear(&back);

	/* P1 and line B go, P7 takes P1's unit, P8 is new: ids last */
	assert_int_equal(read_text("site x zone UTC\n"
				   "line A rtu /dev/ttyS1 9600 8N2\n"
				   "device P8 b line A unit 9 profile y\n"
				   "device P7 a line A unit 1 profile y\n",
			     &s),
	    MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_load(db, &back, &err), MEWS_OK);
	same(&s, &back);
	assert_true(mews_site_plate(&back, "P7")->id == p7);
	assert_true(mews_site_plate(&back, "P8")->id > p9);
	mews_site_clear(&s);
	mews_site_clear(&back);
	mews_db_close(db);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	static const struct CMUnitTest tests[] = {
		TEST(reads),
		TEST(says_what_is_wrong),
		TEST(saves_and_loads),
		TEST(keeps_the_gateway),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
