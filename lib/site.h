/*
 * site.h - lines, gateways and devices of one site.
 *
 * Kept in config.db; written from one site file, which `mews site FILE` reads:
 *
 *	site   "Officina Ferri" board QE1 zone Europe/Rome contract 20000
 *	line   A rtu /dev/ttyUSB0 19200 8E1 timeout 300 pause 0
 *	line   B tcp 192.168.1.20 502 timeout 300
 *	device P1 "Incomer" line A unit 1 profile bticino-f4n200 place main
 *	device P7 "Water" line A unit 9 profile carlo-gavazzi-vmu-mc
 *	       pulses 1 water_volume 1
 *
 *	gateway port 502
 *	gateway port 503 address 10.0.0.5 forward A
 *	gateway allow 10.1.2.3 read-write
 *	gateway allow 10.0.0.0/8 read units 1-10 registers 0-99
 *
 * (a line of the file is one line; P7's is folded here).  Words behind a
 * device's name: line, unit, profile; place main|sub|check (default sub);
 * every SECONDS (default 5); pulses INPUT QUANTITY WEIGHT, up to nine times;
 * gateway UNIT, which other masters use (default: its unit, where no other
 * device has that).
 *
 * A port serves all units of the site, or forwards every unit to one line.  Of
 * the rules (none, read, read-write) the first that holds address, unit and
 * registers of a request decides, and what none holds is refused.  A rule that
 * names registers holds no function without registers.  Without any rule the
 * networks that the box is in may read.
 */
#ifndef MEWS_SITE_H
#define MEWS_SITE_H

#include "db.h"
#include "network.h"
#include "profile.h"

enum mews_line_kind { MEWS_LINE_RTU, MEWS_LINE_TCP };

struct mews_line {
	int64_t id;
	char name[16];
	enum mews_line_kind kind;
	char path[128]; /* device, or host name or address */
	int port;       /* TCP only */
	int baud;       /* from here RTU only */
	char parity;    /* N, E or O */
	int stop;       /* 1 or 2 */
	int timeout_ms; /* first byte of an answer */
	int pause_ms;   /* added to the silence before a request */
};

/*
 * What a device's figures stand for in the site.
 */
enum mews_post {
	MEWS_POST_MAIN, /* all of its medium: counted in the site's totals */
	MEWS_POST_SUB,  /* a part of what the main meter counts */
	MEWS_POST_CHECK /* measures again what another counts: in no sum */
};

struct mews_pulse {
	const struct mews_quantity *quantity; /* NULL: input not used */
	int64_t weight;                       /* stored integers a pulse */
};

struct mews_device {
	int64_t id;     /* never used again for another device */
	char plate[12]; /* P1, Q2: the designator on the drawing */
	char name[64];
	int64_t line;
	int unit; /* 1 to 247 */
	char profile[64];
	enum mews_post post;
	int every_s; /* poll interval, 1 to 3600 */
	struct mews_pulse pulse[MEWS_PULSE_INPUTS]; /* input 1 is [0] */
	int gateway; /* unit other masters use; 0: its own, if unique */
};

/*
 * Where the gateway listens.
 */
struct mews_gateway_port {
	int port;
	char address[MEWS_ADDRESS_TEXT]; /* "": all */
	int64_t line; /* takes all units; 0: each unit where it lives */
};

enum mews_right { MEWS_RIGHT_NONE, MEWS_RIGHT_READ, MEWS_RIGHT_WRITE };

struct mews_gateway_rule {
	struct mews_network network;
	char text[MEWS_ADDRESS_TEXT]; /* the network, as written */
	enum mews_right right;
	int unit_first, unit_last;         /* 0 to 255 */
	int register_first, register_last; /* 0 to 65535 */
};

struct mews_site {
	char name[64], board[32], zone[48];
	int64_t contract_w; /* contracted power; 0 when not told */
	struct mews_line *line;
	size_t nlines;
	struct mews_device *device; /* in the order of the file */
	size_t ndevices;
	struct mews_gateway_port *port;
	size_t nports;
	struct mews_gateway_rule *rule; /* in the order of the file */
	size_t nrules;
};

/*
 * From the file.  MEWS_BAD: file, line and mistake; among them a plate or a
 * unit used twice on one line, an unknown zone, quantity or line.
 */
enum mews_rc
mews_site_read(const char *path, struct mews_site *out, struct mews_err *);

/*
 * From and to config.db.  Save keeps the id of a device with the same plate
 * and of a line with the same name, and removes what the site no longer has.
 * Load of a database without site gives an empty one named "mews" in UTC.
 */
enum mews_rc
mews_site_load(struct mews_db *, struct mews_site *out, struct mews_err *);
enum mews_rc
mews_site_save(struct mews_db *, const struct mews_site *, struct mews_err *);
void mews_site_clear(struct mews_site *);

/*
 * NULL when there is none.
 */
const struct mews_line *mews_site_line(const struct mews_site *, int64_t id);
const struct mews_device *
mews_site_device(const struct mews_site *, int64_t id);
const struct mews_device *
mews_site_plate(const struct mews_site *, const char *plate);

/*
 * The device that other masters know as that unit.
 */
const struct mews_device *mews_site_unit(const struct mews_site *, int unit);

/*
 * What the device measures, by its profile and pulse inputs: fills at most max
 * quantities in the profile's order, each once, and returns how many.
 */
size_t mews_device_quantities(const struct mews_device *,
    const struct mews_profile *, const struct mews_quantity **, size_t max);

/*
 * The medium of its first counter, else of its first quantity.
 */
enum mews_medium
mews_device_medium(const struct mews_device *, const struct mews_profile *);

#endif
