/*
 * registers.c - single registers of a device, read and written by number.
 *
 * The bounds are the door's; they are looked at here first, so that each
 * mistake stands beside its field in the visitor's language.
 */
#include "registers.h"

#include "device.h"
#include "event.h"
#include "figure.h"
#include "setting.h"
#include "str.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define SHOWN 5 /* writes of before */

static void
set_number(struct page_ctx *c, const char *name, int64_t n)
{
	char text[24];

	(void)snprintf(text, sizeof(text), "%" PRId64, n);
	view_set(c->view, name, text);
}

/* Two registers as IEEE 754, as a map prints values: seven digits. */
static void
set_float(struct page_ctx *c, uint16_t high, uint16_t low)
{
	uint32_t bits = (uint32_t)high << 16 | low;
	char text[32];
	float f;

	memcpy(&f, &bits, sizeof(f));
	if (isfinite(f))
		(void)snprintf(text, sizeof(text), "%.7g", (double)f);
	else
		(void)snprintf(text, sizeof(text), "%s",
		    view_word(c->view, "registers.no_number"));
	view_set(c->view, "float", text);
}

void
registers_set_words(struct page_ctx *c, const struct mews_exchange *e,
    bool low_first)
{
	uint16_t w[2000];
	size_t n = mews_exchange_words(e, w, MEWS_LEN(w)), i;
	bool bits = e->function <= 2;
	char hex[8];

	view_int(c->view, "bits", bits);
	view_int(c->view, "floats", !bits && n > 1);
	view_int(c->view, "low", low_first);
	for (i = 0; i < n; i++) {
		int address = e->address + (int)i;

		view_row(c->view, "word", i);
		(void)snprintf(hex, sizeof(hex), "%04x", w[i]);
		set_number(c, "address", address);
		set_number(c, "printed",
		    exchange_printed(e->function, address));
		view_set(c->view, "hex", hex);
		set_number(c, "unsigned", w[i]);
		set_number(c, "signed", (int16_t)w[i]);
		if (!bits && i + 1 < n)
			set_float(c, w[low_first ? i + 1 : i],
			    w[low_first ? i : i + 1]);
		view_up(c->view);
	}
}

/* "6 100 1" of an event: function, address, values. */
static void
set_written(struct page_ctx *c, const struct mews_event *e)
{
	char since[FIGURE], function[16] = "", address[16] = "";
	int at = 0;

	(void)sscanf(e->arg[1], "%15s %15s %n", function, address, &at);
	view_set(c->view, "t", device_since(c, since, e->t));
	view_set(c->view, "who", e->who);
	view_say(c->view, "says",
	    strcmp(e->arg[2], "ok") == 0 ? "registers.wrote"
					 : "registers.wrote_not",
	    function, address, e->arg[1] + at, NULL);
}

enum mews_rc
registers_set_log(struct page_ctx *c, const struct mews_line *line, int unit,
    struct mews_err *err)
{
	struct mews_event_filter filter = { 0 };
	struct mews_event event[MEWS_EVENT_READS];
	struct mews_db *db = base_db(c->base, MEWS_HISTORY_DB);
	char text[16];
	size_t n = 0, i, row = 0;
	enum mews_rc rc = db == NULL || line == NULL
	    ? MEWS_OK
	    : mews_event_read(db, &filter, event, MEWS_LEN(event), &n, err);

	(void)snprintf(text, sizeof(text), "%d", unit);
	for (i = 0; i < n && row < SHOWN; i++) {
		if (strcmp(event[i].kind->name, "register-written") != 0 ||
		    strcmp(event[i].subject, line->name) != 0 ||
		    strcmp(event[i].arg[0], text) != 0)
			continue;
		view_row(c->view, "log", row++);
		set_written(c, &event[i]);
		view_up(c->view);
	}
	return rc;
}

/* The values, split at blanks and commas, each in bounds. */
static void
take_values(struct form *f, const char *typed, struct registers_write *w)
{
	int64_t most = w->function == 5 || w->function == 15 ? 1 : 65535, v;
	char one[24], top[24];
	size_t len, used = 0;

	(void)snprintf(top, sizeof(top), "%" PRId64, most);
	for (w->n = 0; f->nbad == 0; w->n++, typed += len) {
		typed += strspn(typed, " ,");
		len = strcspn(typed, " ,");
		if (len == 0)
			break;
		(void)snprintf(one, sizeof(one), "%.*s",
		    (int)(len < sizeof(one) ? len : sizeof(one) - 1), typed);
		if (len >= sizeof(one) || !mews_str_int(one, 0, most, &v))
			form_wrong(f, "values", "registers.bad_value", one, top,
			    NULL);
		else if (used + len + 2 > sizeof(w->values))
			form_wrong(f, "values", "registers.many_values", NULL);
		else
			used += (size_t)snprintf(w->values + used,
			    sizeof(w->values) - used, "%s%s",
			    used == 0 ? "" : " ", one);
	}
	if (f->nbad == 0 && w->n == 0)
		form_wrong(f, "values", "registers.no_value", NULL);
	if (f->nbad == 0 && w->n > 1 && w->function < 15)
		form_wrong(f, "values", "registers.one_value", NULL);
}

void
registers_take(struct form *f, struct registers_write *w)
{
	static const char *const functions[] = { "5", "6", "15", "16" };
	char key[32], text[64];
	const char *typed;
	size_t i;

	*w = (struct registers_write){ 0 };
	(void)form_choose(f, "wfunction", "6");
	for (i = 0; i < MEWS_LEN(functions); i++) {
		(void)snprintf(key, sizeof(key), "registers.writes_%s",
		    functions[i]);
		(void)snprintf(text, sizeof(text), "%s: %s", functions[i],
		    view_word(f->c->view, key));
		form_option(f, functions[i], text, false);
	}
	w->function =
	    form_int(f, "wfunction", 6, 5, 16, "registers.bad_function");
	if (w->function > 6 && w->function < 15)
		form_wrong(f, "wfunction", "registers.bad_function", NULL);
	w->address =
	    form_int(f, "waddress", 0, 0, 65535, "registers.bad_address");
	typed = form_text(f, "values", "");
	if (!f->sent)
		return;
	take_values(f, typed, w);
	if (f->nbad == 0 && w->address + (int64_t)w->n > 65536)
		form_wrong(f, "waddress", "registers.behind", NULL);
}

bool
registers_may_write(const struct page_ctx *c)
{
	struct mews_db *db = base_db(c->base, MEWS_CONFIG_DB);
	char text[MEWS_SETTING_MOST + 1];
	struct mews_err err;

	return db != NULL &&
	    mews_setting_get(db, "register_writes", text, &err) == MEWS_OK &&
	    strcmp(text, "on") == 0;
}
