-- Who may.  Hashes are Argon2id over a keyed hash; the key is not here.
CREATE TABLE user (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	name		TEXT NOT NULL UNIQUE,
	role		INTEGER NOT NULL,	-- enum mews_role
	lang		TEXT NOT NULL,		-- en, it, fr; empty until chosen
	enabled		INTEGER NOT NULL,
	factory		INTEGER NOT NULL,	-- 1: still has the leaflet's codes
	pin_failed	INTEGER NOT NULL,	-- wrong PINs in a row
	puk_failed	INTEGER NOT NULL,	-- wrong PUKs in a row
	puk_next	INTEGER NOT NULL,	-- Unix time of the next allowed PUK
	last_in		INTEGER NOT NULL,	-- last sign-in, Unix time, 0: never
	pin_salt	BLOB NOT NULL,
	pin_hash	BLOB NOT NULL,
	puk_salt	BLOB NOT NULL,
	puk_hash	BLOB NOT NULL
) STRICT;

CREATE TABLE session (
	digest		BLOB PRIMARY KEY,	-- SHA-256 of the token
	csrf		BLOB NOT NULL,		-- 16 bytes
	user		INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
	begun		INTEGER NOT NULL,	-- Unix time
	used		INTEGER NOT NULL,	-- Unix time
	source		TEXT NOT NULL		-- address of the browser
) STRICT, WITHOUT ROWID;

-- The security log, a ring of 10,000 lines.
CREATE TABLE audit (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	t		INTEGER NOT NULL,	-- Unix time
	what		TEXT NOT NULL,		-- sign-in, wrong-pin ...
	user		TEXT NOT NULL,		-- as typed, may name nobody
	source		TEXT NOT NULL
) STRICT;
