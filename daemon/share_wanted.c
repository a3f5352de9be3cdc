/*
 * share_wanted.c - writes what network drive and FTP server are to be.
 *
 * Their one password is made here and told once; it stands in the wanted state
 * until that is carried out, and nowhere else.  No code of a user is ever it.
 */
#include "share_wanted.h"
#include "setting.h"
#include "wanted.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#define SHARE    "share"
#define PASSWORD 20    /* letters */
#define FORM     16384 /* bytes of a configuration before it is filled in */

static enum mews_rc
make_password(char text[PASSWORD + 1], struct mews_err *err)
{
	/* 32 letters that are not taken for each other: 5 bits each */
	static const char set[] = "abcdefghijkmnpqrstuvwxyz23456789";
	unsigned char random[PASSWORD];
	size_t i;

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return mews_fail(err, MEWS_FAIL, "no random numbers");
	for (i = 0; i < PASSWORD; i++)
		text[i] = set[random[i] % 32];
	text[PASSWORD] = '\0';
	explicit_bzero(random, sizeof(random));
	return MEWS_OK;
}

static const char *
value_of(const char *name, const char *const *pairs)
{
	for (; pairs[0] != NULL; pairs += 2)
		if (strcmp(pairs[0], name) == 0)
			return pairs[1];
	return NULL;
}

/* The configuration that came with the program, with @NAME@ filled in. */
static enum mews_rc
put_conf(const struct mews_place *place, const char *name,
    const char *const *pairs, struct mews_err *err)
{
	char path[MEWS_PATH + 64], text[FORM], *p = text, *end, *at;
	struct mews_buf out = { 0 };
	struct mews_message head;
	const char *value;
	enum mews_rc rc;
	size_t n = 0;
	FILE *file;

	(void)snprintf(path, sizeof(path), "%s/servers/%s.in", place->share,
	    name);
	if ((file = fopen(path, "re")) != NULL) {
		n = fread(text, 1, sizeof(text) - 1, file);
		(void)fclose(file);
	}
	if (n == 0)
		return mews_fail(err, MEWS_FAIL, "%s cannot be read", path);
	text[n] = '\0';
	while ((at = strchr(p, '@')) != NULL &&
	    (end = strchr(at + 1, '@')) != NULL) {
		mews_buf_put(&out, p, (size_t)(at - p));
		*end = '\0';
		value = value_of(at + 1, pairs);
		mews_buf_str(&out, value == NULL ? "" : value);
		p = end + 1;
	}
	mews_buf_str(&out, p);
	mews_message_init(&head, "conf");
	rc = wanted_put(place, name, &head, out.s, out.n, err);
	mews_message_clear(&head);
	mews_buf_clear(&out);
	return rc;
}

/* All three files; a password that waits to be carried out stays. */
static enum mews_rc
want(struct mewsd *d, const char *password, struct mews_err *err)
{
	char smb[MEWS_SETTING_MOST + 1], ftp[MEWS_SETTING_MOST + 1];
	char smb_port[MEWS_SETTING_MOST + 1], ftp_port[MEWS_SETTING_MOST + 1];
	char folder[MEWS_PATH], tls[MEWS_PATH];
	const char *pairs[] = { "FORCE", NULL, "FOLDER", folder, "TLS", tls,
		"ETC", MEWS_ETC_DIR, "SMB_PORT", smb_port, "FTP_PORT", ftp_port,
		NULL };
	struct mews_message head, was = { .n = 0 };
	struct mews_buf unused = { 0 };
	enum mews_rc rc;

	if ((rc = mews_setting_get(d->config, "share_smb", smb, err)) !=
		MEWS_OK ||
	    (rc = mews_setting_get(d->config, "share_ftp", ftp, err)) !=
		MEWS_OK ||
	    (rc = mews_setting_get(d->config, "share_smb_port", smb_port,
		 err)) != MEWS_OK ||
	    (rc = mews_setting_get(d->config, "share_ftp_port", ftp_port,
		 err)) != MEWS_OK)
		return rc;
	(void)mews_place_path(&d->place, MEWS_FOLDER, folder);
	(void)mews_place_path(&d->place, MEWS_TLS, tls);
	pairs[1] = strcmp(ftp, "plain") == 0 ? "NO" : "YES";
	mews_message_init(&head, SHARE);
	mews_message_set(&head, "smb", smb);
	mews_message_set(&head, "ftp", ftp);
	if (password == NULL &&
	    wanted_get(&d->place, SHARE, &was, &unused, err) == MEWS_OK)
		mews_message_set(&head, "password",
		    mews_message_get(&was, "password"));
	else if (password != NULL)
		mews_message_set(&head, "password", password);
	mews_message_clear(&was);
	mews_buf_clear(&unused);
	if ((rc = put_conf(&d->place, "smb.conf", pairs, err)) == MEWS_OK &&
	    (rc = put_conf(&d->place, "vsftpd.conf", pairs, err)) == MEWS_OK)
		rc = wanted_put(&d->place, SHARE, &head, NULL, 0, err);
	mews_message_clear(&head);
	return rc;
}

static void
tell(struct mewsd *d, const struct door_caller *caller, const char *kind,
    const char *a, const char *b)
{
	struct mews_event e;

	mews_event_set(&e, kind, NULL);
	(void)snprintf(e.who, sizeof(e.who), "%s", caller->user);
	mews_event_arg(&e, 0, "%s", a);
	mews_event_arg(&e, 1, "%s", b);
	service_event(d->service, &e);
}

static enum mews_rc
set(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_err *err)
{
	const char *smb = mews_message_get(m, "smb");
	const char *ftp = mews_message_get(m, "ftp");
	enum mews_rc rc = mews_db_begin(d->config, err);

	if (rc != MEWS_OK)
		return rc;
	if ((rc = mews_setting_set(d->config, "share_smb", smb, err)) ==
		MEWS_OK &&
	    (rc = mews_setting_set(d->config, "share_ftp", ftp, err)) ==
		MEWS_OK)
		rc = want(d, NULL, err);
	if ((rc = mews_db_end(d->config, rc, err)) == MEWS_OK)
		tell(d, caller, "share-changed", smb, ftp);
	return rc;
}

enum mews_rc
share_wanted_serve(struct mewsd *d, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	char password[PASSWORD + 1];
	enum mews_rc rc;

	if (strcmp(m->word, "share-set") == 0)
		return set(d, caller, m, err);
	if ((rc = make_password(password, err)) != MEWS_OK)
		return rc;
	if ((rc = want(d, password, err)) == MEWS_OK) {
		mews_message_set(answer, "password", password);
		tell(d, caller, "share-password", "", "");
	}
	explicit_bzero(password, sizeof(password));
	return rc;
}
