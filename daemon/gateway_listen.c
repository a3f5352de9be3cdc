/*
 * gateway_listen.c - sockets set up so that the dead and the stuck are noticed.
 */
#include "gateway_listen.h"
#include "watch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <ifaddrs.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BACKLOG 128

static enum mews_rc
open_one(const struct addrinfo *a, int *out, struct mews_err *err)
{
	int on = 1, fd;

	fd =
	    socket(a->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return mews_fail(err,
		    errno == EAFNOSUPPORT ? MEWS_NONE : MEWS_FAIL, "%s",
		    strerror(errno));
	(void)setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on));
	if (a->ai_family == AF_INET6)
		(void)setsockopt(fd, IPPROTO_IPV6, IPV6_V6ONLY, &on,
		    sizeof(on));
	if (bind(fd, a->ai_addr, a->ai_addrlen) == 0 &&
	    listen(fd, BACKLOG) == 0) {
		*out = fd;
		return MEWS_OK;
	}
	(void)mews_fail(err, MEWS_FAIL, "%s", strerror(errno));
	(void)close(fd);
	return MEWS_FAIL;
}

enum mews_rc
listen_open(const char *address, int port, int *out, struct mews_err *err)
{
	struct addrinfo want = { .ai_socktype = SOCK_STREAM,
		.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE };
	struct addrinfo *list;
	struct mews_err why;
	enum mews_rc rc;
	char text[8];

	if ((*out = watch_socket(address, port)) >= 0)
		return MEWS_OK;
	(void)snprintf(text, sizeof(text), "%d", port & 0xffff);
	if (getaddrinfo(address, text, &want, &list) != 0)
		return mews_fail(err, MEWS_FAIL, "'%s' is no address", address);
	rc = open_one(list, out, &why);
	freeaddrinfo(list);
	return rc == MEWS_OK
	    ? rc
	    : mews_fail(err, rc, "port %d of %s: %s", port, address, why.text);
}

static bool
address_of(const struct sockaddr *a, uint8_t out[MEWS_ADDRESS])
{
	const struct sockaddr_in *v4 = (const void *)a;
	const struct sockaddr_in6 *v6 = (const void *)a;

	memset(out, 0, MEWS_ADDRESS);
	if (a != NULL && a->sa_family == AF_INET6)
		memcpy(out, &v6->sin6_addr, MEWS_ADDRESS);
	else if (a != NULL && a->sa_family == AF_INET) {
		out[10] = out[11] = 0xff;
		memcpy(out + 12, &v4->sin_addr, 4);
	} else
		return false;
	return true;
}

/* Who has one address of a network of IPv6 has all of them. */
static uint64_t
home(const uint8_t address[MEWS_ADDRESS])
{
	uint64_t id = 0;

	memcpy(&id, address + (address[10] == 0xff ? 8 : 0), sizeof(id));
	return id == 0 ? 1 : id;
}

static void
name(struct client *c, const struct sockaddr *a, socklen_t len)
{
	char host[48], port[8];

	if (getnameinfo(a, len, host, sizeof(host), port, sizeof(port),
		NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		host[0] = port[0] = '\0';
	(void)snprintf(c->host, sizeof(c->host), "%s", host);
	(void)snprintf(c->who, sizeof(c->who),
	    a->sa_family == AF_INET6 ? "[%s]:%s" : "%s:%s", host, port);
}

/* Urgent bytes stay where they were sent: without one a request would become
 * another. */
static void
set_up(int fd)
{
	static const struct {
		int level, name, value;
	} all[] = {
		{ IPPROTO_TCP, TCP_NODELAY, 1 },
		{ SOL_SOCKET, SO_OOBINLINE, 1 },
		{ SOL_SOCKET, SO_SNDBUF, 16384 }, /* unread answers */
		{ SOL_SOCKET, SO_KEEPALIVE, 1 },
		{ IPPROTO_TCP, TCP_KEEPIDLE, 30 },  /* s */
		{ IPPROTO_TCP, TCP_KEEPINTVL, 10 }, /* s */
		{ IPPROTO_TCP, TCP_KEEPCNT, 3 },
		{ IPPROTO_TCP, TCP_USER_TIMEOUT, 30000 }, /* ms */
	};
	size_t i;

	for (i = 0; i < MEWS_LEN(all); i++)
		(void)setsockopt(fd, all[i].level, all[i].name, &all[i].value,
		    sizeof(all[i].value));
}

bool
listen_accept(int fd, int64_t now, struct client **client, bool *deaf)
{
	struct sockaddr_storage a;
	socklen_t len = sizeof(a);
	int got = accept4(fd, (struct sockaddr *)&a, &len,
	    SOCK_NONBLOCK | SOCK_CLOEXEC);

	*client = NULL;
	if (got < 0) {
		*deaf =
		    errno != EAGAIN && errno != EINTR && errno != ECONNABORTED;
		return errno == ECONNABORTED;
	}
	set_up(got);
	*client = client_new(got, now);
	(void)address_of((struct sockaddr *)&a, (*client)->address);
	(*client)->home = home((*client)->address);
	name(*client, (struct sockaddr *)&a, len);
	return true;
}

static unsigned
ones(const uint8_t mask[MEWS_ADDRESS])
{
	unsigned n = 0;

	while (n < 128 && (mask[n / 8] & 0x80 >> n % 8) != 0)
		n++;
	return n;
}

void
listen_networks(struct mews_gateway_rule **rule, size_t *n)
{
	struct mews_gateway_rule r = { .right = MEWS_RIGHT_READ,
		.unit_last = 255,
		.register_last = 65535 };
	struct ifaddrs *list, *i;
	uint8_t mask[MEWS_ADDRESS];

	if (getifaddrs(&list) != 0)
		return;
	*n = 0;
	for (i = list; i != NULL; i = i->ifa_next) {
		if (!address_of(i->ifa_addr, r.network.address) ||
		    !address_of(i->ifa_netmask, mask))
			continue;
		if (i->ifa_addr->sa_family == AF_INET)
			memset(mask, 0xff, 12);
		r.network.prefix = ones(mask);
		if (r.network.prefix == 0 ||
		    (i->ifa_addr->sa_family == AF_INET &&
			r.network.prefix == 96))
			continue; /* all of the world is not local */
		*rule = mews_realloc(*rule, *n + 1, sizeof(r));
		(*rule)[(*n)++] = r;
	}
	freeifaddrs(list);
}
