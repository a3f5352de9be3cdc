/*
 * booking.c - a row a stretch; its shares are computed when an hour is.
 *
 * Kept beside the buckets and not only in them, so that an hour can be
 * computed again from its minutes at any time without losing it.
 */
#include "booking.h"
#include "row.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#define HOUR 3600

static const char sql_add[] = "INSERT INTO booking(series, since, upto, energy,"
			      " idx, amendment) VALUES(?, ?, ?, ?, ?, ?)";
static const char sql_read[] =
    "SELECT series, since, upto, energy, idx,"
    " amendment FROM booking WHERE upto > ?1 AND since < ?2"
    " AND (?3 = 0 OR series = ?3) ORDER BY series, since, id";
static const char sql_forget[] =
    "DELETE FROM booking WHERE upto = ?3 AND since = ?2 AND series = ?1"
    " AND amendment = 0";
static const char sql_drop[] = "DELETE FROM booking WHERE amendment = ?";

void
mews_bookings_add(struct mews_bookings *l, const struct mews_booking *b)
{
	if (l->n == l->cap) {
		l->cap = l->cap == 0 ? 16 : 2 * l->cap;
		l->b = mews_realloc(l->b, l->cap, sizeof(*l->b));
	}
	l->b[l->n++] = *b;
}

void
mews_bookings_clear(struct mews_bookings *l)
{
	free(l->b);
	*l = (struct mews_bookings){ 0 };
}

/* What was used until t; the product fits for stretches below a century. */
static int64_t
until(const struct mews_booking *b, int64_t t)
{
	int64_t len = b->upto - b->since, at = t - b->since;

	if (at <= 0)
		return 0;
	if (at >= len)
		return b->energy;
	return b->energy / len * at + b->energy % len * at / len;
}

int64_t
mews_booking_share(const struct mews_booking *b, int64_t from, int64_t to)
{
	return until(b, to) - until(b, from);
}

/* The bucket that starts at t; a new one is one that nobody measured. */
static struct mews_bucket *
bucket_at(struct mews_buckets *l, int64_t t, int64_t end)
{
	struct mews_bucket new = { .t = t };
	size_t i = l->n;

	while (i > 0 && l->b[i - 1].t > t)
		i--;
	if (i > 0 && l->b[i - 1].t == t)
		return &l->b[i - 1];
	new.expected = (uint32_t)((end - t) / 60);
	new.end = i > 0 ? l->b[i - 1].end : 0;
	mews_buckets_add(l, &new);
	memmove(&l->b[i + 1], &l->b[i], (l->n - 1 - i) * sizeof(*l->b));
	l->b[i] = new;
	return &l->b[i];
}

void
mews_booking_spread(const struct mews_booking *b, int64_t from, int64_t to,
    int64_t cut, struct mews_buckets *l)
{
	struct mews_bucket *bucket;
	int64_t t, end;

	from = from > b->since ? from : b->since;
	to = to < b->upto ? to : b->upto;
	for (t = from - from % HOUR; t < to; t = end) {
		end = t - t % HOUR + HOUR;
		if (cut > t && cut < end)
			end = cut;
		if (end <= from)
			continue;
		bucket = bucket_at(l, t, end);
		bucket->sum += mews_booking_share(b, t, end);
		bucket->flags |= MEWS_ESTIMATED;
		if (b->index >= 0 && (b->upto >= end || bucket->seen == 0))
			bucket->end = b->index + until(b, end);
	}
}

enum mews_rc
mews_booking_write(struct mews_db *db, const struct mews_booking *b,
    struct mews_err *err)
{
	const int64_t column[] = { b->series, b->since, b->upto, b->energy,
		b->index, b->amendment };
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_use(db, sql_add, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < MEWS_LEN(column); i++)
		(void)sqlite3_bind_int64(st, (int)i + 1, column[i]);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_booking_read(struct mews_db *db, int64_t series, int64_t from, int64_t to,
    struct mews_bookings *out, struct mews_err *err)
{
	struct mews_booking b;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_read, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, from);
	(void)sqlite3_bind_int64(st, 2, to);
	(void)sqlite3_bind_int64(st, 3, series);
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		b.series = sqlite3_column_int64(st, 0);
		b.since = sqlite3_column_int64(st, 1);
		b.upto = sqlite3_column_int64(st, 2);
		b.energy = sqlite3_column_int64(st, 3);
		b.index = sqlite3_column_int64(st, 4);
		b.amendment = sqlite3_column_int64(st, 5);
		mews_bookings_add(out, &b);
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_booking_drop(struct mews_db *db, int64_t amendment, struct mews_err *err)
{
	return mews_row_run(db, sql_drop, &amendment, 1, err);
}

enum mews_rc
mews_booking_forget(struct mews_db *db, const struct mews_booking *b,
    struct mews_err *err)
{
	const int64_t column[] = { b->series, b->since, b->upto };
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t i;

	if ((rc = mews_db_use(db, sql_forget, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < MEWS_LEN(column); i++)
		(void)sqlite3_bind_int64(st, (int)i + 1, column[i]);
	return mews_db_run(db, st, err);
}
