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

/// The segments as the catalog knows them; what was said of one lies beside its video.
public final class CatalogSegmentMessages implements SegmentMessages {

    private static final Sql AROUND = new Sql("""
            SELECT id, path, first_frame, last_frame, start_ns, end_ns FROM segments
            WHERE stream = ? AND session = ? AND (last_frame >= ? OR end_ns >= ?) ORDER BY first_frame""");
    private static final Sql FORGET = new Sql("DELETE FROM labels WHERE segment = ?");
    private static final Sql SEEN = new Sql("""
            INSERT INTO labels (segment, minute, label, frames, best_score)
            SELECT id, ?, ?, ?, ? FROM segments WHERE id = ?""");
    private static final Sql MARK = new Sql("""
            INSERT INTO filed_messages (segment, bytes) SELECT id, ? FROM segments WHERE id = ?
            ON CONFLICT (segment) DO UPDATE SET bytes = excluded.bytes""");
    private static final Sql UNMARKED = new Sql("""
            SELECT id, path, first_frame, last_frame, start_ns, end_ns FROM segments
            WHERE state = 'CLOSED' AND id NOT IN (SELECT segment FROM filed_messages)""");
    private static final Sql MARKED = new Sql("""
            SELECT s.id, s.path, s.first_frame, s.last_frame, s.start_ns, s.end_ns, d.bytes
            FROM segments s JOIN filed_messages d ON d.segment = s.id WHERE s.state = 'CLOSED' AND d.bytes >= 0""");
    private static final String VIDEO = ".mp4";
    private static final String SAID = ".said.jsonl.gz";
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

    /// Where the messages of a segment lie, given the path of its video.
    public static String saidPath(String segmentPath) {
        int end = segmentPath.lastIndexOf(VIDEO);
        return segmentPath.substring(0, end < 0 ? segmentPath.length() : end) + SAID;
    }

    @Override
    public List<Shelf> shelves(String stream, String session, MessageSpan messageSpan) throws IOException {
        var writing = open.of(stream); // before the closed ones: one that is closed meanwhile is found twice, not never
        var shelves = new ArrayList<>(catalog.ask(connection -> AROUND.list(
                connection, this::shelf, stream, session, messageSpan.firstFrame(), messageSpan.firstCaptureNanos())));
        for (var each : writing) {
            Segment segment = each.segment();
            boolean isClosed = shelves.stream().anyMatch(shelf -> shelf.id().equals(segment.id()));
            if (segment.session().equals(session) && !isClosed) {
                shelves.add(new Shelf(
                        segment.id(),
                        archive.resolve(saidPath(segment.path())),
                        segment.firstFrame(),
                        segment.lastFrame(),
                        segment.startNanos(),
                        segment.endNanos(),
                        false));
            }
        }
        shelves.sort(Comparator.comparingLong(Shelf::firstFrame));
        return shelves;
    }

    @Override
    public Path unrecorded(String stream, String session) {
        return archive.resolve(stream).resolve(session);
    }

    @Override
    public void filed(Shelf shelf, LabelStats labelStats) throws IOException {
        long bytes = Files.size(shelf.said());
        var change = catalog.change(connection -> {
            FORGET.update(connection, shelf.id());
            for (LabelStats.Row row : labelStats.rows()) {
                SEEN.update(connection, row.minute(), row.label(), row.frames(), row.bestScore(), shelf.id());
            }
            return MARK.update(connection, bytes, shelf.id());
        });
        try {
            int _ = change.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CatalogUnavailableException unavailable
                    ? unavailable
                    : new IOException("the index refuses labels: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CatalogUnavailableException("the index takes no labels", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public List<Shelf> uncounted() throws IOException {
        int generation = catalog.generation();
        var uncounted = new ArrayList<>(catalog.ask(connection -> UNMARKED.list(connection, this::shelf)));
        if (generation != comparedGeneration) {
            uncounted.addAll(outOfStep());
            comparedGeneration = generation;
        }
        return uncounted;
    }

    /// Segments whose file has other messages than were counted: a loss of power took the index's last changes.
    private List<Shelf> outOfStep() throws IOException {
        record Counted(Shelf shelf, long bytes) {}
        var counted =
                catalog.ask(connection -> MARKED.list(connection, row -> new Counted(shelf(row), row.getLong(7))));
        var outOfStep = new ArrayList<Shelf>();
        for (Counted each : counted) {
            Path file = each.shelf().said();
            if (Files.exists(file) && Files.size(file) != each.bytes()) {
                outOfStep.add(each.shelf());
            }
        }
        return outOfStep;
    }

    private Shelf shelf(ResultSet row) throws SQLException {
        return new Shelf(
                row.getString(1),
                archive.resolve(saidPath(row.getString(2))),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                true);
    }
}
