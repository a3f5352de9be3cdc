/*
 * change.c - every change reads the whole site, alters it, and saves it in one
 * transaction: what a save refuses leaves nothing behind.
 */
#include "change_order.h"
#include "tick.h"

#include <string.h>

static enum mews_rc
do_draft(struct order *o)
{
	return change_why(o,
	    drafts_take(&o->c->drafts, change_owner(o->m),
		change_field(o, "part"), mews_message_int(o->m, "at", 0),
		change_field(o, "text"), tick_us(), o->err),
	    "draft");
}

static const struct {
	const char *name;
	enum mews_rc (*run)(struct order *);
} commands[] = {
	{ "draft", do_draft },
	{ "device-put", change_device_put },
	{ "device-remove", change_device_remove },
	{ "device-restore", change_device_restore },
	{ "line-put", change_line_put },
	{ "line-remove", change_line_remove },
	{ "site-set", change_site_set },
	{ "gateway-set", change_gateway_set },
	{ "site-import", change_site_import },
	{ "profile-put", change_profile_put },
	{ "profile-remove", change_profile_remove },
	{ "settings-set", change_settings_set },
	{ "recipient-put", change_recipient_put },
	{ "recipient-remove", change_recipient_remove },
	{ "destination-put", change_destination_put },
	{ "destination-remove", change_destination_remove },
};

/* In one transaction, with the site as it is. */
static enum mews_rc
carry_out(struct order *o, enum mews_rc (*run)(struct order *))
{
	enum mews_rc rc = mews_db_begin(o->c->config, o->err);

	if (rc != MEWS_OK)
		return rc;
	rc = mews_site_load(o->c->config, &o->site, o->err);
	if (rc == MEWS_OK)
		rc = run(o);
	mews_site_clear(&o->site);
	rc = mews_db_end(o->c->config, rc, o->err);
	if (rc == MEWS_OK && o->told)
		o->c->tell(o->c->ctx, &o->event);
	o->c->again = o->c->again || (rc == MEWS_OK && o->again);
	return rc;
}

enum mews_rc
change_serve(struct change *c, const struct door_caller *caller,
    const struct mews_message *m, struct mews_message *answer,
    struct mews_err *err)
{
	struct order o = { .c = c,
		.caller = caller,
		.m = m,
		.answer = answer,
		.err = err };
	size_t i;

	(void)mews_place_path(c->place, MEWS_METERS, o.meters);
	if (strcmp(m->word, "draft") == 0)
		return do_draft(&o);
	for (i = 0; i < MEWS_LEN(commands); i++)
		if (strcmp(commands[i].name, m->word) == 0)
			return carry_out(&o, commands[i].run);
	return mews_fail(err, MEWS_NONE, "nobody serves '%s'", m->word);
}
