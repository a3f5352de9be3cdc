-- One row a device and quantity that was ever stored.
CREATE TABLE series (
	id		INTEGER PRIMARY KEY,
	device		INTEGER NOT NULL,	-- device.id of config.db
	quantity	TEXT NOT NULL,		-- name of quantity.h
	UNIQUE (device, quantity)
) STRICT;

-- Recent buckets: one row a bucket, all series in it.
CREATE TABLE frame (
	id		INTEGER PRIMARY KEY,	-- (4 - level) << 40 | start, Unix time
	data		BLOB NOT NULL		-- series and bucket, many times
) STRICT;

-- Older buckets: one row a series and period, compressed.  A period is a UTC
-- day of minutes, 30 days of hours, 366 days of days, all of months or years.
CREATE TABLE chunk (
	id		INTEGER PRIMARY KEY,	-- level << 48 | period << 24 | series
	data		BLOB NOT NULL
) STRICT;

-- Up to where each level above the minute is computed: every bucket that
-- starts before `upto` is stored.
CREATE TABLE rolled (
	level		INTEGER PRIMARY KEY,
	upto		INTEGER NOT NULL	-- Unix time, start of a bucket
) STRICT;
