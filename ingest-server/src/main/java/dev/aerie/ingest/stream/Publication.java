package dev.aerie.ingest.stream;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.ingest.relay.RelayStreamStats;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.rtsp.ProgressLog;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.DecodingStart;
import dev.aerie.video.FrameStamp;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One publisher of one stream, from [Streams#open] to [#end]: gives its frames their identity.
///
/// The session is created when the first IDR frame arrives; units that cannot be decoded from there are skipped. Frames
/// are numbered from 0. One thread publishes; any thread may read the state or end the publication.
public final class Publication {

    /// Time for the first IDR frame, where others want the place.
    private static final Duration FIRST_IDR = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(Publication.class);

    private final String stream;
    private final String source;
    private final Streams streams;
    private final StreamTotals totals;
    private final ProgressLog progressLog;
    private final Runnable onRevoked;
    private final long openedNanos;

    @GuardedBy("this")
    private final RecentFrames recent = new RecentFrames();

    @GuardedBy("this")
    private StreamState state = StreamState.WAITING;

    @GuardedBy("this")
    private long lastSeenNanos;

    @GuardedBy("this")
    private long nextFrame;

    @GuardedBy("this")
    private final PresentationClock presentation = new PresentationClock();

    @GuardedBy("this")
    private final DecodingStart start = new DecodingStart();

    @GuardedBy("this")
    private String session = "";

    @GuardedBy("this")
    private String endCause = "";

    @GuardedBy("this")
    private @Nullable RelayStream relay;

    @GuardedBy("this")
    private @Nullable VideoFormat format;

    Publication(String stream, String source, Streams streams, StreamTotals totals, Runnable onRevoked) {
        this.stream = stream;
        this.source = source;
        this.streams = streams;
        this.totals = totals;
        this.onRevoked = onRevoked;
        this.progressLog = new ProgressLog(stream);
        openedNanos = streams.nanoTime();
        lastSeenNanos = openedNanos;
    }

    public String stream() {
        return stream;
    }

    /// Stamps a unit and relays it at its own presentation time. An implausible capture time is replaced by the
    /// time of arrival ([ClockCheck]). Returns false once the publication has ended.
    public synchronized boolean publish(AccessUnit unit, CaptureTime reported) {
        var captured = admitted(reported);
        if (state == StreamState.ENDED) {
            return false;
        }
        lastSeenNanos = streams.nanoTime();
        if (!isDecodable(unit, streams::newSession)) {
            skip();
            return true;
        }
        relay(unit, new FrameStamp(new FrameId(stream, session, nextFrame), captured.unixNanos(), captured.clock()));
        return true;
    }

    /// Relays a frame of a recording at its own presentation time, under the session, number and capture time that
    /// it carries; its clock becomes [CaptureClock#REPLAY]. Returns false once the publication has ended. Throws
    /// [IllegalArgumentException] for one that carries no identity, is of another session than the one before, or
    /// does not follow it.
    public synchronized boolean publishRecorded(AccessUnit unit) {
        if (state == StreamState.ENDED) {
            return false;
        }
        lastSeenNanos = streams.nanoTime();
        var recorded =
                unit.stamp().orElseThrow(() -> new IllegalArgumentException("a recorded frame carries its identity"));
        if (!isDecodable(unit, () -> recorded.id().session())) {
            skip();
            return true;
        }
        requireNext(recorded.id());
        relay(
                unit,
                new FrameStamp(
                        new FrameId(stream, session, recorded.id().frameNumber()),
                        recorded.captureTimeNanos(),
                        CaptureClock.REPLAY));
        return true;
    }

    /// Stamps a unit that has no presentation time of its own: its capture time becomes that ([PresentationClock]).
    public synchronized boolean publishUntimed(AccessUnit unit, CaptureTime reported) {
        var captured = admitted(reported);
        return publish(unit.withPtsTicks90k(presentation.ticksOf(captured)), captured);
    }

    private CaptureTime admitted(CaptureTime reported) {
        var origin = reported.clock() == CaptureClock.RTCP_SR ? ClockOrigin.SENDER_REPORT : ClockOrigin.FRAME_TIME;
        return streams.admit(origin, reported);
    }

    /// Ends it; returns whether this call did. `cause` in a few words, without secrets.
    @CanIgnoreReturnValue
    public synchronized boolean end(String cause) {
        if (state == StreamState.ENDED) {
            return false;
        }
        state = StreamState.ENDED;
        endCause = cause;
        if (relay != null) {
            streams.relay().close(relay);
        }
        var last = recent.newest();
        if (last.isPresent() && format != null) {
            streams.publishChange(new StreamChange.Ended(last.get(), format, source, cause));
        }
        return true;
    }

    /// The stamp of the frame nearest to a moment; empty before the first and after the end.
    public synchronized Optional<FrameStamp> frameNearestTo(long unixNanos) {
        return state == StreamState.ENDED ? Optional.empty() : recent.nearestTo(unixNanos);
    }

    public synchronized StreamState state() {
        return state;
    }

    public synchronized StreamSnapshot snapshot() {
        long now = streams.nanoTime();
        var rates =
                Optional.ofNullable(state == StreamState.ENDED ? null : relay).map(RelayStream::stats);
        return new StreamSnapshot(
                stream,
                state,
                source,
                recent.newest(),
                Optional.ofNullable(format),
                rates.map(RelayStreamStats::unitsPerSecond).orElse(0.0),
                rates.map(RelayStreamStats::bitsPerSecond).orElse(0.0),
                rates.map(RelayStreamStats::readers).orElse(0),
                (now - lastSeenNanos) / 1_000_000,
                totals,
                endCause);
    }

    /// Ends it and notifies its publisher.
    public void revoke(String cause) {
        if (end(cause)) {
            try {
                onRevoked.run();
            } catch (RuntimeException failure) {
                LOG.error("publisher not notified stream={} cause={}", stream, cause, failure);
            }
        }
    }

    /// Whether it has a place and no video: no IDR frame came within [#FIRST_IDR].
    synchronized boolean isOverdue() {
        return state == StreamState.WAITING && streams.nanoTime() - openedNanos > FIRST_IDR.toNanos();
    }

    /// Detects silence; called periodically.
    void watch(StreamLimits limits) {
        if (notesSilence(limits)) {
            revoke("silent for " + limits.endAfter().toSeconds() + " s");
        }
    }

    private synchronized boolean notesSilence(StreamLimits limits) {
        long silentNanos = streams.nanoTime() - lastSeenNanos;
        var last = recent.newest();
        if (state == StreamState.LIVE && silentNanos > limits.stallAfter().toNanos()) {
            state = StreamState.STALLED;
            totals.countStall();
            streams.grandTotals().countStall();
            if (last.isPresent() && format != null) {
                streams.publishChange(new StreamChange.Stalled(last.get(), format, source));
            }
        }
        return state != StreamState.ENDED && silentNanos > limits.endAfter().toNanos();
    }

    /// Whether another publisher may take the stream over.
    synchronized boolean isSilent(StreamLimits limits) {
        return streams.nanoTime() - lastSeenNanos > limits.stallAfter().toNanos();
    }

    @GuardedBy("this")
    private void relay(AccessUnit unit, FrameStamp stamp) {
        long begunNanos = System.nanoTime();
        nextFrame = stamp.id().frameNumber() + 1;
        var stamped = unit.withStamp(stamp);
        recent.add(stamp);
        totals.countFrame(stamped.sizeBytes());
        streams.grandTotals().countFrame(stamped.sizeBytes());
        progressLog.frame(session);
        relayed().publish(stamped);
        streams.relayObserver().relayed(stamp, begunNanos);
        report(unit, stamp);
    }

    @GuardedBy("this")
    private void skip() {
        totals.countSkipped();
        streams.grandTotals().countSkipped();
    }

    @GuardedBy("this")
    private void requireNext(FrameId id) {
        if (!id.session().equals(session)) {
            throw new IllegalArgumentException("session " + session + " goes on, not " + id.session());
        }
        if (id.frameNumber() < nextFrame) {
            throw new IllegalArgumentException("frame " + nextFrame + " or later follows, not " + id.frameNumber());
        }
    }

    @GuardedBy("this")
    private boolean isDecodable(AccessUnit unit, Supplier<String> sessionName) {
        return (!session.isEmpty() || beginsWith(unit, sessionName)) && start.admits(unit);
    }

    @GuardedBy("this")
    private boolean beginsWith(AccessUnit unit, Supplier<String> sessionName) {
        if (!unit.isIdr() || VideoFormat.of(unit).isEmpty()) {
            return false;
        }
        session = sessionName.get();
        relay = streams.relay().open(stream);
        totals.countSession();
        streams.grandTotals().countSession();
        return true;
    }

    @GuardedBy("this")
    private RelayStream relayed() {
        if (relay == null) {
            throw new IllegalStateException("stream " + stream + " has no session yet");
        }
        return relay;
    }

    /// Publishes a start, a new format, and the end of a stall.
    @GuardedBy("this")
    private void report(AccessUnit unit, FrameStamp stamp) {
        var before = format;
        if (unit.isIdr()) {
            VideoFormat.of(unit).ifPresent(found -> format = found);
        }
        var now = format;
        boolean wasLive = state == StreamState.LIVE;
        state = StreamState.LIVE;
        if (now == null || (wasLive && now.equals(before))) {
            return;
        }
        streams.publishChange(
                before == null
                        ? new StreamChange.Started(stamp, now, source)
                        : new StreamChange.Changed(stamp, now, source));
    }
}
