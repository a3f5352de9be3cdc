/*
 * t_self.c - mews as a Modbus unit: slots that stay, values and their quality,
 * and who it says it is: lib/map.c, daemon/board.c, daemon/gateway_self.c.
 */
#include "database.h"
#include "gateway_self.h"

#define S INT64_C(1000000)

TEST_DATABASE(MEWS_CONFIG_DB, MEWS_DB_WRITE)

/* A board of devices that measure the first n of these, every 2 s. */
static const char *const names[] = { "active_energy_import", "voltage_l1",
	"active_power" };

static void
add(struct board *b, int64_t device, size_t n)
{
	const struct mews_quantity *item[MEWS_LEN(names)];
	struct mews_plan_value value[MEWS_LEN(names)] = { 0 };
	struct mews_plan_block block = { .period = 2000, .n = n };
	struct mews_plan plan = { .value = value,
		.nvalues = n,
		.block = &block,
		.nblocks = 1,
		.item = item,
		.nitems = n };
	size_t i;

	for (i = 0; i < n; i++) {
		item[i] = mews_quantity_find(names[i]);
		assert_non_null(item[i]);
		value[i].item = i;
	}
	board_add(b, device, &plan);
}

static struct board *
board(int64_t first, size_t n, int64_t second, size_t m)
{
	struct board *b = board_new();

	add(b, first, n);
	if (second != 0)
		add(b, second, m);
	assert_int_equal(board_open(b, db, NULL), MEWS_OK);
	return b;
}

struct slot {
	float f;
	uint32_t bits;
	int64_t stored;
	int quality, age;
};

static struct slot
read_slot(struct board *b, int slot, int64_t now)
{
	uint8_t r[2 * MEWS_MAP_EACH];
	struct slot s = { 0 };
	uint64_t stored = 0;
	int i;

	assert_true(board_read(b, MEWS_MAP_FIRST + (slot - 1) * MEWS_MAP_EACH,
	    MEWS_MAP_EACH, now, r));
	s.bits = (uint32_t)r[0] << 24 | (uint32_t)r[1] << 16 |
	    (uint32_t)r[2] << 8 | r[3];
	memcpy(&s.f, &s.bits, sizeof(s.f));
	for (i = 0; i < 8; i++)
		stored = stored << 8 | r[4 + i];
	s.stored = (int64_t)stored;
	s.quality = r[12] << 8 | r[13];
	s.age = r[14] << 8 | r[15];
	return s;
}

static struct mews_live_value
value(int64_t device, const char *name, int64_t v, int64_t t_ms)
{
	return (struct mews_live_value){ .device = device,
		.quantity = mews_quantity_find(name),
		.value = v,
		.t_ms = t_ms };
}

/* Slots are given once: not to others, and not again. */
static void
slots(void **state)
{
	struct mews_map_slot *list;
	struct board *b;
	size_t n, i;

	(void)state;
	b = board(1, 2, 2, 1); /* slots 1 2 of device 1, 3 of device 2 */
	assert_int_equal(board_slots(b), 3);
	board_free(b);
	b = board(2, 2, 0, 0); /* device 1 is gone, 2 measures one more */
	assert_int_equal(board_slots(b), 4);
	assert_int_equal(read_slot(b, 1, 0).quality, MEWS_MAP_REMOVED);
	assert_int_equal(read_slot(b, 3, 0).quality, MEWS_MAP_UNREAD);
	assert_int_equal(read_slot(b, 4, 0).quality, MEWS_MAP_UNREAD);
	board_free(b);
	b = board(3, 1, 1, 2); /* it is back, beside a new one */
	assert_int_equal(board_slots(b), 5);
	assert_int_equal(mews_map_slots(db, &list, &n, NULL), MEWS_OK);
	assert_int_equal(n, 5);
	for (i = 0; i < n; i++) {
		static const int64_t device[] = { 1, 1, 2, 2, 3 };

		assert_int_equal(list[i].slot, i + 1);
		assert_int_equal(list[i].device, device[i]);
	}
	assert_int_equal(mews_map_register(&list[4]), 1032);
	free(list);
	board_free(b);
}

static void
values(void **state)
{
	struct mews_live_value v[3];
	struct slot s;
	struct board *b;
	int64_t now = 1000 * S;

	(void)state;
	b = board(1, 3, 0, 0);
	s = read_slot(b, 2, now);
	assert_true(s.quality == MEWS_MAP_UNREAD && s.bits == 0x7fc00000);
	assert_true(s.stored == INT64_MIN && s.age == 65535);
	v[0] = value(1, "active_energy_import", INT64_C(123456789012), 5);
	v[1] = value(1, "voltage_l1", 23125, 5);
	v[2] = value(1, "active_power", -1, 5);
	v[2].missing = true;
	board_take(b, v, 3, now);
	s = read_slot(b, 1, now + S);
	assert_int_equal(s.quality, MEWS_MAP_GOOD);
	assert_true(s.stored == INT64_C(123456789012) && s.age == 1);
	s = read_slot(b, 2, now);
	assert_true(s.f == 231.25f && s.stored == 23125);
	s = read_slot(b, 6, now); /* slot 6: its third, given later */
	assert_int_equal(s.quality, MEWS_MAP_MISSING);
	assert_true(s.bits == 0x7fc00000 && s.stored == INT64_MIN);
	/* the same reading again makes it no younger */
	board_take(b, v, 3, now + 5 * S);
	assert_int_equal(read_slot(b, 2, now + 5 * S).age, 5);
	assert_int_equal(read_slot(b, 2, now + 8 * S).quality, MEWS_MAP_GOOD);
	s = read_slot(b, 2, now + 10 * S);
	assert_true(s.quality == MEWS_MAP_OLD && s.bits == 0x7fc00000);
	assert_true(s.stored == INT64_MIN && s.age == 10);
	v[1].t_ms++;
	board_take(b, v, 3, now + 20 * S);
	assert_int_equal(read_slot(b, 2, now + 20 * S).quality, MEWS_MAP_GOOD);
	/* of no device that is known */
	v[0] = value(77, "voltage_l1", 1, 1);
	board_take(b, v, 1, now);
	board_take(NULL, v, 1, now);
	board_free(b);
}

static size_t
ask(const struct self *s, const uint8_t *pdu, size_t n, uint8_t *out)
{
	enum mews_traffic_why why;

	memset(out, 0, FRAME_PDU);
	return self_answer(s, pdu, n, 0, out, &why);
}

/* Reads n registers; the code of an exception, or 0. */
static int
read_map(const struct self *s, uint8_t f, int first, int n, uint8_t *out)
{
	const uint8_t pdu[] = { f, (uint8_t)(first >> 8), (uint8_t)first,
		(uint8_t)(n >> 8), (uint8_t)n };
	size_t len = ask(s, pdu, sizeof(pdu), out);

	if (out[0] == (f | 0x80)) {
		assert_int_equal(len, 2);
		return out[1];
	}
	assert_true(out[0] == f && out[1] == 2 * n);
	assert_int_equal(len, 2 + 2 * n);
	return 0;
}

static void
registers(void **state)
{
	struct board *b = board(1, 3, 2, 2);
	const struct self s = { .board = b,
		.version = "12.34-rc1",
		.site = "Test",
		.devices = 2,
		.answering = 1,
		.clients = 3,
		.kept = 4,
		.uptime = 100000,
		.now = 0x12345678,
		.minute = 0x9abcdef0 };
	static const uint8_t is[] = { 'm', 'e', 'w', 's', 0, 1, 0, 12, 0, 34, 0,
		2, 0, 1, 0, 3, 0, 6, 0, 4, 0, 1, 0x86, 0xa0, 0x12, 0x34, 0x56,
		0x78, 0x9a, 0xbc, 0xde, 0xf0 };
	uint8_t out[FRAME_PDU];
	int last = MEWS_MAP_FIRST + 6 * MEWS_MAP_EACH, f;

	(void)state;
	assert_int_equal(board_slots(b), 6);
	for (f = 3; f <= 4; f++) {
		assert_int_equal(read_map(&s, (uint8_t)f, 0, 16, out), 0);
		assert_memory_equal(out + 2, is, sizeof(is));
		assert_int_equal(read_map(&s, (uint8_t)f, 7, 2, out), 0);
		assert_memory_equal(out + 2, is + 14, 4);
	}
	assert_int_equal(read_map(&s, 3, 15, 2, out), 2);
	assert_int_equal(read_map(&s, 3, 16, 1, out), 2);
	assert_int_equal(read_map(&s, 3, 999, 2, out), 2);
	assert_int_equal(read_map(&s, 3, 1000, 48, out), 0);
	assert_int_equal(read_map(&s, 3, last - 1, 1, out), 0);
	assert_int_equal(read_map(&s, 3, last - 1, 2, out), 2);
	assert_int_equal(read_map(&s, 3, last, 1, out), 2);
	assert_int_equal(read_map(&s, 3, 65535, 125, out), 2);
	assert_int_equal(read_map(&s, 3, 0, 0, out), 3);
	assert_int_equal(read_map(&s, 3, 0, 126, out), 3);
	for (f = 1; f < 128; f++)
		if (f != 3 && f != 4)
			assert_int_equal(read_map(&s, (uint8_t)f, 0, 1, out),
			    1);
	board_free(b);
}

/* Section 6.21: what each code gives, and what an odd request does. */
static void
identity(void **state)
{
	static const struct {
		uint8_t code, id, exception, n, first;
	} rows[] = {
		{ 1, 0, 0, 3, 0 },
		{ 1, 1, 0, 2, 1 },
		{ 1, 3, 0, 3, 0 }, /* not basic: from the beginning */
		{ 2, 0, 0, 6, 0 },
		{ 2, 4, 0, 3, 4 },
		{ 2, 7, 0, 6, 0 },
		{ 3, 0, 0, 6, 0 },
		{ 4, 0, 0, 1, 0 },
		{ 4, 6, 0, 1, 6 },
		{ 4, 3, 2, 0, 0 },
		{ 4, 7, 2, 0, 0 },
		{ 4, 255, 2, 0, 0 },
		{ 0, 0, 3, 0, 0 },
		{ 5, 0, 3, 0, 0 },
	};
	const struct self s = { .version = "1.2", .site = "Officina Ferri" };
	uint8_t out[FRAME_PDU];
	size_t i, n, at, k;

	(void)state;
	for (i = 0; i < MEWS_LEN(rows); i++) {
		const uint8_t pdu[] = { 43, 14, rows[i].code, rows[i].id };

		n = ask(&s, pdu, sizeof(pdu), out);
		if (rows[i].exception != 0) {
			assert_true(n == 2 && out[0] == 0xab);
			assert_int_equal(out[1], rows[i].exception);
			continue;
		}
		assert_memory_equal(out, pdu, 3);
		assert_true(out[3] == 0x82 && out[4] == 0 && out[5] == 0);
		assert_int_equal(out[6], rows[i].n);
		assert_int_equal(out[7], rows[i].first);
		for (at = 7, k = 0; k < rows[i].n; k++)
			at += 2 + (size_t)out[at + 1];
		assert_int_equal(at, n);
	}
	assert_int_equal(ask(&s, (const uint8_t[]){ 43, 14, 4, 6 }, 4, out),
	    9 + 14);
	assert_memory_equal(out + 9, "Officina Ferri", 14);
	assert_int_equal(ask(&s, (const uint8_t[]){ 43, 14, 1 }, 3, out), 2);
	assert_int_equal(out[1], 3);
	assert_int_equal(ask(&s, (const uint8_t[]){ 43, 13, 1, 0 }, 4, out), 2);
	assert_int_equal(out[1], 1);
}

/* The map as a table names each register once, without a gap in a slot. */
static void
table(void **state)
{
	struct mews_device device = { .id = 1, .plate = "P1", .name = "Oven" };
	struct mews_site site = { .device = &device, .ndevices = 1 };
	struct mews_map_slot *list;
	struct mews_buf text = { 0 };
	struct mews_csv csv;
	size_t n;

	(void)state;
	assert_int_equal(mews_map_slots(db, &list, &n, NULL), MEWS_OK);
	mews_csv_init(&csv, &text, "programs", "en");
	mews_map_csv(&csv, &site, list, n);
	assert_non_null(strstr(text.s,
	    "\n1008,401009,2,f32,P1,Oven,voltage_l1,value,V,0\n"
	    "1010,401011,4,s64,P1,Oven,voltage_l1,stored,V,2\n"
	    "1014,401015,1,u16,P1,Oven,voltage_l1,quality,,0\n"
	    "1015,401016,1,u16,P1,Oven,voltage_l1,age,s,0\n"
	    "1016,401017,2,f32,,,"));
	assert_non_null(
	    strstr(text.s, "\n10,400011,2,u32,,mews,uptime,state,s,0\n"));
	mews_buf_clear(&text);
	free(list);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(slots),
		cmocka_unit_test(values),
		cmocka_unit_test(registers),
		cmocka_unit_test(identity),
		cmocka_unit_test(table),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
