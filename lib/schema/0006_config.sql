-- Who gets mail, and of what.
CREATE TABLE recipient (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	address		TEXT NOT NULL UNIQUE,
	lang		TEXT NOT NULL,		-- en, it, fr
	gets		INTEGER NOT NULL	-- bits of 1 << enum mews_letter
) STRICT;

-- Servers that finished files are brought to.  No password stands here.
CREATE TABLE destination (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	kind		TEXT NOT NULL,		-- ftp, ftps, sftp
	host		TEXT NOT NULL,
	port		INTEGER NOT NULL,
	path		TEXT NOT NULL,		-- folder there; '': where it signs in
	user		TEXT NOT NULL,
	trust		TEXT NOT NULL,		-- fingerprint of its certificate or host key, or ''
	active		INTEGER NOT NULL	-- 0: rests
) STRICT;
