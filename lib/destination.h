/*
 * destination.h - servers that finished files are brought to: a table of
 * config.db.  Passwords are not in it; mews-courier keeps them.
 */
#ifndef MEWS_DESTINATION_H
#define MEWS_DESTINATION_H

#include "db.h"

#define MEWS_DESTINATIONS 8
#define MEWS_HOST         254 /* bytes with the end */
#define MEWS_TRUST        100

struct mews_destination {
	int64_t id;
	char kind[8]; /* ftp: nothing is secret; ftps: TLS, asked for (port 21)
			 or from the start (port 990); sftp: SSH */
	char host[MEWS_HOST];
	int port;
	char path[201]; /* folder there, '/' first or below where it signs in */
	char user[101];
	char trust[MEWS_TRUST]; /* SHA-256 of its certificate, 64 hexadecimal
				 digits, or of its host key as ssh-keygen writes
				 it (SHA256:...); "": ftps: who the system
				 trusts, sftp: nobody yet */
	bool active;
};

/*
 * A host name or an address: letters, digits, . - : and no '-' first.
 */
bool mews_host(const char *);

/*
 * 64 hexadecimal digits in lower case, with or without ':' between two, or
 * SHA256:... ; "" too.
 */
bool mews_trust(const char *);

/*
 * NULL, or the field that is wrong: kind, host, port, path, user, trust.
 */
const char *mews_destination_wrong(const struct mews_destination *);

/*
 * All, the oldest first.  out has room for MEWS_DESTINATIONS.
 */
enum mews_rc mews_destination_list(struct mews_db *,
    struct mews_destination *out, size_t *n, struct mews_err *);
enum mews_rc mews_destination_find(struct mews_db *, int64_t id,
    struct mews_destination *out, struct mews_err *);

/*
 * Adds one (id 0) or changes it.  MEWS_BAD: a field is wrong (*why is its
 * name), or there are too many (most).  MEWS_NONE: no such id.
 */
enum mews_rc mews_destination_put(struct mews_db *, struct mews_destination *,
    const char **why, struct mews_err *);
enum mews_rc
mews_destination_remove(struct mews_db *, int64_t id, struct mews_err *);

#endif
