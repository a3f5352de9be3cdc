/*
 * site_gateway.c - ports and rules of the gateway, in the site file and in
 * config.db.
 */
#include "site_gateway.h"
#include "str.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static const char sql_ports[] =
    "SELECT port, address, line FROM gateway_port ORDER BY place LIMIT 100";
static const char sql_rules[] =
    "SELECT network, allowed, unit_first, unit_last, register_first,"
    " register_last, first FROM gateway_rule ORDER BY place LIMIT 1000";
static const char sql_clear[] =
    "DELETE FROM gateway_port; DELETE FROM gateway_rule";
static const char sql_set_port[] =
    "INSERT INTO gateway_port(place, port, address, line)"
    " VALUES(?, ?, ?, (SELECT id FROM line WHERE name = ?))";
static const char sql_set_rule[] =
    "INSERT INTO gateway_rule(place, network, allowed, unit_first, unit_last,"
    " register_first, register_last, first) VALUES(?, ?, ?, ?, ?, ?, ?, ?)";

static const char *const rights[] = { [MEWS_RIGHT_NONE] = "none",
	[MEWS_RIGHT_READ] = "read",
	[MEWS_RIGHT_WRITE] = "read-write" };

/* "5" or "1-10". */
static bool
range(const char *word, int most, int *first, int *last)
{
	char text[24], *dash;
	int64_t a, b;

	if (!mews_str_copy(text, sizeof(text), word))
		return false;
	if ((dash = strchr(text, '-')) != NULL)
		*dash++ = '\0';
	if (!mews_str_int(text, 0, most, &a) ||
	    !mews_str_int(dash != NULL ? dash : text, a, most, &b))
		return false;
	*first = (int)a;
	*last = (int)b;
	return true;
}

static enum mews_rc
read_port(struct mews_site *s, char *const *w, size_t n, struct mews_err *err)
{
	struct mews_gateway_port p = { 0 };
	struct mews_network unused;
	int64_t port;
	size_t i, l;

	if (n == 0 || !mews_str_int(w[0], 1, 65535, &port))
		return mews_fail(err, MEWS_BAD,
		    "the port must be a number from 1 to 65535");
	p.port = (int)port;
	for (i = 1; i + 1 < n; i += 2) {
		if (strcmp(w[i], "address") == 0) {
			if (strchr(w[i + 1], '/') != NULL ||
			    !mews_network_read(w[i + 1], &unused) ||
			    !mews_str_copy(p.address, sizeof(p.address),
				w[i + 1]))
				return mews_fail(err, MEWS_BAD,
				    "'%.50s' is no address", w[i + 1]);
			continue;
		}
		for (l = 0; l < s->nlines; l++)
			if (strcmp(s->line[l].name, w[i + 1]) == 0)
				p.line = s->line[l].id;
		if (strcmp(w[i], "forward") != 0 || p.line == 0)
			break;
	}
	if (i != n)
		return mews_fail(err, MEWS_BAD,
		    "address, or forward with a line that stands above, is "
		    "expected, not '%.50s'",
		    w[i]);
	s->port = mews_realloc(s->port, s->nports + 1, sizeof(p));
	s->port[s->nports++] = p;
	return MEWS_OK;
}

static enum mews_rc
read_rule(struct mews_site *s, char *const *w, size_t n, struct mews_err *err)
{
	struct mews_gateway_rule r = { .unit_last = 255,
		.register_last = 65535 };
	size_t i, k = 0;

	if (n < 1 || !mews_network_read(w[0], &r.network) ||
	    !mews_str_copy(r.text, sizeof(r.text), w[0]))
		return mews_fail(err, MEWS_BAD,
		    "allow needs a network such as 10.0.0.0/8, not '%.50s'",
		    n < 1 ? "" : w[0]);
	while (n > 1 && k < MEWS_LEN(rights) && strcmp(rights[k], w[1]) != 0)
		k++;
	if (n < 2 || k == MEWS_LEN(rights))
		return mews_fail(err, MEWS_BAD,
		    "a network may none, read or read-write");
	r.right = (enum mews_right)k;
	if ((r.first = n > 2 && strcmp(w[n - 1], "first") == 0))
		n--;
	for (i = 2; i + 1 < n; i += 2)
		if ((strcmp(w[i], "units") != 0 ||
			!range(w[i + 1], 255, &r.unit_first, &r.unit_last)) &&
		    (strcmp(w[i], "registers") != 0 ||
			!range(w[i + 1], 65535, &r.register_first,
			    &r.register_last)))
			break;
	if (i != n)
		return mews_fail(err, MEWS_BAD,
		    "units 0-255, registers 0-65535 or at the end first is "
		    "expected, not '%.50s'",
		    w[i]);
	s->rule = mews_realloc(s->rule, s->nrules + 1, sizeof(r));
	s->rule[s->nrules++] = r;
	return MEWS_OK;
}

enum mews_rc
mews_site_gateway_read(struct mews_site *s, char *const *word, size_t n,
    struct mews_err *err)
{
	if (n > 0 && strcmp(word[0], "port") == 0)
		return read_port(s, word + 1, n - 1, err);
	if (n > 0 && strcmp(word[0], "allow") == 0)
		return read_rule(s, word + 1, n - 1, err);
	return mews_fail(err, MEWS_BAD, "port or allow is expected");
}

static enum mews_rc
load_ports(struct mews_db *db, struct mews_site *s, struct mews_err *err)
{
	struct mews_gateway_port *p;
	const char *text;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_ports, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		s->port = mews_realloc(s->port, s->nports + 1, sizeof(*p));
		p = &s->port[s->nports++];
		*p = (struct mews_gateway_port){ .port =
						     sqlite3_column_int(st, 0),
			.line = sqlite3_column_int64(st, 2) };
		text = (const char *)sqlite3_column_text(st, 1);
		(void)mews_str_copy(p->address, sizeof(p->address), text);
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

static enum mews_rc
load_rules(struct mews_db *db, struct mews_site *s, struct mews_err *err)
{
	struct mews_gateway_rule r;
	const char *text;
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_rules, &st, err)) != MEWS_OK)
		return rc;
	while ((rc = mews_db_step(db, st, err)) == MEWS_OK) {
		r = (struct mews_gateway_rule){
			.right = (enum mews_right)sqlite3_column_int(st, 1),
			.unit_first = sqlite3_column_int(st, 2),
			.unit_last = sqlite3_column_int(st, 3),
			.register_first = sqlite3_column_int(st, 4),
			.register_last = sqlite3_column_int(st, 5),
			.first = sqlite3_column_int(st, 6) != 0
		};
		text = (const char *)sqlite3_column_text(st, 0);
		if (!mews_str_copy(r.text, sizeof(r.text), text) ||
		    !mews_network_read(text, &r.network)) {
			mews_db_done(st);
			return mews_fail(err, MEWS_BAD, "'%.50s' is no network",
			    text);
		}
		s->rule = mews_realloc(s->rule, s->nrules + 1, sizeof(r));
		s->rule[s->nrules++] = r;
	}
	mews_db_done(st);
	return rc == MEWS_NONE ? MEWS_OK : rc;
}

enum mews_rc
mews_site_gateway_load(struct mews_db *db, struct mews_site *s,
    struct mews_err *err)
{
	enum mews_rc rc = load_ports(db, s, err);

	return rc != MEWS_OK ? rc : load_rules(db, s, err);
}

enum mews_rc
mews_site_gateway_clear(struct mews_db *db, struct mews_err *err)
{
	return mews_db_exec(db, sql_clear, err);
}

static enum mews_rc
save_port(struct mews_db *db, const struct mews_site *s, size_t i,
    struct mews_err *err)
{
	const struct mews_gateway_port *p = &s->port[i];
	sqlite3_stmt *st;
	enum mews_rc rc;
	size_t l;

	if ((rc = mews_db_use(db, sql_set_port, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, (int64_t)i);
	(void)sqlite3_bind_int(st, 2, p->port);
	(void)sqlite3_bind_text(st, 3, p->address, -1, SQLITE_STATIC);
	for (l = 0; l < s->nlines; l++)
		if (s->line[l].id == p->line)
			(void)sqlite3_bind_text(st, 4, s->line[l].name, -1,
			    SQLITE_STATIC);
	return mews_db_run(db, st, err);
}

static enum mews_rc
save_rule(struct mews_db *db, const struct mews_gateway_rule *r, size_t i,
    struct mews_err *err)
{
	sqlite3_stmt *st;
	enum mews_rc rc;

	if ((rc = mews_db_use(db, sql_set_rule, &st, err)) != MEWS_OK)
		return rc;
	(void)sqlite3_bind_int64(st, 1, (int64_t)i);
	(void)sqlite3_bind_text(st, 2, r->text, -1, SQLITE_STATIC);
	(void)sqlite3_bind_int(st, 3, (int)r->right);
	(void)sqlite3_bind_int(st, 4, r->unit_first);
	(void)sqlite3_bind_int(st, 5, r->unit_last);
	(void)sqlite3_bind_int(st, 6, r->register_first);
	(void)sqlite3_bind_int(st, 7, r->register_last);
	(void)sqlite3_bind_int(st, 8, r->first);
	return mews_db_run(db, st, err);
}

enum mews_rc
mews_site_gateway_save(struct mews_db *db, const struct mews_site *s,
    struct mews_err *err)
{
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < s->nports && rc == MEWS_OK; i++)
		rc = save_port(db, s, i, err);
	for (i = 0; i < s->nrules && rc == MEWS_OK; i++)
		rc = save_rule(db, &s->rule[i], i, err);
	return rc;
}

static void
port_text(const struct mews_site *s, const struct mews_gateway_port *p,
    struct mews_buf *to)
{
	mews_buf_printf(to, "gateway port %d", p->port);
	if (p->address[0] != '\0')
		mews_buf_printf(to, " address %s", p->address);
	if (p->line != 0)
		mews_buf_printf(to, " forward %s",
		    mews_site_line(s, p->line)->name);
	mews_buf_byte(to, '\n');
}

static void
rule_text(const struct mews_gateway_rule *r, struct mews_buf *to)
{
	mews_buf_printf(to, "gateway allow %s %s", r->text, rights[r->right]);
	if (r->unit_first != 0 || r->unit_last != 255)
		mews_buf_printf(to, " units %d-%d", r->unit_first,
		    r->unit_last);
	if (r->register_first != 0 || r->register_last != 65535)
		mews_buf_printf(to, " registers %d-%d", r->register_first,
		    r->register_last);
	mews_buf_printf(to, "%s\n", r->first ? " first" : "");
}

void
mews_site_gateway_text(const struct mews_site *s, struct mews_buf *to)
{
	size_t i;

	for (i = 0; i < s->nports; i++)
		port_text(s, &s->port[i], to);
	for (i = 0; i < s->nrules; i++)
		rule_text(&s->rule[i], to);
}
