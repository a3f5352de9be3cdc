/*
 * shell_folder.c - the same files as mews-courier writes, made at once.
 */
#include "shell_folder.h"
#include "folder.h"
#include "folder_settings.h"
#include "schema.h"

#include <inttypes.h>
#include <stdio.h>
#include <time.h>

static enum mews_rc
make(struct folder *f, struct mews_db *config, struct mews_err *err)
{
	struct mews_site site = { 0 };
	enum mews_rc rc = folder_settings(config, f, &site, err);

	if (rc == MEWS_OK)
		rc = mews_calendar_zone(site.zone, err);
	if (rc == MEWS_OK)
		rc = folder_make_all(f, 0, 0, f->now, false, err);
	mews_site_clear(&site);
	return rc;
}

enum mews_rc
shell_folder(const struct mews_place *place, const char *folder,
    struct mews_err *err)
{
	struct folder f = { .root = folder, .now = time(NULL) };
	struct mews_db *config = NULL, *history = NULL;
	enum mews_rc rc;

	if ((rc = mews_schema_open(place, MEWS_CONFIG_DB, MEWS_DB_READ, &config,
		 err)) == MEWS_OK &&
	    (rc = mews_schema_open(place, MEWS_HISTORY_DB, MEWS_DB_READ,
		 &history, err)) == MEWS_OK) {
		f.history = history;
		rc = make(&f, config, err);
	}
	if (rc == MEWS_OK)
		printf("%" PRId64 " bytes written\n", f.written);
	mews_db_close(history);
	mews_db_close(config);
	return rc;
}
