/*
 * change.h - commands that change the site.
 */
#ifndef CHANGE_H
#define CHANGE_H

#include "door.h"
#include "drafts.h"
#include "event.h"
#include "trial.h"

struct change {
	const struct mews_place *place;
	struct mews_db *config;
	struct drafts drafts;
	struct trial *trial;
	bool again; /* the service is to begin anew */

	/* Takes an event about what was changed. */
	void (*tell)(void *ctx, const struct mews_event *);
	void *ctx;
};

/*
 * Carries out a command about the site; MEWS_NONE with the sentence "nobody
 * serves" when it is another.  It is in config.db then; again says what is left
 * to the caller.  MEWS_BAD: the answer's field why is a word: text, model,
 * profile, template, used, draft, or of what is mailed or
 * brought somewhere the name of the field, or used or most.
 */
enum mews_rc change_serve(struct change *, const struct door_caller *,
    const struct mews_message *, struct mews_message *answer,
    struct mews_err *);

/*
 * Whose drafts a command can use.
 */
const char *change_owner(const struct mews_message *);

#endif
