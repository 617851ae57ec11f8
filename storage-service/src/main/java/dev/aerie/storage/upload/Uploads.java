package dev.aerie.storage.upload;

import dev.aerie.storage.catalog.ArchiveEvent;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Events;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.catalog.Sql;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// The state of each segment's upload, in the index.
public final class Uploads {

    private static final long ANSWER_SECONDS = 30;
    private static final String NOT_DONE = """
            FROM segments s LEFT JOIN uploads u ON u.segment = s.id
            WHERE s.state = 'CLOSED' AND u.done_ms IS NULL
            """;
    private static final Sql WAITING = new Sql("SELECT s.id, ifnull(u.upload_id, '') " + NOT_DONE + "ORDER BY s.id");
    private static final Sql COUNT = new Sql("SELECT count(*) " + NOT_DONE);
    private static final Sql DONE_BEFORE = new Sql("""
            SELECT s.id FROM segments s JOIN uploads u ON u.segment = s.id
            WHERE s.state = 'CLOSED' AND u.done_ms < ? ORDER BY s.id""");
    private static final Sql BEGUN = new Sql("""
            INSERT INTO uploads (segment, upload_id) SELECT id, ? FROM segments WHERE id = ?
            ON CONFLICT (segment) DO UPDATE SET upload_id = excluded.upload_id""");
    private static final Sql DONE = new Sql("""
            INSERT INTO uploads (segment, upload_id, done_ms) SELECT id, '', ? FROM segments WHERE id = ?
            ON CONFLICT (segment) DO UPDATE SET upload_id = '', done_ms = excluded.done_ms""");

    private final Catalog catalog;

    public Uploads(Catalog catalog) {
        this.catalog = catalog;
    }

    /// A segment that is not in the bucket; `uploadId` belongs to an interrupted upload, empty for none.
    record Waiting(String segment, String uploadId) {}

    /// Waiting segments, oldest first.
    List<Waiting> waiting() throws CatalogUnavailableException {
        return catalog.query(
                connection -> WAITING.list(connection, row -> new Waiting(row.getString(1), row.getString(2))));
    }

    long waitingCount() throws CatalogUnavailableException {
        return catalog.query(
                connection -> COUNT.list(connection, row -> row.getLong(1)).getFirst());
    }

    /// Segments with a local file that were uploaded before a moment.
    List<String> doneBefore(Instant moment) throws CatalogUnavailableException {
        return catalog.query(
                connection -> DONE_BEFORE.list(connection, row -> row.getString(1), moment.toEpochMilli()));
    }

    void begun(String segment, String uploadId) throws IOException {
        await(catalog.change(connection -> BEGUN.update(connection, uploadId, segment)));
    }

    void done(String segment, Instant now) throws IOException {
        await(catalog.change(connection -> DONE.update(connection, now.toEpochMilli(), segment)));
    }

    /// Records the failed upload of a segment as an event of the archive.
    void failed(Segment segment, Instant now, String cause) throws IOException {
        var event = new ArchiveEvent(
                segment.stream(),
                segment.session(),
                TimeUnit.MILLISECONDS.toNanos(now.toEpochMilli()),
                "upload-failed",
                segment.path() + ": " + cause);
        await(catalog.<Boolean>change(connection -> {
            Events.enter(connection, event);
            return true;
        }));
    }

    void setState(String segment, Segment.State state) throws IOException {
        await(catalog.change(connection -> Segments.setState(connection, segment, state)));
    }

    private static void await(CompletableFuture<?> change) throws IOException {
        try {
            var _ = change.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CatalogUnavailableException unavailable
                    ? unavailable
                    : new IOException("the index rejects the change: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CatalogUnavailableException("the index cannot be changed now", e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
