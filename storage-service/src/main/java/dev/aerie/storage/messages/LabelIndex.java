package dev.aerie.storage.messages;

import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Sql;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Finds segments by what was seen in them. What was said of a segment is found here once it is filed, seconds after
/// the segment was closed.
public final class LabelIndex {

    private static final Sql SEGMENTS = new Sql("""
            SELECT DISTINCT segment FROM labels
            WHERE label = ? AND minute >= ? AND minute <= ? AND best_score >= ?""");
    private static final Sql OF_SESSION = new Sql("""
            SELECT s.label, sum(s.frames), max(s.best_score) FROM labels s JOIN segments g ON g.id = s.segment
            WHERE g.stream = ? AND g.session = ? GROUP BY s.label ORDER BY s.label""");
    private static final Sql OF_SEGMENT = new Sql("""
            SELECT label, sum(frames), max(best_score) FROM labels WHERE segment = ?
            GROUP BY label ORDER BY label""");
    private static final Sql BY_MINUTE = new Sql("""
            SELECT s.minute, s.label, sum(s.frames), max(s.best_score)
            FROM labels s JOIN segments g ON g.id = s.segment
            WHERE g.stream = ? AND s.minute >= ? AND s.minute < ?
            GROUP BY s.minute, s.label ORDER BY s.minute, s.label""");

    private final Catalog catalog;

    public LabelIndex(Catalog catalog) {
        this.catalog = catalog;
    }

    /// A label, in how many frames it was seen, and its best score, 0..1.
    public record Seen(String label, long frames, double bestScore) {}

    /// Ids of the segments in which `label` was seen in a minute that touches the time given, Unix nanoseconds.
    public Set<String> segments(String label, long fromNanos, long toNanos, double minScore)
            throws CatalogUnavailableException {
        List<String> found = catalog.ask(connection -> SEGMENTS.list(
                connection,
                row -> row.getString(1),
                label,
                minute(fromNanos),
                minute(Math.max(fromNanos, toNanos - 1)),
                minScore));
        return Set.copyOf(found);
    }

    public List<Seen> ofRecording(String stream, String session) throws CatalogUnavailableException {
        return catalog.ask(connection -> OF_SESSION.list(
                connection, row -> new Seen(row.getString(1), row.getLong(2), row.getDouble(3)), stream, session));
    }

    public List<Seen> ofSegment(String segment) throws CatalogUnavailableException {
        return catalog.ask(connection -> OF_SEGMENT.list(
                connection, row -> new Seen(row.getString(1), row.getLong(2), row.getDouble(3)), segment));
    }

    /// What was seen in each minute from `fromMinute` to `toMinute` (exclusive), Unix time in minutes.
    public List<LabelStats.Row> byMinute(String stream, long fromMinute, long toMinute)
            throws CatalogUnavailableException {
        return catalog.ask(connection -> BY_MINUTE.list(
                connection,
                row -> new LabelStats.Row(row.getLong(1), row.getString(2), row.getInt(3), row.getDouble(4)),
                stream,
                fromMinute,
                toMinute));
    }

    private static long minute(long nanos) {
        return TimeUnit.NANOSECONDS.toMinutes(nanos);
    }
}
