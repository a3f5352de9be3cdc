/*
 * t_site.c - a site file, what is wrong with others, and the way through
 * config.db.
 */
#include "test.h"
#include "schema.h"
#include "whole.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

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

static const char good[] =
    HEAD "device P1 \"Incomer\" line A unit 1 profile y place main\n"
	 "\n# a comment\n"
	 "device P7 \"Acqua\" line A unit 9 profile y every 60 rating 63 feeds "
	 "\"Lavanderia, forno\""
	 " pulses 1 water_volume 5/4 start 120500 place main"
	 " zone \"Piano terra\" panel QE2 group hot-water\n"
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
	assert_true(d->unit == 9 && d->every_s == 60 && d->rating == 63);
	assert_string_equal(d->feeds, "Lavanderia, forno");
	assert_true(d->pulse[0].weight == 5 && d->pulse[0].per == 4);
	assert_null(d->pulse[1].quantity);
	assert_true(d->pulse[0].start == 120500);
	assert_int_equal(d->group, MEWS_GROUP_HOT_WATER);
	assert_string_equal(d->zone, "Piano terra");
	assert_string_equal(d->panel, "QE2");
	assert_int_equal(mews_site_addresses(&s), 4);
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
		{ HEAD "device P1 x line A unit 0 profile y\n", "247" },
		{ HEAD "device P1 x line A unit 1 profile n\n", "t.site:4: " },
		{ HEAD "device P1 x line A unit 1 profile z\n", "template" },
		{ HEAD "device P1 x line A unit 1 profile y group garden\n",
		    "hot-water" },
		{ HEAD "device P1 x line A unit 1 profile y pulses 1"
		       " water_volume 1 start -1\n",
		    "start" },
		{ HEAD "device P1 x line A unit 1 profile y pulses 1"
		       " water_volume 1/0\n",
		    "5/4" },
		{ HEAD "device P1 x line A unit 1 profile y pulses 2"
		       " water_volume 1\n",
		    "t.site:4: y has no pulse input 2" },
		{ HEAD "device P1 x line A unit 1 profile y pulses 1"
		       " water_volume 1 pulses 1 gas_volume 1\n",
		    "twice" },
		{ "site \"\xff\"\n", "UTF-8" },
		{ "setting model 11\n", "10 32 unlimited" },
		{ "setting nothing 1\n", "'nothing'" },
		{ "setting model\n", "'model'" },
		{ "setting model 10\nsetting model 32\n", "twice" },
		{ "profile A\n", "'A'" },
		{ "profile y\n|vendor V\n", ":1: a profile that ships" },
		{ "profile a\n|vendor V\nprofile a\n", ":3: said twice" },
		{ "|vendor V\n", "no profile" },
		{ "profile a\n|vendor V\n|modle M\n", ":3: no such key" },
		{ HEAD "profile a\n|vendor V\n|model M\n|family F\n"
		       "|source S\n|words high-first\n"
		       "|read voltage_l1 3 0 u16 0 V\n",
		    ":10: no scale" },
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
		assert_int_equal(x->rating, y->rating);
		assert_string_equal(x->feeds, y->feeds);
		assert_memory_equal(x->pulse, y->pulse, sizeof(x->pulse));
		assert_string_equal(x->zone, y->zone);
		assert_string_equal(x->panel, y->panel);
		assert_int_equal(x->group, y->group);
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

static const char whole_text[] = HEAD
    "device P1 \"The \\\"main\\\" one\" line A unit 1 profile own place main"
    " zone \"Piano terra\" panel QE2 group lighting every 2 gateway 7\n"
    "device P2 \"Water\" line B unit 1 profile y pulses 1 water_volume 10"
    " start 120500\n"
    "gateway port 502\n"
    "gateway port 503 address ::1 forward B\n"
    "gateway allow 10.0.0.0/8 read units 1-10 registers 0-99\n"
    "setting language it\n"
    "setting model 10\n"
    "profile own\n"
    "|vendor \"V\"\n"
    "|model M\n"
    "|\n"
    "|family F # a comment\n"
    "|source S\n"
    "|words high-first\n"
    "|read voltage_l1 3 10 u16 0.1 V\n"
    "profile unfinished\n"
    "|vendor V\n|model M\n|family F\n|source S\n"
    "|template \"not yet\"\n";

static struct mews_db *
open_box(const char *name)
{
	static char dir[96];
	struct mews_place box = { dir, dir, folder };
	struct mews_db *db;

	(void)snprintf(dir, sizeof(dir), "%s/%s", folder, name);
	(void)mkdir(dir, 0700);
	assert_int_equal(mews_schema_open(&box, MEWS_CONFIG_DB, MEWS_DB_WRITE,
			     &db, &err),
	    MEWS_OK);
	return db;
}

static void
export_box(struct mews_db *db, struct mews_buf *out)
{
	struct mews_whole w;

	assert_int_equal(mews_whole_load(db, &w, &err), MEWS_OK);
	mews_buf_reset(out);
	mews_whole_text(&w, out);
	mews_whole_clear(&w);
}

/* One file makes many boxes equal, whatever they were before. */
static void
travels(void **state)
{
	struct mews_buf first = { 0 }, text = { 0 };
	struct mews_whole w;
	struct mews_db *db;
	char name[16];
	int i;

	(void)state;
	assert_int_equal(read_whole(whole_text, &w), MEWS_OK);
	assert_string_equal(w.site.device[0].name, "The \"main\" one");
	db = open_box("first");
	assert_int_equal(mews_whole_save(db, &w, &err), MEWS_OK);
	mews_whole_clear(&w);
	export_box(db, &first);
	mews_db_close(db);
	assert_non_null(strstr(first.s, "start 120500"));
	assert_non_null(strstr(first.s, "\n|family F # a comment\n"));
	for (i = 0; i < 20; i++) {
		(void)snprintf(name, sizeof(name), "box%d", i);
		db = open_box(name);
		if (i % 2 == 1) {
			assert_int_equal(read_whole(good, &w), MEWS_OK);
			assert_int_equal(mews_whole_save(db, &w, &err),
			    MEWS_OK);
			mews_whole_clear(&w);
		}
		assert_int_equal(read_whole(first.s, &w), MEWS_OK);
		assert_int_equal(mews_whole_save(db, &w, &err), MEWS_OK);
		mews_whole_clear(&w);
		export_box(db, &text);
		assert_string_equal(text.s, first.s);
		mews_db_close(db);
	}
	mews_buf_clear(&first);
	mews_buf_clear(&text);
}

static void
counts_addresses(void **state)
{
	struct mews_buf text = { 0 };
	struct mews_whole w, back;
	struct mews_db *db = open_box("small");
	int i;

	(void)state;
	mews_buf_str(&text, "line A tcp h 1\nsetting model 10\n");
	for (i = 1; i <= 9; i++)
		mews_buf_printf(&text,
		    "device P%d x line A unit %d profile y\n", i, i);
	assert_int_equal(read_whole(text.s, &w), MEWS_OK);
	assert_int_equal(mews_whole_save(db, &w, &err), MEWS_OK);
	mews_whole_clear(&w);
	/* the pulses of the tenth are the eleventh address */
	mews_buf_str(&text,
	    "device P10 x line A unit 10 profile y"
	    " pulses 1 gas_volume 1\n");
	assert_int_equal(read_whole(text.s, &w), MEWS_BAD);
	assert_non_null(strstr(err.text, "PM1WS10 has 10 addresses"));
	assert_non_null(strstr(err.text, "PM1WS32"));

	/* a save counts too, and leaves nothing behind */
	assert_int_equal(mews_whole_load(db, &w, &err), MEWS_OK);
	assert_int_equal(mews_site_take(&w.site,
			     "device P10 x line A unit 10 profile y", &err),
	    MEWS_OK);
	assert_int_equal(mews_site_save(db, &w.site, &err), MEWS_OK);
	assert_int_equal(mews_site_take(&w.site,
			     "device P11 x line A unit 11 profile y", &err),
	    MEWS_OK);
	assert_int_equal(mews_site_save(db, &w.site, &err), MEWS_BAD);
	assert_int_equal(mews_whole_load(db, &back, &err), MEWS_OK);
	assert_true(back.site.ndevices == 10);
	mews_whole_clear(&back);

	/* and so does the setting */
	assert_int_equal(mews_whole_set(db, "model", "32", &err), MEWS_OK);
	assert_int_equal(mews_site_save(db, &w.site, &err), MEWS_OK);
	assert_int_equal(mews_whole_set(db, "model", "10", &err), MEWS_BAD);
	assert_int_equal(mews_whole_set(db, "model", "unlimited", &err),
	    MEWS_OK);
	mews_whole_clear(&w);
	mews_buf_clear(&text);
	mews_db_close(db);
}

static void
tells_changes(void **state)
{
	static const struct {
		const char *text;
		enum mews_change_kind kind;
		const char *name, *was, *now;
	} rows[] = {
		{ HEAD "device P1 a line A unit 1 profile y\n", 0, NULL, NULL,
		    NULL },
		{ HEAD "device P1 a line A unit 2 profile y\n",
		    MEWS_CHANGE_DEVICE, "P1", "unit 1", "unit 2" },
		{ HEAD, MEWS_CHANGE_DEVICE, "P1", "unit 1", NULL },
		{ HEAD "device P1 a line A unit 1 profile y\n"
		       "gateway port 502\n",
		    MEWS_CHANGE_GATEWAY, "", NULL, "port 502" },
		{ HEAD "device P1 a line A unit 1 profile y\n"
		       "setting language it\n",
		    MEWS_CHANGE_SETTING, "language", "en", "it" },
		{ HEAD "device P1 a line A unit 1 profile y\nprofile own\n"
		       "|vendor V\n|model M\n|family F\n|source S\n"
		       "|template x\n",
		    MEWS_CHANGE_PROFILE, "own", NULL, "own" },
	};
	struct mews_whole old, new;
	struct mews_change *c;
	struct mews_db *db = open_box("old");
	size_t i, n;

	(void)state;
	assert_int_equal(read_whole(rows[0].text, &old), MEWS_OK);
	assert_int_equal(mews_whole_save(db, &old, &err), MEWS_OK);
	mews_whole_clear(&old);
	assert_int_equal(mews_whole_load(db, &old, &err), MEWS_OK);
	for (i = 0; i < MEWS_LEN(rows); i++) {
		assert_int_equal(read_whole(rows[i].text, &new), MEWS_OK);
		mews_whole_differ(&old, &new, &c, &n);
		assert_int_equal(n, i == 0 ? 0 : 1);
		if (n == 1) {
			assert_int_equal(c->kind, rows[i].kind);
			assert_string_equal(c->name, rows[i].name);
			assert_true((c->was == NULL) == (rows[i].was == NULL));
			assert_true((c->now == NULL) == (rows[i].now == NULL));
			if (c->was != NULL)
				assert_non_null(strstr(c->was, rows[i].was));
			if (c->now != NULL)
				assert_non_null(strstr(c->now, rows[i].now));
		}
		mews_changes_free(c, n);
		mews_whole_clear(&new);
	}
	mews_whole_clear(&old);
	mews_db_close(db);
}

/* A removed device comes back with its id, if its place is still free. */
static void
undoes(void **state)
{
	struct mews_removed gone[4];
	struct mews_site s, back;
	struct mews_db *db = open_box("undo");
	int64_t p7;
	size_t n;

	(void)state;
	assert_int_equal(read_text(good, &s), MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	mews_site_clear(&s);
	assert_int_equal(mews_site_load(db, &s, &err), MEWS_OK);
	p7 = mews_site_plate(&s, "P7")->id;
	assert_int_equal(mews_site_drop_device(&s, "P7", &err), MEWS_OK);
	assert_int_equal(mews_site_drop_device(&s, "P7", &err), MEWS_NONE);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_removed(db, gone, 4, &n, &err), MEWS_OK);
	assert_true(n == 1 && gone[0].id == p7 && gone[0].t > 0);
	assert_string_equal(gone[0].plate, "P7");

	/* its unit is another's meanwhile */
	assert_int_equal(mews_site_take(&s,
			     "device P8 b line A unit 9 profile y", &err),
	    MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_restore(db, p7, &err), MEWS_BAD);
	assert_non_null(strstr(err.text, "P8"));
	assert_int_equal(mews_site_put(&s, "P8",
			     "device P8 b line A unit 10 profile y", &err),
	    MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_restore(db, p7, &err), MEWS_OK);
	assert_int_equal(mews_site_restore(db, p7, &err), MEWS_NONE);
	assert_int_equal(mews_site_load(db, &back, &err), MEWS_OK);
	assert_true(mews_site_plate(&back, "P7")->id == p7);
	assert_true(mews_site_plate(&back, "P7")->pulse[0].start == 120500);
	mews_site_clear(&back);
	mews_site_clear(&s);
	mews_db_close(db);
}

/* What is put in the place of another has its id and its place. */
static void
replaces(void **state)
{
	struct mews_site s, back;
	struct mews_db *db = open_box("put");
	int64_t p7, a;

	(void)state;
	assert_int_equal(read_text(good, &s), MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	mews_site_clear(&s);
	assert_int_equal(mews_site_load(db, &s, &err), MEWS_OK);
	p7 = mews_site_plate(&s, "P7")->id;
	a = s.line[0].id;
	assert_int_equal(mews_site_put(&s, "P7",
			     "device P1 x line A unit 30 profile y", &err),
	    MEWS_BAD);
	assert_true(s.ndevices == 3 && s.device[1].id == p7);
	assert_string_equal(s.device[1].plate, "P7");
	assert_int_equal(mews_site_put(&s, "P6",
			     "device P6 x line A unit 30 profile y", &err),
	    MEWS_NONE);
	assert_int_equal(mews_site_put(&s, "P7",
			     "device P70 x line A unit 9 profile y", &err),
	    MEWS_OK);
	assert_string_equal(s.device[1].plate, "P70");
	assert_int_equal(mews_site_put(&s, "A", "line AA tcp h 502", &err),
	    MEWS_OK);
	assert_true(s.line[0].id == a && s.nlines == 2);
	assert_int_equal(mews_site_put(&s, "B", "line AA tcp h 502", &err),
	    MEWS_BAD);
	assert_string_equal(s.line[1].name, "B");
	assert_int_equal(mews_site_drop_line(&s, "AA", &err), MEWS_BAD);
	assert_non_null(strstr(err.text, "P1 is on line AA"));
	assert_int_equal(mews_site_rename_device(db, "P7", "P70", &err),
	    MEWS_OK);
	assert_int_equal(mews_site_rename_line(db, "A", "AA", &err), MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_load(db, &back, &err), MEWS_OK);
	same(&s, &back);
	assert_true(mews_site_plate(&back, "P70")->id == p7);
	assert_true(back.line[0].id == a);
	mews_site_clear(&back);
	mews_site_clear(&s);
	mews_db_close(db);
}

static void
own_profiles(void **state)
{
	static const char text[] = "vendor W\r\nmodel M\r\nfamily F\r\n"
				   "source S\r\nwords high-first\r\n"
				   "read voltage_l1 3 10 u16 0.1 V";
	struct mews_profile_entry *list;
	struct mews_profile p;
	struct mews_buf back = { 0 };
	struct mews_site s;
	struct mews_db *db = open_box("own");
	size_t n;
	bool own;

	(void)state;
#define PUT(name, text)                                                        \
	mews_site_profile_put(db, folder, name, text, strlen(text), &err)
	assert_int_equal(PUT("y", text), MEWS_BAD);
	assert_non_null(strstr(err.text, "ships"));
	assert_int_equal(PUT("../a", text), MEWS_BAD);
	assert_int_equal(PUT("mine", "vendor V\nmodle M\n"), MEWS_BAD);
	assert_non_null(strstr(err.text, "mine:2: no such key"));
	assert_int_equal(PUT("mine", "vendor \xff\n"), MEWS_BAD);
	assert_non_null(strstr(err.text, "mine:1: not UTF-8"));
	assert_int_equal(mews_site_profile(db, folder, "mine", &p, &err),
	    MEWS_NONE);
	assert_int_equal(PUT("mine", text), MEWS_OK);
	assert_int_equal(PUT("later", template), MEWS_OK);
	assert_int_equal(mews_site_profile(db, folder, "mine", &p, &err),
	    MEWS_OK);
	assert_string_equal(p.vendor, "W");
	assert_string_equal(p.name, "mine");
	mews_profile_clear(&p);
	assert_int_equal(mews_site_profile_text(db, folder, "mine", &back,
			     &err),
	    MEWS_OK);
	assert_null(strchr(back.s, '\r'));
	assert_int_equal(back.s[back.n - 1], '\n');
	mews_buf_clear(&back);
	assert_int_equal(mews_site_profile(db, folder, "later", &p, &err),
	    MEWS_BAD);
	assert_non_null(strstr(err.text, "later:5: a template"));
	assert_int_equal(mews_site_profile_look(db, folder, "later", &p, &own,
			     &err),
	    MEWS_OK);
	assert_true(own && strcmp(p.lacks, "the map is not public") == 0);
	mews_profile_clear(&p);

	assert_int_equal(mews_site_profiles(db, folder, &list, &n, &err),
	    MEWS_OK);
	assert_int_equal(n, 4);
	assert_string_equal(list[0].name, "later");
	assert_true(list[1].own && list[1].values == 1);
	assert_true(!list[2].own && list[2].inputs == 1);
	assert_string_equal(list[3].lacks, "the map is not public");
	free(list);

	assert_int_equal(mews_site_load(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_take(&s, "line A tcp h 1", &err), MEWS_OK);
	assert_int_equal(mews_site_take(&s,
			     "device P1 x line A unit 1 profile mine", &err),
	    MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_profile_remove(db, "mine", &err), MEWS_BAD);
	assert_non_null(strstr(err.text, "P1"));
	assert_int_equal(mews_site_profile_remove(db, "later", &err), MEWS_OK);
	assert_int_equal(mews_site_profile_remove(db, "later", &err),
	    MEWS_NONE);
	mews_site_clear(&s);
	mews_db_close(db);
}

static double
seconds(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* A server's site: 500 devices on 16 gateways. */
static void
large(void **state)
{
	struct mews_buf text = { 0 };
	struct mews_whole w, back;
	struct mews_change *c;
	struct mews_db *db = open_box("large");
	double begun = seconds();
	size_t n;
	int i;

	(void)state;
	mews_buf_str(&text, "setting model unlimited\n");
	for (i = 0; i < 16; i++)
		mews_buf_printf(&text, "line G%d tcp 10.0.0.%d 502\n", i, i);
	for (i = 0; i < 500; i++)
		mews_buf_printf(&text,
		    "device D%d x line G%d unit %d profile y"
		    " pulses 1 gas_volume 1\n",
		    i, i % 16, i / 16 + 1);
	assert_int_equal(read_whole(text.s, &w), MEWS_OK);
	assert_int_equal(mews_whole_save(db, &w, &err), MEWS_OK);
	assert_int_equal(mews_whole_save(db, &w, &err), MEWS_OK);
	assert_int_equal(mews_whole_load(db, &back, &err), MEWS_OK);
	assert_true(back.site.ndevices == 500 && back.site.nlines == 16);
	back.site.device[499].unit = 200;
	mews_whole_differ(&w, &back, &c, &n);
	assert_true(n >= 1 && strcmp(c[0].name, "D499") == 0);
	mews_changes_free(c, n);
	print_message("500 devices: %.3f s\n", seconds() - begun);
	mews_whole_clear(&w);
	mews_whole_clear(&back);
	mews_buf_clear(&text);
	mews_db_close(db);
}

static void
too_much(void **state)
{
	static char text[MEWS_WHOLE_MOST + 2];
	struct mews_buf b = { 0 };
	struct mews_whole w;

	(void)state;
	memset(text, '\n', sizeof(text) - 1);
	assert_int_equal(read_whole(text, &w), MEWS_BAD);
	assert_non_null(strstr(err.text, "1048576"));
	text[MEWS_WHOLE_MOST] = '\0';
	assert_int_equal(read_whole(text, &w), MEWS_OK);
	mews_whole_clear(&w);
	assert_int_equal(mews_whole_parse("t", "site x\0\n", 8, folder, 32, &w,
			     &err),
	    MEWS_BAD);
	assert_non_null(strstr(err.text, "t:1: a NUL byte"));
	mews_buf_str(&b, "profile big\n");
	while (b.n < 70000)
		mews_buf_str(&b,
		    "|# 0123456789012345678901234567890123456789\n");
	assert_int_equal(read_whole(b.s, &w), MEWS_BAD);
	assert_non_null(strstr(err.text, "t.site:2: more than 65536 bytes"));
	mews_buf_clear(&b);
}

static void
trials(void **state)
{
	struct mews_trial t;
	struct mews_site s;
	struct mews_db *db = open_box("trial");

	(void)state;
	assert_int_equal(read_text(good, &s), MEWS_OK);
	assert_int_equal(mews_site_save(db, &s, &err), MEWS_OK);
	assert_int_equal(mews_site_trial(db, "A", &t, &err), MEWS_NONE);
	assert_int_equal(mews_site_set_trial(db, "A", "line A first", &err),
	    MEWS_OK);
	/* settings that were never decided about are not gone back to */
	assert_int_equal(mews_site_set_trial(db, "A", "line A second", &err),
	    MEWS_OK);
	assert_int_equal(mews_site_rename_line(db, "A", "C", &err), MEWS_OK);
	assert_int_equal(mews_site_trial(db, "C", &t, &err), MEWS_OK);
	assert_string_equal(t.text, "line A first");
	assert_true(t.t > 0);
	assert_int_equal(mews_site_set_trial(db, "C", NULL, &err), MEWS_OK);
	assert_int_equal(mews_site_trial(db, "C", &t, &err), MEWS_NONE);
	mews_site_clear(&s);
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
		TEST(travels),
		TEST(counts_addresses),
		TEST(tells_changes),
		TEST(undoes),
		TEST(replaces),
		TEST(own_profiles),
		TEST(large),
		TEST(too_much),
		TEST(trials),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
