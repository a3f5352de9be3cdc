/*
 * door_line.h - from the line of a client to the line that answers it.
 */
#ifndef DOOR_LINE_H
#define DOOR_LINE_H

#include "door.h"

/*
 * Whether the n bytes at line, the last of them '\n', name a command whose row
 * says slow.
 */
bool door_line_slow(const char *line, size_t n);

/*
 * Reads such a line, checks it against its row and its sender's role, has it
 * served and appends the answer.  Writes a NUL in place of the '\n'.
 */
void door_line_serve(const struct mews_place *, const struct door_rules *,
    const struct door_caller *, char *line, size_t n, struct mews_buf *out);

/*
 * Appends the answer to a line that is too long.
 */
void door_line_refuse(struct mews_buf *out);

#endif
