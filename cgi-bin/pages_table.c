/*
 * pages_table.c - the pages of pages.fcgi, generated from Makefile.am.
 */
#include "page.h"

#define PAGE(p) extern const struct page p;
#include "pages.def"
#undef PAGE

static const struct page *const table[] = {
#define PAGE(p) &p,
#include "pages.def"
#undef PAGE
};

const struct page *
page_at(size_t i)
{
	return i < MEWS_LEN(table) ? table[i] : NULL;
}
