-- What a page names before somebody opens a breaker.
ALTER TABLE device ADD COLUMN feeds TEXT NOT NULL DEFAULT '';	-- its circuits: "kitchen sockets, oven"
