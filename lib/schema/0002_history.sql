-- What happened: a ring, the oldest rows go.
CREATE TABLE event (
	id		INTEGER PRIMARY KEY,	-- rises with each
	t		INTEGER NOT NULL,	-- Unix time
	kind		TEXT NOT NULL,		-- name of event.c
	severity	INTEGER NOT NULL,	-- enum mews_severity
	device		INTEGER NOT NULL,	-- device.id of config.db; 0: none
	subject		TEXT NOT NULL,		-- plate or line, as it was called then
	who		TEXT NOT NULL,		-- user; '': the box itself
	source		TEXT NOT NULL,		-- address it was asked from
	arg1		TEXT NOT NULL,
	arg2		TEXT NOT NULL,
	arg3		TEXT NOT NULL
) STRICT;
