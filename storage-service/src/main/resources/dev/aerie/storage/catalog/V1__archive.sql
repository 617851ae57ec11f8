-- Times are Unix nanoseconds of pictures (capture time) unless they say otherwise; paths are relative to STORAGE_PATH.

CREATE TABLE streams (
    name          TEXT PRIMARY KEY,
    first_seen_ns INTEGER NOT NULL,
    last_seen_ns  INTEGER NOT NULL
) WITHOUT ROWID;

-- One recording: what was kept of one session of a stream. Open while ended is 0.
CREATE TABLE sessions (
    stream   TEXT    NOT NULL REFERENCES streams (name),
    session  TEXT    NOT NULL,
    clock    TEXT    NOT NULL,
    start_ns INTEGER NOT NULL,
    end_ns   INTEGER NOT NULL,
    ended    INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (stream, session)
) WITHOUT ROWID;

CREATE INDEX sessions_by_time ON sessions (start_ns);

CREATE TABLE segments (
    id           TEXT PRIMARY KEY,
    stream       TEXT    NOT NULL,
    session      TEXT    NOT NULL,
    path         TEXT    NOT NULL UNIQUE,
    first_frame  INTEGER NOT NULL,
    last_frame   INTEGER NOT NULL,
    frames       INTEGER NOT NULL,
    start_ns     INTEGER NOT NULL,
    end_ns       INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    codec        TEXT    NOT NULL,
    width        INTEGER NOT NULL,
    height       INTEGER NOT NULL,
    state        TEXT    NOT NULL,
    is_protected INTEGER NOT NULL DEFAULT 0,
    sha256       TEXT    NOT NULL,
    FOREIGN KEY (stream, session) REFERENCES sessions (stream, session)
) WITHOUT ROWID;

CREATE INDEX segments_by_time ON segments (stream, start_ns);
CREATE INDEX segments_by_session ON segments (stream, session, first_frame);

-- Every frame of a segment, as FrameIndex writes it; apart from the rest, which is searched.
CREATE TABLE frame_indexes (
    segment TEXT PRIMARY KEY REFERENCES segments (id) ON DELETE CASCADE,
    frames  BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE snapshots (
    stream       TEXT    NOT NULL,
    session      TEXT    NOT NULL,
    frame_number INTEGER NOT NULL,
    capture_ns   INTEGER NOT NULL,
    path         TEXT    NOT NULL UNIQUE,
    bytes        INTEGER NOT NULL,
    PRIMARY KEY (stream, session, frame_number)
) WITHOUT ROWID;

CREATE INDEX snapshots_by_time ON snapshots (stream, capture_ns);

-- What happened to the archive, for people and for search: a loss, a repair, a disk that was away.
CREATE TABLE events (
    id      INTEGER PRIMARY KEY,
    stream  TEXT    NOT NULL,
    session TEXT    NOT NULL,
    at_ns   INTEGER NOT NULL,
    kind    TEXT    NOT NULL,
    detail  TEXT    NOT NULL
);

CREATE INDEX events_by_time ON events (stream, at_ns);

-- Messages that are to be published because of a change, written in the same transaction as the change.
CREATE TABLE announcements (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    exchange TEXT NOT NULL,
    body     BLOB NOT NULL
);
