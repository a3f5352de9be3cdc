/*
 * post.h - what the pages of mail, uploads and the network drive share.
 */
#ifndef POST_H
#define POST_H

#include "form.h"
#include "order.h"

#define POST_ROLES (1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR)

/*
 * The setting as it is, "" where it cannot be read: MEWS_SETTING_MOST + 1
 * bytes.
 */
void post_setting(const struct page_ctx *, const char *key, char *text);

/*
 * Appends a line of the draft that post_save() sends.
 */
void post_line(struct mews_buf *, const char *key, const char *value);

/*
 * Has mewsd take them, all or none; false, and the form says why, when it does
 * not.
 */
bool post_save(struct form *, const struct mews_buf *lines);

/*
 * Keeps a password that was typed in the field, forgets it where there is
 * nobody to sign in as; else it stays.  False, and the form says why, when
 * mews-courier does not answer.
 */
bool post_secret(struct form *, const char *field, const char *name,
    const char *user);

/*
 * Sets Form.known where a password of that name is kept.
 */
void post_known(struct page_ctx *, const char *name);

/*
 * Sets says to how an errand ended, in words: a word of daemon/post.h, and what
 * the server said.
 */
void post_say(struct page_ctx *, const char *why, const char *said);

/*
 * Below the current node: how a mail is, from the i-th of an answer to the
 * command mails.  True while it has not been tried.
 */
bool post_mail(struct page_ctx *, const struct mews_message *, size_t i);

/*
 * Sets the mail of that id below Test, and has the page come again while it is
 * on its way; nothing when id is "".
 */
void post_follow(struct page_ctx *, const char *id);

#endif
