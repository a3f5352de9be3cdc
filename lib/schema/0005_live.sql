-- The ports of the gateway, and how long lines worked for whom.
CREATE TABLE traffic_port (
	id		INTEGER PRIMARY KEY,	-- in order
	port		INTEGER NOT NULL,
	address		TEXT NOT NULL,
	line		INTEGER NOT NULL,	-- all units go there; 0: each to its own
	open		INTEGER NOT NULL	-- 0: not yet, or another's
) STRICT;

ALTER TABLE traffic_client ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
ALTER TABLE traffic_unit ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
ALTER TABLE traffic_unit ADD COLUMN damaged INTEGER NOT NULL DEFAULT 0;
