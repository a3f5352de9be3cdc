/*
 * data_table.c - the downloads and series of data.fcgi, generated from Makefile.am.
 */
#include "page.h"

#define PAGE(p) extern const struct page p;
#include "data.def"
#undef PAGE

static const struct page *const table[] = {
#define PAGE(p) &p,
#include "data.def"
#undef PAGE
};

const struct page *
page_at(size_t i)
{
	return i < MEWS_LEN(table) ? table[i] : NULL;
}
