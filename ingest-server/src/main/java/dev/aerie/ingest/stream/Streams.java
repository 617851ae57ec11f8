package dev.aerie.ingest.stream;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Ulid;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Every stream that is published, and those that were: one owner each.
///
/// A second publisher is refused while the first sends pictures, unless [StreamLimits#takeover] is set; a silent
/// one gives way at once, so that a drone whose connection broke without a word can come back.
public final class Streams {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final Relay relay;
    private final StreamLimits limits;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final List<StreamChange.Listener> listeners = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, Publication> latest = new ConcurrentHashMap<>();
    private final StreamTotals grandTotals = new StreamTotals();
    private final ConcurrentHashMap<String, StreamTotals> totals = new ConcurrentHashMap<>();

    /// `nanoTime` is monotonic, for silence and rates; `clock` names sessions and stamps arrivals.
    public Streams(
            Relay relay, StreamLimits limits, InstantSource clock, LongSupplier nanoTime, RandomGenerator random) {
        this.relay = relay;
        this.limits = limits;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
    }

    public void listen(StreamChange.Listener listener) {
        listeners.add(listener);
    }

    /// Takes a stream for a publisher.
    ///
    /// - `source`: where the video comes from, for people, without secrets
    /// - `onRevoked`: called once, on any thread, if the stream is taken away; must not block
    /// - throws [StreamRefusedException] if another holds it or there are too many, [IllegalArgumentException]
    ///   if the name may not be one
    public Publication open(String stream, String source, Runnable onRevoked) throws StreamRefusedException {
        FrameId.requireStreamName(stream);
        Publication opened;
        synchronized (this) {
            var holder = latest.get(stream);
            refuseIfHeld(stream, holder);
            makeRoom(stream);
            if (holder != null) {
                holder.revoke("replaced by another publisher");
            }
            opened = new Publication(
                    stream, source, this, totals.computeIfAbsent(stream, _ -> new StreamTotals()), onRevoked);
            latest.put(stream, opened);
        }
        LOG.info("stream opened stream={} source={}", stream, source);
        return opened;
    }

    /// The publication of this name, ended or not.
    public Optional<Publication> find(String stream) {
        return Optional.ofNullable(latest.get(stream));
    }

    /// All that are and were, by name.
    public List<StreamSnapshot> snapshots() {
        var all = new ArrayList<StreamSnapshot>();
        latest.values().forEach(publication -> all.add(publication.snapshot()));
        all.sort(Comparator.comparing(StreamSnapshot::stream));
        return all;
    }

    /// Notices what has gone silent; called every quarter of a second or so.
    public void watch() {
        latest.values().forEach(publication -> publication.watch(limits));
    }

    /// Ends all of them.
    public void close() {
        latest.values().forEach(publication -> publication.revoke("server stops"));
    }

    /// Of all streams together, forgotten ones too.
    public StreamTotals grandTotals() {
        return grandTotals;
    }

    /// Now, by the clock that stamps arrivals, in Unix nanoseconds.
    public long unixNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    Relay relay() {
        return relay;
    }

    String newSession() {
        return Ulid.next(clock, random).toString();
    }

    void tell(StreamChange change) {
        LOG.info(
                "stream {} stream={} session={} frame={}",
                change.getClass().getSimpleName().toLowerCase(Locale.ROOT),
                change.last().id().stream(),
                change.last().id().session(),
                change.last().id().frameNumber());
        listeners.forEach(listener -> listener.heard(change));
    }

    private void refuseIfHeld(String stream, @Nullable Publication holder) throws StreamRefusedException {
        if (holder == null || holder.state() == StreamState.ENDED || holder.isSilent(limits) || limits.takeover()) {
            return;
        }
        throw new StreamRefusedException("stream " + stream + " is being published already by "
                + holder.snapshot().source() + "; a live publisher keeps it");
    }

    /// Forgets an ended stream where there are too many; refuses where all are in use.
    private void makeRoom(String stream) throws StreamRefusedException {
        if (latest.containsKey(stream) || latest.size() < limits.maxStreams()) {
            return;
        }
        var ended = latest.values().stream()
                .filter(publication -> publication.state() == StreamState.ENDED)
                .findAny();
        var forgotten = ended.orElseThrow(
                () -> new StreamRefusedException("all " + limits.maxStreams() + " streams are in use (MAX_STREAMS)"));
        latest.remove(forgotten.stream(), forgotten);
        totals.remove(forgotten.stream());
    }
}
