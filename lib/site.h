/*
 * site.h - lines, gateways and devices of one site.
 *
 * Kept in config.db, and written as lines of text, here those of a site file
 * (whole.h; one line each, P7's is folded here):
 *
 *	site   "Officina Ferri" board QE1 zone Europe/Rome contract 20000
 *	line   A rtu /dev/ttyUSB0 19200 8E1 timeout 300 pause 0
 *	line   B tcp 192.168.1.20 502 timeout 300
 *	device P1 "Incomer" line A unit 1 profile bticino-f4n200 place main
 *	device P7 "Water" line A unit 9 profile carlo-gavazzi-vmu-mc
 *	       zone "Ground floor" panel QE2 group hot-water
 *	       pulses 1 water_volume 1 start 120500
 *
 *	gateway port 502
 *	gateway port 503 address 10.0.0.5 forward A
 *	gateway allow 10.1.2.3 read-write first
 *	gateway allow 10.0.0.0/8 read units 1-10 registers 0-99
 *
 * Words behind a device's name: line, unit, profile; place main|sub|check
 * (default sub); zone and panel, texts; group heating|cooling|hot-water|
 * lighting|sockets|other (default other); every SECONDS (default 5); rating
 * AMPERE (of its breaker or transformers); feeds, a text: what loses supply
 * when it is open; pulses
 * INPUT QUANTITY WEIGHT [start INDEX], up to nine times: the index is start
 * plus pulses times weight, both as the quantity is stored, and the weight may
 * be a fraction (5/4 Wh are 800 pulses a kWh); gateway UNIT, which
 * other masters use (default: its unit, where no other device has that).
 *
 * In "..." a backslash stands before a quote or a backslash.
 *
 * A port serves all units of the site, or forwards every unit to one line.  Of
 * the rules (none, read, read-write) the first that holds address, unit and
 * registers of a request decides, and what none holds is refused.  A rule that
 * names registers holds no function without registers.  Without any rule the
 * networks that the box is in may read.
 */
#ifndef MEWS_SITE_H
#define MEWS_SITE_H

#include "buf.h"
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

/*
 * What a device's figures are used for.
 */
enum mews_group {
	MEWS_GROUP_OTHER,
	MEWS_GROUP_HEATING,
	MEWS_GROUP_COOLING,
	MEWS_GROUP_HOT_WATER,
	MEWS_GROUP_LIGHTING,
	MEWS_GROUP_SOCKETS
};
#define MEWS_GROUPS 6

/*
 * "other", "heating" ... "hot-water" ..., and back.
 */
const char *mews_group_name(enum mews_group);
bool mews_group_find(const char *, enum mews_group *);

/*
 * "main", "sub", "check".
 */
const char *mews_post_name(enum mews_post);

#define MEWS_PULSE_MOST 1000000 /* of a weight, and of its pulses */

struct mews_pulse {
	const struct mews_quantity *quantity; /* NULL: input not used */
	int64_t weight, per; /* per pulses are weight stored integers */
	int64_t start;       /* index of no pulse, stored integers */
};

#define MEWS_EVERY 5 /* s */

/* A that mews_quantity_most() reckons with. */
#define MEWS_RATING_MOST 6300

struct mews_device {
	int64_t id;     /* never used again for another device */
	char plate[12]; /* P1, Q2: the designator on the drawing */
	char name[64];
	int64_t line;
	int unit; /* 1 to 247 */
	char profile[64];
	enum mews_post post;
	char zone[48];  /* "Ground floor"; "" when not told */
	char panel[32]; /* the switchboard it stands in; likewise */
	enum mews_group group;
	int every_s;     /* poll interval, 1 to 3600, else MEWS_EVERY */
	int rating;      /* A of its breaker or transformers; 0: not told */
	char feeds[160]; /* circuits behind a breaker; "" when not told */
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
	bool first; /* its requests come before others' */
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
 * From and to config.db.  Save keeps the id of a device with the same plate
 * and of a line with the same name, and removes what the site no longer has:
 * of a device its id, and so its history, stays (mews_site_removed).
 * Load of a database without site gives an empty one named "mews" in UTC.
 * Save: MEWS_BAD when the site has more addresses than the setting model.
 */
enum mews_rc
mews_site_load(struct mews_db *, struct mews_site *out, struct mews_err *);
enum mews_rc
mews_site_save(struct mews_db *, const struct mews_site *, struct mews_err *);
void mews_site_clear(struct mews_site *);

/*
 * One line of text: "site ...", "line ...", "device ..." or "gateway ...", taken
 * into the site behind what it has.  MEWS_BAD: the mistake, among them a plate
 * or a unit used twice on one line, an unknown zone, quantity or line; the site
 * is untouched.  A line begins with its ids: those of mews_site_load stay.
 */
enum mews_rc
mews_site_take(struct mews_site *, const char *text, struct mews_err *);

/*
 * The same where the device with the plate `was`, or the line of that name,
 * is to be what the text says: it keeps its id and its place.  was "": as
 * take.  MEWS_NONE: there is none.
 */
enum mews_rc mews_site_put(struct mews_site *, const char *was,
    const char *text, struct mews_err *);

/*
 * Takes a device or line away.  MEWS_NONE: there is none.  MEWS_BAD: devices
 * or ports of the gateway need the line.
 */
enum mews_rc
mews_site_drop_device(struct mews_site *, const char *plate, struct mews_err *);
enum mews_rc
mews_site_drop_line(struct mews_site *, const char *name, struct mews_err *);

/*
 * Appends the line of text, with its '\n', that take understands.  All: the
 * site, its lines, devices, ports and rules.
 */
void mews_site_gateway_text(const struct mews_site *, struct mews_buf *);
void mews_site_head_text(const struct mews_site *, struct mews_buf *);
void mews_site_line_text(const struct mews_line *, struct mews_buf *);
void mews_site_device_text(const struct mews_site *, const struct mews_device *,
    struct mews_buf *);
void mews_site_text(const struct mews_site *, struct mews_buf *);

/*
 * A text as it stands in such a line: in quotes where it needs them.
 */
void mews_site_word(const char *, struct mews_buf *);

/*
 * Devices and used pulse inputs: what the setting model bounds; and its bound,
 * INT64_MAX for unlimited.
 */
int64_t mews_site_addresses(const struct mews_site *);
enum mews_rc mews_site_most(struct mews_db *, int64_t *out, struct mews_err *);

/*
 * MEWS_BAD, with a sentence that names the model, when there are more.
 */
enum mews_rc
mews_site_fits(const struct mews_site *, int64_t most, struct mews_err *);

/*
 * Gives a device or line another plate or name before a save, which then keeps
 * its id.
 */
enum mews_rc mews_site_rename_device(struct mews_db *, const char *was,
    const char *plate, struct mews_err *);
enum mews_rc mews_site_rename_line(struct mews_db *, const char *was,
    const char *name, struct mews_err *);

/*
 * Devices that were removed, the newest first: at most max, *n how many.
 */
struct mews_removed {
	int64_t id, t; /* of the device; Unix time */
	char plate[12];
	char text[1024]; /* its line of text */
};
enum mews_rc mews_site_removed(struct mews_db *, struct mews_removed *out,
    size_t max, size_t *n, struct mews_err *);

/*
 * Brings one back, with its id.  MEWS_NONE: no such one; MEWS_BAD: its plate,
 * unit or line is no longer free.
 */
enum mews_rc mews_site_restore(struct mews_db *, int64_t id, struct mews_err *);

/*
 * A line whose new settings are being tried: the text of those before, until
 * a device answered.  MEWS_NONE: it is not tried.  text NULL or "": the trial
 * has ended.
 */
struct mews_trial {
	char line[16];
	int64_t t; /* Unix time it began */
	char text[512];
};
enum mews_rc mews_site_trial(struct mews_db *, const char *line,
    struct mews_trial *out, struct mews_err *);
enum mews_rc mews_site_set_trial(struct mews_db *, const char *line,
    const char *text, struct mews_err *);

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
 * MEWS_BAD when it uses an input for pulses that the profile does not read.
 */
enum mews_rc mews_device_inputs(const struct mews_device *,
    const struct mews_profile *, struct mews_err *);

/*
 * The medium of its first counter, else of its first quantity.
 */
enum mews_medium
mews_device_medium(const struct mews_device *, const struct mews_profile *);

#endif
