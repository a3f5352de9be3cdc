/*
 * data_upload.c - passes a backup from elsewhere on to mewsd as it comes.
 *
 * It may be larger than the memory, and no page may write: what came is gone
 * from here once mewsd has it.  A file that is refused is read to its end all the
 * same, since a browser listens only then; its page says why.
 */
#include "draft.h"
#include "form.h"
#include "log.h"

#include <stdio.h>
#include <string.h>

#define PIECE 32768

static const struct request_field fields[] = {
	{ "file", REQUEST_FILE, REQUEST_PARTS },
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

struct way {
	struct page_ctx *c;
	int64_t at;
	enum mews_rc rc;
};

static enum mews_rc
send_piece(struct way *w, const char *bytes, size_t n, bool last,
    struct mews_err *err)
{
	struct mews_message m;
	enum mews_rc rc;

	mews_message_init(&m, "backup-bring");
	mews_message_set(&m, "token", w->c->who->token);
	mews_message_set_int(&m, "size", w->c->file->size);
	mews_message_set_int(&m, "last", last);
	rc = mews_draft_piece(w->c->place, &m, w->at, bytes, n, err);
	mews_message_clear(&m);
	w->at += (int64_t)n;
	return rc;
}

/* Once it is refused, nothing more is sent. */
static void
pass(struct way *w, const char *bytes, size_t n, bool last,
    struct mews_err *err)
{
	size_t some;

	do {
		some = n < MEWS_DRAFT_PIECE ? n : MEWS_DRAFT_PIECE;
		if (w->rc == MEWS_OK)
			w->rc =
			    send_piece(w, bytes, some, last && some == n, err);
		bytes += some;
		n -= some;
	} while (n > 0);
}

/* All of the file; what may be the beginning of the mark waits for more. */
static void
pass_file(struct way *w, struct mews_err *err)
{
	static char bytes[PIECE + REQUEST_BODY + REQUEST_MARK];
	struct page_file *f = w->c->file;
	size_t n = f->n, mark = strlen(f->mark), came;
	const char *end;

	(void)memcpy(bytes, f->begun, n);
	while ((end = memmem(bytes, n, f->mark, mark)) == NULL) {
		if (n >= mark) {
			pass(w, bytes, n - mark + 1, false, err);
			(void)memmove(bytes, bytes + n - mark + 1, mark - 1);
			n = mark - 1;
		}
		if ((came = f->read(f->arg, bytes + n, PIECE)) == 0) {
			w->rc = mews_fail(err, MEWS_BAD, "it broke off");
			return;
		}
		n += came;
	}
	pass(w, bytes, (size_t)(end - bytes), true, err);
	/* what stands behind is read too */
	while (f->read(f->arg, bytes, PIECE) > 0)
		;
}

static void
forget(struct way *w)
{
	struct mews_err err;

	w->at = 0;
	w->c->file->size = 0;
	(void)send_piece(w, "", 0, false, &err);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct way w = { .c = c };

	if (c->file->n == 0)
		return mews_fail(err, MEWS_BAD, "there is no file");
	pass_file(&w, err);
	if (w.rc != MEWS_OK)
		mews_log(MEWS_LOG_WARNING, "a backup was not taken: %s",
		    err->text);
	if (w.rc == MEWS_BAD)
		forget(&w);
	reply_go(c->reply, "/system/upload");
	return MEWS_OK;
}

const struct page data_upload = {
	.path = "/system/upload/file",
	.methods = PAGE_POST,
	.roles = 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.flows = true,
	.fields = fields,
	.show = show,
};
