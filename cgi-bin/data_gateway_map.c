/*
 * data_gateway_map.c - the registers of mews itself as a CSV file.
 */
#include "csv.h"
#include "map.h"
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct request_field fields[] = {
	{ "for", REQUEST_WORD, 8 },
	{ NULL, REQUEST_WORD, 0 },
};

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	const char *format = request_get(c->request, "for");
	struct mews_map_slot *list = NULL;
	enum mews_rc rc = MEWS_OK;
	struct mews_csv csv;
	size_t n = 0;

	if (format[0] == '\0')
		format = base_csv_format(c->base);
	if (strcmp(format, "programs") != 0)
		format = "excel";
	if (db != NULL)
		rc = mews_map_slots(db, &list, &n, err);
	if (rc != MEWS_OK)
		return rc;
	c->reply->type = "text/csv; charset=utf-8";
	(void)snprintf(c->reply->name, sizeof(c->reply->name),
	    "gateway-map.csv");
	mews_csv_init(&csv, &c->reply->body, format, c->lang);
	mews_map_csv(&csv, base_site(c->base), list, n);
	free(list);
	return MEWS_OK;
}

const struct page data_gateway_map = {
	.path = "/csv/gateway-map.csv",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
