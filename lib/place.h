/*
 * place.h - where the files of one installation stand.
 *
 * state: what must survive (databases); run: what must not (sockets, live.db,
 * on a RAM disk); share: what came with the program (profiles, templates).
 */
#ifndef MEWS_PLACE_H
#define MEWS_PLACE_H

#include "mews.h"

#define MEWS_PATH 512

struct mews_place {
	const char *state, *run, *share; /* borrowed */
};

enum mews_file {
	MEWS_CONFIG_DB,  /* state/config.db */
	MEWS_HISTORY_DB, /* state/history.db */
	MEWS_AUTH_DB,    /* state/auth/auth.db */
	MEWS_PEPPER,     /* state/auth/pepper, 32 bytes, mode 0400 */
	MEWS_TLS,    /* state/tls: mews.pem, report, next.csr (certificate.h) */
	MEWS_WANTED, /* state/wanted: what mews-apply is to do (wanted.h) */
	MEWS_LOCK,   /* state/lock, held by who writes config and history */
	MEWS_COURIER_DB,   /* state/courier/courier.db */
	MEWS_FOLDER,       /* state/data, the data folder */
	MEWS_LIVE_DB,      /* run/live.db */
	MEWS_DOOR,         /* run/mewsd.sock, commands to mewsd */
	MEWS_AUTH_DOOR,    /* run/auth.sock, commands to mews-auth */
	MEWS_COURIER_DOOR, /* run/courier.sock, commands to mews-courier */
	MEWS_METERS,       /* share/meters */
	MEWS_TEMPLATES     /* share/templates */
};

/*
 * Takes --state DIR, --run DIR and --share DIR out of the arguments, which
 * keep the rest in order; what is not given has the value of configure.
 * --dir DIR stands for --state DIR/state --run DIR/run, folders that are made,
 * and for --share share where nothing is installed.
 * MEWS_BAD when a directory is missing behind its option or too long.
 */
enum mews_rc
mews_place_take(struct mews_place *, int *argc, char **argv, struct mews_err *);

/*
 * Writes the path into MEWS_PATH bytes and returns them.
 */
const char *
mews_place_path(const struct mews_place *, enum mews_file, char *path);

/*
 * Makes this process the only writer of config.db and history.db, for as long
 * as it lives.  MEWS_AGAIN when another is.
 */
enum mews_rc mews_place_lock(const struct mews_place *, struct mews_err *);

#endif
