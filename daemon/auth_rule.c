/*
 * auth_rule.c - what makes a code obvious, as rules instead of a list.
 *
 * Five tries at a five-digit PIN are a chance of 5 in 100,000 only if people
 * do not choose what others try first.
 */
#include "auth_rule.h"

#include <string.h>

const struct auth_leaflet auth_leaflet[AUTH_LEAFLETS] = {
	{ "administrator", MEWS_ADMINISTRATOR, '9' },
	{ "installer", MEWS_INSTALLER, '5' },
	{ "user", MEWS_USER, '1' },
};

/* How people write dates: d day, m month, y year. */
static const char *const dates[] = {
	"ddmmy",
	"ddmmyy",
	"mmddyy",
	"yymmdd",
	"ddmmyyyy",
	"mmddyyyy",
	"yyyymmdd",
};

void
auth_leaflet_pin(const struct auth_leaflet *l, char out[AUTH_PIN + 1])
{
	memset(out, l->digit, AUTH_PIN_LEAST);
	out[AUTH_PIN_LEAST] = '\0';
}

void
auth_leaflet_puk(const struct auth_leaflet *l, char out[AUTH_PUK + 1])
{
	memset(out, '0', AUTH_PUK);
	memset(out + 5, l->digit, 4);
	out[AUTH_PUK] = '\0';
}

/* The PINs are obvious by themselves. */
static bool
printed(const char *code)
{
	char puk[AUTH_PUK + 1];
	size_t i;

	for (i = 0; i < AUTH_LEAFLETS; i++) {
		auth_leaflet_puk(&auth_leaflet[i], puk);
		if (strcmp(code, puk) == 0)
			return true;
	}
	return false;
}

/* The same difference from digit to digit, 0 following 9. */
static bool
stepping(const char *code)
{
	size_t i;

	for (i = 2; code[i] != '\0'; i++)
		if ((code[i] - code[i - 1] + 10) % 10 !=
		    (code[1] - code[0] + 10) % 10)
			return false;
	return true;
}

/* A part of at most half the length over and over, the last one cut. */
static bool
repeating(const char *code)
{
	size_t n = strlen(code), part;

	for (part = 1; part <= n / 2; part++)
		if (memcmp(code, code + part, n - part) == 0)
			return true;
	return false;
}

/* The number in the places of a letter of the form; none: 0. */
static int
number(const char *code, const char *form, char letter)
{
	int n = 0;

	for (; *form != '\0'; form++, code++)
		if (*form == letter)
			n = n * 10 + (*code - '0');
	return n;
}

static bool
is_date(const char *code, const char *form)
{
	static const int days[] = { 0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31,
		30, 31 };
	int day, month, year;

	if (strlen(code) != strlen(form))
		return false;
	day = number(code, form, 'd');
	month = number(code, form, 'm');
	year = number(code, form, 'y');
	if (month < 1 || month > 12 || day < 1 || day > days[month])
		return false;
	return strstr(form, "yyyy") == NULL || (year >= 1900 && year < 2100);
}

bool
auth_rule_obvious(const char *code)
{
	size_t i;

	for (i = 0; i < MEWS_LEN(dates); i++)
		if (is_date(code, dates[i]))
			return true;
	return printed(code) || stepping(code) || repeating(code);
}

static bool
sized(const char *code, size_t least, size_t most)
{
	size_t n = strlen(code);

	return n >= least && n <= most && code[strspn(code, "0123456789")] == 0;
}

static enum mews_rc
refuse(const char *word, const char **why, struct mews_err *err)
{
	*why = word;
	return mews_fail(err, MEWS_BAD, "%s", word);
}

enum mews_rc
auth_rule_pin(const char *pin, const char *puk, const char **why,
    struct mews_err *err)
{
	if (!sized(pin, AUTH_PIN_LEAST, AUTH_PIN))
		return refuse("pin-length", why, err);
	if (auth_rule_obvious(pin))
		return refuse("pin-obvious", why, err);
	if (strstr(puk, pin) != NULL)
		return refuse("pin-in-puk", why, err);
	return MEWS_OK;
}

enum mews_rc
auth_rule_puk(const char *puk, const char **why, struct mews_err *err)
{
	if (!sized(puk, AUTH_PUK, AUTH_PUK))
		return refuse("puk-length", why, err);
	if (auth_rule_obvious(puk))
		return refuse("puk-obvious", why, err);
	return MEWS_OK;
}
