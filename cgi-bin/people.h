/*
 * people.h - what the pages of people share: how mews-auth's lists read, how
 * users and codes are called, why a code or a name was not taken.
 */
#ifndef PEOPLE_H
#define PEOPLE_H

#include "code.h"
#include "form.h"
#include "order.h"

/*
 * A row of a list, whose words a blank stands between; at most max of them are
 * put into word, the rest stays in the last.  text is cut up.  Returns how many.
 */
size_t people_words(char *text, const char **word, size_t max);

/*
 * The i-th row NAMEi of an answer, to be cut up by people_words().
 */
#define PEOPLE_ROW 512
void people_row(const struct mews_message *, const char *name, size_t i,
    char out[PEOPLE_ROW]);

/*
 * "Administrator" for a role; "English" for a language, and what an account
 * without one is told.
 */
const char *people_role(struct page_ctx *, const char *role);
const char *people_lang(struct page_ctx *, const char *lang);

/*
 * "14:32" or "20 Nov 2025, 14:32", or "never" for 0.
 */
const char *people_time(struct page_ctx *, char *text, int64_t t);

/*
 * The choices of the fields lang and theme; what was chosen is returned.
 */
const char *people_choose_lang(struct form *, const char *now);
const char *people_choose_theme(struct form *, const char *now);

/*
 * A PUK as it is printed, 12345 6789 01234; a PIN as it is.
 */
#define PEOPLE_CODE 20
void people_code(const char *digits, char out[PEOPLE_CODE]);

/*
 * Says beside the field why mews-auth did not take it: the answer's why where
 * rc is MEWS_BAD, that one has to wait where it is MEWS_AGAIN with wait.  Else
 * form_refused().
 */
void people_refused(struct form *, const struct mews_message *answer,
    enum mews_rc, const struct mews_err *);

/*
 * "40 seconds", "10 minutes": appended to what has to wait.
 */
void people_wait(struct page_ctx *, int64_t seconds, char out[64]);

/*
 * A field pin_new and what was typed a second time in pin_again, both digits
 * only; "" when something is wrong, which is said.  Empty is wrong unless
 * optional.
 */
bool people_new_pin(struct form *, bool optional, char pin[CODE]);

#endif
