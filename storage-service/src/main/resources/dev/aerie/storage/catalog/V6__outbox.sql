-- Messages to publish because of a change wait in the outbox; recordings are found by session alone.
ALTER TABLE announcements RENAME TO outbox;

CREATE INDEX sessions_by_session ON sessions (session);
