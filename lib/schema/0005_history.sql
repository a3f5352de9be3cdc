-- A corrected minute of a gauge: its extremes before.
ALTER TABLE amendment ADD COLUMN low INTEGER NOT NULL DEFAULT 0;
ALTER TABLE amendment ADD COLUMN high INTEGER NOT NULL DEFAULT 0;
-- Pulse inputs: the index of no pulse that indexes count from since; -1: as
-- before.
ALTER TABLE epoch ADD COLUMN start INTEGER NOT NULL DEFAULT -1;
