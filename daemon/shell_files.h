/*
 * shell_files.h - mews check, backup and restore.
 */
#ifndef SHELL_FILES_H
#define SHELL_FILES_H

#include "place.h"

/*
 * Holds config.db and history.db against their rules (check_history.h) and
 * prints a line for each deviation.  With repair what can be mended is: by
 * mewsd while it runs, else in the file.  MEWS_BAD when a deviation stays.
 */
enum mews_rc
shell_check(const struct mews_place *, bool repair, struct mews_err *);

/*
 * One file, while mewsd runs or not; a file that exists is not overwritten.
 */
enum mews_rc
shell_backup(const struct mews_place *, const char *path, struct mews_err *);

/*
 * Puts site and history of a backup in the place of those there are, which are
 * kept beside them.
 */
enum mews_rc
shell_restore(const struct mews_place *, const char *path, struct mews_err *);

#endif
