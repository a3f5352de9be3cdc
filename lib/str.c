/*
 * str.c - strtoll and its family, with the traps closed.
 */
#include "str.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool
mews_str_int(const char *s, int64_t min, int64_t max, int64_t *out)
{
	const char *digits = s[0] == '-' && min < 0 ? s + 1 : s;
	char *end;
	long long n;

	if (digits[0] < '0' || digits[0] > '9')
		return false;
	errno = 0;
	n = strtoll(s, &end, 10);
	if (*end != '\0' || errno != 0 || n < min || n > max)
		return false;
	*out = n;
	return true;
}

bool
mews_str_double(const char *s, double *out)
{
	char *end;
	double d;

	if (s[0] == '\0' || s[strspn(s, "+-0123456789.eE")] != '\0')
		return false;
	d = strtod(s, &end);
	if (end == s || *end != '\0' || !isfinite(d))
		return false;
	*out = d;
	return true;
}

bool
mews_str_fixed(const char *s, int decimals, int64_t *out)
{
	bool minus = s[0] == '-', any = false, point = false;
	int64_t n = 0;
	const char *p;

	for (p = s + minus; *p != '\0'; p++) {
		if (*p == '.' && !point) {
			point = true;
			continue;
		}
		if (*p < '0' || *p > '9')
			return false;
		any = true;
		if (point && decimals-- <= 0) {
			/* the first digit that is cut rounds, others do not */
			if (decimals == -1 && *p >= '5')
				n++;
			continue;
		}
		if (n > (INT64_MAX - 10) / 10)
			return false;
		n = n * 10 + (*p - '0');
	}
	for (; decimals > 0; decimals--) {
		if (n > INT64_MAX / 10)
			return false;
		n *= 10;
	}
	if (!any)
		return false;
	*out = minus ? -n : n;
	return true;
}

bool
mews_str_copy(char *to, size_t size, const char *s)
{
	size_t n = strlen(s);

	if (n >= size)
		return false;
	memcpy(to, s, n + 1);
	return true;
}

bool
mews_str_word(const char *s, size_t max)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-");

	return n > 0 && n <= max && s[n] == '\0' && s[0] >= 'a' && s[0] <= 'z';
}

/* Bytes of the character at p, 0 when it is malformed or a control. */
static size_t
character(const unsigned char *p, size_t n)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t len = p[0] < 0x80 ? 1
	    : p[0] < 0xc2        ? 0
	    : p[0] < 0xe0        ? 2
	    : p[0] < 0xf0        ? 3
	    : p[0] < 0xf5        ? 4
				 : 0;
	uint32_t c = len == 1 ? p[0] : p[0] & (0xffu >> (len + 1));
	size_t i;

	if (len == 0 || len > n)
		return 0;
	for (i = 1; i < len; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least[len] || c > 0x10ffff || (c >= 0xd800 && c < 0xe000) ||
	    c < 0x20 || (c >= 0x7f && c < 0xa0))
		return 0;
	return len;
}

bool
mews_str_utf8(const char *s, size_t n)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t len;

	for (; n > 0; p += len, n -= len)
		if ((len = character(p, n)) == 0)
			return false;
	return true;
}

/* Takes the backslashes out of what follows a quote; the quote that ends it,
 * NULL when there is none. */
static char *
unquote(char *p)
{
	char *to = p;

	for (; *p != '"'; *to++ = *p++) {
		if (*p == '\\' && (p[1] == '"' || p[1] == '\\'))
			p++;
		if (*p == '\0')
			return NULL;
	}
	for (; to < p; to++)
		*to = '\0';
	return p;
}

size_t
mews_str_words(char *p, char **word, size_t max)
{
	size_t n = 0;
	char *end;

	for (;;) {
		p += strspn(p, " \t\r\n");
		if (*p == '\0' || *p == '#')
			return n;
		if (n == max)
			return max + 1;
		if (*p == '"') {
			if ((end = unquote(++p)) == NULL)
				return max + 1;
		} else
			end = p + strcspn(p, " \t\r\n");
		word[n++] = p;
		if (*end == '\0')
			return n;
		*end = '\0';
		p = end + 1;
	}
}
