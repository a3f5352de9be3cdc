/*
 * page_gateway.c - what other masters ask through this box.
 */
#include "device.h"
#include "figure.h"
#include "form.h"
#include "setting.h"
#include "traffic_show.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct request_field fields[] = {
	FORM_FIELDS,
	{ NULL, REQUEST_WORD, 0 },
};

#define OLD (5 * 2) /* s: the gateway writes every two */

/* What a SCADA is to be told: the address this page was asked at. */
static void
address(struct page_ctx *c, const struct mews_traffic *t)
{
	const char *host = c->request->host;
	const char *end = host[0] == '[' ? strchr(host, ']') : NULL;
	size_t n = end == NULL ? strcspn(host, ":") : (size_t)(end - host) + 1;
	char text[REQUEST_PATH], port[16];
	size_t i;

	(void)snprintf(text, sizeof(text), "%.*s", (int)n, host);
	for (i = 0; i < t->nports && t->port[i].line != 0; i++)
		;
	if (t->nports == 0)
		return;
	(void)snprintf(port, sizeof(port), "%d",
	    t->port[i < t->nports ? i : 0].port);
	view_say(c->view, "Gateway.address", "traffic.address", text, port,
	    NULL);
}

/* The setting as a number below Gateway. */
static enum mews_rc
set_setting(struct page_ctx *c, const char *name, const char *key,
    struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	char text[MEWS_SETTING_MOST + 1] = "";
	enum mews_rc rc =
	    db == NULL ? MEWS_OK : mews_setting_get(db, key, text, err);

	view_set(c->view, name, text);
	return rc;
}

static void
set_traffic(struct page_ctx *c, const struct mews_traffic *t)
{
	static const char *const states[] = { "none", "closed", "open" };
	bool old = t->t == 0 || t->t + OLD < c->now;

	/* who has no port has no gateway that writes */
	view_set(c->view, "Gateway.state",
	    device_old(c) ? "old"
		: old     ? "none"
			  : states[t->state]);
	view_int(c->view, "Gateway.clients", (int64_t)t->nclients);
	view_int(c->view, "Gateway.units", (int64_t)t->nunits);
	view_int(c->view, "Gateway.refused", (int64_t)t->nrefusals);
	if (old)
		return;
	address(c, t);
	traffic_ports(c, t);
	traffic_clients(c, t);
	traffic_units(c, t);
	traffic_refusals(c, t);
	traffic_hour(c, t);
}

static enum mews_rc
show(struct page_ctx *c, struct mews_err *err)
{
	struct mews_db *db = base_db(c->base, MEWS_LIVE_DB);
	struct mews_traffic *t = mews_alloc(1, sizeof(*t));
	struct form f;
	enum mews_rc rc;

	(void)snprintf(c->title, sizeof(c->title), "%s",
	    view_word(c->view, "traffic.title"));
	form_begin(&f, c);
	traffic_ways(c);
	rc = set_setting(c, "Gateway.most", "gateway_clients", err);
	if (rc == MEWS_OK)
		rc = set_setting(c, "Gateway.unit_own", "gateway_unit", err);
	if (rc == MEWS_OK && db != NULL)
		rc = mews_traffic_load(db, t, err);
	if (rc == MEWS_OK)
		set_traffic(c, t);
	mews_traffic_clear(t);
	free(t);
	return rc;
}

const struct page page_gateway = {
	.path = "/gateway",
	.name = "gateway",
	.menu = "gateway",
	.methods = PAGE_GET,
	.roles = 1u << MEWS_INSTALLER | 1u << MEWS_ADMINISTRATOR,
	.stage = PAGE_COMMISSIONED,
	.fields = fields,
	.show = show,
};
