/*
 * disk.c - preloaded into a program under test, it records what the program
 * writes to the files of one folder, and plays a disk that fails.
 *
 *	DISK_DIR    the folder, and backup/ in it
 *	DISK_TRACE  where to append what happens there (struct disk_record)
 *	DISK_FAULT  "N WHAT TIMES": from the Nth call on, so many calls (0: all)
 *	            fail by WHAT: eio; of those that write only, enospc, short
 *	            (half is written), kill (half is written, then SIGKILL)
 *	DISK_FULL   while this file is there, nothing can be written but to -shm
 *	            files, which SQLite empties before it fills them again
 *	DISK_SHORT  while this file is there, a thirtieth of the disk is free
 *	DISK_COUNT  where the number of calls is written at the end
 *
 * Calls are all that SQLite makes of open files: read, write, truncate, sync.
 * That a transaction is over is seen by the lock of the writer, which SQLite
 * gives back when the commit is done (https://sqlite.org/walformat.html, 2.3.2:
 * byte 120 of the -shm file).
 */
#include "disk.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define FILES      256
#define WRITE_LOCK 120

enum fault { WELL, EIO_FAULT, ENOSPC_FAULT, SHORT_FAULT, KILL_FAULT };

/* By descriptor; below the folder; "": not ours; ".": the folder. */
static struct {
	char name[DISK_NAME];
} files[FILES];

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static const char *folder, *full, *scarce;
static size_t nfolder;
static int trace = -1;
static long calls, first, times;
static enum fault fault;

static const struct {
	const char *name;
	enum fault is;
} faults[] = { { "eio", EIO_FAULT }, { "enospc", ENOSPC_FAULT },
	{ "short", SHORT_FAULT }, { "kill", KILL_FAULT } };

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("DISK_TRACE"), *plan = getenv("DISK_FAULT");
	char word[16];
	size_t i;

	folder = getenv("DISK_DIR");
	full = getenv("DISK_FULL");
	scarce = getenv("DISK_SHORT");
	nfolder = folder == NULL ? 0 : strlen(folder);
	if (path != NULL)
		trace = (int)syscall(SYS_openat, AT_FDCWD, path,
		    O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	if (plan != NULL &&
	    sscanf(plan, "%ld %15s %ld", &first, word, &times) == 3)
		for (i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
			if (strcmp(faults[i].name, word) == 0)
				fault = faults[i].is;
}

__attribute__((destructor)) static void
end(void)
{
	const char *path = getenv("DISK_COUNT");
	FILE *f = path == NULL ? NULL : fopen(path, "w");

	if (f != NULL) {
		(void)fprintf(f, "%ld\n", calls);
		(void)fclose(f);
	}
}

/* The name of a path below the folder; NULL: it is not there. */
static const char *
below(const char *path)
{
	if (nfolder == 0 || path == NULL || strncmp(path, folder, nfolder) != 0)
		return NULL;
	if (path[nfolder] == '\0')
		return ".";
	if (path[nfolder] != '/')
		return NULL;
	path += nfolder + 1;
	if (strncmp(path, DISK_BACKUPS, sizeof(DISK_BACKUPS) - 1) == 0)
		return path;
	return strchr(path, '/') == NULL ? path : NULL;
}

static const char *
name(int fd)
{
	return fd >= 0 && fd < FILES && files[fd].name[0] != '\0'
	    ? files[fd].name
	    : NULL;
}

static int
is_shm(const char *n)
{
	size_t len = strlen(n);

	return len > 4 && strcmp(n + len - 4, "-shm") == 0;
}

/* The -shm file need not survive: it is not recorded. */
static void
record(enum disk_op op, const char *n, int64_t at, const void *data, size_t len)
{
	struct disk_record r = { .op = (uint32_t)op,
		.len = (uint32_t)len,
		.at = at };
	struct iovec v[] = { { &r, sizeof(r) },
		{ (void *)(uintptr_t)data, len } };

	if (trace < 0 || (is_shm(n) && op != DISK_DONE))
		return;
	(void)snprintf(r.name, sizeof(r.name), "%s", n);
	(void)!writev(trace, v, len == 0 ? 1 : 2);
}

/* Whether this call fails, and how.  Called with the lock held. */
static enum fault
next(const char *f, int writes)
{
	long n;

	if (!writes && fault != EIO_FAULT)
		return WELL;
	n = ++calls;
	if (writes && full != NULL && !is_shm(f) && access(full, F_OK) == 0)
		return ENOSPC_FAULT;
	if (fault == WELL || n < first || (times > 0 && n >= first + times))
		return WELL;
	return fault;
}

static int
broken(enum fault f)
{
	errno = f == EIO_FAULT ? EIO : ENOSPC;
	return -1;
}

static ssize_t
write_at(int fd, const void *data, size_t n, int64_t at)
{
	return at < 0 ? syscall(SYS_write, fd, data, n)
		      : syscall(SYS_pwrite64, fd, data, n, at);
}

static ssize_t
put(int fd, const void *data, size_t n, int64_t at)
{
	const char *f = name(fd);
	ssize_t done;
	enum fault is;

	if (f == NULL)
		return write_at(fd, data, n, at);
	(void)pthread_mutex_lock(&lock);
	is = next(f, 1);
	if (is == SHORT_FAULT || is == KILL_FAULT)
		n /= 2;
	done = is == WELL || is == SHORT_FAULT || is == KILL_FAULT
	    ? write_at(fd, data, n, at)
	    : broken(is);
	if (is == KILL_FAULT)
		(void)raise(SIGKILL);
	if (done > 0)
		record(DISK_WRITE, f,
		    at < 0 ? lseek(fd, 0, SEEK_CUR) - done : at, data,
		    (size_t)done);
	(void)pthread_mutex_unlock(&lock);
	return done;
}

ssize_t
write(int fd, const void *data, size_t n)
{
	return put(fd, data, n, -1);
}

ssize_t
pwrite(int fd, const void *data, size_t n, off_t at)
{
	return put(fd, data, n, at);
}

ssize_t
pwrite64(int fd, const void *data, size_t n, off64_t at)
{
	return put(fd, data, n, at);
}

static ssize_t
get(int fd, void *data, size_t n, int64_t at)
{
	enum fault is = WELL;

	if (name(fd) != NULL) {
		(void)pthread_mutex_lock(&lock);
		is = next(name(fd), 0);
		(void)pthread_mutex_unlock(&lock);
	}
	if (is == EIO_FAULT)
		return broken(is);
	return at < 0 ? syscall(SYS_read, fd, data, n)
		      : syscall(SYS_pread64, fd, data, n, at);
}

ssize_t
read(int fd, void *data, size_t n)
{
	return get(fd, data, n, -1);
}

ssize_t
pread(int fd, void *data, size_t n, off_t at)
{
	return get(fd, data, n, at);
}

ssize_t
pread64(int fd, void *data, size_t n, off64_t at)
{
	return get(fd, data, n, at);
}

/* A call without data: truncate, sync. */
static int
act(enum disk_op op, int fd, long number, int64_t at)
{
	const char *f = name(fd);
	enum fault is;
	int rc;

	if (f == NULL)
		return (int)syscall(number, fd, at);
	(void)pthread_mutex_lock(&lock);
	is = next(f, 1);
	if (is == KILL_FAULT)
		(void)raise(SIGKILL);
	rc = is == WELL ? (int)syscall(number, fd, at) : broken(is);
	if (rc == 0)
		record(op, f, at, NULL, 0);
	(void)pthread_mutex_unlock(&lock);
	return rc;
}

int
ftruncate(int fd, off_t at)
{
	return act(DISK_TRUNCATE, fd, SYS_ftruncate, at);
}

int
ftruncate64(int fd, off64_t at)
{
	return act(DISK_TRUNCATE, fd, SYS_ftruncate, at);
}

int
fsync(int fd)
{
	return act(DISK_SYNC, fd, SYS_fsync, 0);
}

int
fdatasync(int fd)
{
	return act(DISK_SYNC, fd, SYS_fdatasync, 0);
}

static int
open_file(const char *path, int flags, mode_t mode)
{
	const char *f = below(path);
	int is_new =
	    f != NULL && (flags & O_CREAT) != 0 && access(path, F_OK) != 0;
	int fd = (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);

	if (fd < 0 || fd >= FILES)
		return fd;
	(void)pthread_mutex_lock(&lock);
	(void)snprintf(files[fd].name, sizeof(files[fd].name), "%s",
	    f == NULL ? "" : f);
	if (is_new)
		record(DISK_MAKE, f, 0, NULL, 0);
	else if (f != NULL && (flags & O_TRUNC) != 0)
		record(DISK_TRUNCATE, f, 0, NULL, 0);
	(void)pthread_mutex_unlock(&lock);
	return fd;
}

#define MODE(flags, mode)                                                      \
	do {                                                                   \
		va_list ap;                                                    \
		va_start(ap, flags);                                           \
		if ((flags & (O_CREAT | O_TMPFILE)) != 0)                      \
			mode = va_arg(ap, mode_t);                             \
		va_end(ap);                                                    \
	} while (0)

int
open(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE(flags, mode);
	return open_file(path, flags, mode);
}

int
open64(const char *path, int flags, ...)
{
	mode_t mode = 0;

	MODE(flags, mode);
	return open_file(path, flags, mode);
}

int
close(int fd)
{
	if (fd >= 0 && fd < FILES)
		files[fd].name[0] = '\0';
	return (int)syscall(SYS_close, fd);
}

int
unlink(const char *path)
{
	const char *f = below(path);
	int rc = (int)syscall(SYS_unlink, path);

	if (rc == 0 && f != NULL) {
		(void)pthread_mutex_lock(&lock);
		record(DISK_UNLINK, f, 0, NULL, 0);
		(void)pthread_mutex_unlock(&lock);
	}
	return rc;
}

int
rename(const char *from, const char *to)
{
	const char *f = below(from), *t = below(to);
	int rc = (int)syscall(SYS_rename, from, to);

	if (rc == 0 && f != NULL && t != NULL) {
		(void)pthread_mutex_lock(&lock);
		record(DISK_RENAME, f, 0, t, strlen(t));
		(void)pthread_mutex_unlock(&lock);
	}
	return rc;
}

static int
measure(const char *path, unsigned long *size, uint64_t *all, uint64_t *left)
{
	struct statfs s;
	int rc = (int)syscall(SYS_statfs, path, &s);

	*size = (unsigned long)s.f_bsize;
	*all = s.f_blocks;
	*left = scarce != NULL && access(scarce, F_OK) == 0 ? s.f_blocks / 30
							    : s.f_bavail;
	return rc;
}

int
statvfs(const char *path, struct statvfs *v)
{
	unsigned long size;
	uint64_t all, left;
	int rc = measure(path, &size, &all, &left);

	*v = (struct statvfs){ .f_bsize = size,
		.f_frsize = size,
		.f_blocks = all,
		.f_bfree = left,
		.f_bavail = left };
	return rc;
}

int
statvfs64(const char *path, struct statvfs64 *v)
{
	unsigned long size;
	uint64_t all, left;
	int rc = measure(path, &size, &all, &left);

	*v = (struct statvfs64){ .f_bsize = size,
		.f_frsize = size,
		.f_blocks = all,
		.f_bfree = left,
		.f_bavail = left };
	return rc;
}

static int
control(int fd, int cmd, void *arg)
{
	const struct flock *l = arg;
	const char *f = name(fd);

	if (f != NULL && cmd == F_SETLK && l->l_type == F_UNLCK && is_shm(f) &&
	    l->l_start <= WRITE_LOCK && l->l_start + l->l_len > WRITE_LOCK) {
		(void)pthread_mutex_lock(&lock);
		record(DISK_DONE, f, 0, NULL, 0);
		(void)pthread_mutex_unlock(&lock);
	}
	return (int)syscall(SYS_fcntl, fd, cmd, arg);
}

/* libfaketime knows only the wait that this one is made of. */
int
pthread_cond_clockwait(pthread_cond_t *cond, pthread_mutex_t *held,
    clockid_t clock, const struct timespec *until)
{
	struct timespec now, t;
	int64_t ns;

	(void)clock_gettime(clock, &now);
	(void)clock_gettime(CLOCK_REALTIME, &t);
	ns = (until->tv_sec - now.tv_sec) * INT64_C(1000000000) +
	    until->tv_nsec - now.tv_nsec + t.tv_nsec;
	if (ns < 0)
		ns = 0;
	t.tv_sec += ns / 1000000000;
	t.tv_nsec = ns % 1000000000;
	return pthread_cond_timedwait(cond, held, &t);
}

#define ARGUMENT(cmd, arg)                                                     \
	do {                                                                   \
		va_list ap;                                                    \
		va_start(ap, cmd);                                             \
		arg = va_arg(ap, void *);                                      \
		va_end(ap);                                                    \
	} while (0)

int
fcntl(int fd, int cmd, ...)
{
	void *arg;

	ARGUMENT(cmd, arg);
	return control(fd, cmd, arg);
}

int
fcntl64(int fd, int cmd, ...)
{
	void *arg;

	ARGUMENT(cmd, arg);
	return control(fd, cmd, arg);
}
