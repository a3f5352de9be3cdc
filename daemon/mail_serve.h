/*
 * mail_serve.h - commands of mails and of the passwords that sinks need.
 */
#ifndef MAIL_SERVE_H
#define MAIL_SERVE_H

#include "sink.h"

/*
 * A sink's serve for mail-send, mails, secret-set and secrets.
 */
enum mews_rc mail_serve(const struct mews_place *, struct mews_db *courier,
    const struct door_caller *, const struct mews_message *,
    struct mews_message *answer, struct mews_err *);

#endif
