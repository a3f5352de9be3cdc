/*
 * folder_settings.c - the rows of lib/setting.c that shape the data folder.
 */
#include "folder_settings.h"
#include "setting.h"

#include <stdio.h>
#include <string.h>

enum mews_rc
folder_settings(struct mews_db *config, struct folder *f, struct mews_site *s,
    struct mews_err *err)
{
	char minutes[MEWS_SETTING_MOST + 1], format[MEWS_SETTING_MOST + 1],
	    lang[MEWS_SETTING_MOST + 1];
	enum mews_rc rc;

	if ((rc = mews_setting_get(config, "folder_minutes", minutes, err)) !=
		MEWS_OK ||
	    (rc = mews_setting_get(config, "csv_format", format, err)) !=
		MEWS_OK ||
	    (rc = mews_setting_get(config, "language", lang, err)) != MEWS_OK ||
	    (rc = mews_site_load(config, s, err)) != MEWS_OK)
		return rc;
	f->minutes = strcmp(minutes, "all") == 0 ? FOLDER_ALL
	    : strcmp(minutes, "none") == 0       ? FOLDER_NONE
						 : FOLDER_COUNTERS;
	(void)snprintf(f->format, sizeof(f->format), "%.15s", format);
	(void)snprintf(f->lang, sizeof(f->lang), "%.2s", lang);
	f->site = s;
	return MEWS_OK;
}
