/*
 * bus_why.h - why a line cannot be opened, in a word of struct mews_live_line.
 */
#ifndef BUS_WHY_H
#define BUS_WHY_H

/*
 * The word for an errno of open(), of setting a port up, or of connect().
 */
const char *bus_why(int error);

#endif
