/*
 * traffic.c - tables of live.db.
 *
 * They have few rows and are written anew each time: what is gone needs no care
 * then.  Frames are another matter: traffic_frame.c.
 */
#include "traffic.h"
#include "row.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

static const char sql_clear[] =
    "DELETE FROM traffic_port; DELETE FROM traffic_client;"
    "DELETE FROM traffic_unit;"
    "DELETE FROM traffic_refusal; DELETE FROM traffic_minute;";
static const char sql_set[] =
    "INSERT OR REPLACE INTO traffic(id, state, begun, t, rate, requests,"
    " answers, exceptions, refusals, watched)"
    " VALUES(1, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_set_client[] =
    "INSERT INTO traffic_client(id, port, since, last, requests, answers,"
    " exceptions, refusals, waiting, used, who)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_set_port[] =
    "INSERT INTO traffic_port(port, line, open, address) VALUES(?, ?, ?, ?)";
static const char sql_set_unit[] =
    "INSERT INTO traffic_unit(line, unit, device, asked, answered, exceptions,"
    " silent, busy, gone, joined, slowest, wait_p50, wait_p99, answer_p50,"
    " answer_p99, used, damaged)"
    " VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_set_refusal[] =
    "INSERT INTO traffic_refusal(unit, function, first, last, n, t, reason,"
    " address) VALUES(?, ?, ?, ?, ?, ?, ?, ?)";
static const char sql_set_minute[] =
    "INSERT INTO traffic_minute(t, requests, answers, exceptions, refusals,"
    " busy) VALUES(?, ?, ?, ?, ?, ?)";
static const char sql_get[] =
    "SELECT state, begun, t, rate, requests, answers, exceptions, refusals,"
    " watched FROM traffic WHERE id = 1";
static const char sql_clients[] =
    "SELECT id, port, since, last, requests, answers, exceptions, refusals,"
    " waiting, used, who FROM traffic_client ORDER BY id LIMIT ?";
static const char sql_ports[] =
    "SELECT port, line, open, address FROM traffic_port ORDER BY id LIMIT ?";
static const char sql_units[] =
    "SELECT line, unit, device, asked, answered, exceptions, silent, busy,"
    " gone, joined, slowest, wait_p50, wait_p99, answer_p50, answer_p99,"
    " used, damaged"
    " FROM traffic_unit ORDER BY line, unit LIMIT ?";
static const char sql_refusals[] =
    "SELECT unit, function, first, last, n, t, reason, address"
    " FROM traffic_refusal ORDER BY t DESC, id LIMIT ?";
static const char sql_minutes[] =
    "SELECT t, requests, answers, exceptions, refusals, busy"
    " FROM traffic_minute ORDER BY t LIMIT ?";
static const char *const reasons[] = { [MEWS_WHY_NO_RULE] = "no-rule",
	[MEWS_WHY_FULL] = "full",
	[MEWS_WHY_CROWD] = "crowd",
	[MEWS_WHY_RIGHTS] = "rights",
	[MEWS_WHY_FUNCTION] = "function",
	[MEWS_WHY_LENGTH] = "length",
	[MEWS_WHY_REGISTERS] = "registers",
	[MEWS_WHY_VALUE] = "value",
	[MEWS_WHY_UNIT] = "unit",
	[MEWS_WHY_LINE] = "line",
	[MEWS_WHY_SILENT] = "silent",
	[MEWS_WHY_QUEUE] = "queue",
	[MEWS_WHY_WAITED] = "waited",
	[MEWS_WHY_PROTOCOL] = "protocol",
	[MEWS_WHY_HALF] = "half",
	[MEWS_WHY_DEAF] = "deaf" };

const char *
mews_traffic_reason(enum mews_traffic_why why)
{
	return reasons[why];
}

/* A row of numbers, and behind them a text when there is one. */
static enum mews_rc
write_row(struct mews_db *db, const char *sql, const int64_t *v, int n,
    const char *text, const char *more, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;
	int i;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < n; i++)
		(void)sqlite3_bind_int64(st, i + 1, v[i]);
	if (text != NULL)
		(void)sqlite3_bind_text(st, n + 1, text, -1, SQLITE_TRANSIENT);
	if (more != NULL)
		(void)sqlite3_bind_text(st, n + 2, more, -1, SQLITE_TRANSIENT);
	return mews_db_run(db, st, err);
}

static enum mews_rc
write_client(struct mews_db *db, const struct mews_traffic_client *c,
    struct mews_err *err)
{
	const int64_t v[] = { c->id, c->port, c->since, c->last, c->requests,
		c->answers, c->exceptions, c->refusals, c->waiting, c->used };

	return write_row(db, sql_set_client, v, MEWS_LEN(v), c->who, NULL, err);
}

static enum mews_rc
write_port(struct mews_db *db, const struct mews_traffic_port *p,
    struct mews_err *err)
{
	const int64_t v[] = { p->port, p->line, p->open };

	return write_row(db, sql_set_port, v, MEWS_LEN(v), p->address, NULL,
	    err);
}

static enum mews_rc
write_unit(struct mews_db *db, const struct mews_traffic_unit *u,
    struct mews_err *err)
{
	const int64_t v[] = { u->line, u->unit, u->device, u->asked,
		u->answered, u->exceptions, u->silent, u->busy, u->gone,
		u->joined, u->slowest, u->wait_p50, u->wait_p99, u->answer_p50,
		u->answer_p99, u->used, u->damaged };

	return write_row(db, sql_set_unit, v, MEWS_LEN(v), NULL, NULL, err);
}

static enum mews_rc
write_refusal(struct mews_db *db, const struct mews_traffic_refusal *r,
    struct mews_err *err)
{
	const int64_t v[] = { r->unit, r->function, r->first, r->last, r->n,
		r->t };

	return write_row(db, sql_set_refusal, v, MEWS_LEN(v), reasons[r->why],
	    r->address, err);
}

static enum mews_rc
write_minute(struct mews_db *db, const struct mews_traffic_minute *m,
    struct mews_err *err)
{
	const int64_t v[] = { m->t, m->requests, m->answers, m->exceptions,
		m->refusals, m->busy_us };

	return write_row(db, sql_set_minute, v, MEWS_LEN(v), NULL, NULL, err);
}

static enum mews_rc
write_all(struct mews_db *db, const struct mews_traffic *t,
    struct mews_err *err)
{
	const int64_t v[] = { t->state, t->begun, t->t, t->tenth, t->requests,
		t->answers, t->exceptions, t->refusals, t->watched };
	enum mews_rc rc = mews_db_exec(db, sql_clear, err);
	size_t i;

	if (rc == MEWS_OK)
		rc = write_row(db, sql_set, v, MEWS_LEN(v), NULL, NULL, err);
	for (i = 0; i < t->nports && rc == MEWS_OK; i++)
		rc = write_port(db, &t->port[i], err);
	for (i = 0; i < t->nclients && rc == MEWS_OK; i++)
		rc = write_client(db, &t->client[i], err);
	for (i = 0; i < t->nunits && rc == MEWS_OK; i++)
		rc = write_unit(db, &t->unit[i], err);
	for (i = 0; i < t->nrefusals && rc == MEWS_OK; i++)
		rc = write_refusal(db, &t->refusal[i], err);
	for (i = 0; i < t->nminutes && rc == MEWS_OK; i++)
		rc = write_minute(db, &t->minute[i], err);
	return rc;
}

enum mews_rc
mews_traffic_write(struct mews_db *db, const struct mews_traffic *t,
    struct mews_err *err)
{
	enum mews_rc rc = mews_db_begin(db, err);

	return rc != MEWS_OK ? rc : mews_db_end(db, write_all(db, t, err), err);
}

/* Reads the rows of a table: take() gets each. */
static enum mews_rc
read_rows(struct mews_db *db, const char *sql, int64_t most,
    void (*take)(struct mews_traffic *, sqlite3_stmt *),
    struct mews_traffic *out, struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql, &st, err)) != MEWS_OK)
		return rc;
	if (most > 0)
		(void)sqlite3_bind_int64(st, 1, most);
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK)
		take(out, st);
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static int64_t
number(sqlite3_stmt *st, int i)
{
	return sqlite3_column_int64(st, i);
}

static void
take_head(struct mews_traffic *t, sqlite3_stmt *st)
{
	t->state = (enum mews_traffic_state)number(st, 0);
	t->begun = number(st, 1);
	t->t = number(st, 2);
	t->tenth = number(st, 3);
	t->requests = number(st, 4);
	t->answers = number(st, 5);
	t->exceptions = number(st, 6);
	t->refusals = number(st, 7);
	t->watched = number(st, 8);
}

static void
take_client(struct mews_traffic *t, sqlite3_stmt *st)
{
	struct mews_traffic_client *c = &t->client[t->nclients++];

	*c = (struct mews_traffic_client){ .id = number(st, 0),
		.port = sqlite3_column_int(st, 1),
		.since = number(st, 2),
		.last = number(st, 3),
		.requests = number(st, 4),
		.answers = number(st, 5),
		.exceptions = number(st, 6),
		.refusals = number(st, 7),
		.waiting = number(st, 8),
		.used = number(st, 9) };
	(void)mews_row_take(st, 10, c->who, sizeof(c->who));
}

static void
take_port(struct mews_traffic *t, sqlite3_stmt *st)
{
	struct mews_traffic_port *p = &t->port[t->nports++];

	*p = (struct mews_traffic_port){ .port = sqlite3_column_int(st, 0),
		.line = number(st, 1),
		.open = number(st, 2) != 0 };
	(void)mews_row_take(st, 3, p->address, sizeof(p->address));
}

static void
take_unit(struct mews_traffic *t, sqlite3_stmt *st)
{
	struct mews_traffic_unit *u;

	if (t->nunits % 32 == 0)
		t->unit = mews_realloc(t->unit, t->nunits + 32, sizeof(*u));
	u = &t->unit[t->nunits++];
	*u = (struct mews_traffic_unit){ .line = number(st, 0),
		.unit = sqlite3_column_int(st, 1),
		.device = number(st, 2),
		.asked = number(st, 3),
		.answered = number(st, 4),
		.exceptions = number(st, 5),
		.silent = number(st, 6),
		.busy = number(st, 7),
		.gone = number(st, 8),
		.joined = number(st, 9),
		.slowest = number(st, 10),
		.wait_p50 = number(st, 11),
		.wait_p99 = number(st, 12),
		.answer_p50 = number(st, 13),
		.answer_p99 = number(st, 14),
		.used = number(st, 15),
		.damaged = number(st, 16) };
}

static void
take_refusal(struct mews_traffic *t, sqlite3_stmt *st)
{
	struct mews_traffic_refusal *r = &t->refusal[t->nrefusals];
	const char *why = (const char *)sqlite3_column_text(st, 6);
	size_t i = 0;

	while (i < MEWS_LEN(reasons) && strcmp(reasons[i], why) != 0)
		i++;
	if (i == MEWS_LEN(reasons))
		return;
	t->nrefusals++;
	*r = (struct mews_traffic_refusal){ .why = (enum mews_traffic_why)i,
		.unit = sqlite3_column_int(st, 0),
		.function = sqlite3_column_int(st, 1),
		.first = sqlite3_column_int(st, 2),
		.last = sqlite3_column_int(st, 3),
		.n = number(st, 4),
		.t = number(st, 5) };
	(void)mews_row_take(st, 7, r->address, sizeof(r->address));
}

static void
take_minute(struct mews_traffic *t, sqlite3_stmt *st)
{
	t->minute[t->nminutes++] = (struct mews_traffic_minute){ number(st, 0),
		number(st, 1), number(st, 2), number(st, 3), number(st, 4),
		number(st, 5) };
}

static const struct {
	const char *sql;
	int64_t most; /* 0: one row, no bound */
	void (*take)(struct mews_traffic *, sqlite3_stmt *);
} tables[] = {
	{ sql_get, 0, take_head },
	{ sql_ports, MEWS_TRAFFIC_PORTS, take_port },
	{ sql_clients, MEWS_TRAFFIC_CLIENTS, take_client },
	{ sql_units, MEWS_TRAFFIC_UNITS, take_unit },
	{ sql_refusals, MEWS_TRAFFIC_REFUSALS, take_refusal },
	{ sql_minutes, MEWS_TRAFFIC_MINUTES + 1, take_minute },
};

enum mews_rc
mews_traffic_load(struct mews_db *db, struct mews_traffic *out,
    struct mews_err *err)
{
	enum mews_rc rc;
	bool begun;
	size_t i;

	*out = (struct mews_traffic){ 0 };
	if ((rc = mews_db_snapshot(db, &begun, err)) != MEWS_OK)
		return rc;
	for (i = 0; i < MEWS_LEN(tables) && rc == MEWS_OK; i++)
		rc = read_rows(db, tables[i].sql, tables[i].most,
		    tables[i].take, out, err);
	if (begun)
		rc = mews_db_end(db, rc, err);
	if (rc != MEWS_OK)
		mews_traffic_clear(out);
	return rc;
}

void
mews_traffic_clear(struct mews_traffic *t)
{
	free(t->unit);
	*t = (struct mews_traffic){ 0 };
}
