/*
 * auth_window.h - how long the codes of the leaflet may be used.
 */
#ifndef AUTH_WINDOW_H
#define AUTH_WINDOW_H

#include "auth_code.h"

/*
 * Whether a user that still has the codes of the leaflet may sign in now: for
 * the minutes of the setting setup_minutes after the box was switched on, and
 * after the codes were made or reset; 0: always.
 */
bool
auth_window_open(const struct auth *, const struct mews_user *, int64_t now);

#endif
