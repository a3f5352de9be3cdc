/*
 * t_wall.c - behind its wall a program cannot do what it has no business with.
 */
#include "test.h"

#include "wall.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Each does one thing; 0, or the errno it failed with. */

static int
result(int rc)
{
	return rc < 0 ? errno : 0;
}

static int
read_file(void)
{
	char text[16];
	int fd = open("/proc/self/status", O_RDONLY | O_CLOEXEC);

	return fd < 0 || read(fd, text, sizeof(text)) < 1 ? errno : close(fd);
}

static int
make_file(void)
{
	return result(open("wall.tmp", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
}

static int
change_file(void)
{
	return result(open("Makefile", O_RDWR | O_CLOEXEC));
}

static int
cut_file(void)
{
	return result(truncate("wall.none", 0)) == EPERM ? EPERM : 0;
}

static int
remove_file(void)
{
	return result(unlink("wall.none")) == EPERM ? EPERM : 0;
}

static int
make_folder(void)
{
	return result(mkdir("/nowhere/wall", 0700)) == EPERM ? EPERM : 0;
}

static int
rename_file(void)
{
	return result(rename("wall.none", "wall.other")) == EPERM ? EPERM : 0;
}

static int
start_program(void)
{
	char name[] = "true", *argv[] = { name, NULL };

	return result(execv("/nowhere/true", argv)) == EPERM ? EPERM : 0;
}

static int
start_process(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	return result(pid);
}

static int
look_into(void)
{
	return result((int)ptrace(PTRACE_ATTACH, 1, NULL, NULL)) == EPERM
	    ? EPERM
	    : 0;
}

static int
call_abroad(void)
{
	return result(socket(AF_INET, SOCK_STREAM, 0));
}

static int
call_abroad_six(void)
{
	return result(socket(AF_INET6, SOCK_DGRAM, 0));
}

static int
call_here(void)
{
	return result(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int
run_memory(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED ? errno : 0;
}

static int
make_runnable(void)
{
	void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return p == MAP_FAILED
	    ? errno
	    : result(mprotect(p, 4096, PROT_READ | PROT_EXEC));
}

static int
take_memory(void)
{
	void *volatile p = malloc(64 << 20);

	free(p);
	return p == NULL ? ENOMEM : 0;
}

/* Forbidden to pages, local, daemon; soft: it fails, and that is all. */
enum { P = 1, L = 2, D = 4, S = 8 };

static const struct deed {
	const char *name;
	int (*perform)(void);
	int forbidden;
} deeds[] = {
	{ "read a file", read_file, 0 },
	{ "take memory", take_memory, 0 },
	{ "call a socket of this machine", call_here, 0 },
	{ "make a file", make_file, P | S },
	{ "open a file to change it", change_file, P | S },
	{ "cut a file", cut_file, P },
	{ "remove a file", remove_file, P },
	{ "make a folder", make_folder, P },
	{ "rename a file", rename_file, P },
	{ "run memory", run_memory, P },
	{ "make memory runnable", make_runnable, P },
	{ "start a process", start_process, P },
	{ "call abroad", call_abroad, P | L },
	{ "call abroad by IPv6", call_abroad_six, P | L },
	{ "start a program", start_program, P | L | D },
};

/* What waitpid() says of a child that does it behind the wall. */
static int
outcome(enum mews_wall wall, const struct deed *d, const char *how)
{
	struct mews_err err;
	int status = -1;
	pid_t pid = fork();

	if (pid == 0) {
		if (how != NULL)
			(void)setenv("MEWS_SECCOMP", how, 1);
		else
			(void)unsetenv("MEWS_SECCOMP");
		if (mews_wall(wall, &err) != MEWS_OK) {
			(void)fprintf(stderr, "%s\n", err.text);
			_exit(255);
		}
		_exit(d->perform());
	}
	assert_true(pid > 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	return status;
}

static void
judge(enum mews_wall wall, int bit, const struct deed *d)
{
	int soft = outcome(wall, d, NULL), hard = outcome(wall, d, "kill");
	bool forbidden = (d->forbidden & bit) != 0;

	if (!forbidden && WIFEXITED(soft) && WEXITSTATUS(soft) == 0 &&
	    WIFEXITED(hard) && WEXITSTATUS(hard) == 0)
		return;
	if (forbidden && WIFEXITED(soft) && WEXITSTATUS(soft) == EPERM &&
	    ((d->forbidden & S) != 0
		    ? hard == soft
		    : WIFSIGNALED(hard) && WTERMSIG(hard) == SIGSYS))
		return;
	fail_msg("wall %d, \"%s\": %x and %x", wall, d->name, (unsigned)soft,
	    (unsigned)hard);
}

static void
walls_hold(void **state)
{
	size_t i;

	(void)state;
#ifdef MEWS_SANITIZERS
	skip();
#endif
	for (i = 0; i < MEWS_LEN(deeds); i++) {
		judge(MEWS_WALL_PAGES, P, &deeds[i]);
		judge(MEWS_WALL_LOCAL, L, &deeds[i]);
		judge(MEWS_WALL_DAEMON, D, &deeds[i]);
	}
	(void)unlink("wall.tmp");
}

/* Who is not root may not look into others anyway. */
static void
nobody_is_looked_into(void **state)
{
	static const struct deed look = { "look", look_into, P | L | D };

	(void)state;
#ifdef MEWS_SANITIZERS
	skip();
#endif
	judge(MEWS_WALL_PAGES, P, &look);
	judge(MEWS_WALL_DAEMON, D, &look);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(walls_hold),
		cmocka_unit_test(nobody_is_looked_into),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
