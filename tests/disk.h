/*
 * disk.h - what disk.c records, and powercut.c reads: one after another.
 */
#ifndef DISK_H
#define DISK_H

#include <stdint.h>

#define DISK_NAME    64
#define DISK_BACKUPS "backup/" /* the one folder in it that counts */

enum disk_op {
	DISK_MAKE,     /* a file that was not there */
	DISK_WRITE,    /* len bytes follow, written at */
	DISK_TRUNCATE, /* the file ends at */
	DISK_SYNC,     /* of the file, or of a folder: "." or "backup" */
	DISK_UNLINK,
	DISK_RENAME, /* len bytes follow, its new name */
	DISK_DONE    /* of a -shm file: a transaction is over */
};

struct disk_record {
	uint32_t op, len;
	int64_t at;
	char name[DISK_NAME]; /* of the file in its folder */
};

#endif
