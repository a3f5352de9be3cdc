/*
 * network.c - one form for IPv4 and IPv6, so that a rule is compared once.
 */
#include "network.h"
#include "str.h"

#include <arpa/inet.h>
#include <string.h>

static const uint8_t v4[] = { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff };

bool
mews_network_read(const char *text, struct mews_network *out)
{
	struct mews_network n = { .prefix = 128 };
	char address[MEWS_ADDRESS_TEXT];
	unsigned bits = 128;
	char *slash;
	int64_t prefix;

	if (!mews_str_copy(address, sizeof(address), text))
		return false;
	if ((slash = strchr(address, '/')) != NULL)
		*slash++ = '\0';
	if (inet_pton(AF_INET, address, n.address + sizeof(v4)) == 1) {
		memcpy(n.address, v4, sizeof(v4));
		bits = 32;
	} else if (inet_pton(AF_INET6, address, n.address) != 1)
		return false;
	if (slash != NULL) {
		if (!mews_str_int(slash, 0, bits, &prefix))
			return false;
		n.prefix = 128 - bits + (unsigned)prefix;
	}
	*out = n;
	return true;
}

bool
mews_network_holds(const struct mews_network *n,
    const uint8_t address[MEWS_ADDRESS])
{
	size_t whole = n->prefix / 8;
	unsigned rest = 8 - n->prefix % 8;

	if (memcmp(n->address, address, whole) != 0)
		return false;
	return rest == 8 || n->address[whole] >> rest == address[whole] >> rest;
}
