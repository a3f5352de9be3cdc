-- Meters of 800 or 2000 pulses a kWh have no whole Wh a pulse.
ALTER TABLE pulse ADD COLUMN per INTEGER NOT NULL DEFAULT 1;	-- pulses that weigh so much together
