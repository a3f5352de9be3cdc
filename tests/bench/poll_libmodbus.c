/*
 * poll_libmodbus.c - a round of meters as a plain program of libmodbus makes
 * it: one request a value, one after the other.
 *
 * usage: poll_libmodbus DEVICE BAUD UNITS FUNCTION:ADDRESS:REGISTERS...
 * prints the seconds of a round of all units and the requests that failed.
 */
#include <modbus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double
now(void)
{
	struct timespec t;

	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* False when the meter did not answer. */
static int
ask(modbus_t *m, const char *what)
{
	uint16_t reg[125];
	int function, address, n;

	if (sscanf(what, "%d:%d:%d", &function, &address, &n) != 3 || n > 125)
		return 0;
	return (function == 4 ? modbus_read_input_registers(m, address, n, reg)
			      : modbus_read_registers(m, address, n, reg)) == n;
}

int
main(int argc, char *argv[])
{
	modbus_t *m;
	double begun;
	int unit, i, failed = 0;

	if (argc < 5)
		return 2;
	m = modbus_new_rtu(argv[1], atoi(argv[2]), 'E', 8, 1);
	if (m == NULL || modbus_connect(m) != 0) {
		(void)fprintf(stderr, "%s cannot be opened\n", argv[1]);
		return 1;
	}
	(void)modbus_set_response_timeout(m, 0, 300000);
	begun = now();
	for (unit = 1; unit <= atoi(argv[3]); unit++) {
		(void)modbus_set_slave(m, unit);
		for (i = 4; i < argc; i++)
			failed += !ask(m, argv[i]);
	}
	(void)printf("%.3f %d\n", now() - begun, failed);
	modbus_close(m);
	modbus_free(m);
	return 0;
}
