/*
 * map.c - slots in config.db, and the map that is made of them.
 *
 * Rows are never deleted, and AUTOINCREMENT would give no number twice even
 * then.  A row that is there already is not tried: OR IGNORE uses up a number.
 */
#include "map.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

static const char sql_give[] =
    "INSERT INTO map_slot(device, quantity) SELECT ?1, ?2"
    " WHERE (SELECT coalesce(max(slot), 0) FROM map_slot) < ?3 AND NOT EXISTS"
    " (SELECT 1 FROM map_slot WHERE device = ?1 AND quantity = ?2)";
static const char sql_slots[] =
    "SELECT slot, device, quantity FROM map_slot ORDER BY slot LIMIT 10000";

static const struct mews_map_state states[MEWS_MAP_STATES] = {
	[MEWS_MAP_MARK] = { 0, 2, "u32", "mark", "" },
	[MEWS_MAP_VERSION] = { 2, 1, "u16", "map_version", "" },
	[MEWS_MAP_MAJOR] = { 3, 1, "u16", "mews_major", "" },
	[MEWS_MAP_MINOR] = { 4, 1, "u16", "mews_minor", "" },
	[MEWS_MAP_DEVICES] = { 5, 1, "u16", "devices", "" },
	[MEWS_MAP_ANSWERING] = { 6, 1, "u16", "devices_answering", "" },
	[MEWS_MAP_CLIENTS] = { 7, 1, "u16", "clients", "" },
	[MEWS_MAP_USED] = { 8, 1, "u16", "slots", "" },
	[MEWS_MAP_KEPT] = { 9, 1, "u16", "minutes_waiting", "" },
	[MEWS_MAP_UPTIME] = { 10, 2, "u32", "uptime", "s" },
	[MEWS_MAP_NOW] = { 12, 2, "u32", "time", "s" },
	[MEWS_MAP_MINUTE] = { 14, 2, "u32", "last_minute", "s" },
};

static const struct {
	int offset, words;
	const char *type, *part;
} parts[] = {
	{ 0, 2, "f32", "value" },
	{ 2, 4, "s64", "stored" },
	{ 6, 1, "u16", "quality" },
	{ 7, 1, "u16", "age" },
};

const struct mews_map_state *
mews_map_state(size_t i)
{
	return i < MEWS_LEN(states) ? &states[i] : NULL;
}

enum mews_rc
mews_map_give(struct mews_db *db, int64_t device,
    const struct mews_quantity *const *q, size_t n, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < n && rc == MEWS_OK; i++) {
		if ((rc = mews_db_use(db, sql_give, &st, err)) != MEWS_OK)
			break;
		(void)sqlite3_bind_int64(st, 1, device);
		(void)sqlite3_bind_text(st, 2, q[i]->name, -1, SQLITE_STATIC);
		(void)sqlite3_bind_int(st, 3, MEWS_MAP_SLOTS);
		rc = mews_db_run(db, st, err);
	}
	return rc;
}

enum mews_rc
mews_map_slots(struct mews_db *db, struct mews_map_slot **out, size_t *n,
    struct mews_err *err)
{
	struct mews_map_slot *list = NULL;
	size_t used = 0, room = 0;
	sqlite3_stmt *st;
	enum mews_rc rc;

	*out = NULL;
	*n = 0;
	if ((rc = mews_db_use(db, sql_slots, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK &&
	    sqlite3_column_int(st, 0) <= MEWS_MAP_SLOTS) {
		if (used == room) {
			room = room == 0 ? 64 : 2 * room;
			list = mews_realloc(list, room, sizeof(*list));
		}
		list[used++] =
		    (struct mews_map_slot){ sqlite3_column_int(st, 0),
			    sqlite3_column_int64(st, 1),
			    mews_quantity_find(
				(const char *)sqlite3_column_text(st, 2)) };
	}
	mews_db_done(st);
	if (rc != MEWS_OK && rc != MEWS_NONE) {
		free(list);
		return rc;
	}
	*out = list;
	*n = used;
	return MEWS_OK;
}

/* Register, in both notations, and how many. */
static void
csv_place(struct mews_csv *c, int first, int words, const char *type)
{
	mews_csv_number(c, first, 0, 0);
	mews_csv_number(c, 400001 + first, 0, 0);
	mews_csv_number(c, words, 0, 0);
	mews_csv_text(c, type);
}

static void
csv_slot(struct mews_csv *c, const struct mews_site *site,
    const struct mews_map_slot *s)
{
	const struct mews_device *d = mews_site_device(site, s->device);
	const struct mews_quantity *q = s->quantity;
	size_t i;

	for (i = 0; i < MEWS_LEN(parts); i++) {
		csv_place(c, mews_map_register(s) + parts[i].offset,
		    parts[i].words, parts[i].type);
		mews_csv_text(c, d == NULL ? "" : d->plate);
		mews_csv_text(c, d == NULL ? "" : d->name);
		mews_csv_text(c, q == NULL ? "" : q->name);
		mews_csv_text(c, parts[i].part);
		mews_csv_text(c,
		    i == 3                    ? "s"
			: i == 2 || q == NULL ? ""
					      : q->unit);
		if (i == 1 && q != NULL)
			mews_csv_number(c, q->decimals, 0, 0);
		else
			mews_csv_number(c, 0, 0, 0);
		mews_csv_end(c);
	}
}

void
mews_map_csv(struct mews_csv *c, const struct mews_site *site,
    const struct mews_map_slot *slot, size_t n)
{
	static const char *const head[] = { "register", "reference", "words",
		"type", "device", "name", "quantity", "part", "unit",
		"decimals" };
	size_t i;

	for (i = 0; i < MEWS_LEN(head); i++)
		mews_csv_text(c, head[i]);
	mews_csv_end(c);
	for (i = 0; i < MEWS_LEN(states); i++) {
		csv_place(c, states[i].first, states[i].words, states[i].type);
		mews_csv_text(c, "");
		mews_csv_text(c, "mews");
		mews_csv_text(c, states[i].name);
		mews_csv_text(c, "state");
		mews_csv_text(c, states[i].unit);
		mews_csv_number(c, 0, 0, 0);
		mews_csv_end(c);
	}
	for (i = 0; i < n; i++)
		csv_slot(c, site, &slot[i]);
}
