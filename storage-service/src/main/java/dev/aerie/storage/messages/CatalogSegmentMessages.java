package dev.aerie.storage.messages;

import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.OpenSegments;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The segments of the catalog. The messages of a segment are in a file next to its video.
public final class CatalogSegmentMessages implements SegmentMessages {

    private static final Sql AROUND = new Sql("""
            SELECT id, path, first_frame, last_frame, start_ns, end_ns FROM segments
            WHERE stream = ? AND session = ? AND (last_frame >= ? OR end_ns >= ?) ORDER BY first_frame""");
    private static final Sql DELETE_LABELS = new Sql("DELETE FROM labels WHERE segment = ?");
    private static final Sql INSERT_LABEL = new Sql("""
            INSERT INTO labels (segment, minute, label, frames, best_score)
            SELECT id, ?, ?, ?, ? FROM segments WHERE id = ?""");
    private static final Sql UPSERT_FILED = new Sql("""
            INSERT INTO filed_messages (segment, bytes) SELECT id, ? FROM segments WHERE id = ?
            ON CONFLICT (segment) DO UPDATE SET bytes = excluded.bytes""");
    private static final Sql NOT_FILED = new Sql("""
            SELECT id, path, first_frame, last_frame, start_ns, end_ns FROM segments
            WHERE state = 'CLOSED' AND id NOT IN (SELECT segment FROM filed_messages)""");
    private static final Sql FILED = new Sql("""
            SELECT s.id, s.path, s.first_frame, s.last_frame, s.start_ns, s.end_ns, d.bytes
            FROM segments s JOIN filed_messages d ON d.segment = s.id WHERE s.state = 'CLOSED' AND d.bytes >= 0""");
    private static final long ANSWER_SECONDS = 30;

    private final Path archive;
    private final Catalog catalog;
    private final OpenSegments open;
    private int comparedGeneration;

    /// - `archive`: the folder that paths in the catalog are relative to
    public CatalogSegmentMessages(Path archive, Catalog catalog, OpenSegments open) {
        this.archive = archive;
        this.catalog = catalog;
        this.open = open;
    }

    @Override
    public List<SegmentMessageFile> find(String stream, String session, MessageSpan span) throws IOException {
        var writing = open.of(stream); // read first: a segment closed in between is found twice rather than not at all
        var segments = new ArrayList<>(catalog.query(connection ->
                AROUND.list(connection, this::segment, stream, session, span.firstFrame(), span.firstCaptureNanos())));
        for (var each : writing) {
            Segment segment = each.segment();
            boolean isClosed = segments.stream().anyMatch(file -> file.id().equals(segment.id()));
            if (segment.session().equals(session) && !isClosed) {
                segments.add(new SegmentMessageFile(
                        segment.id(),
                        MessageFiles.ofSegment(archive, segment.path()),
                        segment.firstFrame(),
                        segment.lastFrame(),
                        segment.startNanos(),
                        segment.endNanos(),
                        false));
            }
        }
        segments.sort(Comparator.comparingLong(SegmentMessageFile::firstFrame));
        return segments;
    }

    @Override
    public Path unrecordedFolder(String stream, String session) {
        return archive.resolve(stream).resolve(session);
    }

    @Override
    public void markFiled(SegmentMessageFile segment, LabelStats labelStats) throws IOException {
        long bytes = Files.size(segment.path());
        var change = catalog.change(connection -> {
            DELETE_LABELS.update(connection, segment.id());
            for (LabelStats.Row row : labelStats.rows()) {
                INSERT_LABEL.update(connection, row.minute(), row.label(), row.frames(), row.bestScore(), segment.id());
            }
            return UPSERT_FILED.update(connection, bytes, segment.id());
        });
        try {
            int _ = change.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CatalogUnavailableException unavailable
                    ? unavailable
                    : new IOException("the index rejects labels: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CatalogUnavailableException("the index cannot store labels now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public List<SegmentMessageFile> unindexed() throws IOException {
        int generation = catalog.generation();
        var unindexed = new ArrayList<>(catalog.query(connection -> NOT_FILED.list(connection, this::segment)));
        if (generation != comparedGeneration) {
            unindexed.addAll(outOfStep());
            comparedGeneration = generation;
        }
        return unindexed;
    }

    /// Segments whose message file has another size than was indexed: a power failure lost the last index changes.
    private List<SegmentMessageFile> outOfStep() throws IOException {
        record Indexed(SegmentMessageFile segment, long bytes) {}
        var filed =
                catalog.query(connection -> FILED.list(connection, row -> new Indexed(segment(row), row.getLong(7))));
        var outOfStep = new ArrayList<SegmentMessageFile>();
        for (Indexed each : filed) {
            Path file = each.segment().path();
            if (Files.exists(file) && Files.size(file) != each.bytes()) {
                outOfStep.add(each.segment());
            }
        }
        return outOfStep;
    }

    private SegmentMessageFile segment(ResultSet row) throws SQLException {
        return new SegmentMessageFile(
                row.getString(1),
                MessageFiles.ofSegment(archive, row.getString(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                true);
    }
}
