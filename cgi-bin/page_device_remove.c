/*
 * page_device_remove.c - says what removing a device means, and does it.
 */
#include "device.h"
#include "figure.h"
#include "form.h"
#include "order.h"
#include "series.h"

#include <stdio.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	const struct mews_site *s = base_site(c->base);
	size_t i = series_device(c, c->part);
	const struct mews_device *d = &s->device[i];
	char text[FIGURE];
	struct form f;
	enum mews_rc rc;

	if (i == s->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	form_begin(&f, c);
	if (f.sent) {
		rc = order_send(c, NULL, err, "device-remove", "plate",
		    d->plate, NULL);
		if (rc == MEWS_OK) {
			reply_go(c->reply, "/devices");
			return MEWS_OK;
		}
		form_refused(&f, rc, err);
	}
	(void)snprintf(c->title, sizeof(c->title), "%s %s", d->plate, d->name);
	view_down(c->view, "Remove");
	view_set(c->view, "plate", d->plate);
	view_say(c->view, "title", "devices.remove_title", d->plate, d->name,
	    NULL);
	view_say(c->view, "button", "devices.remove_button", d->plate, NULL);
	view_set(c->view, "back", figure_device_path(text, d, ""));
	view_set(c->view, "action", figure_device_path(text, d, "/remove"));
	view_int(c->view, "main", d->post == MEWS_POST_MAIN);
	view_up(c->view);
	return MEWS_OK;
}

const struct page page_device_remove = {
	.path = "/devices/*/remove",
	.name = "device_remove",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
