/*
 * may.c - rights as words, and the site they leave.
 */
#include "may.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void
may_device(const struct mews_device *d, char word[32])
{
	(void)snprintf(word, 32, "device:%" PRId64, d->id);
}

bool
may_zone(const struct mews_device *d, char word[MAY_ZONE])
{
	static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ-_.~"
				    "abcdefghijklmnopqrstuvwxyz0123456789";
	size_t n = (size_t)snprintf(word, MAY_ZONE, "zone:");
	const char *p;

	for (p = d->zone; *p != '\0'; p++)
		n += (size_t)snprintf(word + n, MAY_ZONE - n,
		    strchr(plain, *p) != NULL ? "%c" : "%%%02X", (uint8_t)*p);
	return d->zone[0] != '\0';
}

bool
may_has(const char *rights, const char *word)
{
	size_t n = strlen(word), have;
	const char *p;

	for (p = rights + strspn(rights, " "); *p != '\0';
	     p += have, p += strspn(p, " ")) {
		have = strcspn(p, " ");
		if (have == n && strncmp(p, word, n) == 0)
			return true;
	}
	return false;
}

bool
may_see(const char *rights, const struct mews_device *d)
{
	char word[MAY_ZONE];

	if (rights[0] == '\0')
		return true;
	may_device(d, word);
	return may_has(rights, word) ||
	    (may_zone(d, word) && may_has(rights, word));
}

void
may_view(const struct mews_site *whole, const char *rights,
    struct may_view *out)
{
	struct mews_buf only = { 0 };
	size_t i, n = 0;

	*out = (struct may_view){ .site = *whole };
	if (rights[0] == '\0')
		return;
	out->site.device =
	    mews_alloc(whole->ndevices + 1, sizeof(*out->site.device));
	out->index = mews_alloc(whole->ndevices + 1, sizeof(*out->index));
	for (i = 0; i < whole->ndevices; i++) {
		if (!may_see(rights, &whole->device[i]))
			continue;
		mews_buf_printf(&only, "%s%" PRId64, n == 0 ? "[" : ",",
		    whole->device[i].id);
		out->index[n] = i;
		out->site.device[n++] = whole->device[i];
	}
	out->site.ndevices = n;
	mews_buf_str(&only, n == 0 ? "[]" : "]");
	out->only = only.s;
}

void
may_view_clear(struct may_view *v)
{
	if (v->index != NULL)
		free(v->site.device);
	free(v->index);
	free(v->only);
	*v = (struct may_view){ 0 };
}
