/*
 * backup.h - config.db and history.db in one file, and back.
 *
 * A backup is history.db as SQLite copies it, with one table more, backup, in
 * which the bytes of config.db stand; FILE.sha256 beside it has its SHA-256 as
 * sha256sum writes it.  No code, pepper or key is in it: those stand in
 * auth.db, which stays where it is.
 */
#ifndef MEWS_BACKUP_H
#define MEWS_BACKUP_H

#include "schema.h"

#define MEWS_BACKUPS 2 /* are kept in a folder */

/*
 * The one from elsewhere, beside those of the folder.
 */
#define MEWS_BACKUP_BROUGHT "brought.backup"

/*
 * Writes one while others measure and write.  It appears whole and checked
 * (quick_check, SHA-256) or not at all.
 */
enum mews_rc mews_backup_write(const struct mews_place *, const char *path,
    struct mews_err *);

/*
 * The folder of backups, state/backup; made when it is not there.
 */
enum mews_rc mews_backup_folder(const struct mews_place *, char path[MEWS_PATH],
    struct mews_err *);

/*
 * Writes one into the folder, named after the time, copies it to other unless
 * that is "", and removes all but the newest MEWS_BACKUPS of each.  MEWS_FAIL:
 * the sentence says which of both failed.
 */
enum mews_rc mews_backup_keep(const struct mews_place *, const char *other,
    int64_t now, struct mews_err *);

/*
 * The n-th newest backup in a folder, 0 being the newest.  MEWS_NONE.
 */
enum mews_rc mews_backup_find(const char *folder, size_t n,
    char path[MEWS_PATH], struct mews_err *);

/*
 * Unix time that a backup's name tells; 0 when it tells none.
 */
int64_t mews_backup_time(const char *path);

/*
 * MEWS_BAD when it is damaged, no backup, or of a newer program.
 */
enum mews_rc mews_backup_verify(const char *path, struct mews_err *);

/*
 * The same, and of config.db in it, which stands in the file scratch for a
 * moment.  MEWS_NONE: it is no backup of mews; MEWS_BAD: it is damaged;
 * MEWS_FAIL: a newer program wrote it.
 */
enum mews_rc
mews_backup_prove(const char *path, const char *scratch, struct mews_err *);

/*
 * Takes one database out of a verified backup, into a new file.
 */
enum mews_rc mews_backup_take(const char *path, enum mews_file, const char *to,
    struct mews_err *);

/*
 * Makes NAME.new of both out of a backup, synced and owned by whom the
 * folder is; that of history.db last: with it both are there.
 */
enum mews_rc mews_backup_unpack(const struct mews_place *, const char *path,
    struct mews_err *);

#endif
