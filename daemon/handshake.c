/*
 * handshake.c - the certificate may be anybody's, so nothing but its
 * fingerprint is looked at; that the server has its key, TLS proves.
 */
#include "handshake.h"
#include "str.h"

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* "127.0.0.1:443" or "[::1]:443". */
static bool
read_address(const char *text, struct sockaddr_storage *to, socklen_t *n)
{
	struct sockaddr_in *four = (void *)to;
	struct sockaddr_in6 *six = (void *)to;
	const char *colon = strrchr(text, ':');
	char host[64];
	int64_t port;
	size_t len = colon == NULL ? sizeof(host) : (size_t)(colon - text);

	memset(to, 0, sizeof(*to));
	if (len >= sizeof(host) || !mews_str_int(colon + 1, 1, 65535, &port))
		return false;
	memcpy(host, text, len);
	host[len] = '\0';
	if (host[0] == '[' && len > 2) {
		host[len - 1] = '\0';
		six->sin6_family = AF_INET6;
		six->sin6_port = htons((uint16_t)port);
		*n = sizeof(*six);
		return inet_pton(AF_INET6, host + 1, &six->sin6_addr) == 1;
	}
	four->sin_family = AF_INET;
	four->sin_port = htons((uint16_t)port);
	*n = sizeof(*four);
	return inet_pton(AF_INET, host, &four->sin_addr) == 1;
}

static int
reach(const char *address)
{
	const struct timeval patience = { 2, 0 };
	struct sockaddr_storage to;
	socklen_t n;
	int fd;

	if (!read_address(address, &to, &n) ||
	    (fd = socket(to.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0)) < 0)
		return -1;
	(void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience,
	    sizeof(patience));
	(void)setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience,
	    sizeof(patience));
	if (connect(fd, (const struct sockaddr *)(void *)&to, n) == 0)
		return fd;
	(void)close(fd);
	return -1;
}

static bool
is_fingerprint(const SSL *ssl, const char *fingerprint)
{
	X509 *x = SSL_get0_peer_certificate(ssl);
	unsigned char digest[EVP_MAX_MD_SIZE];
	char text[3 * EVP_MAX_MD_SIZE + 1] = "";
	unsigned i, n = 0;

	if (x == NULL || X509_digest(x, EVP_sha256(), digest, &n) != 1)
		return false;
	for (i = 0; i < n; i++)
		(void)snprintf(text + (size_t)i * 3, 4, "%02X%s", digest[i],
		    i + 1 < n ? ":" : "");
	return strcmp(text, fingerprint) == 0;
}

enum mews_rc
handshake(const char *address, const char *fingerprint, struct mews_err *err)
{
	SSL_CTX *ctx = SSL_CTX_new(TLS_client_method());
	SSL *ssl = ctx == NULL ? NULL : SSL_new(ctx);
	int fd = reach(address);
	enum mews_rc rc = MEWS_BAD;

	if (ssl == NULL || fd < 0 || SSL_set_fd(ssl, fd) != 1 ||
	    SSL_connect(ssl) != 1)
		(void)mews_fail(err, rc, "%s does not answer", address);
	else if (!is_fingerprint(ssl, fingerprint))
		(void)mews_fail(err, rc, "%s serves another certificate",
		    address);
	else
		rc = MEWS_OK;
	SSL_free(ssl);
	SSL_CTX_free(ctx);
	if (fd >= 0)
		(void)close(fd);
	ERR_clear_error();
	return rc;
}
