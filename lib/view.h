/*
 * view.h - values for a template, the words of a language, then the template.
 *
 * The only header that stands before ClearSilver; no other file of ours
 * includes one of its headers.  Pages and mails are made with it, so it stands
 * here, under the short names that pages say on every line.  Values are escaped
 * for HTML when rendered.  Names are ours, never a visitor's.
 */
#ifndef VIEW_H
#define VIEW_H

#include "buf.h"

#include <stdarg.h>

struct view;

/*
 * dir holds NAME.cs and lang/LANG.hdf, and must outlive the view.  Both are
 * read when they are first needed and kept.
 */
struct view *view_new(const char *dir);
void view_free(struct view *);

/*
 * Forgets the values of the last request; lang is en, it or fr.
 */
void view_begin(struct view *, const char *lang);

/*
 * Sets a value below the current node.
 */
void view_set(struct view *, const char *name, const char *);
void view_int(struct view *, const char *name, int64_t);

/*
 * What was set below the current node, "" when nothing; borrowed until it is
 * set again.
 */
const char *view_get(struct view *, const char *name);

/*
 * Makes name, or the i-th row of the list name, the current node until
 * view_up().
 */
void view_down(struct view *, const char *name);
void view_row(struct view *, const char *list, size_t i);
void view_up(struct view *);

/*
 * A text of the language, key below Lang, where '-' stands for '_'; English
 * when the language lacks it, "" when both do.  Borrowed until the view is freed.
 */
const char *view_word(struct view *, const char *key);

/*
 * Sets name to a sentence of the language with {0}, {1} ... filled in from the
 * texts that follow, which end with NULL.  A stretch between two '*' is to be
 * set bold: then name.a, name.b and name.c are what stands before, in and
 * behind it.
 */
void view_say(struct view *, const char *name, const char *key, ...);

/*
 * The same sentence as plain text, appended.
 */
void view_tell(struct view *, struct mews_buf *, const char *key, ...);
void view_vtell(struct view *, struct mews_buf *, const char *key, va_list);

/*
 * Appends NAME.cs rendered with the values.  MEWS_FAIL names file and mistake;
 * then out holds half a page.
 */
enum mews_rc view_render(struct view *, const char *name, struct mews_buf *out,
    struct mews_err *);

#endif
