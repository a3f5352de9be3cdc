/*
 * bus_mode.h - speed, parity and stop bits of a line as the kernel wants them.
 */
#ifndef BUS_MODE_H
#define BUS_MODE_H

#include "site.h"

#include <termios.h>

/*
 * Sets them in a mode and leaves the rest of it.  False for a speed that no
 * line has: 1200, 2400, 4800, 9600, 19200, 38400, 57600 and 115200 are.
 */
bool bus_mode(const struct mews_line *, struct termios *);

#endif
