package dev.aerie.storage.retention;

import dev.aerie.messages.Ulid;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Finds segments that may be removed, according to the index: closed, not protected, and uploaded if that is
/// required.
///
/// The order in which segments were entered decides which is older, never a clock.
final class RemovalCandidates {

    private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);
    private static final String REMOVABLE = """
            is_protected = 0 AND (? = 0 OR EXISTS
                (SELECT 1 FROM uploads u WHERE u.segment = segments.id AND u.done_ms IS NOT NULL))
            """;
    private static final Sql FIRST_YOUNG =
            new Sql("SELECT serial FROM segments WHERE id >= ? AND id < ? ORDER BY serial LIMIT 1");
    private static final Sql OLD = new Sql("""
            SELECT id, bytes FROM segments WHERE state <> 'OPEN' AND is_protected = 0 AND id < ? AND serial < ?
            AND (id < ? OR NOT EXISTS (SELECT 1 FROM labels s WHERE s.segment = segments.id))
            AND (? = 0 OR state <> 'CLOSED' OR EXISTS
                (SELECT 1 FROM uploads u WHERE u.segment = segments.id AND u.done_ms IS NOT NULL))
            ORDER BY serial LIMIT ?""");
    private static final Sql TOO_LARGE = new Sql("""
            SELECT stream, sum(bytes) FROM segments WHERE state = 'CLOSED' AND is_protected = 0
            GROUP BY stream HAVING sum(bytes) > ?""");
    private static final Sql OLDEST = new Sql("SELECT id, bytes FROM segments WHERE state = 'CLOSED' AND " + REMOVABLE
            + "AND (? = '' OR stream = ?) ORDER BY serial LIMIT ?");
    private static final Sql REMOVABLE_BYTES =
            new Sql("SELECT coalesce(sum(bytes), 0) FROM segments WHERE state = 'CLOSED' AND " + REMOVABLE);
    private static final Sql LOCAL_BYTES =
            new Sql("SELECT coalesce(sum(bytes), 0) FROM segments WHERE state = 'CLOSED'");

    private final Catalog catalog;
    private final int uploadedOnly;

    RemovalCandidates(Catalog catalog, boolean uploadedOnly) {
        this.catalog = catalog;
        this.uploadedOnly = uploadedOnly ? 1 : 0;
    }

    /// A segment and the size of its file on the disk.
    record Candidate(String id, long bytes) {}

    /// A stream that is too large, and by how much.
    record Excess(String stream, long bytes) {}

    /// Segments written before `anyBefore`, or before `seenBefore` if objects were detected in them. A segment that
    /// was entered after a younger one counts as that young, because the clock was behind when it was written.
    List<Candidate> old(Instant anyBefore, Instant seenBefore, Instant now, int limit)
            throws CatalogUnavailableException {
        String before = idOf(anyBefore);
        String latest = idOf(now.plus(CLOCK_TOLERANCE));
        return catalog.query(connection -> {
            List<Long> young = FIRST_YOUNG.list(connection, row -> row.getLong(1), before, latest);
            long serial = young.isEmpty() ? Long.MAX_VALUE : young.getFirst();
            return OLD.list(
                    connection, RemovalCandidates::candidate, before, serial, idOf(seenBefore), uploadedOnly, limit);
        });
    }

    List<Excess> tooLarge(long bytesPerStream) throws CatalogUnavailableException {
        return catalog.query(connection -> TOO_LARGE.list(
                connection, row -> new Excess(row.getString(1), row.getLong(2) - bytesPerStream), bytesPerStream));
    }

    /// The oldest segments, oldest first.
    ///
    /// - `stream`: empty for all
    List<Candidate> oldest(String stream, int limit) throws CatalogUnavailableException {
        return catalog.query(connection ->
                OLDEST.list(connection, RemovalCandidates::candidate, uploadedOnly, stream, stream, limit));
    }

    /// Size of all removable segments on the disk.
    long removableBytes() throws CatalogUnavailableException {
        return catalog.query(connection -> REMOVABLE_BYTES.list(connection, row -> row.getLong(1), uploadedOnly))
                .getFirst();
    }

    /// Size of all segments on the disk.
    long localBytes() throws CatalogUnavailableException {
        return catalog.query(connection -> LOCAL_BYTES.list(connection, row -> row.getLong(1)))
                .getFirst();
    }

    private static Candidate candidate(ResultSet row) throws SQLException {
        return new Candidate(row.getString(1), row.getLong(2));
    }

    private static String idOf(Instant moment) {
        int bitsOfChance = 16;
        return new Ulid(Math.max(0, moment.toEpochMilli()) << bitsOfChance, 0).toString();
    }
}
