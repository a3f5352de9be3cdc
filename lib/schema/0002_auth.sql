-- A PIN given again: lets one session give one critical command, once.
CREATE TABLE ticket (
	digest		BLOB PRIMARY KEY,	-- SHA-256 of the ticket
	session		BLOB NOT NULL REFERENCES session (digest)
				ON DELETE CASCADE,
	made		INTEGER NOT NULL	-- Unix time
) STRICT, WITHOUT ROWID;
CREATE INDEX ticket_session ON ticket (session);
