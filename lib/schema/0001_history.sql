-- One row a device and quantity that was ever stored.
CREATE TABLE series (
	id		INTEGER PRIMARY KEY,
	device		INTEGER NOT NULL,	-- device.id of config.db
	quantity	TEXT NOT NULL,		-- name of quantity.h
	UNIQUE (device, quantity)
) STRICT;

-- Recent buckets: one row a bucket, all series in it.
-- level: enum mews_level.  t: start, Unix time.
-- data: (series, bucket) pairs, as history.c writes them.
CREATE TABLE frame (
	level		INTEGER NOT NULL,
	t		INTEGER NOT NULL,
	data		BLOB NOT NULL,
	PRIMARY KEY (level, t)
) STRICT;

-- Older buckets: one row a series and period, compressed.  The period is a
-- UTC day of minutes, a UTC month of hours, a UTC year of days; months and
-- years have one period for all time.
-- id: level, period and series as history.c joins them: time before series,
-- so that a night's packing writes neighbours.
CREATE TABLE chunk (
	id		INTEGER PRIMARY KEY,
	data		BLOB NOT NULL
) STRICT;

-- Up to where each level above the minute is computed: every bucket that
-- starts before `upto` is stored.
CREATE TABLE rolled (
	level		INTEGER PRIMARY KEY,
	upto		INTEGER NOT NULL	-- Unix time, start of a bucket
) STRICT;
