/*
 * place.c - paths, from the options every program shares.
 */
#include "place.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Room that stays for a name below a directory. */
#define NAME_ROOM 64

static const struct {
	const char *option;
	size_t at; /* offset in struct mews_place */
	const char *standard;
} options[] = {
	{ "--state", offsetof(struct mews_place, state), MEWS_STATE_DIR },
	{ "--run", offsetof(struct mews_place, run), MEWS_RUN_DIR },
	{ "--share", offsetof(struct mews_place, share), MEWS_SHARE_DIR },
};

static const struct {
	size_t at;
	const char *name;
} files[] = {
	[MEWS_CONFIG_DB] = { offsetof(struct mews_place, state), "config.db" },
	[MEWS_HISTORY_DB] = { offsetof(struct mews_place, state),
	    "history.db" },
	[MEWS_AUTH_DB] = { offsetof(struct mews_place, state), "auth/auth.db" },
	[MEWS_PEPPER] = { offsetof(struct mews_place, state), "auth/pepper" },
	[MEWS_TLS] = { offsetof(struct mews_place, state), "tls" },
	[MEWS_WANTED] = { offsetof(struct mews_place, state), "wanted" },
	[MEWS_LOCK] = { offsetof(struct mews_place, state), "lock" },
	[MEWS_COURIER_DB] = { offsetof(struct mews_place, state),
	    "courier/courier.db" },
	[MEWS_FOLDER] = { offsetof(struct mews_place, state), "data" },
	[MEWS_LIVE_DB] = { offsetof(struct mews_place, run), "live.db" },
	[MEWS_DOOR] = { offsetof(struct mews_place, run), "mewsd.sock" },
	[MEWS_AUTH_DOOR] = { offsetof(struct mews_place, run), "auth.sock" },
	[MEWS_COURIER_DOOR] = { offsetof(struct mews_place, run),
	    "courier.sock" },
	[MEWS_METERS] = { offsetof(struct mews_place, share), "meters" },
	[MEWS_TEMPLATES] = { offsetof(struct mews_place, share), "templates" },
};

static const char **
slot(struct mews_place *p, size_t at)
{
	return (const char **)(void *)((char *)p + at);
}

/* A folder that is there afterwards. */
static enum mews_rc
make(const char *path, struct mews_err *err)
{
	if (mkdir(path, 0750) == 0 || errno == EEXIST)
		return MEWS_OK;
	return mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
}

/* All below one folder, for a server of one's own. */
static enum mews_rc
take_dir(struct mews_place *p, const char *dir, struct mews_err *err)
{
	static char state[MEWS_PATH], run[MEWS_PATH];
	enum mews_rc rc;

	(void)snprintf(state, sizeof(state), "%s/state", dir);
	(void)snprintf(run, sizeof(run), "%s/run", dir);
	p->state = state;
	p->run = run;
	if (access(MEWS_SHARE_DIR, R_OK) != 0)
		p->share = "share";
	if ((rc = make(dir, err)) == MEWS_OK &&
	    (rc = make(state, err)) == MEWS_OK)
		rc = make(run, err);
	return rc;
}

enum mews_rc
mews_place_take(struct mews_place *p, int *argc, char **argv,
    struct mews_err *err)
{
	enum mews_rc rc;
	int i, kept = 0;
	size_t o;

	for (o = 0; o < MEWS_LEN(options); o++)
		*slot(p, options[o].at) = options[o].standard;
	for (i = 0; i + 1 < *argc; i++)
		if (strcmp(argv[i], "--dir") == 0 &&
		    strlen(argv[i + 1]) + NAME_ROOM + 8 <= MEWS_PATH &&
		    (rc = take_dir(p, argv[i + 1], err)) != MEWS_OK)
			return rc;
	for (i = 0; i < *argc; i++) {
		for (o = 0; o < MEWS_LEN(options); o++)
			if (strcmp(argv[i], options[o].option) == 0)
				break;
		if (o == MEWS_LEN(options) && strcmp(argv[i], "--dir") != 0) {
			argv[kept++] = argv[i];
			continue;
		}
		if (i + 1 == *argc ||
		    strlen(argv[i + 1]) + NAME_ROOM > MEWS_PATH)
			return mews_fail(err, MEWS_BAD,
			    "%s needs a directory, at most %d bytes long",
			    argv[i], MEWS_PATH - NAME_ROOM);
		i++;
		if (o < MEWS_LEN(options))
			*slot(p, options[o].at) = argv[i];
	}
	*argc = kept;
	argv[kept] = NULL;
	return MEWS_OK;
}

const char *
mews_place_path(const struct mews_place *p, enum mews_file file, char *path)
{
	struct mews_place copy = *p;

	(void)snprintf(path, MEWS_PATH, "%s/%s", *slot(&copy, files[file].at),
	    files[file].name);
	return path;
}

enum mews_rc
mews_place_lock(const struct mews_place *p, struct mews_err *err)
{
	char path[MEWS_PATH];
	int fd;

	(void)mews_place_path(p, MEWS_LOCK, path);
	fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) != 0)
		return mews_fail(err, MEWS_AGAIN,
		    "%s is held: mewsd or mews is at work there", path);
	return MEWS_OK;
}
