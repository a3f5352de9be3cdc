-- What the site is.  One row of site, id 1.
CREATE TABLE site (
	id		INTEGER PRIMARY KEY CHECK (id = 1),
	name		TEXT NOT NULL,
	board		TEXT NOT NULL,		-- designator of the switchboard
	zone		TEXT NOT NULL,		-- IANA name
	contract_w	INTEGER NOT NULL	-- W; 0: not told
) STRICT;

-- An RS485 line, or a Modbus TCP gateway (then path is its host).
CREATE TABLE line (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	name		TEXT NOT NULL UNIQUE,
	kind		INTEGER NOT NULL,	-- enum mews_line_kind
	path		TEXT NOT NULL,		-- device, or host
	port		INTEGER NOT NULL,	-- TCP
	baud		INTEGER NOT NULL,	-- bit/s
	parity		TEXT NOT NULL,		-- N, E, O
	stop		INTEGER NOT NULL,	-- bits
	timeout_ms	INTEGER NOT NULL,	-- ms to the first byte of an answer
	pause_ms	INTEGER NOT NULL	-- ms added to the silence
) STRICT;

-- AUTOINCREMENT: the id of a removed device never names another.
CREATE TABLE device (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	plate		TEXT NOT NULL UNIQUE,	-- P1: designator on the drawing
	name		TEXT NOT NULL,
	place		INTEGER NOT NULL,	-- order on the rail
	line		INTEGER NOT NULL REFERENCES line,
	unit		INTEGER NOT NULL,	-- Modbus unit, 1 to 247
	profile		TEXT NOT NULL,		-- file in etc/meters, without .meter
	post		INTEGER NOT NULL,	-- enum mews_post
	every_s		INTEGER NOT NULL,	-- s between polls
	UNIQUE (line, unit)
) STRICT;

CREATE TABLE pulse (
	device		INTEGER NOT NULL REFERENCES device ON DELETE CASCADE,
	input		INTEGER NOT NULL,	-- from 1
	quantity	TEXT NOT NULL,
	weight		INTEGER NOT NULL,	-- stored integers a pulse
	PRIMARY KEY (device, input)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
	key		TEXT PRIMARY KEY,
	value		TEXT NOT NULL
) STRICT, WITHOUT ROWID;
