/*
 * disk.h - what disk.c records, and powercut.c reads: one after another.
 */
#ifndef DISK_H
#define DISK_H

#include <stdint.h>

enum disk_op {
	DISK_MAKE,     /* a file that was not there */
	DISK_WRITE,    /* len bytes follow, written at */
	DISK_TRUNCATE, /* the file ends at */
	DISK_SYNC,     /* of the file, or of the folder: its name is "." */
	DISK_UNLINK,
	DISK_RENAME, /* len bytes follow, its new name */
	DISK_DONE    /* of a -shm file: a transaction is over */
};

struct disk_record {
	uint32_t op, len;
	int64_t at;
	char name[48]; /* of the file in its folder */
};

#endif
