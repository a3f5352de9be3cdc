-- What is true now; emptied at each start of mewsd.
CREATE TABLE now (
	id		INTEGER PRIMARY KEY CHECK (id = 1),
	t		INTEGER NOT NULL	-- Unix time of the last write
) STRICT;

CREATE TABLE value (
	device		INTEGER NOT NULL,
	quantity	TEXT NOT NULL,
	value		INTEGER,		-- stored integer; NULL: not available
	t_ms		INTEGER NOT NULL,	-- Unix time of the answer, ms
	PRIMARY KEY (device, quantity)
) STRICT, WITHOUT ROWID;

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
	exceptions	INTEGER NOT NULL
) STRICT;
