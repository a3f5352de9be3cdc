/*
 * code.h - what the pages that take PINs and PUKs share.
 */
#ifndef CODE_H
#define CODE_H

#include "command.h"
#include "page.h"

#define CODE_TYPED 40 /* most bytes a person may type */
#define CODE       17 /* most digits, with NUL */

/*
 * The digits of a typed code without its blanks; "" when there is anything
 * else in it or too many.
 */
void code_digits(const char *typed, char out[CODE]);

/*
 * Sets the rows of Users: value, name, chosen; and Users.factory.
 */
enum mews_rc
code_users(struct page_ctx *, const char *chosen, struct mews_err *);

/*
 * Puts a form token for this visitor below Form.csrf, and the languages.
 */
void code_form(struct page_ctx *);

#endif
