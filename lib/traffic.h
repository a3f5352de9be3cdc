/*
 * traffic.h - what other masters ask of the gateway, as live.db has it.
 *
 * mewsd writes it every two seconds, through a connection of its own.  Times
 * are Unix time in s, spans are us, counters go from `begun`.
 */
#ifndef MEWS_TRAFFIC_H
#define MEWS_TRAFFIC_H

#include "db.h"
#include "network.h"

#define MEWS_TRAFFIC_PORTS    16
#define MEWS_TRAFFIC_CLIENTS  64
#define MEWS_TRAFFIC_UNITS    512
#define MEWS_TRAFFIC_REFUSALS 64
#define MEWS_TRAFFIC_MINUTES  60
#define MEWS_TRAFFIC_FRAMES   4000 /* kept */
#define MEWS_TRAFFIC_PAGE     200  /* frames read at once */
#define MEWS_TRAFFIC_BYTES    260  /* of the longest frame, with its head */
#define MEWS_TRAFFIC_WATCH    60   /* s that frames-on lasts */

enum mews_traffic_state {
	MEWS_TRAFFIC_NONE,   /* no port is configured */
	MEWS_TRAFFIC_CLOSED, /* the site is not commissioned */
	MEWS_TRAFFIC_OPEN    /* though a port may still be another's */
};

struct mews_traffic_port {
	int port;
	char address[MEWS_ADDRESS_TEXT]; /* "0.0.0.0" and "::" for all */
	int64_t line; /* all units go there; 0: each to its own */
	bool open;
};

struct mews_traffic_client {
	int64_t id;
	char who[MEWS_ADDRESS_TEXT]; /* address and port: "[::1]:49152" */
	int port;                    /* it came to */
	int64_t since, last;         /* connected; asked, 0: never */
	int64_t requests, answers, exceptions, refusals;
	int64_t waiting; /* requests without answer yet */
	int64_t used;    /* lines worked for it */
};

/*
 * One unit that was asked for.  Exceptions are the unit's own; silent (0B),
 * busy (06) and gone (0A) are mews's in its place.
 */
struct mews_traffic_unit {
	int64_t line;   /* 0: mews itself */
	int unit;       /* on the line */
	int64_t device; /* 0: no device of the site */
	int64_t asked, answered, exceptions, silent, busy, gone;
	int64_t damaged;            /* of those silent, no good answer came */
	int64_t joined;             /* of those asked, had another's answer */
	int64_t used;               /* its line worked for clients */
	int64_t slowest;            /* answer */
	int64_t wait_p50, wait_p99; /* from asking to its turn, to 1/4 */
	int64_t answer_p50,
	    answer_p99; /* from its turn to the answer, to 1/4 */
};

/*
 * Why somebody got an exception of mews's own, was not let in, or was closed:
 * a word, for pages as traffic.reason.WORD.
 *
 *	no-rule     not let in: no rule names the address
 *	full        not let in: as many clients as may be at once
 *	crowd       not let in: as many of one address as may be
 *	rights      01: no rule allows it
 *	function    01: no such function, or a question to all units
 *	length      03: its length contradicts its function
 *	registers   02: beyond the map of mews itself
 *	value       03: a question to mews itself that has no answer
 *	unit        0A: nobody knows the unit
 *	line        0A: its line is closed
 *	silent      0B: it was silent, and is left alone for a while
 *	queue       06: too many wait
 *	waited      06: it waited too long
 *	protocol    closed: this is no Modbus TCP
 *	half        closed: half a request, for too long
 *	deaf        closed: takes no answers
 */
enum mews_traffic_why {
	MEWS_WHY_NO_RULE,
	MEWS_WHY_FULL,
	MEWS_WHY_CROWD,
	MEWS_WHY_RIGHTS,
	MEWS_WHY_FUNCTION,
	MEWS_WHY_LENGTH,
	MEWS_WHY_REGISTERS,
	MEWS_WHY_VALUE,
	MEWS_WHY_UNIT,
	MEWS_WHY_LINE,
	MEWS_WHY_SILENT,
	MEWS_WHY_QUEUE,
	MEWS_WHY_WAITED,
	MEWS_WHY_PROTOCOL,
	MEWS_WHY_HALF,
	MEWS_WHY_DEAF
};
const char *mews_traffic_reason(enum mews_traffic_why);

struct mews_traffic_refusal {
	enum mews_traffic_why why;
	char address[MEWS_ADDRESS_TEXT]; /* without port */
	int unit, function, first, last; /* registers; -1: none */
	int64_t n;
	int64_t t; /* of the last one */
};

struct mews_traffic_minute {
	int64_t t; /* its begin */
	int64_t requests, answers, exceptions, refusals;
	int64_t busy_us; /* lines worked for clients, all lines together */
};

struct mews_traffic {
	enum mews_traffic_state state;
	int64_t begun; /* counting since */
	int64_t t;     /* of the last write; 0: never */
	int64_t tenth; /* requests in the last 10 s: a tenth of a request/s */
	int64_t requests, answers, exceptions, refusals;
	int64_t watched; /* frames are kept until then; 0: they are not */
	struct mews_traffic_port port[MEWS_TRAFFIC_PORTS];
	size_t nports;
	struct mews_traffic_client client[MEWS_TRAFFIC_CLIENTS]; /* by id */
	size_t nclients;
	struct mews_traffic_unit *unit; /* owned; by line, unit */
	size_t nunits;
	struct mews_traffic_refusal refusal[MEWS_TRAFFIC_REFUSALS]; /* newest
								       first */
	size_t nrefusals;
	struct mews_traffic_minute minute[MEWS_TRAFFIC_MINUTES + 1]; /* in
						order; the last one is open */
	size_t nminutes;
};

/*
 * Frames, kept while somebody looks: the command frames-on begins it, and
 * lasts MEWS_TRAFFIC_WATCH s.
 */
enum mews_traffic_way {
	MEWS_FROM_CLIENT,
	MEWS_TO_LINE,
	MEWS_FROM_LINE,
	MEWS_TO_CLIENT
};

enum mews_traffic_result {
	MEWS_FRAME_SENT, /* a request, on its way */
	MEWS_FRAME_GOOD,
	MEWS_FRAME_EXCEPTION, /* the unit's or mews's: code */
	MEWS_FRAME_SILENT,    /* from the line: nothing came */
	MEWS_FRAME_DAMAGED,   /* from the line: no good answer came */
	MEWS_FRAME_GONE,      /* from the line: it is closed */
	MEWS_FRAME_FOREIGN    /* from the line: what came answers another
			       * question, or is another unit's */
};

struct mews_traffic_frame {
	int64_t id;   /* rises, from 1 */
	int64_t t_us; /* Unix time, us */
	enum mews_traffic_way way;
	char client[MEWS_ADDRESS_TEXT]; /* address and port */
	int64_t line;                   /* 0: none, or mews itself */
	int unit;                       /* of this frame */
	int function;
	enum mews_traffic_result result;
	int code;        /* of an exception */
	int64_t took_us; /* since the request of that side; 0: a request */
	size_t n;
	uint8_t bytes[MEWS_TRAFFIC_BYTES]; /* client: with the MBAP head; line:
					      unit, PDU and, on a serial line,
					      CRC; a damaged answer is the
					      first bytes that came */
};

/*
 * What is there now; an empty live.db gives an empty struct.
 */
enum mews_rc mews_traffic_load(struct mews_db *, struct mews_traffic *out,
    struct mews_err *);
void mews_traffic_clear(struct mews_traffic *);

/*
 * Frames with ids in (after, before), before 0: no end; the newest first unless
 * after is given.  client: address, with or without its port.
 */
struct mews_traffic_filter {
	int64_t after, before;
	int unit, function;             /* -1: all */
	char client[MEWS_ADDRESS_TEXT]; /* "": all */
	bool errors; /* only what is no good answer: exception, silent ... */
};

/*
 * At most max (up to MEWS_TRAFFIC_PAGE) frames into out; *n is how many.
 */
enum mews_rc
mews_traffic_frames(struct mews_db *, const struct mews_traffic_filter *,
    struct mews_traffic_frame *out, size_t max, size_t *n, struct mews_err *);

/*
 * For the gateway.  Replaces all but the frames; adds frames, which get their
 * ids, and forgets the oldest above MEWS_TRAFFIC_FRAMES.
 */
enum mews_rc mews_traffic_write(struct mews_db *, const struct mews_traffic *,
    struct mews_err *);
enum mews_rc mews_traffic_add(struct mews_db *, struct mews_traffic_frame *,
    size_t n, struct mews_err *);

#endif
