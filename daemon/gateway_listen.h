/*
 * gateway_listen.h - the sockets where other masters come in.
 */
#ifndef GATEWAY_LISTEN_H
#define GATEWAY_LISTEN_H

#include "gateway_client.h"
#include "site.h"

/*
 * Listens on an address, "::" being all of IPv6 and nothing of IPv4, by a socket
 * that was given for it (watch.h) or a new one; to be closed by watch_close().  MEWS_NONE
 * when this machine has no such family.
 */
enum mews_rc
listen_open(const char *address, int port, int *out, struct mews_err *);

/*
 * The next one who knocks; false with *client NULL when there is none, and
 * with *deaf when no more can be taken for now.
 */
bool listen_accept(int fd, int64_t now, struct client **client, bool *deaf);

/*
 * A rule for each network this machine is in, that lets it read.  Replaces
 * *rule; what was there stays when the networks cannot be told.
 */
void listen_networks(struct mews_gateway_rule **rule, size_t *n);

#endif
