-- Where a device stands and what for, where its pulses begin; own profiles;
-- what was removed and what is being tried.
ALTER TABLE device ADD COLUMN zone TEXT NOT NULL DEFAULT '';	-- "Ground floor"
ALTER TABLE device ADD COLUMN panel TEXT NOT NULL DEFAULT '';	-- switchboard
ALTER TABLE device ADD COLUMN usage INTEGER NOT NULL DEFAULT 0;	-- enum mews_group
ALTER TABLE pulse ADD COLUMN start INTEGER NOT NULL DEFAULT 0;	-- stored integers: the index of no pulse

CREATE TABLE profile (
	name		TEXT PRIMARY KEY,
	text		TEXT NOT NULL		-- as a file of etc/meters
) STRICT, WITHOUT ROWID;

-- Devices that can come back with their id, and so with their history.
CREATE TABLE removed (
	id		INTEGER PRIMARY KEY,	-- of the device
	t		INTEGER NOT NULL,	-- s, Unix time
	plate		TEXT NOT NULL,
	text		TEXT NOT NULL		-- line of the site file
) STRICT;

-- Lines whose new settings are kept when a device answers.
CREATE TABLE trial (
	line		TEXT PRIMARY KEY,	-- name
	t		INTEGER NOT NULL,	-- s, Unix time it began
	text		TEXT NOT NULL		-- settings before, as in the site file
) STRICT, WITHOUT ROWID;
