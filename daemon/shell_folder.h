/*
 * shell_folder.h - mews export --folder.
 */
#ifndef SHELL_FOLDER_H
#define SHELL_FOLDER_H

#include "place.h"

/*
 * Makes the files of the data folder below another folder, out of the history
 * alone, while mewsd runs or not; what stands there already is made right.
 */
enum mews_rc
shell_folder(const struct mews_place *, const char *folder, struct mews_err *);

#endif
