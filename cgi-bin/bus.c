/*
 * bus.c - figures of lines and devices, and the lamps.
 *
 * The lamps are drawn from what is known of the traffic, not from the box's
 * own lamps: a PC has none.
 */
#include "bus.h"

#include "device.h"
#include "figure.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *
bus_ms(const struct page_ctx *c, char *text, int64_t us)
{
	mews_number(text, c->lang, us, 3, us < 9950 ? 1 : 0);
	return text;
}

const char *
bus_percent(const struct page_ctx *c, char *text, int64_t per_mille)
{
	mews_number(text, c->lang, per_mille, 1, per_mille < 100 ? 1 : 0);
	return text;
}

const char *
bus_share(const struct page_ctx *c, char *text, int64_t part, int64_t whole)
{
	mews_number(text, c->lang, whole == 0 ? 0 : part * 1000 / whole, 1, 1);
	return text;
}

const char *
bus_settings(const struct page_ctx *c, char *text, const struct mews_line *l)
{
	struct mews_buf b = { 0 };
	char wire[160], ms[24];

	if (l->kind == MEWS_LINE_RTU)
		(void)snprintf(wire, sizeof(wire), "%d 8%c%d", l->baud,
		    l->parity, l->stop);
	else
		(void)snprintf(wire, sizeof(wire),
		    strchr(l->path, ':') == NULL ? "%s:%d" : "[%s]:%d", l->path,
		    l->port);
	(void)snprintf(ms, sizeof(ms), "%d", l->timeout_ms);
	view_tell(c->view, &b, "bus.settings", wire, ms, NULL);
	(void)snprintf(text, FIGURE, "%s", b.n == 0 ? "" : b.s);
	mews_buf_clear(&b);
	return text;
}

/* The first word of a file of the kernel, "" when it cannot be read. */
static void
word(const char *interface, const char *name, char text[32])
{
	char path[320];
	FILE *f;

	text[0] = '\0';
	(void)snprintf(path, sizeof(path), "/sys/class/net/%s/%s", interface,
	    name);
	if ((f = fopen(path, "re")) == NULL)
		return;
	if (fgets(text, 32, f) == NULL)
		text[0] = '\0';
	text[strcspn(text, " \n")] = '\0';
	(void)fclose(f);
}

/* The first interface with a plug, and whether something is plugged in. */
static bool
link_up(char speed[32])
{
	struct dirent *e;
	DIR *d = opendir("/sys/class/net");
	bool up = false;
	char text[32];

	speed[0] = '\0';
	while (d != NULL && !up && (e = readdir(d)) != NULL) {
		if (e->d_name[0] == '.' || strcmp(e->d_name, "lo") == 0)
			continue;
		word(e->d_name, "carrier", text);
		up = strcmp(text, "1") == 0;
		if (up)
			word(e->d_name, "speed", speed);
	}
	if (d != NULL)
		(void)closedir(d);
	return up;
}

static void
lamp(struct page_ctx *c, const char *name, bool on, const char *key,
    const char *arg)
{
	view_down(c->view, "Bus.lamp");
	view_down(c->view, name);
	view_int(c->view, "on", on);
	view_say(c->view, "says", on ? key : "bus.lamp.off", arg, NULL);
	view_up(c->view);
	view_up(c->view);
}

void
bus_lamps(struct page_ctx *c)
{
	const struct mews_live *live = base_live(c->base);
	const struct mews_live_device *d;
	bool sends = false, receives = false, up;
	char speed[32];
	size_t i;

	for (i = 0; i < live->ndevices && !device_old(c); i++) {
		d = &live->device[i];
		sends = sends || d->answer == MEWS_ANSWERS ||
		    d->answer == MEWS_SILENT;
		receives = receives || d->answer == MEWS_ANSWERS;
	}
	up = link_up(speed);
	lamp(c, "power", true, "bus.lamp.on", "");
	lamp(c, "rx", receives, "bus.lamp.receives", "");
	lamp(c, "tx", sends, "bus.lamp.sends", "");
	lamp(c, "link", up,
	    speed[0] == '\0' || speed[0] == '-' ? "bus.lamp.on"
						: "bus.lamp.speed",
	    speed);
	lamp(c, "act", up, "bus.lamp.traffic", "");
}
