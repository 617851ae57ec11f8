package dev.aerie.storage.catalog;

import dev.aerie.messages.CaptureClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The recordings: one per stream and session.
public final class Recordings {

    private static final Sql UPSERT_STREAM = new Sql("""
            INSERT INTO streams (name, first_seen_ns, last_seen_ns) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET last_seen_ns = max(last_seen_ns, excluded.last_seen_ns)""");
    private static final Sql UPSERT_SESSION = new Sql("""
            INSERT INTO sessions (stream, session, clock, start_ns, end_ns) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (stream, session) DO UPDATE SET
                start_ns = min(start_ns, excluded.start_ns), end_ns = max(end_ns, excluded.end_ns)""");
    private static final Sql END = new Sql("UPDATE sessions SET ended = ? WHERE stream = ? AND session = ?");
    private static final String SELECT = """
            SELECT s.stream, s.session, s.clock, s.start_ns, s.end_ns, s.ended,
                   count(g.id), coalesce(sum(g.is_protected), 0), coalesce(sum(g.frames), 0),
                   coalesce(sum(g.bytes), 0)
            FROM sessions s LEFT JOIN segments g ON g.stream = s.stream AND g.session = s.session
            """;
    private static final Sql BY_KEY =
            new Sql(SELECT + "WHERE s.stream = ? AND s.session = ? GROUP BY s.stream, s.session");
    private static final Sql BY_SESSION = new Sql(SELECT + """
            WHERE s.session = ? GROUP BY s.stream, s.session ORDER BY s.start_ns DESC LIMIT 1""");
    private static final Sql BY_TIME = new Sql(SELECT + """
            WHERE (? = '' OR s.stream = ?) AND s.start_ns < ? AND (s.end_ns > ? OR s.ended = 0)
                AND (? = '' OR EXISTS (SELECT 1 FROM labels l JOIN segments h ON h.id = l.segment
                    WHERE l.label = ? AND h.stream = s.stream AND h.session = s.session))
            GROUP BY s.stream, s.session ORDER BY s.start_ns DESC LIMIT ?""");
    private static final Sql RUNNING = new Sql(SELECT + "WHERE s.ended = 0 GROUP BY s.stream, s.session");
    private static final Sql STREAMS = new Sql("SELECT name FROM streams ORDER BY name");

    private final Catalog catalog;

    public Recordings(Catalog catalog) {
        this.catalog = catalog;
    }

    /// To be called within a [Catalog.Change]: extends stream and session by frames captured from `startNanos` to
    /// `endNanos`.
    public static void extend(
            Connection connection, String stream, String session, CaptureClock clock, long startNanos, long endNanos)
            throws SQLException {
        UPSERT_STREAM.update(connection, stream, startNanos, endNanos);
        UPSERT_SESSION.update(connection, stream, session, clock.wireName(), startNanos, endNanos);
    }

    /// To be called within a [Catalog.Change]: marks the session as ended or as running again.
    public static void markEnded(Connection connection, String stream, String session, boolean ended)
            throws SQLException {
        END.update(connection, ended ? 1 : 0, stream, session);
    }

    public Optional<Recording> find(String stream, String session) throws CatalogUnavailableException {
        return catalog.query(connection -> BY_KEY.list(connection, Recordings::recording, stream, session)).stream()
                .findFirst();
    }

    /// The newest recording of a session, in any stream.
    public Optional<Recording> findBySession(String session) throws CatalogUnavailableException {
        return catalog.query(connection -> BY_SESSION.list(connection, Recordings::recording, session)).stream()
                .findFirst();
    }

    /// Recordings with frames captured from `fromNanos` to `toNanos`, newest first.
    ///
    /// - `stream`, `label`: empty for all
    public List<Recording> between(String stream, long fromNanos, long toNanos, String label, int limit)
            throws CatalogUnavailableException {
        return catalog.query(connection -> BY_TIME.list(
                connection, Recordings::recording, stream, stream, toNanos, fromNanos, label, label, limit));
    }

    /// Recordings that have not ended, according to the index.
    public List<Recording> running() throws CatalogUnavailableException {
        return catalog.query(connection -> RUNNING.list(connection, Recordings::recording));
    }

    /// Names of all streams that were ever recorded, sorted.
    public List<String> streams() throws CatalogUnavailableException {
        return catalog.query(connection -> STREAMS.list(connection, row -> row.getString(1)));
    }

    private static Recording recording(ResultSet row) throws SQLException {
        return new Recording(
                row.getString(1),
                row.getString(2),
                clock(row.getString(3)),
                row.getLong(4),
                row.getLong(5),
                row.getInt(6) != 0,
                row.getLong(7),
                row.getLong(8),
                row.getLong(9),
                row.getLong(10));
    }

    private static CaptureClock clock(String wireName) {
        for (CaptureClock clock : CaptureClock.values()) {
            if (clock.wireName().equals(wireName)) {
                return clock;
            }
        }
        throw new IllegalStateException("unknown clock in the index: " + wireName);
    }
}
