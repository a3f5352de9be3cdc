/*
 * shell_site.c - what is read is judged here, with the line of the mistake;
 * mewsd, while it runs, judges again and writes.
 */
#include "shell_site.h"
#include "command.h"
#include "draft.h"
#include "schema.h"
#include "str.h"
#include "whole.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define PATIENCE 30000 /* ms for mewsd to take a whole site */

/* The site there is; of a box that has none yet, an empty one. */
static enum mews_rc
load(const struct mews_place *place, struct mews_whole *out, int64_t *most,
    struct mews_err *err)
{
	struct mews_db *db = NULL;
	enum mews_rc rc;

	*out = (struct mews_whole){ .site = { .name = "mews", .zone = "UTC" } };
	*most = 32;
	rc = mews_schema_open(place, MEWS_CONFIG_DB, MEWS_DB_READ, &db, err);
	if (rc == MEWS_NONE)
		return MEWS_OK;
	if (rc == MEWS_OK)
		rc = mews_site_most(db, most, err);
	if (rc == MEWS_OK)
		rc = mews_whole_load(db, out, err);
	mews_db_close(db);
	return rc;
}

static enum mews_rc
export_site(const struct mews_place *place, const char *path,
    struct mews_err *err)
{
	bool piped = strcmp(path, "-") == 0;
	struct mews_whole whole = { 0 };
	struct mews_buf text = { 0 };
	int64_t most;
	enum mews_rc rc = load(place, &whole, &most, err);
	FILE *f;

	if (rc == MEWS_OK) {
		mews_whole_text(&whole, &text);
		f = piped ? stdout : fopen(path, "we");
		if (f == NULL || fwrite(text.s, 1, text.n, f) != text.n ||
		    (piped ? fflush(f) : fclose(f)) != 0)
			rc = mews_fail(err, MEWS_FAIL, "%.150s: %s", path,
			    strerror(errno));
	}
	mews_buf_clear(&text);
	mews_whole_clear(&whole);
	return rc;
}

static void
show(const struct mews_change *c)
{
	if (c->name[0] == '\0' && c->was != NULL && c->was[0] == '\0')
		(void)printf("%s lines stand in another order\n",
		    mews_change_kind_name(c->kind));
	else if (c->kind == MEWS_CHANGE_PROFILE && c->was != NULL &&
	    c->now != NULL)
		(void)printf("~ %s\n", c->now);
	else {
		if (c->was != NULL)
			(void)printf("- %s\n", c->was);
		if (c->now != NULL)
			(void)printf("+ %s\n", c->now);
	}
}

static void
show_changes(const struct mews_whole *old, const struct mews_whole *new)
{
	struct mews_change *c;
	size_t n, i;

	mews_whole_differ(old, new, &c, &n);
	for (i = 0; i < n; i++)
		show(&c[i]);
	if (n == 0)
		(void)puts("nothing would change");
	mews_changes_free(c, n);
}

/* Through the door of the mewsd that runs. */
static enum mews_rc
hand_over(const struct mews_place *place, const struct mews_whole *whole,
    struct mews_err *err)
{
	struct mews_message m, answer;
	struct mews_buf text = { 0 };
	int64_t trial;
	enum mews_rc rc;

	mews_whole_text(whole, &text);
	rc = mews_draft_send(place, NULL, "site", text.s, text.n, err);
	mews_buf_clear(&text);
	if (rc != MEWS_OK)
		return rc;
	mews_message_init(&m, "site-import");
	rc = mews_command_call(place, &m, PATIENCE, &answer, err);
	trial = mews_message_int(&answer, "trial", 0);
	if (rc == MEWS_OK && trial > 0)
		printf("Lines that changed are tried: their old settings come "
		       "back if no device answers within %d s.\n",
		    (int)trial);
	mews_message_clear(&m);
	mews_message_clear(&answer);
	return rc;
}

static enum mews_rc
take(const struct mews_place *place, const struct mews_whole *whole,
    struct mews_err *err)
{
	struct mews_db *db = NULL;
	enum mews_rc rc = mews_place_lock(place, err);

	if (rc == MEWS_AGAIN)
		return hand_over(place, whole, err);
	if (rc == MEWS_OK)
		rc = mews_schema_open(place, MEWS_CONFIG_DB, MEWS_DB_WRITE, &db,
		    err);
	if (rc == MEWS_OK)
		rc = mews_whole_save(db, whole, err);
	mews_db_close(db);
	return rc;
}

static enum mews_rc
import_site(const struct mews_place *place, const char *path, bool dry,
    struct mews_err *err)
{
	struct mews_whole old = { 0 }, new = { 0 };
	char meters[MEWS_PATH];
	int64_t most;
	enum mews_rc rc = load(place, &old, &most, err);

	(void)mews_place_path(place, MEWS_METERS, meters);
	if (rc == MEWS_OK)
		rc = mews_whole_read(path, meters, most, &new, err);
	if (rc == MEWS_OK && dry)
		show_changes(&old, &new);
	else if (rc == MEWS_OK && (rc = take(place, &new, err)) == MEWS_OK)
		(void)printf("%s: %zu lines, %zu devices\n", new.site.name,
		    new.site.nlines, new.site.ndevices);
	mews_whole_clear(&old);
	mews_whole_clear(&new);
	return rc;
}

enum mews_rc
shell_site(const struct mews_place *place, char **word, int n,
    struct mews_err *err)
{
	bool first = n == 3 && strcmp(word[1], "--dry-run") == 0;
	bool dry = first || (n == 3 && strcmp(word[2], "--dry-run") == 0);

	if (n <= 2 && strcmp(word[0], "export") == 0)
		return export_site(place, n == 2 ? word[1] : "-", err);
	if ((n == 2 || dry) && strcmp(word[0], "import") == 0)
		return import_site(place, word[first ? 2 : 1], dry, err);
	return mews_fail(err, MEWS_BAD,
	    "site export [FILE], or site import FILE [--dry-run], is expected");
}
