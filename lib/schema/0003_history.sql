-- Energy booked over a stretch of time and not to minutes: what was used while
-- nobody read the counter, and what a person added or took away.
CREATE TABLE booking (
	id		INTEGER PRIMARY KEY,
	series		INTEGER NOT NULL,	-- series.id
	since		INTEGER NOT NULL,	-- Unix time
	upto		INTEGER NOT NULL,	-- Unix time, later than since
	energy		INTEGER NOT NULL,	-- stored integers of the quantity
	idx		INTEGER NOT NULL,	-- index at since; -1: none
	amendment	INTEGER NOT NULL	-- amendment.id; 0: of the counter
) STRICT;
CREATE INDEX booking_upto ON booking (upto);
CREATE INDEX booking_amendment ON booking (amendment);

-- Where a counter began anew: nothing is booked across the cut.
CREATE TABLE epoch (
	id		INTEGER PRIMARY KEY,
	series		INTEGER NOT NULL,	-- series.id
	since		INTEGER NOT NULL,	-- Unix time of the last reading before
	t		INTEGER NOT NULL,	-- Unix time of the first reading in it
	before		INTEGER NOT NULL,	-- the last index before
	first		INTEGER NOT NULL,	-- the first index in it
	event		INTEGER NOT NULL,	-- event.id that told of it
	fate		INTEGER NOT NULL	-- enum mews_fate
) STRICT;
CREATE INDEX epoch_series ON epoch (series, t);

-- What a person changed of the history, with what was there before.
CREATE TABLE amendment (
	id		INTEGER PRIMARY KEY,
	t		INTEGER NOT NULL,	-- Unix time
	kind		INTEGER NOT NULL,	-- enum mews_amendment_kind
	who		TEXT NOT NULL,		-- user
	series		INTEGER NOT NULL,	-- series.id
	epoch		INTEGER NOT NULL,	-- epoch.id; 0: none
	level		INTEGER NOT NULL,	-- enum mews_level of what was corrected
	since		INTEGER NOT NULL,	-- Unix time, [since, upto) was touched
	upto		INTEGER NOT NULL,
	was		INTEGER NOT NULL,	-- value before, stored integer
	value		INTEGER NOT NULL,	-- value now, stored integer
	flags		INTEGER NOT NULL,	-- flags of a minute before
	reason		TEXT NOT NULL,
	undone		INTEGER NOT NULL,	-- Unix time; 0: in force
	undone_by	TEXT NOT NULL
) STRICT;

-- Single facts about the whole file.
CREATE TABLE mark (
	name		TEXT PRIMARY KEY,
	value		TEXT NOT NULL
) STRICT;
