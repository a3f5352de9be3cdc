/*
 * folder_file.h - one file that is to have certain bytes.
 */
#ifndef FOLDER_FILE_H
#define FOLDER_FILE_H

#include "buf.h"

/*
 * Makes the file at path have these bytes, with the folders above it.  What
 * has them already is not touched; a file that is their beginning, such as one
 * whose last line was torn, is continued; any other is put in its place whole.
 * *written counts the bytes that were written, *changed: any were, or the file
 * is new.  On failure the file is what it was.
 */
enum mews_rc folder_file_put(const char *path, const struct mews_buf *,
    int64_t *written, bool *changed, struct mews_err *);

/*
 * Appends whole lines to a file of exactly `size` bytes; MEWS_NONE: it has
 * another size, or is not there.
 */
enum mews_rc folder_file_append(const char *path, int64_t size,
    const struct mews_buf *, struct mews_err *);

/*
 * Removes it, and the folders above it that are empty then, below root.
 */
void folder_file_remove(const char *root, const char *path);

/*
 * Size and time of change; false when it is no file.
 */
bool folder_file_look(const char *path, int64_t *size, int64_t *t);

#endif
