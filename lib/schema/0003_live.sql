-- What other masters ask of the gateway; times are Unix time in s, spans in us.
CREATE TABLE traffic (
	id		INTEGER PRIMARY KEY CHECK (id = 1),
	state		INTEGER NOT NULL,	-- enum mews_traffic_state
	begun		INTEGER NOT NULL,	-- counting since
	t		INTEGER NOT NULL,	-- of the last write
	rate		INTEGER NOT NULL,	-- requests in 10 s
	requests	INTEGER NOT NULL,
	answers		INTEGER NOT NULL,
	exceptions	INTEGER NOT NULL,
	refusals	INTEGER NOT NULL,
	watched		INTEGER NOT NULL	-- frames are kept until then; 0: they are not
) STRICT;

CREATE TABLE traffic_client (
	id		INTEGER PRIMARY KEY,
	who		TEXT NOT NULL,		-- address and port
	port		INTEGER NOT NULL,	-- it came to
	since		INTEGER NOT NULL,
	last		INTEGER NOT NULL,	-- it asked; 0: never
	requests	INTEGER NOT NULL,
	answers		INTEGER NOT NULL,
	exceptions	INTEGER NOT NULL,
	refusals	INTEGER NOT NULL,
	waiting		INTEGER NOT NULL
) STRICT;

CREATE TABLE traffic_unit (
	line		INTEGER NOT NULL,	-- 0: mews itself
	unit		INTEGER NOT NULL,	-- on the line
	device		INTEGER NOT NULL,	-- 0: none of the site
	asked		INTEGER NOT NULL,
	answered	INTEGER NOT NULL,
	exceptions	INTEGER NOT NULL,
	silent		INTEGER NOT NULL,	-- 0B
	busy		INTEGER NOT NULL,	-- 06
	gone		INTEGER NOT NULL,	-- 0A
	joined		INTEGER NOT NULL,
	slowest		INTEGER NOT NULL,
	wait_p50	INTEGER NOT NULL,
	wait_p99	INTEGER NOT NULL,
	answer_p50	INTEGER NOT NULL,
	answer_p99	INTEGER NOT NULL,
	PRIMARY KEY (line, unit)
) STRICT, WITHOUT ROWID;

CREATE TABLE traffic_refusal (
	id		INTEGER PRIMARY KEY,
	reason		TEXT NOT NULL,		-- a word of mews_traffic_reason()
	address		TEXT NOT NULL,
	unit		INTEGER NOT NULL,	-- -1 in these four: none
	function	INTEGER NOT NULL,
	first		INTEGER NOT NULL,	-- register
	last		INTEGER NOT NULL,
	n		INTEGER NOT NULL,
	t		INTEGER NOT NULL	-- of the last one
) STRICT;

CREATE TABLE traffic_minute (
	t		INTEGER PRIMARY KEY,	-- its begin
	requests	INTEGER NOT NULL,
	answers		INTEGER NOT NULL,
	exceptions	INTEGER NOT NULL,
	refusals	INTEGER NOT NULL,
	busy		INTEGER NOT NULL	-- us that lines worked for clients
) STRICT;

CREATE TABLE traffic_frame (
	id		INTEGER PRIMARY KEY,
	t_us		INTEGER NOT NULL,	-- Unix time, us
	way		INTEGER NOT NULL,	-- enum mews_traffic_way
	client		TEXT NOT NULL,
	line		INTEGER NOT NULL,
	unit		INTEGER NOT NULL,
	function	INTEGER NOT NULL,
	result		INTEGER NOT NULL,	-- enum mews_traffic_result
	code		INTEGER NOT NULL,	-- of an exception
	took		INTEGER NOT NULL,
	bytes		BLOB NOT NULL
) STRICT;
