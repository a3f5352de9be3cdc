/*
 * certificate_apart.c - the judge behind a wall.
 *
 * In seccomp's strict mode (prctl(2)) a process has read, write and exit, and
 * is killed at anything else; so its memory is fetched before, and what a text
 * could wish for beyond that ends it.
 */
#include "certificate.h"
#include "message.h"

#include <errno.h>
#include <grp.h>
#include <linux/seccomp.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#define HEAP   (8 << 20)
#define NOBODY 65534
#define ANSWER (CERTIFICATE_TEXT * 2)

struct question {
	const char *text;
	size_t n;
	const struct certificate_known *known;
	int64_t now;
};

/* A fresh heap that neither grows nor shrinks. */
static bool
fetch_memory(void)
{
	void *p;

	(void)mallopt(M_MMAP_MAX, 0);
	(void)mallopt(M_TRIM_THRESHOLD, 2 * HEAP);
	(void)mallopt(M_TOP_PAD, HEAP);
	p = malloc(HEAP);
	free(p);
	return p != NULL;
}

/* Nobody, who can do nothing.  Sanitizers need more than strict mode has. */
static bool
enter(int out)
{
	const struct rlimit cpu = { 5, 5 };
	int fd;

	for (fd = 0; fd < 64; fd++)
		if (fd != out)
			(void)close(fd);
	if (geteuid() == 0 &&
	    (setgroups(0, NULL) != 0 ||
		setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
		setresuid(NOBODY, NOBODY, NOBODY) != 0))
		return false;
	(void)setrlimit(RLIMIT_CPU, &cpu);
	if (!fetch_memory() || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return false;
#ifndef MEWS_SANITIZERS
	if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT) != 0)
		return false;
#endif
	return true;
}

static void
put_facts(struct mews_message *m, const struct certificate *c, int known)
{
	mews_message_set(m, "names", c->names);
	mews_message_set(m, "issuer", c->issuer);
	mews_message_set(m, "key", c->key);
	mews_message_set(m, "fingerprint", c->fingerprint);
	mews_message_set_int(m, "from", c->from);
	mews_message_set_int(m, "until", c->until);
	mews_message_set_int(m, "own", c->own);
	mews_message_set_int(m, "chain", c->chain);
	mews_message_set_int(m, "known", known);
}

static bool
write_all(int fd, const char *s, size_t n)
{
	ssize_t some = 1;

	for (; n > 0 && some > 0; s += some, n -= (size_t)some)
		some = write(fd, s, n);
	return n == 0;
}

/* In the child; does not come back. */
static void
judge(const struct question *q, int out)
{
	struct certificate c;
	struct mews_buf pem = { 0 }, line = { 0 };
	struct mews_message m;
	char why[CERTIFICATE_WHY];
	int known = -1;
	bool good = false;

	if (enter(out)) {
		good = certificate_judge(q->text, q->n, q->known, q->now, &c,
			   &pem, &known, why) == MEWS_OK;
		mews_message_init(&m, good ? "good" : "bad");
		if (good)
			put_facts(&m, &c, known);
		else
			mews_message_set(&m, "why", why);
		good = mews_message_write(&m, &line, NULL) == MEWS_OK &&
		    write_all(out, line.s, line.n) &&
		    write_all(out, pem.s, pem.n);
	}
	for (;;)
		(void)syscall(SYS_exit, good ? 0 : 1); /* not exit_group(2) */
}

static void
copy(char *to, size_t size, const struct mews_message *m, const char *name)
{
	(void)strncpy(to, mews_message_get(m, name), size - 1);
	to[size - 1] = '\0';
}

/* PEM of ours has no byte but these. */
static bool
is_pem(const char *s)
{
	return s[strspn(s,
		   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
		   "0123456789+/=- \n")] == '\0';
}

/* Takes what the child said; it may say anything. */
static enum mews_rc
take(char *text, struct certificate *c, struct mews_buf *pem, int *known,
    char why[CERTIFICATE_WHY])
{
	char *rest = strchr(text, '\n');
	struct mews_message m;
	enum mews_rc rc = MEWS_BAD;

	mews_message_init(&m, "");
	(void)strcpy(why, "broken");
	if (rest != NULL) {
		*rest++ = '\0';
		(void)mews_message_read(text, &m, NULL);
	}
	if (strcmp(m.word, "bad") == 0)
		copy(why, CERTIFICATE_WHY, &m, "why");
	if (strcmp(m.word, "good") == 0 && is_pem(rest)) {
		rc = MEWS_OK;
		why[0] = '\0';
		*c = (struct certificate){ .from =
					       mews_message_int(&m, "from", 0),
			.until = mews_message_int(&m, "until", 0),
			.own = mews_message_int(&m, "own", 0) == 1,
			.chain = (int)mews_message_int(&m, "chain", 0) };
		*known = (int)mews_message_int(&m, "known", -1);
		copy(c->names, sizeof(c->names), &m, "names");
		copy(c->issuer, sizeof(c->issuer), &m, "issuer");
		copy(c->key, sizeof(c->key), &m, "key");
		copy(c->fingerprint, sizeof(c->fingerprint), &m, "fingerprint");
		mews_buf_str(pem, rest);
	}
	mews_message_clear(&m);
	return rc;
}

static void
listen_to(int fd, struct mews_buf *said)
{
	char some[4096];
	ssize_t n;

	mews_buf_put(said, "", 0);
	while (((n = read(fd, some, sizeof(some))) > 0 ||
		   (n < 0 && errno == EINTR)) &&
	    said->n < ANSWER)
		if (n > 0)
			mews_buf_put(said, some, (size_t)n);
}

enum mews_rc
certificate_judge_apart(const char *text, size_t n,
    const struct certificate_known *known, int64_t now, struct certificate *c,
    struct mews_buf *pem, int *which, char why[CERTIFICATE_WHY])
{
	const struct question q = { text, n, known, now };
	struct mews_buf said = { 0 };
	enum mews_rc rc;
	int pipes[2], status = 1;
	pid_t pid;

	(void)strcpy(why, "broken");
	if (pipe(pipes) != 0)
		return MEWS_FAIL;
	if ((pid = fork()) == 0) {
		(void)close(pipes[0]);
		judge(&q, pipes[1]);
	}
	(void)close(pipes[1]);
	listen_to(pipes[0], &said);
	(void)close(pipes[0]);
	while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	rc = pid > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0
	    ? take(said.s, c, pem, which, why)
	    : MEWS_BAD;
	explicit_bzero(said.s, said.cap);
	mews_buf_clear(&said);
	return rc;
}
