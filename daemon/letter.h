/*
 * letter.h - a mail as bytes: head, text, the same as HTML, files (RFC 5322,
 * 2045, 2047).
 */
#ifndef LETTER_H
#define LETTER_H

#include "buf.h"

struct letter_head {
	const char *name;      /* whom it comes from, as people call it */
	const char *from, *to; /* as mews_mail_address() takes them */
	const char *subject, *lang;
	int64_t id, made; /* of mail.h: the same mail has the same Message-ID */
};

struct letter {
	struct mews_buf out;
	char edge[40];
};

/*
 * Begins with text and html, both UTF-8; whatever a text has, it cannot end a
 * line of the head or a part.
 */
void letter_begin(struct letter *, const struct letter_head *, const char *text,
    const char *html);

/*
 * A CSV file; its name has letters, digits, '.', '-' and '_' only.
 */
void letter_file(struct letter *, const char *name, const void *, size_t n);
void letter_end(struct letter *);
void letter_clear(struct letter *);

#endif
