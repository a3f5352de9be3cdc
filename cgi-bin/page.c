/*
 * page.c - finds a page in the table its program was linked with.
 */
#include "page.h"

#include <string.h>

/* A star stands for one part, at the end of a pattern or between two others;
 * two at the end stand for all that follows. */
static bool
matches(const char *path, const char *pattern, char part[REQUEST_PATH])
{
	const char *star = strchr(pattern, '*');
	size_t head = star == NULL ? 0 : (size_t)(star - pattern), n;
	bool many;

	if (star == NULL || strncmp(path, pattern, head) != 0)
		return false;
	many = star[1] == '*';
	n = many ? strlen(path + head) : strcspn(path + head, "/");
	if (n == 0 || n >= REQUEST_PATH ||
	    strcmp(path + head + n, star + (many ? 2 : 1)) != 0)
		return false;
	(void)memcpy(part, path + head, n);
	part[n] = '\0';
	return true;
}

const struct page *
page_find(const char *path, char part[REQUEST_PATH])
{
	const struct page *p;
	size_t i;

	part[0] = '\0';
	for (i = 0; (p = page_at(i)) != NULL; i++)
		if (strcmp(path, p->path) == 0)
			return p;
	for (i = 0; (p = page_at(i)) != NULL; i++)
		if (matches(path, p->path, part))
			return p;
	return NULL;
}
