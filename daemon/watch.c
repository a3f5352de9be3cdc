/*
 * watch.c - both protocols are a few lines of text and two variables: less than
 * the library that speaks them.
 *
 * A socket that was given listens from the start and must go on listening, or
 * systemd takes it for lost.  While nobody may come in, a filter drops what
 * arrives there: a stranger sees no port.
 */
#include "watch.h"
#include "log.h"
#include "str.h"
#include "tick.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define FIRST 3  /* SD_LISTEN_FDS_START */
#define MOST  16 /* sockets */
#define KICKS 4  /* in the time that the supervisor waits */
#define BUSY  "WATCHDOG=1\nWATCHDOG_USEC=3600000000"

static struct {
	int fd[MOST];
	size_t n;
	struct sockaddr_un to;
	int64_t every; /* us between two kicks; 0: none wanted */
	int64_t kicked;
	bool unsound; /* and it was told */
} watch;

static void
tell(const char *text)
{
	int fd;

	if (watch.to.sun_path[0] == '\0' && watch.to.sun_path[1] == '\0')
		return;
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	(void)sendto(fd, text, strlen(text), MSG_NOSIGNAL,
	    (const struct sockaddr *)&watch.to,
	    (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 +
		strlen(watch.to.sun_path + 1)));
	(void)close(fd);
}

/* Whether it may be reached; who knocked before is sent away. */
static void
allow(int fd, bool yes)
{
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog drop = { 1, &nothing };
	int got = 0;

	if (yes) {
		(void)setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &got,
		    sizeof(got));
		return;
	}
	(void)setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &drop, sizeof(drop));
	while ((got = accept4(fd, NULL, NULL, SOCK_CLOEXEC)) >= 0)
		(void)close(got);
}

/* Descriptors that were given, if they are ours. */
static void
take_sockets(void)
{
	const char *pid = getenv("LISTEN_PID"), *fds = getenv("LISTEN_FDS");
	int64_t who, n, i;

	if (pid == NULL || fds == NULL ||
	    !mews_str_int(pid, 1, INT32_MAX, &who) || who != getpid() ||
	    !mews_str_int(fds, 1, MOST, &n))
		return;
	for (i = 0; i < n; i++) {
		int fd = FIRST + (int)i;

		if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 ||
		    fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
			continue;
		allow(fd, false);
		watch.fd[watch.n++] = fd;
	}
}

void
watch_begin(void)
{
	const char *to = getenv("NOTIFY_SOCKET"), *us = getenv("WATCHDOG_USEC");
	int64_t all;

	take_sockets();
	if (to != NULL && (to[0] == '/' || to[0] == '@') &&
	    mews_str_copy(watch.to.sun_path, sizeof(watch.to.sun_path), to)) {
		watch.to.sun_family = AF_UNIX;
		if (to[0] == '@')
			watch.to.sun_path[0] = '\0';
	}
	if (us != NULL && mews_str_int(us, 1, INT64_MAX, &all))
		watch.every = all / KICKS;
	(void)unsetenv("LISTEN_PID");
	(void)unsetenv("NOTIFY_SOCKET");
	(void)unsetenv("WATCHDOG_USEC");
}

/* Whether the socket is bound to what the list begins with. */
static bool
is_at(int fd, const struct addrinfo *a)
{
	struct sockaddr_storage own = { .ss_family = AF_UNSPEC };
	socklen_t len = sizeof(own);

	return getsockname(fd, (struct sockaddr *)&own, &len) == 0 &&
	    len == a->ai_addrlen && memcmp(&own, a->ai_addr, len) == 0;
}

int
watch_socket(const char *address, int port)
{
	struct addrinfo want = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
	struct addrinfo *list;
	char text[8];
	int fd = -1;
	size_t i;

	(void)snprintf(text, sizeof(text), "%d", port & 0xffff);
	if (watch.n == 0 || getaddrinfo(address, text, &want, &list) != 0)
		return -1;
	for (i = 0; i < watch.n && fd < 0; i++)
		if (is_at(watch.fd[i], list))
			fd = fcntl(watch.fd[i], F_DUPFD_CLOEXEC, FIRST);
	freeaddrinfo(list);
	if (fd >= 0)
		allow(fd, true);
	return fd;
}

void
watch_close(int fd)
{
	allow(fd, false);
	(void)close(fd);
}

void
watch_ready(void)
{
	tell("READY=1");
}

void
watch_ending(void)
{
	tell("STOPPING=1");
}

int
watch_kick(bool sound, int wait)
{
	int64_t now = tick_us();

	if (watch.every == 0)
		return wait;
	if (sound == watch.unsound)
		mews_log(MEWS_LOG_WARNING,
		    sound ? "goes on" : "does not get on: ends unless it does");
	watch.unsound = !sound;
	if (sound && now - watch.kicked >= watch.every / 2) {
		watch.kicked = now;
		tell("WATCHDOG=1");
	}
	now = watch.every / 1000;
	return now < wait ? (int)now : wait;
}

void
watch_busy(bool yes)
{
	char text[64];

	(void)snprintf(text, sizeof(text), "WATCHDOG=1\nWATCHDOG_USEC=%lld",
	    (long long)watch.every * KICKS);
	if (watch.every != 0)
		tell(yes ? BUSY : text);
}
