/*
 * bus_why.c - the system knows a hundred reasons, an electrician does something
 * about seven.
 */
#include "bus_why.h"
#include "mews.h"

#include <errno.h>

static const struct {
	int error;
	const char *word;
} words[] = {
	{ ENOENT, "absent" },
	{ ENODEV, "absent" },
	{ ENXIO, "absent" },
	{ EIO, "absent" },
	{ EBUSY, "busy" },
	{ EACCES, "forbidden" },
	{ EPERM, "forbidden" },
	{ ENOTTY, "strange" },
	{ EISDIR, "strange" },
	{ ECONNREFUSED, "refused" },
	{ ETIMEDOUT, "mute" },
	{ EHOSTUNREACH, "mute" },
	{ EHOSTDOWN, "mute" },
	{ ENETUNREACH, "network" },
	{ ENETDOWN, "network" },
};

const char *
bus_why(int error)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(words); i++)
		if (words[i].error == error)
			return words[i].word;
	return "other";
}
