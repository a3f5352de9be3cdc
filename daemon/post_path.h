/*
 * post_path.h - where a file goes on a server, as a URL and as its commands
 * say it.
 */
#ifndef POST_PATH_H
#define POST_PATH_H

#include "post.h"

/*
 * Appends a path to the size bytes of out; in a URL all but plain letters are
 * %XX.
 */
void post_path_add(char *out, size_t size, const char *path, bool url);

/*
 * Appends the folder and the folders of the name, with '/' behind.
 */
void post_path_folder(char *out, size_t size, const struct post_server *,
    const struct post_file *, bool url);

#endif
