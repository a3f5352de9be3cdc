/*
 * call.c - brings a command to its door and the answer back.
 *
 * One connection a call: a door that was restarted is found again by itself.
 * Everything is bounded by one deadline, since a page waits for it.
 */
#include "command.h"
#include "str.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static int64_t
clock_ms(void)
{
	struct timespec ts;

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Waits for the socket until the deadline. */
static enum mews_rc
wait_for(int fd, short events, int64_t deadline, const char *path,
    struct mews_err *err)
{
	struct pollfd p = { .fd = fd, .events = events };
	int64_t left;
	int n;

	do {
		left = deadline - clock_ms();
		n = poll(&p, 1, left > 0 ? (int)left : 0);
	} while (n < 0 && errno == EINTR);
	if (n > 0)
		return MEWS_OK;
	return mews_fail(err, MEWS_AGAIN, "%s: no answer in time", path);
}

static enum mews_rc
dial(const char *path, int *out, struct mews_err *err)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	int fd;

	if (!mews_str_copy(a.sun_path, sizeof(a.sun_path), path))
		return mews_fail(err, MEWS_FAIL,
		    "%s: too long for the name of a socket", path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return mews_fail(err, MEWS_FAIL, "socket: %s", strerror(errno));
	if (connect(fd, (struct sockaddr *)&a, sizeof(a)) != 0) {
		(void)mews_fail(err, MEWS_AGAIN, "%s: %s", path,
		    strerror(errno));
		(void)close(fd);
		return MEWS_AGAIN;
	}
	*out = fd;
	return MEWS_OK;
}

static enum mews_rc
send_line(int fd, const struct mews_buf *line, int64_t deadline,
    const char *path, struct mews_err *err)
{
	size_t at = 0;
	ssize_t n;
	enum mews_rc rc;

	while (at < line->n) {
		rc = wait_for(fd, POLLOUT, deadline, path, err);
		if (rc != MEWS_OK)
			return rc;
		n = send(fd, line->s + at, line->n - at, MSG_NOSIGNAL);
		if (n < 0 && errno != EAGAIN && errno != EINTR)
			return mews_fail(err, MEWS_AGAIN, "%s: %s", path,
			    strerror(errno));
		at += n > 0 ? (size_t)n : 0;
	}
	return MEWS_OK;
}

/* Reads one line and ends it with a NUL instead of its '\n'. */
static enum mews_rc
receive_line(int fd, char line[MEWS_COMMAND_LINE], int64_t deadline,
    const char *path, struct mews_err *err)
{
	size_t at = 0;
	char *end;
	ssize_t n;
	enum mews_rc rc;

	for (;;) {
		rc = wait_for(fd, POLLIN, deadline, path, err);
		if (rc != MEWS_OK)
			return rc;
		n = recv(fd, line + at, MEWS_COMMAND_LINE - at, 0);
		if (n < 0 && (errno == EAGAIN || errno == EINTR))
			continue;
		if (n <= 0)
			return mews_fail(err, MEWS_AGAIN,
			    "%s: hung up without an answer", path);
		end = memchr(line + at, '\n', (size_t)n);
		at += (size_t)n;
		if (end != NULL) {
			*end = '\0';
			return MEWS_OK;
		}
		if (at == MEWS_COMMAND_LINE)
			return mews_fail(err, MEWS_FAIL,
			    "%s: answers without end", path);
	}
}

/* What the answer says about itself. */
static enum mews_rc
judge(const char *path, const struct mews_message *answer, struct mews_err *err)
{
	enum mews_rc rc = mews_message_rc(answer);

	if (rc == MEWS_OK)
		return rc;
	return mews_fail(err, rc, "%s: %s: %s", path, answer->word,
	    mews_message_get(answer, "text"));
}

enum mews_rc
mews_command_call(const struct mews_place *place, const struct mews_message *m,
    int timeout_ms, struct mews_message *answer, struct mews_err *err)
{
	int64_t deadline = clock_ms() + timeout_ms;
	const struct mews_command *c;
	char path[MEWS_PATH], line[MEWS_COMMAND_LINE] = "";
	struct mews_buf out = { 0 };
	int fd = -1;
	enum mews_rc rc;

	mews_message_init(answer, "");
	if ((rc = mews_command_check(m, &c, err)) != MEWS_OK ||
	    (rc = mews_message_write(m, &out, err)) != MEWS_OK)
		goto out;
	(void)mews_place_path(place, c->door, path);
	if ((rc = dial(path, &fd, err)) != MEWS_OK ||
	    (rc = send_line(fd, &out, deadline, path, err)) != MEWS_OK ||
	    (rc = receive_line(fd, line, deadline, path, err)) != MEWS_OK)
		goto out;
	if ((rc = mews_message_read(line, answer, err)) != MEWS_OK)
		rc = MEWS_FAIL;
	else
		rc = judge(path, answer, err);
out:
	if (out.s != NULL)
		explicit_bzero(out.s, out.n);
	mews_buf_clear(&out);
	explicit_bzero(line, sizeof(line));
	if (fd >= 0)
		(void)close(fd);
	return rc;
}
