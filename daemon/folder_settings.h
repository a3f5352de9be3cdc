/*
 * folder_settings.h - what config.db says of the data folder.
 */
#ifndef FOLDER_SETTINGS_H
#define FOLDER_SETTINGS_H

#include "folder.h"

/*
 * Loads the site, which the folder then borrows and the caller clears in every
 * case, and sets whose minutes are written and in which format.
 */
enum mews_rc folder_settings(struct mews_db *config, struct folder *,
    struct mews_site *, struct mews_err *);

#endif
