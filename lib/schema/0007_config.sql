-- What a meter can carry at all: above that a jump of its counters is no use.
ALTER TABLE device ADD COLUMN rating INTEGER NOT NULL DEFAULT 0;	-- A; 0: not told
