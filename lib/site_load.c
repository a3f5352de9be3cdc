/*
 * site_load.c - the site out of config.db; site_gateway.c has the gateway's
 * part.
 */
#include "site.h"
#include "row.h"
#include "site_gateway.h"
#include "str.h"

#include <sqlite3.h>
#include <string.h>

static const char sql_site[] =
    "SELECT name, board, zone, contract_w FROM site WHERE id = 1";
static const char sql_lines[] =
    "SELECT id, name, kind, path, port, baud, parity, stop, timeout_ms,"
    " pause_ms FROM line ORDER BY id LIMIT 10000";
static const char sql_devices[] =
    "SELECT id, plate, name, line, unit, profile, post, every_s, gateway, zone,"
    " panel, usage, rating, feeds FROM device ORDER BY place LIMIT 10000";
static const char sql_pulses[] =
    "SELECT input, quantity, weight, start, per FROM pulse"
    " WHERE device = ? AND input <= ?";

#define COLUMN(st, i, array) (void)mews_row_take(st, i, array, sizeof(array))

static enum mews_rc
load_site(struct mews_db *db, struct mews_site *s, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	(void)mews_str_copy(s->name, sizeof(s->name), "mews");
	(void)mews_str_copy(s->zone, sizeof(s->zone), "UTC");
	if ((rc = mews_db_use(db, sql_site, &st, err)) != MEWS_OK)
		return rc;
	if ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		COLUMN(st, 0, s->name);
		COLUMN(st, 1, s->board);
		COLUMN(st, 2, s->zone);
		s->contract_w = sqlite3_column_int64(st, 3);
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
load_lines(struct mews_db *db, struct mews_site *s, struct mews_err *err)
{
	struct mews_line *l;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_lines, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		s->line = mews_realloc(s->line, s->nlines + 1, sizeof(*l));
		l = &s->line[s->nlines++];
		*l = (struct mews_line){ .id = sqlite3_column_int64(st, 0) };
		COLUMN(st, 1, l->name);
		l->kind = (enum mews_line_kind)sqlite3_column_int(st, 2);
		COLUMN(st, 3, l->path);
		l->port = sqlite3_column_int(st, 4);
		l->baud = sqlite3_column_int(st, 5);
		l->parity = (char)sqlite3_column_text(st, 6)[0];
		l->stop = sqlite3_column_int(st, 7);
		l->timeout_ms = sqlite3_column_int(st, 8);
		l->pause_ms = sqlite3_column_int(st, 9);
	}
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
load_pulses(struct mews_db *db, struct mews_device *d, struct mews_err *err)
{
	struct mews_pulse *p;
	sqlite3_stmt *st;
	char name[64];
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_pulses, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, d->id);
	(void)sqlite3_bind_int(st, 2, MEWS_PULSE_INPUTS);
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		p = &d->pulse[sqlite3_column_int(st, 0) - 1];
		COLUMN(st, 1, name);
		p->quantity = mews_quantity_find(name);
		p->weight = sqlite3_column_int64(st, 2);
		p->start = sqlite3_column_int64(st, 3);
		p->per = sqlite3_column_int64(st, 4);
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
load_devices(struct mews_db *db, struct mews_site *s, struct mews_err *err)
{
	struct mews_device *d;
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_use(db, sql_devices, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		s->device =
		    mews_realloc(s->device, s->ndevices + 1, sizeof(*d));
		d = &s->device[s->ndevices++];
		*d = (struct mews_device){ .id = sqlite3_column_int64(st, 0) };
		COLUMN(st, 1, d->plate);
		COLUMN(st, 2, d->name);
		d->line = sqlite3_column_int64(st, 3);
		d->unit = sqlite3_column_int(st, 4);
		COLUMN(st, 5, d->profile);
		d->post = (enum mews_post)sqlite3_column_int(st, 6);
		d->every_s = sqlite3_column_int(st, 7);
		d->gateway = sqlite3_column_int(st, 8);
		COLUMN(st, 9, d->zone);
		COLUMN(st, 10, d->panel);
		d->group = (enum mews_group)sqlite3_column_int(st, 11);
		d->rating = sqlite3_column_int(st, 12);
		COLUMN(st, 13, d->feeds);
	}
	mews_db_done(st);
	if (rc == MEWS_NONE)
		rc = MEWS_OK;
	for (i = 0; i < s->ndevices && rc == MEWS_OK; i++)
		rc = load_pulses(db, &s->device[i], err);
	return rc;
}

enum mews_rc
mews_site_load(struct mews_db *db, struct mews_site *out, struct mews_err *err)
{
	bool begun;
	enum mews_rc rc;

	*out = (struct mews_site){ 0 };
	if ((rc = mews_db_snapshot(db, &begun, err)) != MEWS_OK)
		return rc;
	rc = load_site(db, out, err);
	if (rc == MEWS_OK)
		rc = load_lines(db, out, err);
	if (rc == MEWS_OK)
		rc = load_devices(db, out, err);
	if (rc == MEWS_OK)
		rc = mews_site_gateway_load(db, out, err);
	if (begun)
		rc = mews_db_end(db, rc, err);
	if (rc != MEWS_OK)
		mews_site_clear(out);
	return rc;
}
