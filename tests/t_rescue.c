/*
 * t_rescue.c - databases with bytes changed at random, backups, and what is
 * left of both.
 */
#include "test.h"
#include "backup.h"
#include "digest.h"
#include "history.h"
#include "mark.h"
#include "rescue.h"
#include "site.h"

#include <sys/stat.h>

#define START INT64_C(1763424000) /* 2025-11-18T00:00:00Z */
#define HOURS 30
#define DAY   INT64_C(86400)

static char folder[64];
static struct mews_place place = { folder, folder, folder };
static struct mews_err err;
static const struct mews_quantity *energy;

#define OK(call)                                                               \
	do {                                                                   \
		enum mews_rc rc_ = (call);                                     \
		if (rc_ != MEWS_OK)                                            \
			print_error("%s\n", err.text);                         \
		assert_int_equal(rc_, MEWS_OK);                                \
	} while (0)

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	energy = mews_quantity_find("active_energy_import");
	OK(mews_calendar_zone("Europe/Rome", &err));
	return 0;
}

static int
end(void **state)
{
	(void)state;
	test_folder_end(folder);
	return 0;
}

/* Writes minutes [from, to) of twenty counters, 5 Wh each. */
static void
fill(struct mews_db *db, int64_t from, int64_t to)
{
	struct mews_sample s[20];
	int64_t t;
	size_t i;

	for (t = from; t < to; t += 60) {
		for (i = 0; i < MEWS_LEN(s); i++) {
			s[i] = (struct mews_sample){ .kind = MEWS_COUNTER };
			OK(mews_history_make(db, (int64_t)i + 1, energy,
			    &s[i].series, &err));
			s[i].b = (struct mews_bucket){ .t = t,
				.sum = 5,
				.end = 5 * (t - START) / 60 + 5,
				.seen = 12,
				.expected = 12 };
		}
		OK(mews_history_write(db, t, s, MEWS_LEN(s), NULL, &err));
	}
	OK(mews_history_settle(db, to, &err));
}

/* Minutes of all twenty counters that can be read; each is what was written. */
static size_t
count(struct mews_db *db, int64_t from, int64_t to)
{
	struct mews_buckets l;
	int64_t device, id;
	size_t n = 0, i;

	for (device = 1; device <= 20; device++) {
		if (mews_history_find(db, device, energy, &id, &err) != MEWS_OK)
			continue;
		if (mews_history_read(db, id, MEWS_COUNTER, MEWS_MINUTE, from,
			to, to, &l, &err) != MEWS_OK)
			continue;
		for (i = 0; i < l.n; i++) {
			assert_int_equal(l.b[i].sum, 5);
			assert_int_equal(l.b[i].end,
			    5 * (l.b[i].t - START) / 60 + 5);
		}
		n += l.n;
		mews_buckets_clear(&l);
	}
	return n;
}

static const char *
path_of(enum mews_file file)
{
	static char path[MEWS_PATH];

	return mews_place_path(&place, file, path);
}

static struct mews_db *
open_it(enum mews_file file, enum mews_rescue_doubt doubt,
    struct mews_rescue *r)
{
	struct mews_db *db;

	OK(mews_rescue_open(&place, file, doubt, "", &db, r, &err));
	return db;
}

/* All of it in one file, without WAL. */
static void
settle_file(struct mews_db *db)
{
	OK(mews_db_exec(db, "PRAGMA wal_checkpoint(TRUNCATE)", &err));
	mews_db_close(db);
}

static void
make_site(void)
{
	struct mews_rescue r;
	struct mews_site site = { 0 };
	struct mews_db *db = open_it(MEWS_CONFIG_DB, MEWS_RESCUE_SOUND, &r);

	OK(mews_site_take(&site, "site House zone Europe/Rome", &err));
	OK(mews_site_save(db, &site, &err));
	mews_site_clear(&site);
	settle_file(db);
}

static void
copy(const char *from, const char *to)
{
	char command[2 * MEWS_PATH];

	(void)snprintf(command, sizeof(command), "cp '%s' '%s'", from, to);
	assert_int_equal(system(command), 0);
}

/* Changes n bytes from `first` on. */
static void
damage(const char *path, long first, size_t n)
{
	struct stat s;
	FILE *f = fopen(path, "r+");

	assert_non_null(f);
	assert_int_equal(stat(path, &s), 0);
	while (n-- > 0) {
		assert_int_equal(fseek(f, first + rand() % (s.st_size - first),
				     SEEK_SET),
		    0);
		(void)fputc(rand() & 0xff, f);
	}
	assert_int_equal(fclose(f), 0);
}

static void
digests(void **state)
{
	/* FIPS 180-4, and RFC 6234, 8.5, test 3 */
	static const struct {
		const char *text;
		size_t times;
		const char *digest;
	} rows[] = {
		{ "", 0,
		    "e3b0c44298fc1c149afbf4c8996fb924"
		    "27ae41e4649b934ca495991b7852b855" },
		{ "abc", 1,
		    "ba7816bf8f01cfea414140de5dae2223"
		    "b00361a396177a9cb410ff61f20015ad" },
		{ "a", 1000000,
		    "cdc76e5c9914fb9281a1c7e284d73e67"
		    "f1809a48a497200e046d39ccc7112cd0" },
	};
	char path[96], text[MEWS_DIGEST];
	size_t i, n;
	FILE *f;

	(void)state;
	(void)snprintf(path, sizeof(path), "%s/bytes", folder);
	assert_int_equal(mews_digest_file(path, text, &err), MEWS_NONE);
	for (i = 0; i < MEWS_LEN(rows); i++) {
		f = fopen(path, "w");
		assert_non_null(f);
		for (n = 0; n < rows[i].times; n++)
			assert_true(fputs(rows[i].text, f) >= 0);
		assert_int_equal(fclose(f), 0);
		OK(mews_digest_file(path, text, &err));
		assert_string_equal(text, rows[i].digest);
	}
}

/* Whatever bytes are changed, it opens, and what it says was written once. */
static void
changed_at_random(void **state)
{
	const int64_t to = START + HOURS * 3600;
	struct mews_rescue r;
	struct mews_db *db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_SOUND, &r);
	size_t seed, n, all = HOURS * 60 * 20, least = all;
	char whole[96];

	(void)state;
	fill(db, START, to);
	assert_int_equal(count(db, START, to), all);
	settle_file(db);
	(void)snprintf(whole, sizeof(whole), "%s/whole", folder);
	copy(path_of(MEWS_HISTORY_DB), whole);
	for (seed = 1; seed <= 60; seed++) {
		srand((unsigned)seed);
		mews_schema_forget(path_of(MEWS_HISTORY_DB));
		copy(whole, path_of(MEWS_HISTORY_DB));
		damage(path_of(MEWS_HISTORY_DB), 4096, seed % 7 * 4 + 1);
		db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_BAD, &r);
		assert_int_not_equal(r.aside[0], '\0');
		n = count(db, START, to);
		least = n < least ? n : least;
		mews_db_close(db);
	}
	/* 25 bytes are 25 pages of about 150 at most */
	assert_true(least > all / 4);
}

static void
backup_comes_first(void **state)
{
	const int64_t middle = START + DAY + 3600, to = START + DAY + 7200;
	char file[MEWS_PATH], copied[96];
	struct mews_rescue r;
	struct mews_db *db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_SOUND, &r);
	size_t all = (DAY + 7200) / 60 * 20, n;

	(void)state;
	make_site();
	fill(db, START, middle);
	(void)snprintf(copied, sizeof(copied), "%s/other", folder);
	assert_int_equal(mkdir(copied, 0700), 0);
	OK(mews_backup_keep(&place, copied, START + DAY, &err));
	OK(mews_backup_find(copied, 0, file, &err));
	OK(mews_backup_verify(file, &err));
	assert_int_equal(mews_backup_time(file), START + DAY);
	fill(db, middle, to);
	settle_file(db);
	srand(1);
	damage(path_of(MEWS_HISTORY_DB), 4096, 40);
	db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_BAD, &r);
	assert_int_not_equal(r.backup[0], '\0');
	assert_int_equal(count(db, START, middle), (middle - START) / 60 * 20);
	n = count(db, START, to);
	assert_true(n > all - 60 * 20 && n <= all);
	settle_file(db);
	/* nothing of it can be read */
	damage(path_of(MEWS_HISTORY_DB), 0, 60000);
	db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_SOUND, &r);
	assert_int_equal(count(db, START, to), (middle - START) / 60 * 20);
	mews_db_close(db);
	damage(path_of(MEWS_CONFIG_DB), 0, 20000);
	db = open_it(MEWS_CONFIG_DB, MEWS_RESCUE_SOUND, &r);
	assert_int_not_equal(r.backup[0], '\0');
	mews_db_close(db);
}

static void
two_are_kept(void **state)
{
	struct mews_rescue r;
	struct mews_db *db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_SOUND, &r);
	char path[MEWS_PATH], to[MEWS_PATH], path_new[MEWS_PATH + 8];
	struct mews_site site = { 0 };
	int64_t t;

	(void)state;
	make_site();
	fill(db, START, START + 600);
	for (t = 0; t < 4; t++)
		OK(mews_backup_keep(&place, "", START + t * DAY, &err));
	OK(mews_backup_folder(&place, to, &err));
	OK(mews_backup_find(to, 0, path, &err));
	assert_int_equal(mews_backup_time(path), START + 3 * DAY);
	assert_int_equal(mews_backup_find(to, 2, path, &err), MEWS_NONE);
	assert_int_equal(mews_backup_keep(&place, "/nowhere", START + 9 * DAY,
			     &err),
	    MEWS_FAIL);
	/* what is in it comes back, and what is there now is kept */
	fill(db, START + 600, START + 1200);
	mews_db_close(db);
	OK(mews_backup_find(to, 0, path, &err));
	OK(mews_backup_unpack(&place, path, &err));
	db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_SOUND, &r);
	assert_true(r.restored);
	assert_int_equal(access(r.aside, R_OK), 0);
	assert_int_equal(count(db, START, START + 1200), 200);
	mews_db_close(db);
	/* the other came with it */
	(void)snprintf(path_new, sizeof(path_new), "%s.new",
	    path_of(MEWS_CONFIG_DB));
	assert_int_not_equal(access(path_new, F_OK), 0);
	db = open_it(MEWS_CONFIG_DB, MEWS_RESCUE_SOUND, &r);
	assert_false(r.restored);
	OK(mews_site_load(db, &site, &err));
	assert_string_equal(site.name, "House");
	mews_site_clear(&site);
	mews_db_close(db);
	/* a torn one is refused */
	damage(path, 0, 3);
	assert_int_equal(mews_backup_verify(path, &err), MEWS_BAD);
	assert_int_equal(mews_backup_unpack(&place, path, &err), MEWS_BAD);
	assert_int_equal(mews_backup_verify("/dev/null", &err), MEWS_BAD);
}

static void
sound_stays(void **state)
{
	struct mews_rescue r;
	struct mews_db *db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_SOUND, &r);
	char aside[MEWS_PATH];

	(void)state;
	fill(db, START, START + 600);
	mews_db_close(db);
	db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_SOUND, &r);
	assert_string_equal(r.aside, "");
	assert_true(r.checked && !r.restored);
	assert_int_equal(count(db, START, START + 600), 200);
	mews_db_close(db);
	db = open_it(MEWS_HISTORY_DB, MEWS_RESCUE_VAIN, &r);
	assert_int_equal(count(db, START, START + 600), 0);
	mews_db_close(db);
	assert_int_not_equal(mews_rescue_swap(&place, MEWS_HISTORY_DB, "x",
				 aside, &err),
	    MEWS_OK);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(digests, begin, end),
		cmocka_unit_test_setup_teardown(changed_at_random, begin, end),
		cmocka_unit_test_setup_teardown(backup_comes_first, begin, end),
		cmocka_unit_test_setup_teardown(two_are_kept, begin, end),
		cmocka_unit_test_setup_teardown(sound_stays, begin, end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
