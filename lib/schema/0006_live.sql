-- Since when, and why, the history cannot be written; no row: it can.
CREATE TABLE disk (
	id		INTEGER PRIMARY KEY CHECK (id = 1),
	since		INTEGER NOT NULL,	-- Unix time
	says		TEXT NOT NULL
) STRICT;
