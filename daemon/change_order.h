/*
 * change_order.h - a command that changes the site, on its way: for change*.c.
 */
#ifndef CHANGE_ORDER_H
#define CHANGE_ORDER_H

#include "change.h"

/*
 * All of it happens in one transaction of config.db, with the site as it is.
 */
struct order {
	struct change *c;
	const struct door_caller *caller;
	const struct mews_message *m;
	struct mews_message *answer;
	struct mews_site site;
	char meters[MEWS_PATH];
	bool again, told; /* what is left to do when it is in config.db */
	struct mews_event event;
	struct mews_err *err;
};

const char *change_field(const struct order *, const char *name);

/*
 * Returns rc; MEWS_BAD with the word for the page.
 */
enum mews_rc change_why(struct order *, enum mews_rc rc, const char *word);

/*
 * The event that is told once the change is in config.db.
 */
void change_tell(struct order *, const char *kind, const char *subject);

/*
 * The session's draft.
 */
enum mews_rc
change_draft(struct order *, const char *part, const struct mews_buf **out);

/*
 * Saves the site of the order; the service begins anew.
 */
enum mews_rc change_save(struct order *);

/*
 * MEWS_BAD when the device cannot be asked with its profile.
 */
enum mews_rc change_asks(struct order *, const struct mews_device *);

/*
 * Lines that changed between the site of the order and the one that was saved
 * are tried, as if each had been changed alone.  The answer's "trial": for how
 * many seconds at most, 0: none is.
 */
enum mews_rc change_line_trials(struct order *, const struct mews_site *saved);

/*
 * One a command.
 */
enum mews_rc change_device_put(struct order *);
enum mews_rc change_device_remove(struct order *);
enum mews_rc change_device_restore(struct order *);
enum mews_rc change_line_put(struct order *);
enum mews_rc change_line_remove(struct order *);
enum mews_rc change_site_set(struct order *);
enum mews_rc change_gateway_set(struct order *);
enum mews_rc change_site_import(struct order *);
enum mews_rc change_profile_put(struct order *);
enum mews_rc change_profile_remove(struct order *);
enum mews_rc change_settings_set(struct order *);
enum mews_rc change_recipient_put(struct order *);
enum mews_rc change_recipient_remove(struct order *);
enum mews_rc change_destination_put(struct order *);
enum mews_rc change_destination_remove(struct order *);

#endif
