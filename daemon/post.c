/*
 * post.c - libcurl for SMTP, FTP, FTPS and SFTP.
 *
 * Whom to trust is decided here and not by libcurl, for two reasons: a server
 * in the house often has a certificate of its own, which a person can accept by
 * its SHA-256; and whoever is not trusted must be told by it.
 */
#include "post_path.h"

#include <curl/curl.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>

#include <ctype.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define URL 1200

struct call {
	const struct post_server *server;
	const struct post_letter *letter;
	size_t at; /* bytes of the letter that were taken */
	int fd;
	bool handed;
	bool answered;   /* something came after that */
	char said[200];  /* the last answer */
	char worse[200]; /* the last that was a refusal */
	char finger[120];
	bool stranger; /* the server is not trusted */
};

static const struct {
	CURLcode code;
	const char *why;
} words[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, "resolve" },
	{ CURLE_COULDNT_CONNECT, "connect" },
	{ CURLE_OPERATION_TIMEDOUT, "timeout" },
	{ CURLE_USE_SSL_FAILED, "no-tls" },
	{ CURLE_SSL_CONNECT_ERROR, "tls" },
	{ CURLE_PEER_FAILED_VERIFICATION, "certificate" },
	{ CURLE_LOGIN_DENIED, "login" },
	{ CURLE_REMOTE_ACCESS_DENIED, "path" },
	{ CURLE_REMOTE_FILE_NOT_FOUND, "path" },
	{ CURLE_UPLOAD_FAILED, "path" },
	{ CURLE_QUOTE_ERROR, "path" },
	{ CURLE_REMOTE_DISK_FULL, "space" },
	{ CURLE_SEND_ERROR, "lost" },
	{ CURLE_RECV_ERROR, "lost" },
	{ CURLE_GOT_NOTHING, "lost" },
	{ CURLE_PARTIAL_FILE, "lost" },
	{ CURLE_ABORTED_BY_CALLBACK, "stopped" },
};

static void
begin_curl(void)
{
	(void)curl_global_init(CURL_GLOBAL_DEFAULT);
}

/* What a person may be shown of a server's line. */
static void
keep(char *to, size_t size, const char *line, size_t n)
{
	size_t i;

	for (i = 0; i < n && i + 1 < size; i++)
		to[i] = isprint((unsigned char)line[i]) ? line[i] : ' ';
	while (i > 0 && to[i - 1] == ' ')
		i--;
	to[i] = '\0';
}

static size_t
hear(char *line, size_t size, size_t n, void *ctx)
{
	struct call *c = ctx;

	n *= size;
	keep(c->said, sizeof(c->said), line, n);
	if (line[0] == '4' || line[0] == '5')
		keep(c->worse, sizeof(c->worse), line, n);
	c->answered = c->handed;
	return n;
}

static size_t
swallow(char *text, size_t size, size_t n, void *ctx)
{
	(void)text;
	(void)ctx;
	return size * n;
}

static int
go_on(void *ctx, curl_off_t a, curl_off_t b, curl_off_t u, curl_off_t d)
{
	const struct call *c = ctx;

	(void)a;
	(void)b;
	(void)u;
	(void)d;
	return *c->server->stop;
}

static size_t
give_letter(char *to, size_t size, size_t n, void *ctx)
{
	struct call *c = ctx;
	size_t most = size * n, left = c->letter->n - c->at;

	if (left == 0 && !c->handed) {
		c->handed = true;
		c->letter->handed(c->letter->ctx);
	}
	n = left < most ? left : most;
	memcpy(to, c->letter->data + c->at, n);
	c->at += n;
	return n;
}

static size_t
give_file(char *to, size_t size, size_t n, void *ctx)
{
	const struct call *c = ctx;
	ssize_t got = c->fd < 0 ? 0 : read(c->fd, to, size * n);

	return got < 0 ? CURL_READFUNC_ABORT : (size_t)got;
}

/* Fingerprints are compared without ':' and case. */
static bool
same(const char *trust, const char *finger)
{
	for (; *trust != '\0'; trust++)
		if (*trust != ':' &&
		    tolower((unsigned char)*trust) != *finger++)
			return false;
	return *finger == '\0';
}

/* In the place of OpenSSL's own check. */
static int
look_at(X509_STORE_CTX *store, void *ctx)
{
	struct call *c = ctx;
	unsigned char sum[EVP_MAX_MD_SIZE];
	unsigned n = 0, i;
	bool good;

	if (X509_digest(X509_STORE_CTX_get0_cert(store), EVP_sha256(), sum,
		&n) != 1)
		return 0;
	for (i = 0; i < n; i++)
		(void)snprintf(c->finger + 2 * i, 3, "%02x", sum[i]);
	good = c->server->trust[0] == '\0' ? X509_verify_cert(store) == 1
					   : same(c->server->trust, c->finger);
	c->stranger = !good;
	X509_STORE_CTX_set_error(store,
	    good ? X509_V_OK : X509_V_ERR_CERT_UNTRUSTED);
	return good;
}

static CURLcode
take_over(CURL *curl, void *ssl, void *ctx)
{
	(void)curl;
	SSL_CTX_set_cert_verify_callback(ssl, look_at, ctx);
	return CURLE_OK;
}

/* As ssh-keygen writes it: base64 without its end. */
static int
look_at_key(void *ctx, int type, const char *key, size_t n)
{
	struct call *c = ctx;
	unsigned char sum[EVP_MAX_MD_SIZE], text[100];
	unsigned len = 0;

	(void)type;
	if (EVP_Digest(key, n, sum, &len, EVP_sha256(), NULL) != 1)
		return CURLKHMATCH_MISMATCH;
	(void)EVP_EncodeBlock(text, sum, (int)len);
	text[strcspn((char *)text, "=")] = '\0';
	(void)snprintf(c->finger, sizeof(c->finger), "SHA256:%s", text);
	c->stranger = strcmp(c->finger, c->server->trust) != 0;
	return c->stranger ? CURLKHMATCH_MISMATCH : CURLKHMATCH_OK;
}

/* What all have in common.  NULL is no memory. */
static CURL *
prepare(struct call *c)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	const struct post_server *s = c->server;
	CURL *h;

	(void)pthread_once(&once, begin_curl);
	if ((h = curl_easy_init()) == NULL)
		abort();
	(void)curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
	(void)curl_easy_setopt(h, CURLOPT_PROXY, "");
	(void)curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR,
	    "smtp,smtps,ftp,ftps,sftp");
	(void)curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, 20L);
	(void)curl_easy_setopt(h, CURLOPT_SERVER_RESPONSE_TIMEOUT,
	    c->letter != NULL ? 120L : 30L);
	(void)curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, 1L);
	(void)curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, 30L);
	(void)curl_easy_setopt(h, CURLOPT_NOPROGRESS, 0L);
	(void)curl_easy_setopt(h, CURLOPT_XFERINFOFUNCTION, go_on);
	(void)curl_easy_setopt(h, CURLOPT_XFERINFODATA, c);
	(void)curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, hear);
	(void)curl_easy_setopt(h, CURLOPT_HEADERDATA, c);
	(void)curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, swallow);
	(void)curl_easy_setopt(h, CURLOPT_READDATA, c);
	(void)curl_easy_setopt(h, CURLOPT_UPLOAD, 1L);
	(void)curl_easy_setopt(h, CURLOPT_USE_SSL,
	    s->security == POST_PLAIN ? CURLUSESSL_NONE : CURLUSESSL_ALL);
	(void)curl_easy_setopt(h, CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2);
	(void)curl_easy_setopt(h, CURLOPT_SSL_CTX_FUNCTION, take_over);
	(void)curl_easy_setopt(h, CURLOPT_SSL_CTX_DATA, c);
	(void)curl_easy_setopt(h, CURLOPT_SSL_VERIFYHOST,
	    s->trust[0] == '\0' ? 2L : 0L);
	(void)curl_easy_setopt(h, CURLOPT_SSH_AUTH_TYPES,
	    (long)(CURLSSH_AUTH_PASSWORD | CURLSSH_AUTH_KEYBOARD));
	(void)curl_easy_setopt(h, CURLOPT_SSH_HOSTKEYFUNCTION, look_at_key);
	(void)curl_easy_setopt(h, CURLOPT_SSH_HOSTKEYDATA, c);
	if (s->user[0] != '\0') {
		(void)curl_easy_setopt(h, CURLOPT_USERNAME, s->user);
		(void)curl_easy_setopt(h, CURLOPT_PASSWORD, s->password);
	}
	return h;
}

/* The word for how it ended. */
static const char *
word(const struct call *c, CURLcode code)
{
	size_t i;

	if (code == CURLE_OK)
		return "";
	if (c->stranger)
		return c->server->security == POST_SSH ? "host-key"
						       : "certificate";
	for (i = 0; i < MEWS_LEN(words); i++)
		if (words[i].code == code)
			return words[i].why;
	return "protocol";
}

static void
fill(const struct call *c, CURLcode code, struct post_end *end)
{
	const char *said = c->worse[0] != '\0' ? c->worse : c->said;

	*end = (struct post_end){ .why = word(c, code) };
	if (code == CURLE_OK)
		said = c->said;
	else if (c->stranger || strcmp(end->why, "certificate") == 0)
		said = c->finger;
	else if (code == CURLE_OPERATION_TIMEDOUT)
		said = "";
	(void)snprintf(end->said, sizeof(end->said), "%s", said);
}

/* "smtp://host:25", with the brackets of an address of six. */
static int
address(char *url, const char *scheme, const struct post_server *s)
{
	bool six = strchr(s->host, ':') != NULL;

	return snprintf(url, URL, "%s://%s%s%s:%d", scheme, six ? "[" : "",
	    s->host, six ? "]" : "", s->port);
}

/* By the digit that the answer of a mail server begins with; 53x is about who
 * signs in, and not about the mail (RFC 4954, section 6). */
static enum mews_rc
judge(const struct call *c, CURLcode code, struct post_end *end)
{
	if (code == CURLE_OK)
		return MEWS_OK;
	if (c->handed && !c->answered) {
		end->unknown = true;
		end->why = "lost";
		return MEWS_FAIL;
	}
	if (code == CURLE_LOGIN_DENIED || c->stranger || c->worse[0] == '\0' ||
	    code == CURLE_USE_SSL_FAILED)
		return MEWS_AGAIN;
	if (strncmp(c->worse, "53", 2) == 0) {
		end->why = "login";
		return MEWS_AGAIN;
	}
	end->why = c->worse[0] == '5' ? "refused" : "later";
	return c->worse[0] == '5' ? MEWS_BAD : MEWS_AGAIN;
}

enum mews_rc
post_letter(const struct post_server *s, const struct post_letter *l,
    struct post_end *end)
{
	struct call c = { .server = s, .letter = l, .fd = -1 };
	struct curl_slist *to = NULL;
	char url[URL], from[300], rcpt[300];
	CURLcode code;
	CURL *h;

	if (s->security == POST_PLAIN && s->user[0] != '\0') {
		*end = (struct post_end){ .why = "open" };
		return MEWS_AGAIN;
	}
	(void)address(url, s->security == POST_TLS ? "smtps" : "smtp", s);
	(void)snprintf(from, sizeof(from), "<%s>", l->from);
	(void)snprintf(rcpt, sizeof(rcpt), "<%s>", l->to);
	h = prepare(&c);
	if ((to = curl_slist_append(NULL, rcpt)) == NULL)
		abort();
	(void)curl_easy_setopt(h, CURLOPT_URL, url);
	(void)curl_easy_setopt(h, CURLOPT_MAIL_FROM, from);
	(void)curl_easy_setopt(h, CURLOPT_MAIL_RCPT, to);
	(void)curl_easy_setopt(h, CURLOPT_READFUNCTION, give_letter);
	code = curl_easy_perform(h);
	fill(&c, code, end);
	curl_slist_free_all(to);
	curl_easy_cleanup(h);
	return judge(&c, code, end);
}

/* What follows the transfer: the old file goes, the new gets its name; or, of a
 * test, the new goes.  FTP is in the folder then. */
static struct curl_slist *
afterwards(const struct post_server *s, const struct post_file *f,
    const char *base)
{
	char path[URL] = "", line[2 * URL + 64];
	struct curl_slist *list = NULL;
	bool ssh = s->security == POST_SSH;

	if (ssh)
		post_path_folder(path, sizeof(path), s, f, false);
	if (f->fd < 0)
		(void)snprintf(line, sizeof(line), "%s %s.%s.part",
		    ssh ? "rm" : "DELE", path, base);
	else
		(void)snprintf(line, sizeof(line), "*%s %s%s",
		    ssh ? "rm" : "DELE", path, base);
	list = curl_slist_append(list, line);
	if (f->fd < 0)
		return list;
	(void)snprintf(line, sizeof(line), "%s %s.%s.part%s%s%s",
	    ssh ? "rename" : "RNFR", path, base, ssh ? " " : "",
	    ssh ? path : "", ssh ? base : "");
	list = curl_slist_append(list, line);
	if (!ssh) {
		(void)snprintf(line, sizeof(line), "RNTO %s", base);
		list = curl_slist_append(list, line);
	}
	return list;
}

enum mews_rc
post_file(const struct post_server *s, const struct post_file *f,
    struct post_end *end)
{
	const char *slash = strrchr(f->name, '/');
	const char *base = slash == NULL ? f->name : slash + 1;
	struct call c = { .server = s, .fd = f->fd };
	struct curl_slist *after = afterwards(s, f, base);
	char url[URL], part[300];
	CURLcode code;
	CURL *h;

	(void)address(url,
	    s->security == POST_SSH       ? "sftp"
		: s->security == POST_TLS ? "ftps"
					  : "ftp",
	    s);
	post_path_folder(url, sizeof(url), s, f, true);
	(void)snprintf(part, sizeof(part), ".%s.part", base);
	post_path_add(url, sizeof(url), part, true);
	h = prepare(&c);
	(void)curl_easy_setopt(h, CURLOPT_URL, url);
	(void)curl_easy_setopt(h, CURLOPT_FTP_CREATE_MISSING_DIRS,
	    (long)CURLFTP_CREATE_DIR_RETRY);
	(void)curl_easy_setopt(h, CURLOPT_READFUNCTION, give_file);
	(void)curl_easy_setopt(h, CURLOPT_POSTQUOTE, after);
	code = curl_easy_perform(h);
	fill(&c, code, end);
	curl_slist_free_all(after);
	curl_easy_cleanup(h);
	return code == CURLE_OK ? MEWS_OK : MEWS_AGAIN;
}
