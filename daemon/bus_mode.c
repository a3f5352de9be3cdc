/*
 * bus_mode.c - one table of speeds.
 */
#include "bus_mode.h"

static const struct {
	int baud;
	speed_t speed;
} speeds[] = { { 1200, B1200 }, { 2400, B2400 }, { 4800, B4800 },
	{ 9600, B9600 }, { 19200, B19200 }, { 38400, B38400 },
	{ 57600, B57600 }, { 115200, B115200 } };

bool
bus_mode(const struct mews_line *l, struct termios *t)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(speeds) && speeds[i].baud != l->baud; i++)
		;
	if (i == MEWS_LEN(speeds))
		return false;
	t->c_cflag &= ~(tcflag_t)(CSIZE | PARENB | PARODD | CSTOPB);
	t->c_cflag |= CS8 | (l->parity == 'N' ? 0U : PARENB) |
	    (l->parity == 'O' ? PARODD : 0U) | (l->stop == 2 ? CSTOPB : 0U);
	return cfsetspeed(t, speeds[i].speed) == 0;
}
