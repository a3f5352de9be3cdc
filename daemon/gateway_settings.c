/*
 * gateway_settings.c - what the site's settings say of the gateway.
 */
#include "gateway.h"
#include "setting.h"
#include "str.h"

#include <string.h>

#define SECOND INT64_C(1000000)

enum mews_rc
gateway_settings(struct mews_db *config, struct gateway_options *o,
    struct mews_err *err)
{
	static const char *const keys[] = { "gateway_unit", "gateway_share",
		"gateway_clients", "gateway_per_address", "gateway_idle_s",
		"gateway_wait_ms" };
	int64_t v[MEWS_LEN(keys)] = { 0 };
	char text[MEWS_SETTING_MOST + 1];
	enum mews_rc rc = MEWS_OK;
	size_t i;

	for (i = 0; i < MEWS_LEN(keys) && rc == MEWS_OK; i++) {
		rc = mews_setting_get(config, keys[i], text, err);
		if (rc == MEWS_OK)
			(void)mews_str_int(text, 0, INT32_MAX, &v[i]);
	}
	o->unit = (int)v[0];
	o->share = (int)v[1];
	o->clients = (size_t)v[2];
	o->per_address = (size_t)v[3];
	o->idle = v[4] * SECOND;
	o->wait = v[5] * SECOND / 1000;
	if (rc != MEWS_OK ||
	    (rc = mews_setting_get(config, "gateway_broadcasts", text, err)) !=
		MEWS_OK)
		return rc;
	o->quiet = strcmp(text, "silent") == 0;
	rc = mews_setting_get(config, "gateway_open", text, err);
	o->always = rc == MEWS_OK && strcmp(text, "always") == 0;
	return rc;
}
