-- Up to where the history was thinned: of a class, what starts before `upto`
-- may be gone from the level; the coarser levels still have it.
CREATE TABLE thinned (
	class		INTEGER NOT NULL,	-- enum mews_keep_class
	level		INTEGER NOT NULL,	-- enum mews_level
	upto		INTEGER NOT NULL,	-- Unix time, end of a chunk's period
	PRIMARY KEY (class, level)
) STRICT, WITHOUT ROWID;
