/*
 * change_device.c - commands that change devices.
 */
#include "change_order.h"
#include "plan.h"
#include "site_profile.h"

#include <string.h>

/* A device of which a profile cannot read anything is refused. */
enum mews_rc
change_asks(struct order *o, const struct mews_device *d)
{
	struct mews_profile p;
	struct mews_plan plan;
	bool own;
	enum mews_rc rc = mews_site_profile_look(o->c->config, o->meters,
	    d->profile, &p, &own, o->err);

	if (rc != MEWS_OK)
		return change_why(o, rc == MEWS_NONE ? MEWS_BAD : rc,
		    "profile");
	if (p.lacks[0] != '\0')
		rc = change_why(o,
		    mews_fail(o->err, MEWS_BAD,
			"%s is a template, no device can be asked with it: %s",
			d->profile, p.lacks),
		    "template");
	if (rc == MEWS_OK)
		rc =
		    change_why(o, mews_device_inputs(d, &p, o->err), "profile");
	if (rc == MEWS_OK &&
	    (rc = change_why(o, mews_plan_make(&plan, d, &p, o->err),
		 "profile")) == MEWS_OK)
		mews_plan_clear(&plan);
	mews_profile_clear(&p);
	return rc;
}

/* The device that a put made: the one with the id, or the last. */
static const struct mews_device *
put_device(const struct order *o, int64_t id)
{
	return id != 0 ? mews_site_device(&o->site, id)
		       : &o->site.device[o->site.ndevices - 1];
}

enum mews_rc
change_device_put(struct order *o)
{
	const char *was = change_field(o, "was"),
		   *text = change_field(o, "text");
	const struct mews_device *d = mews_site_plate(&o->site, was);
	int64_t id = d == NULL ? 0 : d->id;
	char plate[12];
	enum mews_rc rc;

	if (strncmp(text, "device ", 7) != 0)
		return change_why(o,
		    mews_fail(o->err, MEWS_BAD, "no line of a device"), "text");
	rc = change_why(o, mews_site_put(&o->site, was, text, o->err), "text");
	if (rc != MEWS_OK)
		return rc;
	d = put_device(o, id);
	memcpy(plate, d->plate, sizeof(plate));
	if ((rc = change_asks(o, d)) == MEWS_OK && id != 0)
		rc = mews_site_rename_device(o->c->config, was, plate, o->err);
	if (rc != MEWS_OK || (rc = change_save(o)) != MEWS_OK)
		return rc;
	mews_site_clear(&o->site);
	if ((rc = mews_site_load(o->c->config, &o->site, o->err)) != MEWS_OK)
		return rc;
	change_tell(o, id == 0 ? "device-added" : "device-changed", plate);
	o->event.device = mews_site_plate(&o->site, plate)->id;
	mews_message_set_int(o->answer, "id", o->event.device);
	return rc;
}

enum mews_rc
change_device_remove(struct order *o)
{
	const char *plate = change_field(o, "plate");
	const struct mews_device *d = mews_site_plate(&o->site, plate);
	int64_t id = d == NULL ? 0 : d->id;
	enum mews_rc rc = mews_site_drop_device(&o->site, plate, o->err);

	if (rc != MEWS_OK || (rc = change_save(o)) != MEWS_OK)
		return rc;
	mews_message_set_int(o->answer, "id", id);
	change_tell(o, "device-removed", plate);
	o->event.device = id;
	return rc;
}

enum mews_rc
change_device_restore(struct order *o)
{
	int64_t id = mews_message_int(o->m, "id", 0);
	const struct mews_device *d;
	enum mews_rc rc =
	    change_why(o, mews_site_restore(o->c->config, id, o->err), "text");

	if (rc != MEWS_OK)
		return rc;
	o->again = true;
	mews_site_clear(&o->site);
	if ((rc = mews_site_load(o->c->config, &o->site, o->err)) != MEWS_OK)
		return rc;
	d = mews_site_device(&o->site, id);
	mews_message_set(o->answer, "plate", d->plate);
	change_tell(o, "device-restored", d->plate);
	o->event.device = id;
	return rc;
}
