-- Mails that wait, and the last that went.
CREATE TABLE mail (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	letter		INTEGER NOT NULL,	-- enum mews_letter
	address		TEXT NOT NULL,
	lang		TEXT NOT NULL,
	since		INTEGER NOT NULL,	-- Unix time, or id of an event: what it tells of
	upto		INTEGER NOT NULL,	-- and where that ends
	asked		INTEGER NOT NULL,	-- Unix time in us a person asked for it; 0: by itself
	state		INTEGER NOT NULL,	-- enum mews_mail_state
	made		INTEGER NOT NULL,	-- Unix time
	due		INTEGER NOT NULL,	-- Unix time of the next try
	tries		INTEGER NOT NULL,
	ended		INTEGER NOT NULL,	-- Unix time it was sent or given up; 0: not yet
	why		TEXT NOT NULL,		-- word for the last failure, ''
	said		TEXT NOT NULL		-- what the server said last
) STRICT;

-- The same report goes to the same address once.
CREATE UNIQUE INDEX mail_once ON mail (letter, address, since, asked);
CREATE INDEX mail_due ON mail (state, due);

-- How far a destination has got, and how it fares.
CREATE TABLE delivery (
	destination	INTEGER PRIMARY KEY,
	done		INTEGER NOT NULL,	-- id of the last finished file there
	good		INTEGER NOT NULL,	-- Unix time of the last success; 0: never
	since		INTEGER NOT NULL,	-- Unix time it began to fail; 0: it does not
	tries		INTEGER NOT NULL,	-- failures in a row
	due		INTEGER NOT NULL,	-- Unix time of the next try
	tested		INTEGER NOT NULL,	-- Unix time of the last test; 0: none; -1: asked for
	why		TEXT NOT NULL,		-- word for the last failure, ''
	said		TEXT NOT NULL		-- what the server said last
) STRICT;
