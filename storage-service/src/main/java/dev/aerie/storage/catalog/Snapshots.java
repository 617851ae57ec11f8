package dev.aerie.storage.catalog;

import dev.aerie.messages.FrameId;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The snapshots of the archive.
public final class Snapshots {

    private static final Sql INSERT = new Sql("""
            INSERT INTO snapshots (stream, session, frame_number, capture_ns, path, bytes) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING""");
    private static final Sql DELETE =
            new Sql("DELETE FROM snapshots WHERE stream = ? AND session = ? AND frame_number = ?");
    private static final String SELECT =
            "SELECT stream, session, frame_number, capture_ns, path, bytes FROM snapshots ";
    private static final Sql BY_SESSION = new Sql(SELECT + "WHERE stream = ? AND session = ? ORDER BY frame_number");
    private static final Sql BY_TIME =
            new Sql(SELECT + "WHERE stream = ? AND capture_ns >= ? AND capture_ns < ? ORDER BY capture_ns LIMIT ?");
    private static final Sql LAST_BEFORE =
            new Sql(SELECT + "WHERE stream = ? AND capture_ns <= ? ORDER BY capture_ns DESC LIMIT 1");

    private final Catalog catalog;

    public Snapshots(Catalog catalog) {
        this.catalog = catalog;
    }

    /// To be called within a [Catalog.Change].
    public static void enter(Connection connection, Snapshot snapshot) throws SQLException {
        INSERT.update(
                connection,
                snapshot.id().stream(),
                snapshot.id().session(),
                snapshot.id().frameNumber(),
                snapshot.captureTimeNanos(),
                snapshot.path(),
                snapshot.bytes());
    }

    /// To be called within a [Catalog.Change]: deletes a snapshot from the index; the caller deletes the file.
    /// Returns whether it existed.
    public static boolean forget(Connection connection, FrameId id) throws SQLException {
        return DELETE.update(connection, id.stream(), id.session(), id.frameNumber()) > 0;
    }

    /// The snapshots of one recording, by frame number.
    public List<Snapshot> of(String stream, String session) throws CatalogUnavailableException {
        return catalog.query(connection -> BY_SESSION.list(connection, Snapshots::snapshot, stream, session));
    }

    /// Snapshots of frames captured from `fromNanos` to `toNanos`, oldest first.
    public List<Snapshot> between(String stream, long fromNanos, long toNanos, int limit)
            throws CatalogUnavailableException {
        return catalog.query(
                connection -> BY_TIME.list(connection, Snapshots::snapshot, stream, fromNanos, toNanos, limit));
    }

    /// The last snapshot of a frame captured at `atNanos` or before.
    public Optional<Snapshot> lastBefore(String stream, long atNanos) throws CatalogUnavailableException {
        return catalog.query(connection -> LAST_BEFORE.list(connection, Snapshots::snapshot, stream, atNanos)).stream()
                .findFirst();
    }

    private static Snapshot snapshot(ResultSet row) throws SQLException {
        return new Snapshot(
                new FrameId(row.getString(1), row.getString(2), row.getLong(3)),
                row.getLong(4),
                row.getString(5),
                row.getLong(6));
    }
}
