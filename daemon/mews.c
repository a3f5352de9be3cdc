/*
 * mews.c - the site at the shell.
 *
 * What writes config.db or history.db takes mewsd's place while it is stopped;
 * what asks goes through mewsd's door.
 */
#include "check.h"
#include "command.h"
#include "log.h"
#include "map.h"
#include "schema.h"
#include "shell_files.h"
#include "shell_folder.h"
#include "shell_job.h"
#include "shell_site.h"
#include "shell_values.h"
#include "whole.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

struct shell {
	struct mews_place place;
	int argc; /* words behind the verb */
	char **argv;
	struct mews_err err;
};

/* Opens a database to write, as mewsd would. */
static enum mews_rc
open_to_write(struct shell *sh, enum mews_file file, struct mews_db **db)
{
	enum mews_rc rc = mews_place_lock(&sh->place, &sh->err);

	if (rc != MEWS_OK)
		return rc;
	return mews_schema_open(&sh->place, file, MEWS_DB_WRITE, db, &sh->err);
}

static enum mews_rc
do_site(struct shell *sh)
{
	return shell_site(&sh->place, sh->argv, sh->argc, &sh->err);
}

static enum mews_rc
do_import(struct shell *sh)
{
	return shell_import(&sh->place, sh->argv, sh->argc, &sh->err);
}

static enum mews_rc
do_export(struct shell *sh)
{
	if (sh->argc == 2 && strcmp(sh->argv[0], "--folder") == 0)
		return shell_folder(&sh->place, sh->argv[1], &sh->err);
	if (sh->argc < 3)
		return mews_fail(&sh->err, MEWS_BAD,
		    "export wants a level and two dates, or --folder DIR");
	return shell_export(&sh->place, sh->argv, sh->argc, &sh->err);
}

/* Any command of the table, as pages send it. */
static enum mews_rc
do_command(struct shell *sh)
{
	struct mews_message ask, answer;
	char *value;
	enum mews_rc rc;
	size_t i;
	int arg;

	mews_message_init(&ask, sh->argv[0]);
	for (arg = 1; arg < sh->argc; arg++) {
		if ((value = strchr(sh->argv[arg], '=')) == NULL)
			value = sh->argv[arg] + strlen(sh->argv[arg]);
		else
			*value++ = '\0';
		mews_message_set(&ask, sh->argv[arg], value);
	}
	rc = mews_command_call(&sh->place, &ask, 5000, &answer, &sh->err);
	for (i = 0; rc == MEWS_OK && i < answer.n; i++)
		(void)printf("%-12s %s\n", answer.field[i].name,
		    answer.field[i].value);
	mews_message_clear(&ask);
	mews_message_clear(&answer);
	return rc;
}

static enum mews_rc
do_status(struct shell *sh)
{
	char command[] = "status", *argv[] = { command };

	sh->argv = argv;
	sh->argc = 1;
	return do_command(sh);
}

static enum mews_rc
do_settings(struct shell *sh)
{
	char value[MEWS_SETTING_MOST + 1];
	const struct mews_setting *s;
	struct mews_db *db = NULL;
	enum mews_rc rc;
	size_t i;

	rc = mews_schema_open(&sh->place, MEWS_CONFIG_DB, MEWS_DB_READ, &db,
	    &sh->err);
	for (i = 0; rc == MEWS_OK && (s = mews_setting_at(i)) != NULL; i++) {
		rc = mews_setting_get(db, s->key, value, &sh->err);
		if (rc == MEWS_OK)
			(void)printf("%-16s %-12s %s\n", s->key, value,
			    s->does);
	}
	mews_db_close(db);
	return rc;
}

/* Through the door when mewsd holds the file. */
static enum mews_rc
do_set(struct shell *sh)
{
	struct mews_message ask, answer;
	struct mews_db *db = NULL;
	enum mews_rc rc = open_to_write(sh, MEWS_CONFIG_DB, &db);

	if (rc == MEWS_OK)
		rc = mews_whole_set(db, sh->argv[0], sh->argv[1], &sh->err);
	else if (rc == MEWS_AGAIN) {
		mews_message_init(&ask, "set");
		mews_message_set(&ask, "key", sh->argv[0]);
		mews_message_set(&ask, "value", sh->argv[1]);
		rc = mews_command_call(&sh->place, &ask, 5000, &answer,
		    &sh->err);
		mews_message_clear(&ask);
		mews_message_clear(&answer);
	}
	mews_db_close(db);
	return rc;
}

static enum mews_rc
do_check(struct shell *sh)
{
	bool repair = sh->argc == 1 && strcmp(sh->argv[0], "--repair") == 0;

	if (sh->argc == 0 || repair)
		return shell_check(&sh->place, repair, &sh->err);
	if (sh->argc != 2 || strcmp(sh->argv[0], "profile") != 0)
		return mews_fail(&sh->err, MEWS_BAD,
		    "'%.60s' is nothing to check", sh->argv[0]);
	return check_profile(stdout, sh->argv[1], &sh->err);
}

static enum mews_rc
do_backup(struct shell *sh)
{
	return shell_backup(&sh->place, sh->argv[0], &sh->err);
}

static enum mews_rc
do_restore(struct shell *sh)
{
	return shell_restore(&sh->place, sh->argv[0], &sh->err);
}

static enum mews_rc
do_gateway_map(struct shell *sh)
{
	struct mews_map_slot *list = NULL;
	struct mews_site site = { 0 };
	struct mews_buf text = { 0 };
	struct mews_db *db = NULL;
	struct mews_csv csv;
	enum mews_rc rc;
	size_t n;

	if ((rc = mews_schema_open(&sh->place, MEWS_CONFIG_DB, MEWS_DB_READ,
		 &db, &sh->err)) == MEWS_OK &&
	    (rc = mews_site_load(db, &site, &sh->err)) == MEWS_OK &&
	    (rc = mews_map_slots(db, &list, &n, &sh->err)) == MEWS_OK) {
		mews_csv_init(&csv, &text, "programs", "en");
		mews_map_csv(&csv, &site, list, n);
		(void)fwrite(text.s, 1, text.n, stdout);
	}
	free(list);
	mews_buf_clear(&text);
	mews_site_clear(&site);
	mews_db_close(db);
	return rc;
}

static enum mews_rc
do_scan(struct shell *sh)
{
	return shell_scan(&sh->place, sh->argv, sh->argc, &sh->err);
}

static enum mews_rc
do_test(struct shell *sh)
{
	return shell_test(&sh->place, sh->argv, sh->argc, &sh->err);
}

static enum mews_rc
do_reset_codes(struct shell *sh)
{
	struct mews_message ask, answer;
	enum mews_rc rc;

	mews_message_init(&ask, "reset-codes");
	rc = mews_command_call(&sh->place, &ask, 10000, &answer, &sh->err);
	if (rc == MEWS_OK)
		(void)puts("No code is valid any more but those of the leaflet,"
			   " and these only to set new ones.");
	mews_message_clear(&ask);
	mews_message_clear(&answer);
	return rc;
}

static const struct verb {
	const char *name;
	int least, most; /* words behind it */
	enum mews_rc (*run)(struct shell *);
	const char *help;
} verbs[] = {
	{ "do", 1, 12, do_command,
	    "do COMMAND [NAME=VALUE]...  give mewsd any command of its table" },
	{ "status", 0, 0, do_status, "status           what mewsd does" },
	{ "site", 1, 3, do_site,
	    "site export [FILE]  write the whole site as text\n"
	    "  site import FILE [--dry-run]  take it, or tell what would "
	    "change" },
	{ "import", 1, 3, do_import,
	    "import [PLATE] FILE [--dry-run]  add minutes from a CSV file, or "
	    "tell\n"
	    "                   what that would do; - reads standard input" },
	{ "export", 2, 40, do_export,
	    "export LEVEL FROM UNTIL [PLATE | PLATE/QUANTITY]...  values as "
	    "CSV, of a\n"
	    "                   level such as minute, of days, months or "
	    "years\n"
	    "  export --folder DIR  the data folder, made anew out of the "
	    "history" },
	{ "check", 0, 2, do_check,
	    "check [--repair] whether site and history are as they should be\n"
	    "  check profile FILE  what a meter profile reads, or its "
	    "mistake" },
	{ "backup", 1, 1, do_backup,
	    "backup FILE      site and history in one file" },
	{ "restore", 1, 1, do_restore,
	    "restore FILE     take them back; what is there is kept aside" },
	{ "scan", 1, 3, do_scan,
	    "scan LINE [FIRST-LAST] [SPEEDS]  who is there; speeds such as "
	    "\"19200 8E1,9600 8N1\"" },
	{ "test", 1, 1, do_test,
	    "test PLATE       ask a device each of its requests once" },
	{ "gateway-map", 0, 0, do_gateway_map,
	    "gateway-map      registers of mews itself, as CSV" },
	{ "settings", 0, 0, do_settings, "settings         all settings" },
	{ "set", 2, 2, do_set, "set KEY VALUE    change a setting" },
	{ "reset-codes", 0, 0, do_reset_codes,
	    "reset-codes      when codes are lost: as in a new box; values "
	    "stay" },
};

static int
usage(void)
{
	size_t i;

	(void)fputs("usage: mews [--state DIR] [--run DIR] [--share DIR]"
		    " COMMAND\n",
	    stderr);
	for (i = 0; i < MEWS_LEN(verbs); i++)
		(void)fprintf(stderr, "  %s\n", verbs[i].help);
	(void)fputs("import needs mewsd to be stopped; --dry-run does not.\n",
	    stderr);
	return 2;
}

int
main(int argc, char *argv[])
{
	struct shell sh;
	size_t i;

	mews_log_open("mews", false);
	(void)umask(0027); /* as mewsd: databases are nobody else's to read */
	if (mews_place_take(&sh.place, &argc, argv, &sh.err) != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "%s", sh.err.text);
		return 2;
	}
	for (i = 0; argc > 1 && i < MEWS_LEN(verbs); i++) {
		if (strcmp(verbs[i].name, argv[1]) != 0 ||
		    argc - 2 < verbs[i].least || argc - 2 > verbs[i].most)
			continue;
		sh.argc = argc - 2;
		sh.argv = argv + 2;
		if (verbs[i].run(&sh) == MEWS_OK)
			return EXIT_SUCCESS;
		mews_log(MEWS_LOG_ERROR, "%s", sh.err.text);
		return EXIT_FAILURE;
	}
	return usage();
}
