/*
 * powercut.h - the states in which a power cut may leave the files that disk.c
 * saw written, and what stands in them.
 *
 * Of what was written since a file's last sync, any part may be there: nothing,
 * all, some writes, halves of some in sectors of 512 bytes.  A new name is there
 * at once, what is in the file need not be.
 */
#ifndef POWERCUT_H
#define POWERCUT_H

#include "disk.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cut_mode {
	CUT_NOTHING, /* of what was not synced */
	CUT_ALL,
	CUT_SOME,
	CUT_FIRST,
	CUT_FIRST_TORN,
	CUT_TORN,
	CUT_MODES
};

extern bool cut_never_synced; /* no sync counts, as with synchronous=OFF */
extern const char *cut_work;  /* the folder where states are written */
extern size_t cut_nops;

/*
 * Ends the program with code 2.
 */
void cut_fail(const char *what);
void *cut_grow(void *list, size_t *cap, size_t need, size_t size);

/*
 * Begins with the files of a folder as they were before the record; again
 * after cut_forget, which removes what was written to cut_work.
 */
void cut_begin(const char *trace, const char *before);
void cut_forget(void);

const struct disk_record *cut_op(size_t);

/*
 * The files known so far; NULL behind the last.
 */
const char *cut_name(size_t);

/*
 * The op after all before it.
 */
void cut_advance(size_t op);

/*
 * Writes the state to cut_work; returns whether anything was unsynced.
 */
bool cut_write(enum cut_mode);

/*
 * Hash of all rows of a database as a start would find it; false: damaged.
 * One that is not there holds nothing.
 */
bool cut_look(const char *name, uint64_t *held);

/*
 * Whether each backup that is there is whole; else says which is not.
 */
bool cut_backups_right(size_t op);

bool cut_ends(const char *name, const char *tail);

#endif
