/*
 * page_device_add.c - a new device; line, unit and profile may come with the
 * address, from a scan.
 */
#include "device_edit.h"

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	return device_edit(c, SIZE_MAX, err);
}

const struct page page_device_add = {
	.path = "/devices/add",
	.name = "device_edit",
	.menu = "devices",
	.methods = PAGE_GET | PAGE_POST,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = device_edit_fields,
	.show = show,
};
