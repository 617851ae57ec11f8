-- The order in which segments came, whatever the clock said then; and how much of what was said of each is counted.

ALTER TABLE segments ADD COLUMN serial INTEGER NOT NULL DEFAULT 0;

UPDATE segments SET serial = o.n
FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM segments) AS o WHERE o.id = segments.id;

CREATE INDEX segments_by_serial ON segments (serial);

-- Bytes of the file beside the segment when it was counted; -1 where an earlier version counted it.
ALTER TABLE said ADD COLUMN bytes INTEGER NOT NULL DEFAULT -1;
