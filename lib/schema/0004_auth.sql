-- Users that can be renamed, and what they chose.
ALTER TABLE user ADD COLUMN bound TEXT NOT NULL DEFAULT '';	-- name the codes were hashed with
UPDATE user SET bound = name;
ALTER TABLE user ADD COLUMN theme TEXT NOT NULL DEFAULT '';	-- light, dark; empty: as the browser
ALTER TABLE user ADD COLUMN rights TEXT NOT NULL DEFAULT '';	-- zone:NAME device:ID; empty: everything
ALTER TABLE user ADD COLUMN failed INTEGER NOT NULL DEFAULT 0;	-- wrong PINs since the last sign-in
ALTER TABLE user ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;	-- Unix time the codes were set
ALTER TABLE user DROP COLUMN puk_failed;
ALTER TABLE user DROP COLUMN puk_next;

-- PINs a user had before: not to be chosen again.
CREATE TABLE past (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	user		INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
	salt		BLOB NOT NULL,
	hash		BLOB NOT NULL
) STRICT;
CREATE INDEX past_user ON past (user);

-- Browsers that a user signed in with: each has wrong tries of its own.
CREATE TABLE browser (
	digest		BLOB NOT NULL,		-- SHA-256 of its cookie
	user		INTEGER NOT NULL REFERENCES user ON DELETE CASCADE,
	used		INTEGER NOT NULL,	-- Unix time of its last sign-in
	failed		INTEGER NOT NULL,	-- wrong PINs in a row
	PRIMARY KEY (digest, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX browser_user ON browser (user, used);

ALTER TABLE session ADD COLUMN browser BLOB;	-- digest; NULL: not known

-- Where wrong PINs came from.
CREATE TABLE source (
	address		TEXT PRIMARY KEY,	-- of IPv6 the first 64 bits
	failed		INTEGER NOT NULL,	-- wrong PINs in a row
	next		INTEGER NOT NULL,	-- Unix time before which none is looked at
	told		INTEGER NOT NULL,	-- Unix time a refusal was last logged
	used		INTEGER NOT NULL	-- Unix time of the last try
) STRICT, WITHOUT ROWID;
CREATE INDEX source_used ON source (used);

-- PUKs that were looked at within the hour.
CREATE TABLE puk (
	id		INTEGER PRIMARY KEY AUTOINCREMENT,
	t		INTEGER NOT NULL,	-- Unix time
	address		TEXT NOT NULL		-- as in source
) STRICT;

ALTER TABLE audit ADD COLUMN about TEXT NOT NULL DEFAULT '';	-- a user, or what else it is about
ALTER TABLE audit ADD COLUMN stranger INTEGER NOT NULL DEFAULT 0;	-- 1: anybody can cause it
CREATE INDEX audit_ring ON audit (stranger, id);
CREATE INDEX audit_t ON audit (t);
