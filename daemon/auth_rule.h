/*
 * auth_rule.h - which codes a person may choose, and the codes of the leaflet.
 */
#ifndef AUTH_RULE_H
#define AUTH_RULE_H

#include "account.h"

/*
 * The three users of a new box.  Every leaflet prints their codes: a PIN of five
 * equal digits, and a PUK of the digit four times between zeros.  They are made
 * when they are needed, so that no program holds them.
 */
struct auth_leaflet {
	const char *user;
	enum mews_role role;
	char digit;
};
#define AUTH_LEAFLETS  3
#define AUTH_PIN_LEAST 5
#define AUTH_PIN       16 /* most digits */
#define AUTH_PUK       14
extern const struct auth_leaflet auth_leaflet[AUTH_LEAFLETS];
void auth_leaflet_pin(const struct auth_leaflet *, char out[AUTH_PIN + 1]);
void auth_leaflet_puk(const struct auth_leaflet *, char out[AUTH_PUK + 1]);

/*
 * MEWS_BAD when the code may not be chosen; *why is then a word for the page:
 * pin-length, pin-obvious, pin-in-puk, puk-length, puk-obvious (the leaflet's
 * among them).  puk is the user's, "" when it is not known.
 */
enum mews_rc auth_rule_pin(const char *pin, const char *puk, const char **why,
    struct mews_err *);
enum mews_rc
auth_rule_puk(const char *puk, const char **why, struct mews_err *);

/*
 * A code that people guess first: one digit, even steps such as 12345 or 97531,
 * a part that repeats such as 12121, a date, one of the leaflet.
 */
bool auth_rule_obvious(const char *code);

#endif
