/*
 * handshake.h - asks a web server of this machine which certificate it serves.
 */
#ifndef HANDSHAKE_H
#define HANDSHAKE_H

#include "mews.h"

/*
 * MEWS_OK when HOST:PORT (an address, not a name) proves in a TLS handshake
 * that it has the key of the certificate with that SHA-256 fingerprint;
 * MEWS_BAD when it serves another or does not answer within 2 s.
 */
enum mews_rc
handshake(const char *address, const char *fingerprint, struct mews_err *);

#endif
