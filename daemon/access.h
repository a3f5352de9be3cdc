/*
 * access.h - which requests of which address may pass the gateway.
 *
 * Pure.  A PDU has at least its function.
 */
#ifndef ACCESS_H
#define ACCESS_H

#include "site.h"

/*
 * True for requests that cannot change anything in any device.
 */
bool access_reads(const uint8_t *pdu, size_t n);

/*
 * The first rule that holds address, unit and registers, when it allows the
 * request, else NULL; a PDU shorter than its function needs has no registers.
 */
const struct mews_gateway_rule *access_rule(const struct mews_gateway_rule *,
    size_t nrules, const uint8_t address[MEWS_ADDRESS], uint8_t unit,
    const uint8_t *pdu, size_t n);

/*
 * True when some rule lets the address do something.
 */
bool access_knows(const struct mews_gateway_rule *, size_t nrules,
    const uint8_t address[MEWS_ADDRESS]);

/*
 * The registers of a request, [first, last]; returns how many stretches there
 * are: 0 where the function names none, at most 2.
 */
struct access_span {
	int first, last;
};
size_t access_spans(const uint8_t *pdu, size_t n, struct access_span out[2]);

#endif
