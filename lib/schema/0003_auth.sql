-- Read-only keys for programs: the key itself is kept by who made it.
CREATE TABLE key (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	name		TEXT NOT NULL UNIQUE,
	digest		BLOB NOT NULL UNIQUE,	-- SHA-256 of the key
	rights		TEXT NOT NULL,		-- '' everything, else zone:ID device:ID ...
	made		INTEGER NOT NULL,	-- Unix time
	used		INTEGER NOT NULL	-- Unix time, to the minute; 0: never
) STRICT;
