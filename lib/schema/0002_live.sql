-- How devices and lines do, and their minutes of the last day.
DROP TABLE device;

CREATE TABLE device (
	id		INTEGER PRIMARY KEY,
	answer		INTEGER NOT NULL,	-- enum mews_answer
	since		INTEGER NOT NULL,	-- Unix time this state began
	last		INTEGER NOT NULL,	-- Unix time of the last good answer
	answer_us	INTEGER NOT NULL,	-- us the last answer took
	asked		INTEGER NOT NULL,
	answered	INTEGER NOT NULL,
	timeouts	INTEGER NOT NULL,
	damaged		INTEGER NOT NULL,
	exceptions	INTEGER NOT NULL,
	last_code	INTEGER NOT NULL,	-- of the last exception; 0: none
	timeout_us	INTEGER NOT NULL,	-- us, in force
	slowest_us	INTEGER NOT NULL,	-- us
	p50_us		INTEGER NOT NULL,	-- us
	p99_us		INTEGER NOT NULL,	-- us
	marks		INTEGER NOT NULL	-- MEWS_LIVE_NEAR ...
) STRICT;

CREATE TABLE exception (
	device		INTEGER NOT NULL,
	code		INTEGER NOT NULL,	-- 0: any above 11
	n		INTEGER NOT NULL,	-- since start
	PRIMARY KEY (device, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE line (
	id		INTEGER PRIMARY KEY,
	open		INTEGER NOT NULL,	-- 0 or 1
	since		INTEGER NOT NULL,	-- Unix time this state began
	why		TEXT NOT NULL,		-- it is not open: a word of live.h
	path		TEXT NOT NULL,		-- name it is opened by
	requests	INTEGER NOT NULL,
	bytes		INTEGER NOT NULL,
	load		INTEGER NOT NULL,	-- per mille
	clients		INTEGER NOT NULL,	-- per mille
	second		INTEGER NOT NULL	-- bytes a second
) STRICT;

CREATE TABLE minute (
	t		INTEGER NOT NULL,	-- Unix time of its begin
	line		INTEGER NOT NULL,	-- 1: of a line, 0: of a device
	id		INTEGER NOT NULL,
	asked		INTEGER NOT NULL,
	answered	INTEGER NOT NULL,
	timeouts	INTEGER NOT NULL,
	damaged		INTEGER NOT NULL,
	exceptions	INTEGER NOT NULL,
	p50_us		INTEGER NOT NULL,	-- us
	p99_us		INTEGER NOT NULL,	-- us
	poller_us	INTEGER NOT NULL,	-- us busy for mews
	clients_us	INTEGER NOT NULL,	-- us busy for clients
	bytes		INTEGER NOT NULL,
	PRIMARY KEY (line, id, t)
) STRICT, WITHOUT ROWID;

CREATE INDEX minute_t ON minute(t);
