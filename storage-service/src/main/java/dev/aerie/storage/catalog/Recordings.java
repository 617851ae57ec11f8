package dev.aerie.storage.catalog;

import dev.aerie.messages.CaptureClock;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// The recordings: what was kept of each session of each stream.
public final class Recordings {

    private static final Sql SEE_STREAM = new Sql("""
            INSERT INTO streams (name, first_seen_ns, last_seen_ns) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET last_seen_ns = max(last_seen_ns, excluded.last_seen_ns)""");
    private static final Sql SEE_SESSION = new Sql("""
            INSERT INTO sessions (stream, session, clock, start_ns, end_ns) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (stream, session) DO UPDATE SET
                start_ns = min(start_ns, excluded.start_ns), end_ns = max(end_ns, excluded.end_ns)""");
    private static final Sql END = new Sql("UPDATE sessions SET ended = ? WHERE stream = ? AND session = ?");
    private static final String SELECT = """
            SELECT s.stream, s.session, s.clock, s.start_ns, s.end_ns, s.ended,
                   count(g.id), coalesce(sum(g.frames), 0), coalesce(sum(g.bytes), 0)
            FROM sessions s LEFT JOIN segments g ON g.stream = s.stream AND g.session = s.session
            """;
    private static final Sql BY_ID =
            new Sql(SELECT + "WHERE s.stream = ? AND s.session = ? GROUP BY s.stream, s.session");
    private static final Sql BY_TIME = new Sql(SELECT + """
            WHERE (? = '' OR s.stream = ?) AND s.start_ns < ? AND (s.end_ns > ? OR s.ended = 0)
            GROUP BY s.stream, s.session ORDER BY s.start_ns DESC LIMIT ?""");
    private static final Sql RUNNING = new Sql(SELECT + "WHERE s.ended = 0 GROUP BY s.stream, s.session");
    private static final Sql STREAMS = new Sql("SELECT name FROM streams ORDER BY name");

    private final Catalog catalog;

    public Recordings(Catalog catalog) {
        this.catalog = catalog;
    }

    /// Within a [Catalog.Change]: frames of this session were taken from `startNanos` to `endNanos`.
    public static void see(
            Connection connection, String stream, String session, CaptureClock clock, long startNanos, long endNanos)
            throws SQLException {
        SEE_STREAM.update(connection, stream, startNanos, endNanos);
        SEE_SESSION.update(connection, stream, session, clock.wireName(), startNanos, endNanos);
    }

    /// Within a [Catalog.Change]: the session has ended, or goes on after all.
    public static void markEnded(Connection connection, String stream, String session, boolean ended)
            throws SQLException {
        END.update(connection, ended ? 1 : 0, stream, session);
    }

    public Optional<Recording> find(String stream, String session) throws CatalogUnavailableException {
        return catalog.ask(connection -> BY_ID.list(connection, Recordings::recording, stream, session)).stream()
                .findFirst();
    }

    /// Those of which anything was taken from `fromNanos` to `toNanos`, the newest first.
    ///
    /// - `stream`: empty for all
    public List<Recording> between(String stream, long fromNanos, long toNanos, int limit)
            throws CatalogUnavailableException {
        return catalog.ask(connection ->
                BY_TIME.list(connection, Recordings::recording, stream, stream, toNanos, fromNanos, limit));
    }

    /// Those that have not ended, as far as the index knows.
    public List<Recording> running() throws CatalogUnavailableException {
        return catalog.ask(connection -> RUNNING.list(connection, Recordings::recording));
    }

    /// Every stream of which there ever was a recording, by name.
    public List<String> streams() throws CatalogUnavailableException {
        return catalog.ask(connection -> STREAMS.list(connection, row -> row.getString(1)));
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
                row.getLong(9));
    }

    private static CaptureClock clock(String wireName) {
        for (CaptureClock clock : CaptureClock.values()) {
            if (clock.wireName().equals(wireName)) {
                return clock;
            }
        }
        throw new IllegalStateException("the index names a clock '" + wireName + "'");
    }
}
