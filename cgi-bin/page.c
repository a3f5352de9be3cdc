/*
 * page.c - finds a page in the table its program was linked with.
 */
#include "page.h"

#include <string.h>

/* A star is the last byte of its pattern. */
static bool
matches(const char *path, const char *pattern, const char **part)
{
	const char *star = strchr(pattern, '*');
	size_t head = star == NULL ? 0 : (size_t)(star - pattern);

	*part = "";
	if (star == NULL)
		return strcmp(path, pattern) == 0;
	if (strncmp(path, pattern, head) != 0 || path[head] == '\0' ||
	    strchr(path + head, '/') != NULL)
		return false;
	*part = path + head;
	return true;
}

const struct page *
page_find(const char *path, const char **part)
{
	const struct page *p;
	size_t i;

	for (i = 0; (p = page_at(i)) != NULL; i++)
		if (matches(path, p->path, part))
			return p;
	return NULL;
}
