/*
 * t_bus_mode.c - every speed, parity and stop bit a line can have.
 */
#include "test.h"
#include "bus_mode.h"

#include <string.h>

static void
all(void **state)
{
	static const struct {
		int baud;
		speed_t speed;
	} speeds[] = { { 1200, B1200 }, { 2400, B2400 }, { 4800, B4800 },
		{ 9600, B9600 }, { 19200, B19200 }, { 38400, B38400 },
		{ 57600, B57600 }, { 115200, B115200 } };
	static const struct {
		char parity;
		int stop;
		tcflag_t flags;
	} kinds[] = { { 'N', 1, 0 }, { 'N', 2, CSTOPB }, { 'E', 1, PARENB },
		{ 'E', 2, PARENB | CSTOPB }, { 'O', 1, PARENB | PARODD },
		{ 'O', 2, PARENB | PARODD | CSTOPB } };
	struct mews_line l = { .kind = MEWS_LINE_RTU };
	struct termios t;
	size_t s, k;
	int was;

	(void)state;
	for (s = 0; s < MEWS_LEN(speeds); s++)
		for (k = 0; k < MEWS_LEN(kinds); k++)
			for (was = 0; was < 256; was += 255) {
				memset(&t, was, sizeof(t));
				l.baud = speeds[s].baud;
				l.parity = kinds[k].parity;
				l.stop = kinds[k].stop;
				assert_true(bus_mode(&l, &t));
				assert_int_equal(cfgetispeed(&t),
				    speeds[s].speed);
				assert_int_equal(cfgetospeed(&t),
				    speeds[s].speed);
				assert_int_equal(t.c_cflag &
					(CSIZE | PARENB | PARODD | CSTOPB),
				    CS8 | kinds[k].flags);
				assert_int_equal(t.c_cflag & CREAD,
				    was ? CREAD : 0);
			}
}

static void
none(void **state)
{
	struct mews_line l = { .baud = 110, .parity = 'N', .stop = 1 };
	struct termios t;

	(void)state;
	memset(&t, 0, sizeof(t));
	assert_false(bus_mode(&l, &t));
	assert_int_equal(t.c_cflag, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all),
		cmocka_unit_test(none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
