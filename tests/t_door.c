/*
 * t_door.c - clients that are many, slow, stuck or hostile: daemon/door.c and
 * daemon/door_line.c, served by a child process.
 */
#include "test.h"
#include "door.h"
#include "str.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>

#define TOKEN   "0123456789abcdefghijklmnopqrstuvwxyzABCDE-_"
#define SLOW_MS 50

static char folder[64];
static struct mews_place place = { folder, folder, folder };

static int64_t
clock_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void
sleep_ms(long ms)
{
	const struct timespec ts = { ms / 1000, ms % 1000 * 1000000 };

	(void)nanosleep(&ts, NULL);
}

/* The owner of the door under test: sign-in takes a while, status tells who
 * asks, users gives an answer that no line can carry. */
static enum mews_rc
serve(void *ctx, const struct door_caller *caller, const struct mews_message *m,
    struct mews_message *answer, struct mews_err *err)
{
	(void)ctx;
	if (strcmp(m->word, "sign-in") == 0)
		sleep_ms(SLOW_MS);
	if (strcmp(m->word, "sign-out") == 0)
		return mews_fail(err, MEWS_NONE, "no such thing");
	if (strcmp(m->word, "users") == 0)
		mews_message_set(answer, "bad", "\n");
	if (strcmp(m->word, "set") == 0)
		mews_message_set(answer, "by", caller->user);
	mews_message_set_int(answer, "pid", caller->pid);
	return MEWS_OK;
}

/* The first letter of the token is the role. */
static enum mews_rc
who(void *ctx, const char *token, struct door_caller *caller,
    struct mews_err *err)
{
	(void)ctx;
	if (token[0] == 'x')
		return mews_fail(err, MEWS_DENIED, "no such session");
	caller->role = token[0] == 'a' ? MEWS_ADMINISTRATOR : MEWS_USER;
	(void)snprintf(caller->user, sizeof(caller->user), "anna");
	return MEWS_OK;
}

static volatile sig_atomic_t stop;

static void
on_signal(int number)
{
	(void)number;
	stop = 1;
}

static void
run(enum mews_file file, bool ask)
{
	struct door_rules rules = { file, NULL, ask ? NULL : who, serve, NULL };
	struct mews_err err;
	struct door *door;

	(void)prctl(PR_SET_PDEATHSIG,
	    SIGKILL); /* a test that fails leaves it */
	(void)signal(SIGTERM, on_signal);
	if (door_open(&place, &rules, &door, &err) != MEWS_OK)
		_exit(3);
	while (!stop)
		if (door_poll(door, NULL, 0, 100, &err) != MEWS_OK)
			_exit(4);
	door_close(door);
	_exit(0);
}

static int
dial(enum mews_file file)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	char path[MEWS_PATH];
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	(void)mews_place_path(&place, file, path);
	assert_true(mews_str_copy(a.sun_path, sizeof(a.sun_path), path));
	if (connect(fd, (struct sockaddr *)&a, sizeof(a)) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

/* Starts one and waits until it listens. */
static pid_t
start(enum mews_file file, bool ask)
{
	pid_t pid;
	int fd = -1, i;

	(void)fflush(NULL);
	pid = fork();
	if (pid == 0)
		run(file, ask);
	for (i = 0; i < 200 && fd < 0; i++) {
		fd = dial(file);
		sleep_ms(10);
	}
	assert_true(fd >= 0);
	(void)close(fd);
	return pid;
}

/* Its exit status; it must end within 2 s. */
static int
end(pid_t pid, int number)
{
	int64_t t = clock_ms();
	int status;

	assert_int_equal(kill(pid, number), 0);
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(clock_ms() - t < 2000);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
say(int fd, const char *s)
{
	assert_int_equal(send(fd, s, strlen(s), MSG_NOSIGNAL),
	    (ssize_t)strlen(s));
}

/* Reads one line, waiting at most 10 s; "" when the other end hung up. */
static const char *
hear(int fd)
{
	static char line[MEWS_COMMAND_LINE + 1];
	const struct timeval most = { .tv_sec = 10 };
	size_t n = 0;

	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof(most));
	while (n < MEWS_COMMAND_LINE && recv(fd, line + n, 1, 0) == 1)
		if (line[n++] == '\n')
			break;
	line[n] = '\0';
	return line;
}

static void
expect(int fd, const char *begins)
{
	const char *line = hear(fd);

	if (strncmp(line, begins, strlen(begins)) != 0 ||
	    (begins[0] == '\0' && line[0] != '\0'))
		fail_msg("'%s' instead of '%s'", line, begins);
}

static void
lines(void **state)
{
	pid_t pid = start(MEWS_AUTH_DOOR, false);
	char mine[64], path[MEWS_PATH];
	struct stat s;
	int fd = dial(MEWS_AUTH_DOOR);
	size_t i;

	(void)state;
	(void)mews_place_path(&place, MEWS_AUTH_DOOR, path);
	assert_int_equal(stat(path, &s), 0);
	assert_int_equal(s.st_mode & 0777, 0660);
	/* two at once, one in pieces, on one connection */
	(void)snprintf(mine, sizeof(mine), "ok pid=%d\n", (int)getpid());
	say(fd, "session token=" TOKEN "\nsession token=" TOKEN "\n");
	expect(fd, mine);
	expect(fd, mine);
	for (i = 0; i < strlen("session token=" TOKEN); i++)
		assert_int_equal(send(fd, &"session token=" TOKEN[i], 1, 0), 1);
	say(fd, "\n");
	expect(fd, mine);
	say(fd, "sign-out token=" TOKEN "\n");
	expect(fd, "none text=no%20such%20thing\n");
	/* an answer that cannot be written, and lines that cannot be read */
	say(fd, "users\n");
	expect(fd, "fail\n");
	say(fd, "\n");
	expect(fd, "bad ");
	say(fd, "nothing\n");
	expect(fd, "bad ");
	say(fd, "session token=short\n");
	expect(fd, "bad ");
	say(fd, "status\n");
	expect(fd, "bad text=status:%20wrong%20door\n");
	assert_int_equal(send(fd, "users\0 more\n", 12, 0), 12);
	expect(fd, "bad ");
	say(fd, "session token=" TOKEN "\n");
	expect(fd, mine);
	(void)close(fd);
	assert_int_equal(end(pid, SIGTERM), 0);
	assert_int_equal(stat(path, &s), -1);
}

/* A line of a megabyte is refused as soon as it is too long. */
static void
megabyte(void **state)
{
	pid_t pid = start(MEWS_AUTH_DOOR, false);
	char *huge = mews_alloc(1 << 20, 1);
	int fd = dial(MEWS_AUTH_DOOR);

	(void)state;
	memset(huge, '1', 1 << 20);
	memcpy(huge, "sign-in user=a pin=", 19);
	(void)!send(fd, huge, 1 << 20, MSG_NOSIGNAL);
	expect(fd, "bad ");
	expect(fd, "");
	(void)close(fd);
	fd = dial(MEWS_AUTH_DOOR);
	say(fd, "session token=" TOKEN "\n");
	expect(fd, "ok ");
	(void)close(fd);
	free(huge);
	assert_int_equal(end(pid, SIGTERM), 0);
}

/* 64 who say nothing or drip do not keep the 65th out for longer than 5 s. */
static void
stuck(void **state)
{
	pid_t pid = start(MEWS_AUTH_DOOR, false);
	int fd[64], late, i;
	int64_t t = clock_ms(), gone;

	(void)state;
	for (i = 0; i < 64; i++)
		assert_true((fd[i] = dial(MEWS_AUTH_DOOR)) >= 0);
	late = dial(MEWS_AUTH_DOOR);
	assert_true(late >= 0);
	say(late, "session token=" TOKEN "\n");
	for (gone = 0; gone == 0 && clock_ms() - t < 9000; sleep_ms(50))
		if (send(fd[0], "s", 1, MSG_NOSIGNAL) != 1)
			gone = clock_ms();
	assert_in_range(gone - t, 4500, 6500);
	expect(late, "ok ");
	assert_in_range(clock_ms() - t, 4500, 6500);
	expect(fd[63], "");
	for (i = 0; i < 64; i++)
		(void)close(fd[i]);
	(void)close(late);
	assert_int_equal(end(pid, SIGTERM), 0);
}

/* A client that asks and never takes its answers fills only its own pipe. */
static void
never_reads(void **state)
{
	pid_t pid = start(MEWS_AUTH_DOOR, false);
	int deaf = dial(MEWS_AUTH_DOOR), fd;
	static const char ask[] = "session token=" TOKEN "\n";
	size_t i;

	(void)state;
	assert_int_equal(fcntl(deaf, F_SETFL, O_NONBLOCK), 0);
	for (i = 0; i < 100000; i++)
		if (send(deaf, ask, sizeof(ask) - 1, MSG_NOSIGNAL) < 0)
			break;
	assert_true(i < 100000);
	fd = dial(MEWS_AUTH_DOOR);
	say(fd, ask);
	expect(fd, "ok ");
	(void)close(fd);
	(void)close(deaf);
	assert_int_equal(end(pid, SIGTERM), 0);
}

/* Twenty slow commands wait; a quick one is answered after one of them. */
static void
quick_first(void **state)
{
	pid_t pid = start(MEWS_AUTH_DOOR, false);
	int slow[20], fd, i;
	int64_t t = clock_ms();

	(void)state;
	for (i = 0; i < 20; i++) {
		slow[i] = dial(MEWS_AUTH_DOOR);
		say(slow[i], "sign-in user=a pin=11111 source=x\n");
	}
	/* the first one asks without end: it takes turns with the others */
	for (i = 0; i < 50; i++)
		say(slow[0], "sign-in user=a pin=11111 source=x\n");
	fd = dial(MEWS_AUTH_DOOR);
	say(fd, "session token=" TOKEN "\n");
	expect(fd, "ok ");
	assert_true(clock_ms() - t < 10 * SLOW_MS);
	for (i = 0; i < 20; i++)
		expect(slow[i], "ok ");
	assert_true(clock_ms() - t < 45 * SLOW_MS);
	for (i = 0; i < 20; i++)
		(void)close(slow[i]);
	(void)close(fd);
	assert_int_equal(end(pid, SIGTERM), 0);
}

static void
one_only(void **state)
{
	struct door_rules rules = { MEWS_AUTH_DOOR, NULL, who, serve, NULL };
	pid_t pid = start(MEWS_AUTH_DOOR, false);
	struct mews_err err;
	struct door *door;
	char path[MEWS_PATH];
	struct stat s;

	(void)state;
	assert_int_equal(door_open(&place, &rules, &door, &err), MEWS_FAIL);
	assert_non_null(strstr(err.text, "already running"));
	/* what a dead one left is replaced, and the living one still serves */
	(void)mews_place_path(&place, MEWS_AUTH_DOOR, path);
	assert_int_equal(end(pid, SIGKILL), -1);
	assert_int_equal(stat(path, &s), 0);
	pid = start(MEWS_AUTH_DOOR, false);
	assert_int_equal(end(pid, SIGTERM), 0);
}

static void
roles(void **state)
{
	pid_t pid = start(MEWS_DOOR, false);
	int fd = dial(MEWS_DOOR);

	(void)state;
	say(fd,
	    "set key=language value=it token=a" /* administrator */
	    "123456789abcdefghijklmnopqrstuvwxyzABCDE-_\n");
	expect(fd, "ok by=anna ");
	say(fd,
	    "set key=language value=it token=u"
	    "123456789abcdefghijklmnopqrstuvwxyzABCDE-_\n");
	expect(fd, "denied ");
	say(fd,
	    "set key=language value=it token=x"
	    "123456789abcdefghijklmnopqrstuvwxyzABCDE-_\n");
	expect(fd, "denied ");
	/* the owner of the door is at the shell */
	say(fd, "set key=language value=it\n");
	expect(fd, "ok by=shell ");
	say(fd, "status\n");
	expect(fd, "ok ");
	(void)close(fd);
	assert_int_equal(end(pid, SIGTERM), 0);
}

/* mewsd's way: the other door is asked, and silence is no permission. */
static void
asks_the_other_door(void **state)
{
	pid_t pid = start(MEWS_DOOR, true), other;
	int fd = dial(MEWS_DOOR);

	(void)state;
	say(fd, "set key=language value=it token=" TOKEN "\n");
	expect(fd, "again ");
	/* one that does not say that the codes are the user's own */
	other = start(MEWS_AUTH_DOOR, false);
	say(fd, "set key=language value=it token=" TOKEN "\n");
	expect(fd, "denied ");
	(void)close(fd);
	assert_int_equal(end(other, SIGTERM), 0);
	assert_int_equal(end(pid, SIGTERM), 0);
}

/* The owner's descriptors are polled along. */
static void
own_descriptors(void **state)
{
	struct door_rules rules = { MEWS_AUTH_DOOR, NULL, who, serve, NULL };
	struct pollfd p[2];
	struct mews_err err;
	struct door *door;
	int a[2], b[2];

	(void)state;
	assert_int_equal(pipe(a), 0);
	assert_int_equal(pipe(b), 0);
	p[0] = (struct pollfd){ .fd = a[0], .events = POLLIN };
	p[1] = (struct pollfd){ .fd = b[0], .events = POLLIN };
	assert_int_equal(door_open(&place, &rules, &door, &err), MEWS_OK);
	assert_int_equal(write(b[1], "x", 1), 1);
	assert_int_equal(door_poll(door, p, 2, 1000, &err), MEWS_OK);
	assert_int_equal(p[0].revents, 0);
	assert_int_equal(p[1].revents, POLLIN);
	door_close(door);
	(void)close(a[0]);
	(void)close(a[1]);
	(void)close(b[0]);
	(void)close(b[1]);
}

static int
begin(void **state)
{
	(void)state;
	(void)test_folder(folder);
	return 0;
}

static int
finish(void **state)
{
	(void)state;
	test_folder_end(folder);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(megabyte),
		cmocka_unit_test(stuck),
		cmocka_unit_test(never_reads),
		cmocka_unit_test(quick_first),
		cmocka_unit_test(one_only),
		cmocka_unit_test(roles),
		cmocka_unit_test(asks_the_other_door),
		cmocka_unit_test(own_descriptors),
	};

	return cmocka_run_group_tests(tests, begin, finish);
}
