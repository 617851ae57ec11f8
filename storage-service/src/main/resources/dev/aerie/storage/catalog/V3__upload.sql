-- Segments on their way to the bucket, and those that are there.
CREATE TABLE uploads (
    segment   TEXT PRIMARY KEY REFERENCES segments (id) ON DELETE CASCADE,
    upload_id TEXT    NOT NULL, -- of the store, while parts are being sent; else empty
    done_ms   INTEGER           -- Unix milliseconds of when its arrival was proven; null before
) WITHOUT ROWID;
