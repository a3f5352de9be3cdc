/*
 * form.h - a form: what it shows, what was typed, what is wrong with it.
 *
 * Sets for templates/form.cs: Form.csrf, Form.done, Form.wrong (heading of the
 * summary), Form.bad.N.{field,text} and for each field
 * Form.field.NAME.{value,bad} and its choices
 * Form.field.NAME.group.N.{label,option.N.{value,text,chosen,off}}.
 *
 *	static const struct request_field fields[] = {
 *		{ "name", REQUEST_TEXT, FORM_MOST },
 *		FORM_FIELDS,
 *		{ NULL, REQUEST_WORD, 0 },
 *	};
 *	form_begin(&f, c);
 *	name = form_text(&f, "name", device->name);
 *	if (f.sent && name[0] == '\0')
 *		form_wrong(&f, "name", "devices.no_name", NULL);
 *	if (f.sent && f.nbad == 0) {
 *		rc = order_send(c, NULL, err, ..., NULL);
 *		if (rc == MEWS_OK) {
 *			form_go(c, "/devices", "saved");
 *			return MEWS_OK;
 *		}
 *		form_refused(&f, rc, err);
 *	}
 *
 * A field takes FORM_MOST bytes whatever it may hold, so that one that is too
 * long comes back with a sentence and not as an error page.
 */
#ifndef FORM_H
#define FORM_H

#include "page.h"

#define FORM_MOST 512

/* What every form carries, and what form_go() leads back with. */
#define FORM_FIELDS                                                            \
	{ "csrf", REQUEST_TOKEN, GATE_MASK }, { "done", REQUEST_WORD, 16 },    \
	{                                                                      \
		"at", REQUEST_DAY, 12                                          \
	}

struct form {
	struct page_ctx *c;
	bool sent;   /* it came in: what was typed is shown again */
	size_t nbad; /* mistakes so far; with the first the status is 400 */
	size_t group, option;
	const char *field, *chosen; /* whose choices are being listed */
};

/*
 * Once a request and form.  Says "Saved at 14:32" when form_go() led here.
 */
void form_begin(struct form *, struct page_ctx *);

/*
 * The value a field shows: what was typed, else the standard.  Borrowed from
 * the request or the caller.
 */
const char *form_text(struct form *, const char *name, const char *standard);

/*
 * A field for the text in to, which takes what was typed; the field says so
 * where that is longer than size - 1 bytes.
 */
void form_copy(struct form *, const char *name, char *to, size_t size);

/*
 * The same as a number in [min, max].  Where it is none, the field says so with
 * the sentence key, {0} being what was typed, {1} min and {2} max; then the
 * standard is returned.
 */
int64_t form_int(struct form *, const char *name, int64_t standard, int64_t min,
    int64_t max, const char *key);

/*
 * The choices of a field follow, the chosen one as form_text().  A group has a
 * label; choices in front of the first have none.  One that is off is shown
 * and cannot be chosen.
 */
const char *form_choose(struct form *, const char *name, const char *standard);
void form_group(struct form *, const char *label);
void form_option(struct form *, const char *value, const char *text, bool off);

/*
 * Says what is wrong with a field, or with the whole for "": a sentence of the
 * language with {0} ... from the texts that follow, which end with NULL.  Of a
 * field's mistakes the first is said.
 */
void form_wrong(struct form *, const char *name, const char *key, ...);

/*
 * Says in words that a door did not take it; the log has its sentence.
 */
void form_refused(struct form *, enum mews_rc, const struct mews_err *);

/*
 * 303 to a path of ours without query, where form_begin() then says "done.WORD"
 * with the time.
 */
void form_go(struct page_ctx *, const char *path, const char *word);

#endif
