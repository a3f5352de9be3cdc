/*
 * auth_window.c - a stranger who finds a box that nobody set up would be its
 * administrator: who can switch it off and on stands in front of it.
 *
 * The setting is in config.db, which mews-auth only reads; where it cannot, its
 * standard value holds.
 */
#include "auth_window.h"
#include "schema.h"
#include "setting.h"
#include "str.h"

#include <time.h>

#define KEY      "setup_minutes"
#define MINUTE   60
#define LONGEST  INT64_C(1440)
#define STANDARD INT64_C(60)

static int64_t
minutes(const struct auth *a)
{
	char text[MEWS_SETTING_MOST + 1];
	struct mews_db *db = NULL;
	int64_t n = STANDARD;

	if (mews_schema_open(a->place, MEWS_CONFIG_DB, MEWS_DB_READ, &db,
		NULL) == MEWS_OK &&
	    mews_setting_get(db, KEY, text, NULL) == MEWS_OK)
		(void)mews_str_int(text, 0, LONGEST, &n);
	mews_db_close(db);
	return n;
}

/* Seconds since the box was switched on. */
static int64_t
up(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_BOOTTIME, &ts);
	return (int64_t)ts.tv_sec;
}

bool
auth_window_open(const struct auth *a, const struct mews_user *u, int64_t now)
{
	int64_t n = minutes(a) * MINUTE;

	return n == 0 || up() < n ||
	    (now >= u->changed && now - u->changed < n);
}
