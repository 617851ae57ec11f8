package dev.aerie.storage.retention;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RecordingEvent;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.CatalogUnavailableException;
import dev.aerie.storage.catalog.Outbox;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.catalog.Snapshot;
import dev.aerie.storage.catalog.Snapshots;
import dev.aerie.storage.catalog.Sql;
import dev.aerie.storage.messages.MessageFiles;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Removes segments from the archive, with their snapshots and messages, and protects segments from removal. Every
/// change is announced to the fleet. Thread-safe.
public final class SegmentRemover {

    private static final int MAX_SNAPSHOTS = 100_000;
    private static final long ANSWER_SECONDS = 30;
    private static final Sql FORGET_EMPTY = new Sql("""
            DELETE FROM sessions WHERE stream = ? AND session = ? AND ended = 1
            AND NOT EXISTS (SELECT 1 FROM segments g WHERE g.stream = sessions.stream AND g.session = sessions.session)
            """);

    private final Path archive;
    private final Catalog catalog;
    private final Recordings recordings;
    private final Snapshots snapshots;
    private final Producer producer;
    private final InstantSource clock;

    /// - `archive`: the folder that paths in the catalog are relative to
    public SegmentRemover(Path archive, Catalog catalog, Producer producer, InstantSource clock) {
        this.archive = archive;
        this.catalog = catalog;
        this.recordings = new Recordings(catalog);
        this.snapshots = new Snapshots(catalog);
        this.producer = producer;
        this.clock = clock;
    }

    /// Deletes the files of a closed segment, then its index entry. A crash in between leaves an entry without files,
    /// which the catalog marks as missing.
    public void remove(Segment segment) throws IOException {
        CaptureClock source = clockOf(segment);
        List<Snapshot> stills = snapshotsOf(segment);
        var events = new ArrayList<RecordingEvent>();
        events.add(event(segment, RecordingEvent.Kind.REMOVED, source));
        stills.forEach(still -> events.add(removed(still, source)));
        delete(segment.path());
        for (String path : MessageFiles.pathsOfSegment(segment.path())) {
            delete(path);
        }
        for (Snapshot still : stills) {
            delete(still.path());
        }
        boolean isEmpty = await(catalog.change(connection -> {
                    Segments.forget(connection, segment.id());
                    for (Snapshot still : stills) {
                        Snapshots.forget(connection, still.id());
                    }
                    for (RecordingEvent event : events) {
                        Outbox.add(connection, event);
                    }
                    return FORGET_EMPTY.update(connection, segment.stream(), segment.session());
                }))
                > 0;
        if (isEmpty) {
            delete(segment.stream() + "/" + segment.session() + "/metadata.json");
        }
        deleteIfEmpty(segment.stream() + "/" + segment.session() + "/snapshots");
        deleteIfEmpty(segment.stream() + "/" + segment.session());
    }

    /// Protects segments from removal, or ends their protection.
    public void protect(List<Segment> segments, boolean isProtected) throws IOException {
        var kind = isProtected ? RecordingEvent.Kind.PROTECTED : RecordingEvent.Kind.UNPROTECTED;
        for (Segment segment : segments) {
            var event = event(segment, kind, clockOf(segment));
            await(catalog.change(connection -> {
                boolean isThere = Segments.protect(connection, segment.id(), isProtected);
                if (isThere && segment.isProtected() != isProtected) {
                    Outbox.add(connection, event);
                }
                return isThere ? 1 : 0;
            }));
        }
    }

    private List<Snapshot> snapshotsOf(Segment segment) throws CatalogUnavailableException {
        return snapshots.between(segment.stream(), segment.startNanos(), segment.endNanos(), MAX_SNAPSHOTS).stream()
                .filter(still -> still.id().session().equals(segment.session()))
                .filter(still -> segment.firstFrame() <= still.id().frameNumber()
                        && still.id().frameNumber() <= segment.lastFrame())
                .toList();
    }

    private CaptureClock clockOf(Segment segment) throws CatalogUnavailableException {
        return recordings
                .find(segment.stream(), segment.session())
                .map(recording -> recording.clock())
                .orElse(CaptureClock.ARRIVAL);
    }

    private RecordingEvent event(Segment segment, RecordingEvent.Kind kind, CaptureClock source) {
        var first = new FrameId(segment.stream(), segment.session(), segment.firstFrame());
        return new RecordingEvent(
                Envelope.ofFrame(first, Math.max(0, segment.startNanos()), source, clock.instant(), producer),
                kind,
                RecordingEvent.Item.SEGMENT,
                segment.session(),
                segment.path(),
                segment.lastFrame(),
                segment.durationNanos(),
                segment.bytes());
    }

    private RecordingEvent removed(Snapshot still, CaptureClock source) {
        return new RecordingEvent(
                Envelope.ofFrame(still.id(), Math.max(0, still.captureTimeNanos()), source, clock.instant(), producer),
                RecordingEvent.Kind.REMOVED,
                RecordingEvent.Item.SNAPSHOT,
                still.id().session(),
                still.path(),
                still.id().frameNumber(),
                0,
                still.bytes());
    }

    private void delete(String path) throws IOException {
        Files.deleteIfExists(archive.resolve(path));
    }

    private void deleteIfEmpty(String path) throws IOException {
        try {
            Files.delete(archive.resolve(path));
        } catch (DirectoryNotEmptyException | NoSuchFileException _) {
            // not empty, because the session has other segments, or missing
        }
    }

    private static int await(CompletableFuture<Integer> change) throws IOException {
        try {
            return change.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CatalogUnavailableException unavailable
                    ? unavailable
                    : new IOException("the index rejects the change: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new CatalogUnavailableException("the index cannot be changed now", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
