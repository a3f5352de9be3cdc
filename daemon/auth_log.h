/*
 * auth_log.h - the security log, read by the administrator.
 */
#ifndef AUTH_LOG_H
#define AUTH_LOG_H

#include "auth_call.h"

/*
 * Serves audit-list.
 */
enum mews_rc auth_log_list(const struct auth_call *, struct mews_err *);

#endif
