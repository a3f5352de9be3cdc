-- What people ask of a bus, and what came of it (job.h).
CREATE TABLE job (
	id		INTEGER PRIMARY KEY,
	kind		INTEGER NOT NULL,	-- enum mews_job_kind
	state		INTEGER NOT NULL,	-- enum mews_job_state
	who		TEXT NOT NULL,
	begun		INTEGER NOT NULL,	-- Unix time
	ended		INTEGER NOT NULL,	-- Unix time; 0: not over
	line		INTEGER NOT NULL,
	device		INTEGER NOT NULL,	-- 0: none
	unit		INTEGER NOT NULL,	-- 0: none, or more than one
	done		INTEGER NOT NULL,	-- questions
	total		INTEGER NOT NULL,	-- questions
	what		TEXT NOT NULL,
	reason		TEXT NOT NULL,
	result		TEXT NOT NULL,		-- a word; '': not over
	code		INTEGER NOT NULL	-- exception; 0: none
) STRICT;

CREATE TABLE exchange (
	job		INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
	n		INTEGER NOT NULL,	-- from 0, in order
	unit		INTEGER NOT NULL,
	function	INTEGER NOT NULL,
	address		INTEGER NOT NULL,
	count		INTEGER NOT NULL,	-- registers or bits
	request		BLOB NOT NULL,		-- as on the wire
	answer		BLOB NOT NULL,		-- as on the wire; empty: none
	took_us		INTEGER NOT NULL,	-- us of the answer
	result		INTEGER NOT NULL,	-- enum mews_exchange_result
	code		INTEGER NOT NULL,	-- exception; 0: none
	PRIMARY KEY (job, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE job_value (
	job		INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
	n		INTEGER NOT NULL,	-- of the exchange
	quantity	TEXT NOT NULL,
	address		INTEGER NOT NULL,
	value		INTEGER,		-- stored integer; NULL: not available
	PRIMARY KEY (job, n, address, quantity)
) STRICT, WITHOUT ROWID;

CREATE TABLE found (
	id		INTEGER PRIMARY KEY,	-- in the order of the scan
	job		INTEGER NOT NULL REFERENCES job (id) ON DELETE CASCADE,
	line		INTEGER NOT NULL,
	unit		INTEGER NOT NULL,
	baud		INTEGER NOT NULL,	-- 0 behind a gateway
	parity		TEXT NOT NULL,		-- N, E, O; '' behind a gateway
	stop		INTEGER NOT NULL,	-- stop bits
	took_us		INTEGER NOT NULL,	-- us of the answer
	code		INTEGER NOT NULL,	-- exception it answered; 0: none
	profiles	TEXT NOT NULL,		-- names, a blank between
	device		INTEGER NOT NULL	-- of the site; 0: new
) STRICT;
CREATE INDEX found_job ON found (job);
