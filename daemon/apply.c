/*
 * apply.c - mews-apply: changes of the machine itself that other programs of
 * mews may wish for, in state/wanted, and may not do.
 *
 * Runs for a moment: when a wish appears, and once a day.  One at a time.
 */
#include "apply_certificate.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static bool
take_options(struct web *w, int argc, char *argv[])
{
	int i;

	for (i = 1; i < argc; i++) {
		if (i + 1 < argc && strcmp(argv[i], "--conf") == 0)
			w->conf = argv[++i];
		else if (i + 1 < argc && strcmp(argv[i], "--web") == 0)
			w->address = argv[++i];
		else
			return false;
	}
	return true;
}

/* The folder of keys is the lock: none but this program writes there. */
static enum mews_rc
lock(const struct mews_place *place, struct mews_err *err)
{
	char path[MEWS_PATH];
	int fd;

	(void)mkdir(mews_place_path(place, MEWS_TLS, path), 0755);
	fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0 && flock(fd, LOCK_EX) == 0)
		return MEWS_OK;
	return mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
}

int
main(int argc, char *argv[])
{
	struct web web = { MEWS_ETC_DIR "/lighttpd.conf", "127.0.0.1:443" };
	struct mews_place place;
	struct mews_err err = { "" };
	enum mews_rc rc;

	mews_log_open("mews-apply", false);
	if ((rc = mews_place_take(&place, &argc, argv, &err)) == MEWS_OK &&
	    !take_options(&web, argc, argv))
		rc = mews_fail(&err, MEWS_BAD,
		    "usage: mews-apply [--dir DIR] [--state DIR] [--run DIR] "
		    "[--share DIR] [--conf FILE] [--web ADDRESS:PORT]");
	if (rc != MEWS_OK) {
		mews_log(MEWS_LOG_ERROR, "%s", err.text);
		return 2;
	}
	(void)umask(0022);
	if ((rc = lock(&place, &err)) == MEWS_OK)
		rc = apply_certificate(&place, &web, (int64_t)time(NULL), &err);
	if (rc == MEWS_OK)
		return 0;
	mews_log(MEWS_LOG_ERROR, "%s", err.text);
	return 1;
}
