package dev.aerie.storage.catalog;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/// The events of the archive.
public final class Events {

    private static final Sql INSERT =
            new Sql("INSERT INTO events (stream, session, at_ns, kind, detail) VALUES (?, ?, ?, ?, ?)");
    private static final Sql BY_TIME = new Sql("""
            SELECT stream, session, at_ns, kind, detail FROM events
            WHERE stream = ? AND at_ns >= ? AND at_ns < ? ORDER BY at_ns, id LIMIT ?""");

    private final Catalog catalog;

    public Events(Catalog catalog) {
        this.catalog = catalog;
    }

    /// To be called within a [Catalog.Change].
    public static void enter(Connection connection, ArchiveEvent event) throws SQLException {
        INSERT.update(connection, event.stream(), event.session(), event.atNanos(), event.kind(), event.detail());
    }

    /// Events from `fromNanos` to `toNanos`, oldest first.
    public List<ArchiveEvent> between(String stream, long fromNanos, long toNanos, int limit)
            throws CatalogUnavailableException {
        return catalog.query(connection -> BY_TIME.list(
                connection,
                row -> new ArchiveEvent(
                        row.getString(1), row.getString(2), row.getLong(3), row.getString(4), row.getString(5)),
                stream,
                fromNanos,
                toNanos,
                limit));
    }
}
