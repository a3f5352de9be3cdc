-- Where other masters find a value in the map of mews itself.  A slot is given
-- once and belongs to nobody else when its device is gone, so rows stay.
CREATE TABLE map_slot (
	slot		INTEGER PRIMARY KEY AUTOINCREMENT,	-- from 1
	device		INTEGER NOT NULL,
	quantity	TEXT NOT NULL,
	UNIQUE (device, quantity)
) STRICT;

-- Clients whose requests come before others'.
ALTER TABLE gateway_rule ADD COLUMN first INTEGER NOT NULL DEFAULT 0;	-- 1: yes
