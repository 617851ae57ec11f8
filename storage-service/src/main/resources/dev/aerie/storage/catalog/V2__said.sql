-- What was said about the pictures of a segment lies in a file beside it; here is what of it is searched.

-- Segments whose messages are filed and counted below.
CREATE TABLE said (
    segment TEXT PRIMARY KEY REFERENCES segments (id) ON DELETE CASCADE
) WITHOUT ROWID;

-- In so many pictures of a segment within a minute (Unix time in minutes) a label was seen.
CREATE TABLE sightings (
    segment    TEXT    NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    minute     INTEGER NOT NULL,
    label      TEXT    NOT NULL,
    pictures   INTEGER NOT NULL,
    best_score REAL    NOT NULL,
    PRIMARY KEY (segment, minute, label)
) WITHOUT ROWID;

CREATE INDEX sightings_by_label ON sightings (label, minute);
