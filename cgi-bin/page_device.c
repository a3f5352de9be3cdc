/*
 * page_device.c - one device as the site has it.
 */
#include "device_edit.h"

#include "series.h"

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	size_t i = series_device(c, c->part);

	if (i == base_site(c->base)->ndevices)
		return mews_fail(err, MEWS_NONE, "no such device");
	return device_edit(c, i, err);
}

const struct page page_device = {
	.path = "/devices/*",
	.name = "device_edit",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = device_edit_fields,
	.show = show,
};
