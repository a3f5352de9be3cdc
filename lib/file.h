/*
 * file.h - whole files, on the disk when the call returns.
 *
 * All fail with MEWS_FAIL and a sentence that names the file.
 */
#ifndef MEWS_FILE_H
#define MEWS_FILE_H

#include "buf.h"

/*
 * Brings a file, and with it its name, to the disk.
 */
enum mews_rc mews_file_sync(const char *path, struct mews_err *);

/*
 * What was there is overwritten in place: write NAME.part and rename it where
 * somebody may read meanwhile.
 */
enum mews_rc mews_file_write(const char *path, const void *data, size_t n,
    struct mews_err *);
enum mews_rc
mews_file_copy(const char *from, const char *to, struct mews_err *);

/*
 * Appends what the file holds.
 */
enum mews_rc
mews_file_read(const char *path, struct mews_buf *out, struct mews_err *);

#endif
