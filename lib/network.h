/*
 * network.h - an address of the net, or a network of them.
 *
 * Addresses are 16 bytes; IPv4 stands in ::ffff:0:0/96.
 */
#ifndef MEWS_NETWORK_H
#define MEWS_NETWORK_H

#include "mews.h"

#define MEWS_ADDRESS      16
#define MEWS_ADDRESS_TEXT 64 /* bytes of an address with its prefix */

struct mews_network {
	uint8_t address[MEWS_ADDRESS];
	unsigned prefix; /* bits, of 128 */
};

/*
 * "10.0.0.0/8", "fd00::/8", or an address alone.  False, and nothing written,
 * for anything else.
 */
bool mews_network_read(const char *, struct mews_network *out);

bool mews_network_holds(const struct mews_network *,
    const uint8_t address[MEWS_ADDRESS]);

#endif
