-- How a sink fared: what pages tell of it.
CREATE TABLE errand (
	sink		TEXT PRIMARY KEY,	-- its word
	good		INTEGER NOT NULL,	-- Unix time it last did its work; 0: never
	since		INTEGER NOT NULL,	-- Unix time it began to fail; 0: it does not
	tries		INTEGER NOT NULL,	-- failures in a row
	why		TEXT NOT NULL		-- sentence of the last failure, ''
) STRICT, WITHOUT ROWID;

-- How far something has come that must go on where it was.
CREATE TABLE cursor (
	name		TEXT PRIMARY KEY,
	at		INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- Files of the data folder that are complete, in the order they became so;
-- one that is written again with other bytes gets a new id.
CREATE TABLE finished (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	path		TEXT NOT NULL UNIQUE,	-- below the folder
	size		INTEGER NOT NULL,	-- bytes
	sum		INTEGER NOT NULL,	-- FNV-1a of the bytes
	t		INTEGER NOT NULL	-- Unix time it was written
) STRICT;
