/*
 * zip.h - a ZIP archive that is written from begin to end, without seeking.
 *
 * As in PKWARE's APPNOTE.TXT 6.3.9: each file is deflated and followed by a
 * data descriptor (4.3.9), so nothing written is looked at again and memory
 * does not grow with what is packed.  libzip and libarchive, as Debian has them,
 * seek back in a file, or bring megabytes of other formats along.  Names are
 * UTF-8.  ZIP64 (4.5.3, 4.3.14) where a file or the archive reaches 4 GiB, or
 * there are 65,535 files, and only there: old readers know nothing of it.
 */
#ifndef MEWS_ZIP_H
#define MEWS_ZIP_H

#include "buf.h"

struct mews_zip;

/*
 * Appends to out from here on; it may be emptied between any two calls.
 */
struct mews_zip *mews_zip_new(void);
void mews_zip_into(struct mews_zip *, struct mews_buf *out);
void mews_zip_free(struct mews_zip *); /* NULL is allowed */

/*
 * A file: its begin with the local time it is dated, some bytes of it any
 * number of times, its end.
 */
void mews_zip_file(struct mews_zip *, const char *name, int64_t t);
void mews_zip_put(struct mews_zip *, const void *, size_t);
void mews_zip_close(struct mews_zip *);

/*
 * The list of files, which ends the archive.
 */
void mews_zip_end(struct mews_zip *);

#endif
