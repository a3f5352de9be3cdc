/*
 * mewsd_options.c - what stands behind "mewsd", but for its folders.
 */
#include "mewsd.h"
#include "adapter.h"
#include "str.h"

#include <string.h>

bool
mewsd_options(struct mewsd *d, int argc, char *argv[], bool *debug)
{
	struct gateway_options *g = &d->gateway;
	struct mews_network unused;
	int64_t port;
	int i;

	for (i = 1; i < argc; i++) {
		if (strcmp(argv[i], "--debug") == 0)
			*debug = true;
		else if (i + 1 < argc && strcmp(argv[i], "--serial") == 0)
			adapter_folder(argv[++i]);
		else if (i + 1 < argc &&
		    strcmp(argv[i], "--modbus-port") == 0 &&
		    mews_str_int(argv[i + 1], 0, 65535, &port)) {
			g->port = (int)port;
			i++;
		} else if (i + 1 < argc &&
		    strcmp(argv[i], "--modbus-address") == 0 &&
		    g->naddresses < GATEWAY_ADDRESSES &&
		    strchr(argv[i + 1], '/') == NULL &&
		    mews_network_read(argv[i + 1], &unused))
			g->address[g->naddresses++] = argv[++i];
		else
			return false;
	}
	return true;
}
