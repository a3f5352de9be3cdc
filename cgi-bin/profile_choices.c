/*
 * profile_choices.c - the profiles as choices of a field.
 */
#include "profile_choices.h"

#include "site_profile.h"

#include <stdlib.h>
#include <strings.h>

static int
by_vendor(const void *a, const void *b)
{
	const struct mews_profile_entry *x = a, *y = b;
	int by = (int)y->own - (int)x->own;

	if (by == 0)
		by = strcasecmp(x->vendor, y->vendor);
	return by != 0 ? by : strcasecmp(x->model, y->model);
}

/* The site's own first, then vendor by vendor; a template can be seen and not
 * be chosen. */
enum mews_rc
profile_choices(struct form *f, struct mews_err *err)
{
	struct mews_profile_entry *list = NULL;
	struct mews_buf text = { 0 };
	char dir[MEWS_PATH];
	enum mews_rc rc;
	size_t n = 0, i;

	rc = mews_site_profiles(base_db(f->c->base, MEWS_CONFIG_DB),
	    mews_place_path(f->c->place, MEWS_METERS, dir), &list, &n, err);
	if (rc != MEWS_OK)
		return rc;
	qsort(list, n, sizeof(*list), by_vendor);
	form_option(f, "", view_word(f->c->view, "devices.choose"), false);
	for (i = 0; i < n; i++) {
		if (i == 0 || list[i].own != list[i - 1].own ||
		    strcasecmp(list[i].vendor, list[i - 1].vendor) != 0)
			form_group(f,
			    list[i].own ? view_word(f->c->view, "profiles.own")
					: list[i].vendor);
		mews_buf_reset(&text);
		mews_buf_printf(&text, "%s ", list[i].vendor);
		if (list[i].lacks[0] != '\0')
			view_tell(f->c->view, &text, "devices.template",
			    list[i].model, NULL);
		else
			mews_buf_str(&text, list[i].model);
		form_option(f, list[i].name, text.s, list[i].lacks[0] != '\0');
	}
	mews_buf_clear(&text);
	free(list);
	return MEWS_OK;
}
