package dev.aerie.storage.segment;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.Envelope;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RecordingEvent;
import dev.aerie.storage.catalog.ArchiveEvent;
import dev.aerie.storage.catalog.Catalog;
import dev.aerie.storage.catalog.Events;
import dev.aerie.storage.catalog.FrameIndex;
import dev.aerie.storage.catalog.Outbox;
import dev.aerie.storage.catalog.Recordings;
import dev.aerie.storage.catalog.Segment;
import dev.aerie.storage.catalog.Segments;
import dev.aerie.storage.catalog.Snapshot;
import dev.aerie.storage.catalog.Snapshots;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Enters new files into the index and announces them. Safe for any thread.
///
/// A file that cannot be entered is not lost: the next reconciliation finds it.
public final class SegmentRegistrar {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentRegistrar.class);
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final Catalog catalog;
    private final Producer producer;
    private final InstantSource clock;
    private final AtomicLong entered = new AtomicLong();
    private final AtomicLong snapshots = new AtomicLong();
    private final AtomicBoolean incomplete = new AtomicBoolean();
    private final Set<SessionKey> touched = ConcurrentHashMap.newKeySet();

    public SegmentRegistrar(Catalog catalog, Producer producer, InstantSource clock) {
        this.catalog = catalog;
        this.producer = producer;
        this.clock = clock;
    }

    /// Notes that the disk contains files that are not in the index.
    void markIncomplete() {
        incomplete.set(true);
    }

    /// Whether a file could not be entered since the last call.
    boolean takeIncomplete() {
        return incomplete.getAndSet(false);
    }

    /// Marks a session as changed.
    void touch(SessionKey session) {
        touched.add(session);
    }

    /// Sessions whose index entries have changed since the last call.
    Set<SessionKey> takeTouched() {
        var taken = Set.copyOf(touched);
        touched.removeAll(taken);
        return taken;
    }

    /// Segments entered since the start.
    public long entered() {
        return entered.get();
    }

    /// Snapshots entered since the start.
    public long snapshots() {
        return snapshots.get();
    }

    /// Enters a segment whose file has its final name; the result says whether it was new.
    CompletableFuture<Boolean> enter(Segment segment, FrameIndex frames) {
        CaptureClock source = frames.own().getFirst().clock();
        var message = new RecordingEvent(
                envelope(
                        new FrameId(segment.stream(), segment.session(), segment.firstFrame()),
                        segment.startNanos(),
                        source),
                RecordingEvent.Kind.WRITTEN,
                RecordingEvent.Item.SEGMENT,
                segment.session(),
                segment.path(),
                segment.lastFrame(),
                segment.durationNanos(),
                segment.bytes());
        return catalog.<Boolean>change(connection -> {
                    Recordings.extend(
                            connection,
                            segment.stream(),
                            segment.session(),
                            source,
                            segment.startNanos(),
                            segment.endNanos());
                    boolean isNew = Segments.enter(connection, segment, frames);
                    if (isNew) {
                        Outbox.add(connection, message);
                    }
                    return isNew;
                })
                .whenComplete((isNew, failure) -> {
                    note("segment", segment.path(), failure);
                    touched.add(new SessionKey(segment.stream(), segment.session()));
                    if (failure == null && isNew) {
                        entered.incrementAndGet();
                    }
                });
    }

    /// Enters a snapshot whose file has its final name.
    void enter(Snapshot snapshot, CaptureClock source) {
        var message = new RecordingEvent(
                envelope(snapshot.id(), snapshot.captureTimeNanos(), source),
                RecordingEvent.Kind.WRITTEN,
                RecordingEvent.Item.SNAPSHOT,
                snapshot.id().session(),
                snapshot.path(),
                snapshot.id().frameNumber(),
                0,
                snapshot.bytes());
        var _ = catalog.<Boolean>change(connection -> {
                    Snapshots.enter(connection, snapshot);
                    Outbox.add(connection, message);
                    return true;
                })
                .whenComplete((_, failure) -> {
                    note("snapshot", snapshot.path(), failure);
                    snapshots.incrementAndGet();
                });
    }

    /// Records that a session begins or continues.
    void startSession(FrameId first, long captureTimeNanos, CaptureClock source) {
        var _ = catalog.<Boolean>change(connection -> {
                    Recordings.extend(
                            connection, first.stream(), first.session(), source, captureTimeNanos, captureTimeNanos);
                    Recordings.markEnded(connection, first.stream(), first.session(), false);
                    return true;
                })
                .whenComplete((_, failure) -> note("session", first.session(), failure));
    }

    /// Records the end of a session.
    public void end(String stream, String session) {
        var _ = ended(stream, session);
    }

    /// Like [#end]; the result completes when the index contains the end.
    CompletableFuture<Boolean> ended(String stream, String session) {
        return catalog.<Boolean>change(connection -> {
                    Recordings.markEnded(connection, stream, session, true);
                    return true;
                })
                .whenComplete((_, failure) -> {
                    note("end of session", session, failure);
                    touched.add(new SessionKey(stream, session));
                });
    }

    /// Stores and logs an event.
    void event(String stream, String session, String kind, String detail) {
        LOG.info("{} stream={} session={} detail={}", kind, stream, session, detail);
        var event = new ArchiveEvent(stream, session, nowNanos(), kind, detail);
        var _ = catalog.<Boolean>change(connection -> {
                    Events.enter(connection, event);
                    return true;
                })
                .whenComplete((_, failure) -> note("event", kind, failure));
    }

    private void note(String what, String name, @Nullable Throwable failure) {
        if (failure != null) {
            LOG.warn("not entered what={} name={} cause={}", what, name, failure.getMessage());
            incomplete.set(true);
        }
    }

    private Envelope envelope(FrameId id, long captureTimeNanos, CaptureClock source) {
        return Envelope.ofFrame(id, Math.max(0, captureTimeNanos), source, clock.instant(), producer);
    }

    /// Time of the wall clock.
    long nowNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * NANOS_PER_SECOND + now.getNano();
    }
}
