/*
 * auth_user.h - what the administrator does with users.
 */
#ifndef AUTH_USER_H
#define AUTH_USER_H

#include "auth_call.h"

/*
 * Serve user-list, user-get, user-add, user-set, user-pin and user-remove.
 * What the rules do not allow is MEWS_BAD with why=: those of auth_change.h,
 * name (not a name, or reserved), name-taken, too-many, role, lang, theme,
 * rights, rights-of-administrator, what, both (a user with the leaflet's codes
 * needs two new ones), leaflet (give codes first), oneself, last-administrator.
 */
enum mews_rc auth_user_list(const struct auth_call *, struct mews_err *);
enum mews_rc auth_user_get(const struct auth_call *, struct mews_err *);
enum mews_rc auth_user_add(const struct auth_call *, struct mews_err *);
enum mews_rc auth_user_set(const struct auth_call *, struct mews_err *);
enum mews_rc auth_user_pin(const struct auth_call *, struct mews_err *);
enum mews_rc auth_user_remove(const struct auth_call *, struct mews_err *);

#endif
