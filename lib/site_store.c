/*
 * site_store.c - the site into config.db; site_gateway.c has the gateway's
 * part.
 *
 * A save compares nothing: it writes the whole site again, under the ids that
 * the plates and names already have.
 */
#include "site.h"
#include "row.h"
#include "setting.h"
#include "site_gateway.h"
#include "str.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char sql_set_site[] =
    "INSERT OR REPLACE INTO site(id, name, board, zone, contract_w)"
    " VALUES(1, ?, ?, ?, ?)";
static const char sql_set_line[] =
    "INSERT INTO line(name, kind, path, port, baud, parity, stop, timeout_ms,"
    " pause_ms) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)"
    " ON CONFLICT(name) DO UPDATE SET kind = ?2, path = ?3, port = ?4,"
    " baud = ?5, parity = ?6, stop = ?7, timeout_ms = ?8, pause_ms = ?9";
/* Frees the addresses first, so that two devices can change units. */
static const char sql_park[] = "UPDATE device SET unit = -id, place = -1";
static const char sql_set_device[] =
    "INSERT INTO device(plate, name, line, unit, profile, post, every_s, place,"
    " gateway, zone, panel, usage, rating, feeds)"
    " VALUES(?1, ?2, (SELECT id FROM line WHERE name = ?3), ?4, ?5, ?6, ?7, ?8,"
    " ?9, ?10, ?11, ?12, ?13, ?14)"
    " ON CONFLICT(plate) DO UPDATE SET name = ?2,"
    " line = (SELECT id FROM line WHERE name = ?3), unit = ?4, profile = ?5,"
    " post = ?6, every_s = ?7, place = ?8, gateway = ?9, zone = ?10,"
    " panel = ?11, usage = ?12, rating = ?13, feeds = ?14";
static const char sql_drop_lines[] =
    "DELETE FROM line WHERE id NOT IN (SELECT line FROM device)"
    " AND name NOT IN (SELECT value FROM json_each(?))";
static const char sql_set_pulse[] =
    "INSERT INTO pulse(device, input, quantity, weight, start, per)"
    " VALUES((SELECT id FROM device WHERE plate = ?), ?, ?, ?, ?, ?)";
static const char sql_set_removed[] =
    "INSERT OR REPLACE INTO removed(id, t, plate, text)"
    " VALUES(?, unixepoch(), ?, ?)";
static const char sql_forget[] =
    "DELETE FROM removed WHERE id NOT IN"
    " (SELECT id FROM removed ORDER BY t DESC, id DESC LIMIT 1000);"
    "DELETE FROM removed WHERE id IN (SELECT id FROM device);"
    "DELETE FROM trial WHERE line NOT IN (SELECT name FROM line)";
static const char sql_rename_device[] =
    "UPDATE device SET plate = ?2 WHERE plate = ?1";
static const char sql_rename_line[] =
    "UPDATE line SET name = ?2 WHERE name = ?1";
static const char sql_rename_trial[] =
    "UPDATE trial SET line = ?2 WHERE line = ?1";
static const char sql_drop_devices[] = "DELETE FROM device WHERE place = -1";
static const char sql_drop_pulses[] = "DELETE FROM pulse";

static enum mews_rc
save_line(struct mews_db *db, const struct mews_line *l, struct mews_err *err)
{
	char parity[2] = { l->parity, '\0' };
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set_line, &st, err)) != MEWS_OK)
		return rc;
	mews_row_text(st, 1, l->name);
	(void)sqlite3_bind_int(st, 2, (int)l->kind);
	mews_row_text(st, 3, l->path);
	(void)sqlite3_bind_int(st, 4, l->port);
	(void)sqlite3_bind_int(st, 5, l->baud);
	mews_row_text(st, 6, parity);
	(void)sqlite3_bind_int(st, 7, l->stop);
	(void)sqlite3_bind_int(st, 8, l->timeout_ms);
	(void)sqlite3_bind_int(st, 9, l->pause_ms);
	return mews_db_run(db, st, err);
}

static enum mews_rc
save_pulses(struct mews_db *db, const struct mews_device *d,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = MEWS_OK;
	int p;

	for (p = 0; p < MEWS_PULSE_INPUTS && rc == MEWS_OK; p++) {
		if (d->pulse[p].quantity == NULL)
			continue;
		rc = mews_db_use(db, sql_set_pulse, &st, err);
		if (rc != MEWS_OK)
			break;
		mews_row_text(st, 1, d->plate);
		(void)sqlite3_bind_int(st, 2, p + 1);
		mews_row_text(st, 3, d->pulse[p].quantity->name);
		(void)sqlite3_bind_int64(st, 4, d->pulse[p].weight);
		(void)sqlite3_bind_int64(st, 5, d->pulse[p].start);
		(void)sqlite3_bind_int64(st, 6, d->pulse[p].per);
		rc = mews_db_run(db, st, err);
	}
	return rc;
}

static enum mews_rc
save_device(struct mews_db *db, const struct mews_site *s, size_t i,
    struct mews_err *err)
{
	const struct mews_device *d = &s->device[i];
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set_device, &st, err)) != MEWS_OK)
		return rc;
	mews_row_text(st, 1, d->plate);
	mews_row_text(st, 2, d->name);
	mews_row_text(st, 3, mews_site_line(s, d->line)->name);
	(void)sqlite3_bind_int(st, 4, d->unit);
	mews_row_text(st, 5, d->profile);
	(void)sqlite3_bind_int(st, 6, (int)d->post);
	(void)sqlite3_bind_int(st, 7, d->every_s);
	(void)sqlite3_bind_int(st, 8, (int)i);
	(void)sqlite3_bind_int(st, 9, d->gateway);
	mews_row_text(st, 10, d->zone);
	mews_row_text(st, 11, d->panel);
	(void)sqlite3_bind_int(st, 12, (int)d->group);
	(void)sqlite3_bind_int(st, 13, d->rating);
	mews_row_text(st, 14, d->feeds);
	rc = mews_db_run(db, st, err);
	return rc == MEWS_OK ? save_pulses(db, d, err) : rc;
}

/* Removes the lines the site does not name. */
static enum mews_rc
drop_lines(struct mews_db *db, const struct mews_site *s, struct mews_err *err)
{
	struct mews_buf names = { 0 };
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	/* a line's name is a plain word: it needs no escape in JSON */
	for (i = 0; i < s->nlines; i++)
		mews_buf_printf(&names, "%s\"%s\"", i == 0 ? "[" : ",",
		    s->line[i].name);
	mews_buf_str(&names, s->nlines == 0 ? "[]" : "]");
	rc = mews_db_use(db, sql_drop_lines, &st, err);
	if (rc == MEWS_OK) {
		mews_row_text(st, 1, names.s);
		rc = mews_db_run(db, st, err);
	}
	mews_buf_clear(&names);
	return rc;
}

/* Keeps the text of each device that the site no longer has. */
static enum mews_rc
keep_removed(struct mews_db *db, const struct mews_site *s,
    struct mews_err *err)
{
	struct mews_buf line = { 0 };
	struct mews_site old;
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_site_load(db, &old, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < old.ndevices && rc == MEWS_OK; i++) {
		if (mews_site_plate(s, old.device[i].plate) != NULL)
			continue;
		mews_buf_reset(&line);
		mews_site_device_text(&old, &old.device[i], &line);
		rc = mews_db_use(db, sql_set_removed, &st, err);
		if (rc != MEWS_OK)
			break;
		(void)sqlite3_bind_int64(st, 1, old.device[i].id);
		mews_row_text(st, 2, old.device[i].plate);
		mews_row_text(st, 3, line.s);
		rc = mews_db_run(db, st, err);
	}
	mews_buf_clear(&line);
	mews_site_clear(&old);
	return rc;
}

static enum mews_rc
save_head(struct mews_db *db, const struct mews_site *s, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = mews_db_use(db, sql_set_site, &st, err);

	if (rc != MEWS_OK)
		return rc;
	mews_row_text(st, 1, s->name);
	mews_row_text(st, 2, s->board);
	mews_row_text(st, 3, s->zone);
	(void)sqlite3_bind_int64(st, 4, s->contract_w);
	return mews_db_run(db, st, err);
}

static enum mews_rc
save_devices(struct mews_db *db, const struct mews_site *s,
    struct mews_err *err)
{
	enum mews_rc rc = mews_db_exec(db, sql_park, err);
	size_t i;

	if (rc == MEWS_OK)
		rc = mews_db_exec(db, sql_drop_pulses, err);
	for (i = 0; i < s->ndevices && rc == MEWS_OK; i++)
		rc = save_device(db, s, i, err);
	return rc == MEWS_OK ? mews_db_exec(db, sql_drop_devices, err) : rc;
}

enum mews_rc
mews_site_save(struct mews_db *db, const struct mews_site *s,
    struct mews_err *err)
{
	int64_t most;
	bool begun;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_site_most(db, &most, err)) != MEWS_OK ||
	    (rc = mews_site_fits(s, most, err)) != MEWS_OK ||
	    (rc = mews_db_join(db, &begun, err)) != MEWS_OK)
		return rc;
	rc = keep_removed(db, s, err);
	if (rc == MEWS_OK)
		rc = save_head(db, s, err);
	for (i = 0; i < s->nlines && rc == MEWS_OK; i++)
		rc = save_line(db, &s->line[i], err);
	if (rc == MEWS_OK)
		rc = save_devices(db, s, err);
	if (rc == MEWS_OK)
		rc = mews_site_gateway_clear(db, err);
	if (rc == MEWS_OK)
		rc = drop_lines(db, s, err);
	if (rc == MEWS_OK)
		rc = mews_site_gateway_save(db, s, err);
	if (rc == MEWS_OK)
		rc = mews_db_exec(db, sql_forget, err);
	return begun ? mews_db_end(db, rc, err) : rc;
}

static enum mews_rc
rename_row(struct mews_db *db, const char *sql, const char *was,
    const char *name, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = mews_db_use(db, sql, &st, err);

	if (rc != MEWS_OK)
		return rc;
	mews_row_text(st, 1, was);
	mews_row_text(st, 2, name);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_site_rename_device(struct mews_db *db, const char *was, const char *plate,
    struct mews_err *err)
{
	return rename_row(db, sql_rename_device, was, plate, err);
}

enum mews_rc
mews_site_rename_line(struct mews_db *db, const char *was, const char *name,
    struct mews_err *err)
{
	enum mews_rc rc = rename_row(db, sql_rename_line, was, name, err);

	return rc == MEWS_OK ? rename_row(db, sql_rename_trial, was, name, err)
			     : rc;
}

enum mews_rc
mews_site_most(struct mews_db *db, int64_t *out, struct mews_err *err)
{
	char model[MEWS_SETTING_MOST + 1];
	enum mews_rc rc = mews_setting_get(db, "model", model, err);

	if (rc == MEWS_OK && !mews_str_int(model, 1, INT64_MAX, out))
		*out = INT64_MAX;
	return rc;
}

enum mews_rc
mews_site_fits(const struct mews_site *s, int64_t most, struct mews_err *err)
{
	int64_t n = mews_site_addresses(s);

	if (n <= most)
		return MEWS_OK;
	return mews_fail(err, MEWS_BAD,
	    "%lld devices and pulse inputs are %lld too many: PM1WS%lld has "
	    "%lld addresses%s",
	    (long long)n, (long long)(n - most), (long long)most,
	    (long long)most, most < 32 ? ", PM1WS32 has 32" : "");
}
