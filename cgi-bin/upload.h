/*
 * upload.h - long texts with lines, typed or from a file.
 */
#ifndef UPLOAD_H
#define UPLOAD_H

#include "form.h"

#define UPLOAD_FIELDS                                                          \
	{ "text", REQUEST_FILE, REQUEST_PARTS },                               \
	{                                                                      \
		"file", REQUEST_FILE, REQUEST_PARTS                            \
	}

/*
 * The file where there is one, else the text, with line ends of ours; a last
 * line that is cut gets its own.  out is a string even when empty.
 */
void upload_take(const struct request *, struct mews_buf *out);

/*
 * True when it is UTF-8 with no other controls than line ends and tabs: what a
 * browser can be given.
 */
bool upload_shown(const char *text);

/*
 * Says of a field what a reader of lib/ said of a text: "PATH:12: the mistake
 * 'word'" becomes the line and the sentence of the language about that word,
 * or, where the language has none, a quotation.
 */
void upload_mistake(struct form *, const char *field, const char *sentence);

#endif
