/*
 * line.h - what the pages of a line share: its form, its state, its budget.
 */
#ifndef LINE_H
#define LINE_H

#include "form.h"

#define LINE_ROLES (1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR)

#define LINE_FIELDS                                                            \
	{ "name", REQUEST_TEXT, FORM_MOST }, { "kind", REQUEST_WORD, 8 },      \
	    { "path", REQUEST_TEXT, FORM_MOST },                               \
	    { "port", REQUEST_TEXT, FORM_MOST },                               \
	    { "baud", REQUEST_TEXT, FORM_MOST },                               \
	    { "parity", REQUEST_TEXT, FORM_MOST },                             \
	    { "stop", REQUEST_TEXT, FORM_MOST },                               \
	    { "timeout", REQUEST_TEXT, FORM_MOST },                            \
	{                                                                      \
		"pause", REQUEST_TEXT, FORM_MOST                               \
	}

/*
 * The form of a line with what it is now, or what was typed; what is wrong is
 * said beside the field.  The kind of *l is kept, the rest becomes what was
 * typed.  was: the name it has, "" of a new one.
 */
void line_form(struct form *, const char *was, struct mews_line *l);

/*
 * Has mewsd take a line that is right.  Leads to its page when it does, else
 * the form says why not.
 */
void line_send(struct form *, const char *was, const struct mews_line *);

/*
 * Sets below the current node: name, kind, settings, path, open (0 or 1), says
 * (its state in a sentence), devices, plates; trial (what is being tried, or
 * how it ended) with trial_kind and trying; load, round, many (sentences of
 * the budget) and much.  Page.again while something is tried.
 */
enum mews_rc
line_set(struct page_ctx *, const struct mews_line *, struct mews_err *);

/*
 * NULL when there is none.
 */
const struct mews_line *line_find(const struct page_ctx *, const char *name);

#endif
