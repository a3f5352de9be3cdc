-- What other masters may reach through the gateway.
ALTER TABLE device ADD COLUMN gateway INTEGER NOT NULL DEFAULT 0;	-- unit seen by other masters; 0: its own where that is unique

-- line NULL: each unit goes to the line of its device.
CREATE TABLE gateway_port (
	place		INTEGER PRIMARY KEY,	-- order in the file
	port		INTEGER NOT NULL,
	address		TEXT NOT NULL,		-- empty: all
	line		INTEGER REFERENCES line	-- takes all units
) STRICT;

-- The first one that holds a request decides.
CREATE TABLE gateway_rule (
	place		INTEGER PRIMARY KEY,	-- order in the file
	network		TEXT NOT NULL,		-- ADDRESS/BITS
	allowed		INTEGER NOT NULL,	-- enum mews_right
	unit_first	INTEGER NOT NULL,
	unit_last	INTEGER NOT NULL,
	register_first	INTEGER NOT NULL,
	register_last	INTEGER NOT NULL
) STRICT;
