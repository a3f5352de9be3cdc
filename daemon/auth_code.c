/*
 * auth_code.c - hashing with libargon2 and libcrypto; the pepper's file.
 *
 * A PIN has so few values that a stolen table would be tried through in an
 * hour: the pepper is what guards it, the slow hash is what is left when both
 * are stolen.  The 19 MiB are mapped for one hash and given back at once.
 */
#include "auth_code.h"
#include "schema.h"

#include <argon2.h>
#include <errno.h>
#include <fcntl.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#define MEMORY_KIB 19456
#define PASSES     2
#define LANES      1

enum mews_rc
auth_code_random(uint8_t *out, size_t n, struct mews_err *err)
{
	/* up to 256 bytes come whole once the kernel is seeded */
	if (getrandom(out, n, 0) != (ssize_t)n)
		return mews_fail(err, MEWS_FAIL, "getrandom: %s",
		    strerror(errno));
	return MEWS_OK;
}

enum mews_rc
auth_code_digest(const char *text, uint8_t out[MEWS_HASH], struct mews_err *err)
{
	if (EVP_Digest(text, strlen(text), out, NULL, EVP_sha256(), NULL) != 1)
		return mews_fail(err, MEWS_FAIL, "SHA-256 failed");
	return MEWS_OK;
}

/* Writes a new pepper under another name first, so that it is whole or not
 * there. */
static enum mews_rc
make_pepper(const char *path, uint8_t pepper[AUTH_PEPPER], struct mews_err *err)
{
	char fresh[MEWS_PATH + 8];
	enum mews_rc rc;
	bool written;
	int fd;

	if ((rc = auth_code_random(pepper, AUTH_PEPPER, err)) != MEWS_OK)
		return rc;
	(void)snprintf(fresh, sizeof(fresh), "%s.new", path);
	(void)unlink(fresh);
	fd = open(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0400);
	if (fd < 0)
		return mews_fail(err, MEWS_FAIL, "%s: %s", fresh,
		    strerror(errno));
	written = write(fd, pepper, AUTH_PEPPER) == AUTH_PEPPER &&
	    fsync(fd) == 0 && rename(fresh, path) == 0;
	if (!written)
		rc = mews_fail(err, MEWS_FAIL, "%s: %s", path, strerror(errno));
	(void)close(fd);
	return rc;
}

/* MEWS_NONE when there is no pepper. */
static enum mews_rc
read_pepper(const char *path, uint8_t pepper[AUTH_PEPPER], struct mews_err *err)
{
	uint8_t bytes[AUTH_PEPPER + 1];
	enum mews_rc rc = MEWS_OK;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	ssize_t n;

	if (fd < 0)
		return mews_fail(err, errno == ENOENT ? MEWS_NONE : MEWS_FAIL,
		    "%s: %s", path, strerror(errno));
	n = read(fd, bytes, sizeof(bytes));
	if (n == AUTH_PEPPER)
		memcpy(pepper, bytes, AUTH_PEPPER);
	else
		rc = mews_fail(err, MEWS_FAIL, "%s: must hold %d bytes", path,
		    AUTH_PEPPER);
	explicit_bzero(bytes, sizeof(bytes));
	(void)close(fd);
	return rc;
}

static enum mews_rc
open_pepper(const struct mews_place *place, struct auth *a,
    struct mews_err *err)
{
	char path[MEWS_PATH];
	struct mews_user u;
	size_t users;
	enum mews_rc rc;

	(void)mews_place_path(place, MEWS_PEPPER, path);
	if ((rc = read_pepper(path, a->pepper, err)) != MEWS_NONE)
		return rc;
	if ((rc = mews_user_list(a->db, &u, 1, &users, err)) != MEWS_OK)
		return rc;
	if (users > 0)
		return mews_fail(err, MEWS_FAIL,
		    "%s is gone: the codes in auth.db cannot be checked", path);
	return make_pepper(path, a->pepper, err);
}

/* Makes the folder of auth.db, which nobody else may enter. */
static enum mews_rc
make_folder(const struct mews_place *place, struct mews_err *err)
{
	char path[MEWS_PATH];

	(void)mews_place_path(place, MEWS_AUTH_DB, path);
	*strrchr(path, '/') = '\0';
	if (mkdir(path, 0700) != 0 && errno != EEXIST)
		return mews_fail(err, MEWS_FAIL, "%s: %s", path,
		    strerror(errno));
	return MEWS_OK;
}

enum mews_rc
auth_code_open(const struct mews_place *place, struct auth *a,
    struct mews_err *err)
{
	enum mews_rc rc;

	*a = (struct auth){ .place = place };
	if ((rc = make_folder(place, err)) != MEWS_OK)
		return rc;
	rc = mews_schema_open(place, MEWS_AUTH_DB, MEWS_DB_WRITE, &a->db, err);
	if (rc == MEWS_OK)
		rc = mews_db_check(a->db, 0, err);
	if (rc == MEWS_OK)
		rc = open_pepper(place, a, err);
	if (rc != MEWS_OK)
		auth_code_close(a);
	return rc;
}

void
auth_code_close(struct auth *a)
{
	mews_db_close(a->db);
	a->db = NULL;
	explicit_bzero(a->pepper, sizeof(a->pepper));
}

static int
map(uint8_t **memory, size_t n)
{
	void *p = mmap(NULL, n, PROT_READ | PROT_WRITE,
	    MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	*memory = p == MAP_FAILED ? NULL : p;
	return p == MAP_FAILED ? ARGON2_MEMORY_ALLOCATION_ERROR : ARGON2_OK;
}

static void
unmap(uint8_t *memory, size_t n)
{
	(void)munmap(memory, n);
}

static enum mews_rc
argon(uint8_t key[MEWS_HASH], const uint8_t salt[MEWS_SALT],
    uint8_t out[MEWS_HASH], struct mews_err *err)
{
	uint8_t copy[MEWS_SALT];
	argon2_context c = { .out = out,
		.outlen = MEWS_HASH,
		.pwd = key,
		.pwdlen = MEWS_HASH,
		.salt = copy,
		.saltlen = MEWS_SALT,
		.t_cost = PASSES,
		.m_cost = MEMORY_KIB,
		.lanes = LANES,
		.threads = 1,
		.version = ARGON2_VERSION_13,
		.allocate_cbk = map,
		.free_cbk = unmap,
		.flags = ARGON2_FLAG_CLEAR_PASSWORD };
	int rc;

	memcpy(copy, salt, sizeof(copy));
	if ((rc = argon2id_ctx(&c)) != ARGON2_OK)
		return mews_fail(err, MEWS_FAIL, "Argon2id: %s",
		    argon2_error_message(rc));
	return MEWS_OK;
}

/* The hash of a user's code. */
static enum mews_rc
hash(const struct auth *a, const struct mews_user *u, const char *code,
    const uint8_t salt[MEWS_SALT], uint8_t out[MEWS_HASH], struct mews_err *err)
{
	char text[MEWS_USERNAME + 40];
	uint8_t key[MEWS_HASH];
	enum mews_rc rc;
	int n;

	n = snprintf(text, sizeof(text), "%s|%s",
	    u->bound[0] == '\0' ? u->name : u->bound, code);
	if (n < 0 || (size_t)n >= sizeof(text))
		rc = mews_fail(err, MEWS_FAIL, "a code is too long");
	else if (HMAC(EVP_sha256(), a->pepper, AUTH_PEPPER,
		     (const unsigned char *)text, (size_t)n, key, NULL) == NULL)
		rc = mews_fail(err, MEWS_FAIL, "HMAC failed");
	else
		rc = argon(key, salt, out, err);
	explicit_bzero(text, sizeof(text));
	explicit_bzero(key, sizeof(key));
	return rc;
}

enum mews_rc
auth_code_set(const struct auth *a, struct mews_user *u, enum mews_code what,
    const char *code, struct mews_err *err)
{
	struct mews_secret *s = &u->code[what];
	enum mews_rc rc = auth_code_random(s->salt, MEWS_SALT, err);

	return rc == MEWS_OK ? hash(a, u, code, s->salt, s->hash, err) : rc;
}

enum mews_rc
auth_code_check(const struct auth *a, const struct mews_user *u,
    const struct mews_secret *s, const char *code, struct mews_err *err)
{
	uint8_t is[MEWS_HASH];
	enum mews_rc rc = hash(a, u, code, s->salt, is, err);

	if (rc == MEWS_OK && CRYPTO_memcmp(is, s->hash, MEWS_HASH) != 0)
		rc = mews_fail(err, MEWS_DENIED, "wrong user or code");
	explicit_bzero(is, sizeof(is));
	return rc;
}
