/*
 * sink_share.c - network drive and FTP server as somebody in the network finds
 * them: when a person asks, their ports are called and what they say is kept.
 *
 * mews starts neither, so that a switch is on says nothing of whether a server
 * runs.  Their first words are enough to know that, and need no password.
 * SMB: [MS-SMB2] 2.1, 2.2.1.2, 2.2.3 and 2.2.4; FTP: RFC 959 and RFC 4217.
 */
#include "log.h"
#include "setting.h"
#include "sink.h"
#include "str.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define NAME "share"
#define IDLE 3600 /* s: nothing is to do unless somebody asks */
#define STEP 100  /* ms */
#define WAIT 10   /* s for an answer */

/* How a port is talked to: "" where what answers is what should be there. */
typedef const char *talk(int fd, const volatile bool *stop, char said[200]);

static talk talk_smb, talk_ftp;

static const struct {
	const char *name, *setting, *port;
	talk *talk;
} servers[] = {
	{ "smb", "share_smb", "share_smb_port", talk_smb },
	{ "ftp", "share_ftp", "share_ftp_port", talk_ftp },
};

/* What was found, "" where it was not looked for. */
static struct finding {
	char wanted[MEWS_SETTING_MOST + 1];
	const char *why;
	char said[200];
} found[MEWS_LEN(servers)];
static int64_t looked = -2; /* Unix time; -1: asked for, -2: never */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* Reads at least so many bytes, at most size; how many came. */
static size_t
hear(int fd, const volatile bool *stop, char *to, size_t least, size_t size)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	int64_t until = time(NULL) + WAIT;
	size_t n = 0;
	ssize_t got = 1;

	while (n < least && got > 0 && !*stop && time(NULL) < until) {
		if (poll(&p, 1, STEP) <= 0)
			continue;
		if ((got = recv(fd, to + n, size - n, 0)) > 0)
			n += (size_t)got;
	}
	return n;
}

/* One line of an FTP server; false: it said none. */
static bool
hear_line(int fd, const volatile bool *stop, char line[90])
{
	size_t n = 0, i;

	while (n + 1 < 90 && hear(fd, stop, line + n, 1, 1) == 1 &&
	    line[n] != '\n')
		n++;
	for (i = 0; i < n; i++)
		if (line[i] < ' ' || line[i] > '~')
			line[i] = ' ';
	while (n > 0 && line[n - 1] == ' ')
		n--;
	line[n] = '\0';
	return n > 0;
}

static const char *
talk_ftp(int fd, const volatile bool *stop, char said[200])
{
	static const char ask[] = "AUTH TLS\r\n";
	char first[90], second[90] = "";

	if (!hear_line(fd, stop, first))
		return "mute";
	if (strncmp(first, "220", 3) == 0 &&
	    send(fd, ask, strlen(ask), MSG_NOSIGNAL) > 0)
		(void)hear_line(fd, stop, second);
	(void)snprintf(said, 200, "%s%s%s", first,
	    second[0] == '\0' ? "" : "; ", second);
	return strncmp(first, "220", 3) != 0 ? "strange"
	    : strncmp(second, "234", 3) != 0 ? "open"
					     : "";
}

static const char *
talk_smb(int fd, const volatile bool *stop, char said[200])
{
	/* at its end one dialect after the other: 2.1, 3.0, 3.0.2 */
	static const unsigned char begin[4 + 64] = { 0, 0, 0, 106, 0xfe, 'S',
		'M', 'B', 64, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1 };
	static const unsigned char dialects[] = { 0x10, 2, 0, 3, 2, 3 };
	unsigned char ask[sizeof(begin) + 42] = { 0 }, *a = ask + sizeof(begin);
	unsigned char r[4 + 70];

	memcpy(ask, begin, sizeof(begin));
	a[0] = 36;
	a[2] = sizeof(dialects) / 2;
	a[4] = 1;
	memcpy(a + 36, dialects, sizeof(dialects));
	if (getrandom(a + 12, 16, 0) != 16 ||
	    send(fd, ask, sizeof(ask), MSG_NOSIGNAL) != sizeof(ask) ||
	    hear(fd, stop, (char *)r, sizeof(r), sizeof(r)) < sizeof(r))
		return "mute";
	if (memcmp(r + 4, "\xfeSMB", 4) != 0 ||
	    memcmp(r + 12, "\0\0\0", 4) != 0)
		return "strange";
	(void)snprintf(said, 200, "SMB %d.%d.%d", r[73], r[72] >> 4,
	    r[72] & 15);
	/* MS-SMB2 2.2.4: SIGNING_REQUIRED */
	return (r[70] & 2) == 0 ? "open" : "";
}

static void
look(const struct sink_turn *t, size_t i, int port, struct finding *f)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		.sin_port = htons((uint16_t)port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

	f->why = "nobody";
	if (fd >= 0 && connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		f->why = servers[i].talk(fd, t->stop, f->said);
	if (fd >= 0)
		(void)close(fd);
	mews_log(MEWS_LOG_NOTICE, NAME ": %s is %s: %s %s", servers[i].name,
	    f->wanted, f->why[0] == '\0' ? "answers" : f->why, f->said);
}

static enum mews_rc
turn(const struct sink_turn *t, int *wait_s, struct mews_err *err)
{
	struct finding now[MEWS_LEN(servers)] = { { .why = "" } };
	char port[MEWS_SETTING_MOST + 1];
	enum mews_rc rc = MEWS_OK;
	int64_t n = 0;
	size_t i;

	*wait_s = IDLE;
	(void)pthread_mutex_lock(&lock);
	i = looked == -1 ? 0 : MEWS_LEN(servers);
	(void)pthread_mutex_unlock(&lock);
	if (i != 0 || t->config == NULL)
		return MEWS_NONE;
	for (; i < MEWS_LEN(servers) && rc == MEWS_OK; i++) {
		rc = mews_setting_get(t->config, servers[i].setting,
		    now[i].wanted, err);
		if (rc == MEWS_OK)
			rc = mews_setting_get(t->config, servers[i].port, port,
			    err);
		if (rc == MEWS_OK && mews_str_int(port, 1, 65535, &n))
			look(t, i, (int)n, &now[i]);
	}
	(void)pthread_mutex_lock(&lock);
	memcpy(found, now, sizeof(found));
	looked = rc == MEWS_OK ? time(NULL) : -2;
	(void)pthread_mutex_unlock(&lock);
	return rc;
}

static void
put(struct mews_message *answer, size_t i)
{
	const char *const fields[][2] = {
		{ "wanted", found[i].wanted },
		{ "why", found[i].why == NULL ? "" : found[i].why },
		{ "said", found[i].said },
	};
	char name[24];
	size_t f;

	for (f = 0; f < MEWS_LEN(fields); f++) {
		(void)snprintf(name, sizeof(name), "%s_%s", servers[i].name,
		    fields[f][0]);
		mews_message_set(answer, name, fields[f][1]);
	}
}

static enum mews_rc
serve(const struct mews_place *place, struct mews_db *courier,
    const struct door_caller *caller, const struct mews_message *m,
    struct mews_message *answer, struct mews_err *err)
{
	bool test = strcmp(m->word, "share-test") == 0;
	size_t i;

	(void)place;
	(void)courier;
	(void)caller;
	(void)err;
	(void)pthread_mutex_lock(&lock);
	if (test)
		looked = -1;
	else {
		mews_message_set_int(answer, "tested", looked);
		for (i = 0; i < MEWS_LEN(servers); i++)
			put(answer, i);
	}
	(void)pthread_mutex_unlock(&lock);
	if (test)
		courier_wake(NAME);
	return MEWS_OK;
}

static const char *const commands[] = { "share-test", "share-status", NULL };

const struct sink sink_share = { NAME, turn, serve, commands };
