/*
 * web.c - key and certificate are one file, so that they change together by one
 * rename; the one before keeps a second name until the new one was seen.
 */
#include "web.h"
#include "handshake.h"
#include "log.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define LONG   (MEWS_PATH + 64)
#define PEM    "mews.pem"
#define BEFORE "mews.pem.before"

static const char *
path_of(const struct mews_place *place, const char *name, char path[LONG])
{
	char folder[MEWS_PATH];

	(void)snprintf(path, LONG, "%s/%s",
	    mews_place_path(place, MEWS_TLS, folder), name);
	return path;
}

static enum mews_rc
fail(const char *path, struct mews_err *err)
{
	return mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
}

static void
sync_folder(const struct mews_place *place)
{
	char folder[MEWS_PATH];
	int fd = open(mews_place_path(place, MEWS_TLS, folder),
	    O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		(void)fsync(fd);
		(void)close(fd);
	}
}

static bool
fill(int fd, const struct mews_buf *text, mode_t mode, gid_t group)
{
	size_t at;
	ssize_t n = 1;

	for (at = 0; at < text->n && n > 0; at += (size_t)n)
		n = write(fd, text->s + at, text->n - at);
	return at == text->n && fchown(fd, (uid_t)-1, group) == 0 &&
	    fchmod(fd, mode) == 0 && fsync(fd) == 0;
}

enum mews_rc
web_write(const struct mews_place *place, const char *name,
    const struct mews_buf *text, bool secret, bool shared, struct mews_err *err)
{
	char folder[MEWS_PATH], path[LONG], new[LONG];
	struct stat s;
	mode_t mode = shared ? 0640 : secret ? 0600 : 0644;
	bool good;
	int fd;

	(void)mkdir(mews_place_path(place, MEWS_TLS, folder), 0755);
	(void)path_of(place, name, path);
	(void)path_of(place, "new", new);
	(void)unlink(new);
	fd = open(new, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || stat(folder, &s) != 0)
		return fail(new, err);
	good = fill(fd, text, mode, shared ? s.st_gid : (gid_t)-1);
	(void)close(fd);
	if (!good || rename(new, path) != 0)
		return fail(path, err);
	sync_folder(place);
	return MEWS_OK;
}

enum mews_rc
web_read(const struct mews_place *place, const char *name, struct mews_buf *out,
    struct mews_err *err)
{
	char path[LONG], some[4096];
	ssize_t n;
	int fd = open(path_of(place, name, path), O_RDONLY | O_CLOEXEC);

	if (fd < 0 && errno == ENOENT)
		return mews_fail(err, MEWS_NONE, "%s: not there", path);
	if (fd < 0)
		return fail(path, err);
	while ((n = read(fd, some, sizeof(some))) > 0)
		mews_buf_put(out, some, (size_t)n);
	explicit_bzero(some, sizeof(some));
	(void)close(fd);
	return n == 0 ? MEWS_OK : fail(path, err);
}

void
web_remove(const struct mews_place *place, const char *name)
{
	char path[LONG];

	(void)unlink(path_of(place, name, path));
}

/* The lighttpd that wrote run/lighttpd.pid, as a descriptor, and whose it is;
 * -1: none.  Its name is looked at, for a number may be another's by now. */
static int
find(const struct mews_place *place, struct stat *owner)
{
	char path[LONG], name[32] = "";
	FILE *f;
	int pid = 0, fd = -1;

	(void)snprintf(path, sizeof(path), "%s/lighttpd.pid", place->run);
	if ((f = fopen(path, "re")) != NULL) {
		if (fscanf(f, "%9d", &pid) != 1)
			pid = 0;
		(void)fclose(f);
	}
	if (pid <= 1 || (fd = pidfd_open(pid, 0)) < 0)
		return -1;
	(void)snprintf(path, sizeof(path), "/proc/%d/comm", pid);
	if ((f = fopen(path, "re")) != NULL) {
		if (fstat(fileno(f), owner) != 0 ||
		    fscanf(f, "%31s", name) != 1)
			name[0] = '\0';
		(void)fclose(f);
	}
	if (strcmp(name, "lighttpd") == 0)
		return fd;
	(void)close(fd);
	return -1;
}

/* "lighttpd -tt" as whom lighttpd runs as. */
static enum mews_rc
test(const struct web *w, const struct stat *as, struct mews_err *err)
{
	static char name[] = "lighttpd", twice[] = "-tt", file[] = "-f";
	static char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
	char *const args[] = { name, twice, file, (char *)(uintptr_t)w->conf,
		NULL };
	char *const env[] = { path, NULL };
	int status = 1;
	pid_t pid = fork();

	if (pid == 0) {
		if (geteuid() == 0 && as->st_uid != 0 &&
		    (setgroups(0, NULL) != 0 ||
			setresgid(as->st_gid, as->st_gid, as->st_gid) != 0 ||
			setresuid(as->st_uid, as->st_uid, as->st_uid) != 0))
			_exit(126);
		(void)execve(MEWS_LIGHTTPD, args, env);
		_exit(127);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0
	    ? MEWS_OK
	    : mews_fail(err, MEWS_BAD, "%s -tt does not take it",
		  MEWS_LIGHTTPD);
}

/* SIGUSR1: lighttpd reads all anew and keeps its ports. */
static enum mews_rc
begin_anew(const struct web *w, int lighttpd, const char *fingerprint,
    struct mews_err *err)
{
	const struct timespec answers = { 1, 0 }, again = { 0, 250000000 };
	time_t end;

	/* what asked for this gets its answer first */
	(void)nanosleep(&answers, NULL);
	if (pidfd_send_signal(lighttpd, SIGUSR1, NULL, 0) != 0)
		return mews_fail(err, MEWS_BAD, "lighttpd is gone");
	for (end = time(NULL) + WEB_TRY; time(NULL) <= end;) {
		(void)nanosleep(&again, NULL);
		if (handshake(w->address, fingerprint, err) == MEWS_OK)
			return MEWS_OK;
	}
	return MEWS_BAD;
}

static bool
go_back(const struct mews_place *place)
{
	char path[LONG], before[LONG];
	bool was = rename(path_of(place, BEFORE, before),
		       path_of(place, PEM, path)) == 0;

	if (was)
		sync_folder(place);
	return was;
}

enum mews_rc
web_serve(const struct mews_place *place, const struct web *w,
    const struct mews_buf *pem, const char *fingerprint, struct mews_err *err)
{
	char path[LONG], before[LONG];
	struct stat owner;
	enum mews_rc rc;
	int lighttpd = find(place, &owner);

	(void)path_of(place, PEM, path);
	(void)path_of(place, BEFORE, before);
	if (lighttpd < 0)
		return web_write(place, PEM, pem, true, true, err);
	(void)unlink(before);
	if (link(path, before) != 0) {
		rc = fail(before, err);
		goto out;
	}
	sync_folder(place);
	rc = web_write(place, PEM, pem, true, true, err);
	if (rc == MEWS_OK && (rc = test(w, &owner, err)) == MEWS_OK) {
		rc = begin_anew(w, lighttpd, fingerprint, err);
		if (rc != MEWS_OK && go_back(place))
			(void)pidfd_send_signal(lighttpd, SIGUSR1, NULL, 0);
	}
	if (rc != MEWS_OK)
		(void)go_back(place);
	(void)unlink(before);
out:
	(void)close(lighttpd);
	return rc;
}

void
web_settle(const struct mews_place *place, const struct web *w)
{
	struct stat owner;
	int lighttpd;

	if (!go_back(place))
		return;
	mews_log(MEWS_LOG_WARNING,
	    "a change of the certificate was cut short: the one before is "
	    "back");
	lighttpd = find(place, &owner);
	if (lighttpd >= 0 && test(w, &owner, NULL) == MEWS_OK)
		(void)pidfd_send_signal(lighttpd, SIGUSR1, NULL, 0);
	if (lighttpd >= 0)
		(void)close(lighttpd);
}
