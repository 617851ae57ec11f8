package dev.aerie.storage.messages;

import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Sql;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Finds segments by detected labels. A segment is indexed when its messages are filed, seconds after it was closed.
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

    /// A label, the number of frames in which it was detected, and its best score, 0..1.
    public record LabelCount(String label, long frames, double bestScore) {}

    /// Ids of the segments with `label` in a minute that overlaps the given time, Unix nanoseconds.
    public Set<String> segments(String label, long fromNanos, long toNanos, double minScore)
            throws CatalogUnavailableException {
        List<String> found = catalog.query(connection -> SEGMENTS.list(
                connection,
                row -> row.getString(1),
                label,
                minute(fromNanos),
                minute(Math.max(fromNanos, toNanos - 1)),
                minScore));
        return Set.copyOf(found);
    }

    public List<LabelCount> ofRecording(String stream, String session) throws CatalogUnavailableException {
        return catalog.query(connection -> OF_SESSION.list(
                connection,
                row -> new LabelCount(row.getString(1), row.getLong(2), row.getDouble(3)),
                stream,
                session));
    }

    public List<LabelCount> ofSegment(String segment) throws CatalogUnavailableException {
        return catalog.query(connection -> OF_SEGMENT.list(
                connection, row -> new LabelCount(row.getString(1), row.getLong(2), row.getDouble(3)), segment));
    }

    /// Labels in each minute from `fromMinute` to `toMinute` (exclusive), Unix time in minutes.
    public List<LabelStats.Row> byMinute(String stream, long fromMinute, long toMinute)
            throws CatalogUnavailableException {
        return catalog.query(connection -> BY_MINUTE.list(
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
