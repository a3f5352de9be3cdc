/*
 * letter.c - a mail as bytes.
 *
 * All texts are base64, in the head as well: so no text, whatever it holds, can
 * be mistaken for a line of the head, and no line is too long.
 */
#include "letter.h"
#include "calendar.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#define LINE 57 /* bytes that are 76 letters */
#define WORD 42 /* bytes of an encoded word, which has 75 letters at most */

static void
put64(struct mews_buf *out, const unsigned char *p, size_t n)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz0123456789+/";
	char four[4];
	unsigned v;
	size_t i;

	for (i = 0; i < n; i += 3) {
		v = (unsigned)p[i] << 16;
		v |= i + 1 < n ? (unsigned)p[i + 1] << 8 : 0;
		v |= i + 2 < n ? (unsigned)p[i + 2] : 0;
		four[0] = set[v >> 18];
		four[1] = set[v >> 12 & 63];
		four[2] = i + 1 < n ? set[v >> 6 & 63] : '=';
		four[3] = i + 2 < n ? set[v & 63] : '=';
		mews_buf_put(out, four, 4);
	}
}

static void
put_lines(struct mews_buf *out, const void *bytes, size_t n)
{
	const unsigned char *p = bytes;
	size_t len;

	for (; n > 0; n -= len, p += len) {
		len = n < LINE ? n : LINE;
		put64(out, p, len);
		mews_buf_str(out, "\r\n");
	}
}

/* Encoded words, none of which ends inside a character. */
static void
put_word(struct mews_buf *out, const char *text)
{
	size_t n = strlen(text), len;

	for (; n > 0; n -= len, text += len) {
		len = n < WORD ? n : WORD;
		while (len > 1 && len < n &&
		    ((unsigned char)text[len] & 0xc0) == 0x80)
			len--;
		mews_buf_str(out, "=?utf-8?B?");
		put64(out, (const unsigned char *)text, len);
		mews_buf_str(out, len < n ? "?=\r\n " : "?=");
	}
}

/* RFC 5322's date, in UTC. */
static void
put_date(struct mews_buf *out, int64_t t)
{
	static const char days[] = "SunMonTueWedThuFriSat";
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	time_t at = (time_t)t;
	struct tm tm;

	(void)gmtime_r(&at, &tm);
	mews_buf_printf(out, "Date: %.3s, %d %.3s %d %02d:%02d:%02d +0000\r\n",
	    days + 3 * tm.tm_wday, tm.tm_mday, months + 3 * tm.tm_mon,
	    tm.tm_year + 1900, tm.tm_hour, tm.tm_min, tm.tm_sec);
}

static void
put_head(struct letter *l, const struct letter_head *h)
{
	mews_buf_str(&l->out, "From: ");
	put_word(&l->out, h->name);
	mews_buf_printf(&l->out, " <%s>\r\nTo: <%s>\r\nSubject: ", h->from,
	    h->to);
	put_word(&l->out, h->subject);
	mews_buf_str(&l->out, "\r\n");
	put_date(&l->out, h->made);
	mews_buf_printf(&l->out,
	    "Message-ID: <mews.%" PRId64 ".%" PRId64 "@%s>\r\n"
	    "Content-Language: %s\r\n"
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/mixed; boundary=\"%s\"\r\n",
	    h->made, h->id, strchr(h->from, '@') + 1, h->lang, l->edge);
}

static void
put_text(struct letter *l, const char *kind, const char *text)
{
	mews_buf_printf(&l->out,
	    "\r\n--%s-a\r\nContent-Type: text/%s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n",
	    l->edge, kind);
	put_lines(&l->out, text, strlen(text));
}

void
letter_begin(struct letter *l, const struct letter_head *h, const char *text,
    const char *html)
{
	/* base64 has no '_' */
	(void)snprintf(l->edge, sizeof(l->edge), "mews_%" PRId64 "_%" PRId64,
	    h->made, h->id);
	put_head(l, h);
	mews_buf_printf(&l->out,
	    "\r\n--%s\r\nContent-Type: multipart/alternative;"
	    " boundary=\"%s-a\"\r\n",
	    l->edge, l->edge);
	put_text(l, "plain", text);
	put_text(l, "html", html);
	mews_buf_printf(&l->out, "\r\n--%s-a--\r\n", l->edge);
}

void
letter_file(struct letter *l, const char *name, const void *bytes, size_t n)
{
	mews_buf_printf(&l->out,
	    "\r\n--%s\r\nContent-Type: text/csv; charset=utf-8\r\n"
	    "Content-Disposition: attachment; filename=\"%s\"\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n",
	    l->edge, name);
	put_lines(&l->out, bytes, n);
}

void
letter_end(struct letter *l)
{
	mews_buf_printf(&l->out, "\r\n--%s--\r\n", l->edge);
}

void
letter_clear(struct letter *l)
{
	mews_buf_clear(&l->out);
}
