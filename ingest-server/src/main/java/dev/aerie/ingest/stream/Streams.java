package dev.aerie.ingest.stream;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Ulid;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// All published streams, and ended ones; one publisher each.
///
/// A second publisher is refused while the first sends frames, unless [StreamLimits#takeover] is set; a silent one
/// is replaced at once, so that a drone can reconnect after its connection broke unnoticed.
public final class Streams {

    private static final Logger LOG = LoggerFactory.getLogger(Streams.class);

    private final Relay relay;
    private final StreamLimits limits;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final RandomGenerator random;
    private final StreamChangeNotifier notifier;
    private final ClockCheck clockCheck = new ClockCheck();
    private final AtomicReference<Ulid> lastSession = new AtomicReference<>(new Ulid(0, 0));
    private final ConcurrentHashMap<String, Publication> latest = new ConcurrentHashMap<>();
    private final StreamTotals grandTotals = new StreamTotals();
    private final ConcurrentHashMap<String, StreamTotals> totals = new ConcurrentHashMap<>();
    private volatile RelayObserver relayObserver = RelayObserver.NONE;

    /// `nanoTime` is monotonic, for silence and rates; `clock` names sessions and stamps arrivals.
    public Streams(
            Relay relay, StreamLimits limits, InstantSource clock, LongSupplier nanoTime, RandomGenerator random) {
        this(relay, limits, clock, nanoTime, random, StreamChangeNotifier.onDedicatedThread());
    }

    /// - `changes`: calls listeners; one task at a time, in order
    Streams(
            Relay relay,
            StreamLimits limits,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            Executor changes) {
        this(relay, limits, clock, nanoTime, random, StreamChangeNotifier.on(changes));
    }

    private Streams(
            Relay relay,
            StreamLimits limits,
            InstantSource clock,
            LongSupplier nanoTime,
            RandomGenerator random,
            StreamChangeNotifier notifier) {
        this.relay = relay;
        this.limits = limits;
        this.clock = clock;
        this.nanoTime = nanoTime;
        this.random = random;
        this.notifier = notifier;
    }

    public void addListener(StreamChange.Listener listener) {
        notifier.addListener(listener);
    }

    /// `observer` is told of each relayed frame, on its publisher's thread, from now on; it must not wait.
    public void observe(RelayObserver observer) {
        relayObserver = observer;
    }

    /// Opens a stream for a publisher.
    ///
    /// - `source`: where the video comes from, for people, without secrets
    /// - `onRevoked`: called once, on any thread, if the stream is taken away; must not block
    /// - throws [StreamRefusedException] if another publisher has it or there are too many,
    ///   [IllegalArgumentException] for an invalid name
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

    /// All streams, ended ones too, by name.
    public List<StreamSnapshot> snapshots() {
        var all = new ArrayList<StreamSnapshot>();
        latest.values().forEach(publication -> all.add(publication.snapshot()));
        all.sort(Comparator.comparing(StreamSnapshot::stream));
        return all;
    }

    /// Detects stalls; called about every quarter of a second. A failure of one stream does not skip the others;
    /// then throws [IllegalStateException] that names it.
    public void watch() {
        forEach(publication -> publication.watch(limits));
    }

    /// Ends all streams, and waits until the listeners were notified.
    public void close() {
        try {
            forEach(publication -> publication.revoke("server stops"));
        } finally {
            notifier.close();
        }
    }

    /// The reported capture time, or the time of arrival if it is implausible.
    public CaptureTime admit(ClockOrigin origin, CaptureTime reported) {
        return clockCheck.admit(origin, reported, unixNanos());
    }

    public ClockCheck clockCheck() {
        return clockCheck;
    }

    /// Of all streams together, removed ones too.
    public StreamTotals grandTotals() {
        return grandTotals;
    }

    /// Now, by the clock that stamps arrivals, in Unix nanoseconds.
    public long unixNanos() {
        var now = clock.instant();
        return now.getEpochSecond() * 1_000_000_000L + now.getNano();
    }

    RelayObserver relayObserver() {
        return relayObserver;
    }

    long nanoTime() {
        return nanoTime.getAsLong();
    }

    Relay relay() {
        return relay;
    }

    /// Sorts behind all that were made before, whatever the clock does.
    String newSession() {
        return lastSession
                .updateAndGet(before -> Ulid.nextAfter(before, clock, random))
                .toString();
    }

    void publishChange(StreamChange change) {
        notifier.publish(change);
    }

    private void forEach(Consumer<Publication> action) {
        IllegalStateException failed = null;
        for (Publication publication : latest.values()) {
            try {
                action.accept(publication);
            } catch (RuntimeException | Error cause) {
                var failure = new IllegalStateException("stream " + publication.stream() + " failed", cause);
                if (failed == null) {
                    failed = failure;
                } else {
                    failed.addSuppressed(failure);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    private void refuseIfHeld(String stream, @Nullable Publication holder) throws StreamRefusedException {
        if (holder == null || holder.state() == StreamState.ENDED || holder.isSilent(limits) || limits.takeover()) {
            return;
        }
        throw new StreamRefusedException("stream " + stream + " is being published already by "
                + holder.snapshot().source() + "; a live publisher keeps it");
    }

    /// Removes an ended stream if there are too many; refuses if all are in use.
    private void makeRoom(String stream) throws StreamRefusedException {
        if (latest.containsKey(stream) || latest.size() < limits.maxStreams()) {
            return;
        }
        var forgotten = latest.values().stream()
                .filter(publication -> publication.state() == StreamState.ENDED)
                .findAny()
                .or(() ->
                        latest.values().stream().filter(Publication::isOverdue).findAny())
                .orElseThrow(() ->
                        new StreamRefusedException("all " + limits.maxStreams() + " streams are in use (MAX_STREAMS)"));
        forgotten.revoke("no IDR frame came, and another publisher needs the place");
        latest.remove(forgotten.stream(), forgotten);
        totals.remove(forgotten.stream());
    }
}
