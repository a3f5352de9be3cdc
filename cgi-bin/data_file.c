/*
 * data_file.c - /files/...: a file of the data folder as it stands there, sent
 * by the web server itself, with its date, tag and ranges.
 *
 * What a path may be is told by its form: every letter that means something to
 * a file system is none of it.
 */
#include "errand.h"
#include "page.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
#define DIGITS  "0123456789"

/* Parts of letters, digits, '-' and '_', the last one with ".csv" or ".json". */
static bool
well_formed(const char *path)
{
	const char *dot = strchr(path, '.');
	const char *p;

	if (dot == NULL ||
	    (strcmp(dot, ".csv") != 0 && strcmp(dot, ".json") != 0))
		return false;
	for (p = path; p < dot; p++)
		if (strchr(LETTERS DIGITS "-_/", *p) == NULL ||
		    (*p == '/' && (p == path || p[1] == '/')))
			return false;
	return dot[-1] != '/';
}

/* Whose file it is: a device that the visitor sees; those of the site are for
 * who sees all. */
static bool
visible(const struct page_ctx *c)
{
	const struct mews_site *s = base_site(c->base);
	size_t n = strcspn(c->part, "/"), i;
	char name[MEWS_FOLDER_NAME];

	mews_folder_name(name, "");
	if (strlen(name) == n && strncmp(name, c->part, n) == 0)
		return base_only(c->base) == NULL;
	for (i = 0; i < s->ndevices; i++) {
		mews_folder_name(name, s->device[i].plate);
		if (strlen(name) == n && strncmp(name, c->part, n) == 0)
			return true;
	}
	return false;
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	char folder[MEWS_PATH];
	struct stat st;
	int n;

	if (!well_formed(c->part) || !visible(c))
		return mews_fail(err, MEWS_NONE, "no such file");
	(void)mews_place_path(c->place, MEWS_FOLDER, folder);
	n = snprintf(c->reply->file, sizeof(c->reply->file), "%s/%s", folder,
	    c->part);
	if (n >= (int)sizeof(c->reply->file) ||
	    stat(c->reply->file, &st) != 0 || !S_ISREG(st.st_mode)) {
		c->reply->file[0] = '\0';
		return mews_fail(err, MEWS_NONE, "no such file");
	}
	c->reply->type = strstr(c->part, ".json") != NULL
	    ? "application/json"
	    : "text/csv; charset=utf-8";
	(void)snprintf(c->reply->name, sizeof(c->reply->name), "%.90s",
	    strrchr(c->part, '/') + 1);
	return MEWS_OK;
}

const struct page data_file = {
	.path = "/files/**",
	.methods = PAGE_GET,
	.roles = PAGE_ALL,
	.stage = PAGE_COMMISSIONED,
	.key = true,
	.show = show,
};
