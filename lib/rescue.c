/*
 * rescue.c - a sound file is built beside the damaged one and takes its place
 * by rename, so that no instant has neither.
 */
#include "rescue.h"
#include "backup.h"
#include "history.h"
#include "log.h"
#include "recent.h"
#include "roll.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define CHECK_MS   10000
#define SALVAGE_MS 40000
#define LOOKS      3 /* until damage is believed */
#define LONG       (MEWS_PATH + 16)

/* What a row that could not be read leaves hanging. */
static const char sql_orphans[] =
    "DELETE FROM device WHERE line NOT IN (SELECT id FROM line);"
    "DELETE FROM pulse WHERE device NOT IN (SELECT id FROM device);"
    "UPDATE gateway_port SET line = NULL"
    " WHERE line NOT IN (SELECT id FROM line);";

enum mews_rc
mews_rescue_swap(const struct mews_place *place, enum mews_file file,
    const char *word, char *aside, struct mews_err *err)
{
	char path[MEWS_PATH], new[LONG], stamp[24];
	time_t now = time(NULL);
	struct tm tm;
	enum mews_rc rc;

	(void)mews_place_path(place, file, path);
	(void)snprintf(new, sizeof(new), "%s.new", path);
	(void)gmtime_r(&now, &tm);
	(void)strftime(stamp, sizeof(stamp), "%Y%m%dT%H%M%SZ", &tm);
	if (snprintf(aside, MEWS_PATH, "%s.%s-%s", path, word, stamp) >=
	    MEWS_PATH)
		return mews_fail(err, MEWS_FAIL, "%s: too long", path);
	rc = mews_schema_move(path, aside, err);
	if (rc == MEWS_NONE) { /* it was moved before */
		aside[0] = '\0';
		mews_schema_forget(path);
		rc = MEWS_OK;
	}
	return rc == MEWS_OK ? mews_schema_move(new, path, err) : rc;
}

/* The newest good backup of a folder becomes the file. */
static bool
begin_with(const char *folder, enum mews_file file, const char *to,
    char backup[MEWS_PATH])
{
	struct mews_err err;
	size_t n;

	for (n = 0; mews_backup_find(folder, n, backup, NULL) == MEWS_OK; n++) {
		if (mews_backup_verify(backup, &err) == MEWS_OK &&
		    mews_backup_take(backup, file, to, &err) == MEWS_OK)
			return true;
		mews_log(MEWS_LOG_ERROR, "a backup is no good: %s", err.text);
	}
	backup[0] = '\0';
	return false;
}

/* What the damaged file holds as chunks already, the backup may still hold as
 * frames, which would hide them. */
static enum mews_rc
pack(struct mews_db *from, struct mews_db *to, struct mews_err *err)
{
	int64_t first, last;
	enum mews_rc rc =
	    mews_recent_ends(from, MEWS_MINUTE, &first, &last, err);

	while (rc == MEWS_OK)
		rc = mews_history_pack(to, first, err);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

/* A level whose end is not known any more goes on behind its newest bucket:
 * rolled again, it would only have the minutes that were saved. */
static enum mews_rc
find_ends(struct mews_db *db, struct mews_err *err)
{
	enum mews_level level;
	int64_t upto, first, last;
	enum mews_rc rc = MEWS_OK;

	for (level = MEWS_HOUR; level <= MEWS_YEAR && rc == MEWS_OK; level++) {
		rc = mews_roll_upto(db, level, &upto, err);
		if (rc == MEWS_NONE &&
		    (rc = mews_store_span(db, level, &first, &last, err)) ==
			MEWS_OK)
			rc = mews_roll_set_upto(db, level,
			    mews_calendar_step(level, last, 1), err);
		if (rc == MEWS_NONE)
			rc = MEWS_OK;
	}
	return rc;
}

/* Takes over what can be read of the damaged file. */
static void
salvage(const char *path, enum mews_file file, struct mews_db *to,
    struct mews_rescue *r)
{
	struct mews_db *from = NULL;
	struct mews_err err;
	enum mews_rc rc = mews_db_open(path, MEWS_DB_READ, &from, &err);

	if (rc == MEWS_OK && file == MEWS_HISTORY_DB && r->backup[0] != '\0' &&
	    pack(from, to, &err) != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "%s", err.text);
	if (rc == MEWS_OK)
		rc = mews_salvage(from, to, SALVAGE_MS, &r->rows, &err);
	if (rc == MEWS_OK)
		rc = file == MEWS_CONFIG_DB
		    ? mews_db_exec(to, sql_orphans, &err)
		    : find_ends(to, &err);
	if (rc == MEWS_OK && file == MEWS_HISTORY_DB)
		rc = mews_recent_set_packing(to, NULL, &err);
	if (rc != MEWS_OK)
		mews_log(MEWS_LOG_ERROR, "%s: not all could be salvaged: %s",
		    path, err.text);
	mews_db_close(from);
}

/* A new file that is complete has its own name, NAME.new. */
static enum mews_rc
complete(const char *building, const char *path, struct mews_err *err)
{
	char new[LONG];
	int fd = open(building, O_RDONLY | O_CLOEXEC);
	bool good = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		(void)close(fd);
	(void)snprintf(new, sizeof(new), "%s.new", path);
	if (!good || rename(building, new) != 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", building,
		    strerror(errno));
	return MEWS_OK;
}

static enum mews_rc
build(const struct mews_place *place, enum mews_file file,
    enum mews_rescue_doubt doubt, const char *other, struct mews_rescue *r,
    struct mews_err *err)
{
	char path[MEWS_PATH], folder[MEWS_PATH], building[LONG];
	struct mews_db *to = NULL;
	enum mews_rc rc = mews_backup_folder(place, folder, err);

	(void)mews_place_path(place, file, path);
	(void)snprintf(building, sizeof(building), "%s.building", path);
	mews_schema_forget(building);
	if (rc == MEWS_OK && !begin_with(folder, file, building, r->backup) &&
	    other != NULL && other[0] != '\0')
		(void)begin_with(other, file, building, r->backup);
	if (r->backup[0] == '\0')
		mews_schema_forget(building);
	if (rc == MEWS_OK)
		rc = mews_schema_open_path(building, file, MEWS_DB_PLAIN, &to,
		    err);
	if (rc != MEWS_OK)
		return rc;
	if (doubt != MEWS_RESCUE_VAIN)
		salvage(path, file, to, r);
	mews_db_close(to);
	return complete(building, path, err);
}

/* SQLite calls a file damaged, too, whose page the disk did not give: what a
 * later look does not find was no damage. */
static enum mews_rc
open_again(const struct mews_place *place, enum mews_file file,
    struct mews_db **out, struct mews_err *err)
{
	static const struct timespec rest = { .tv_nsec = 300000000 };
	enum mews_rc rc;
	int looks;

	for (looks = 1; (rc = mews_schema_open(place, file, MEWS_DB_WRITE, out,
			     err)) == MEWS_BAD &&
	     looks < LOOKS;
	     looks++)
		(void)nanosleep(&rest, NULL);
	return rc;
}

/* MEWS_BAD when it is damaged. */
static enum mews_rc
try(const struct mews_place *place, enum mews_file file, struct mews_db **out,
    bool *checked, struct mews_err *err)
{
	enum mews_rc rc = open_again(place, file, out, err);

	*checked = true;
	if (rc != MEWS_OK)
		return rc;
	rc = mews_db_check(*out, CHECK_MS, err);
	*checked = rc != MEWS_AGAIN;
	if (rc == MEWS_OK || rc == MEWS_AGAIN)
		return MEWS_OK;
	mews_db_close(*out);
	*out = NULL;
	return rc;
}

/* Whether a complete file waits to take the place of one.  A config.db alone is
 * of a restore that was cut short before history.db was there: it goes, as long
 * as the one before is in its place. */
static bool
waits(const struct mews_place *place, enum mews_file file)
{
	char path[MEWS_PATH], new[LONG], other[MEWS_PATH], both[LONG];

	(void)mews_place_path(place, file, path);
	(void)snprintf(new, sizeof(new), "%s.new", path);
	(void)mews_place_path(place, MEWS_HISTORY_DB, other);
	(void)snprintf(both, sizeof(both), "%s.new", other);
	if (access(new, F_OK) != 0)
		return false;
	if (access(both, F_OK) == 0 || access(path, F_OK) != 0)
		return true;
	(void)unlink(new);
	return false;
}

/* Both of a restore, config.db first, whichever is opened. */
static enum mews_rc
take_restored(const struct mews_place *place, enum mews_file file,
    struct mews_rescue *r, struct mews_err *err)
{
	char aside[MEWS_PATH];
	enum mews_rc rc = MEWS_OK;

	r->restored = waits(place, file);
	if (r->restored && file == MEWS_HISTORY_DB &&
	    waits(place, MEWS_CONFIG_DB))
		rc = mews_rescue_swap(place, MEWS_CONFIG_DB, "before", aside,
		    err);
	if (r->restored && rc == MEWS_OK)
		rc = mews_rescue_swap(place, file, "before", r->aside, err);
	return rc;
}

enum mews_rc
mews_rescue_open(const struct mews_place *place, enum mews_file file,
    enum mews_rescue_doubt doubt, const char *other, struct mews_db **out,
    struct mews_rescue *r, struct mews_err *err)
{
	enum mews_rc rc;

	*r = (struct mews_rescue){ .checked = true };
	*out = NULL;
	if ((rc = take_restored(place, file, r, err)) != MEWS_OK)
		return rc;
	rc = MEWS_BAD;
	if (doubt == MEWS_RESCUE_SOUND)
		rc = try(place, file, out, &r->checked, err);
	if (rc != MEWS_BAD)
		return rc;
	r->restored = false;
	if ((rc = build(place, file, doubt, other, r, err)) != MEWS_OK ||
	    (rc = mews_rescue_swap(place, file, "damaged", r->aside, err)) !=
		MEWS_OK)
		return rc;
	return try(place, file, out, &r->checked, err);
}
