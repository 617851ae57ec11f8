package dev.aerie.ingest.overlay;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.threads.BackgroundThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has `STREAM/overlay` made while somebody reads it, by whichever protocol: a name that the relay does not find is
/// asked for at the frame-processor that works on the stream, again and again while there are readers, and no more
/// after the last of them. Thread-safe; nothing here blocks but its own thread.
public final class OverlayDemand implements AutoCloseable {

    /// How long annotated video goes on without readers: a player reconnects, a page is loaded again.
    static final Duration LINGER = Duration.ofSeconds(5);

    /// For how long the frame-processor is asked to publish it.
    static final Duration LEASE = Duration.ofSeconds(20);

    private static final Logger LOG = LoggerFactory.getLogger(OverlayDemand.class);
    private static final Duration RENEW_AFTER = Duration.ofSeconds(5);

    /// After a refusal nobody waits for it for so long.
    private static final Duration REFUSED_FOR = Duration.ofSeconds(2);

    private static final long LOOK_MILLIS = 500;
    private static final String OVERLAY = "/overlay";

    private final Relay relay;
    private final Publisher publisher;
    private final LongSupplier nanoTime;
    private final BackgroundThread thread = BackgroundThread.of("overlay-demand", this::run);

    @GuardedBy("this")
    private final Map<String, Demand> demands = new HashMap<>();

    /// Who makes annotated video.
    public interface Publisher {

        /// Publishes that of `stream` for so long from now on; returns false where nobody works on the stream.
        boolean publish(String stream, Duration duration);

        void end(String stream);
    }

    private static final class Demand {
        private long wantedNanos;
        private long askedNanos;
        private boolean isAsked;
        private boolean isRefused;
    }

    /// - `nanoTime`: monotonic
    public OverlayDemand(Relay relay, Publisher publisher, LongSupplier nanoTime) {
        this.relay = relay;
        this.publisher = publisher;
        this.nanoTime = nanoTime;
    }

    public void start() {
        relay.whenMissing(this::want);
        thread.start();
    }

    /// Somebody wants to read a stream that is not there. Returns whether it may come: it is the annotated video of one
    /// that is there, and nobody has just refused to make it.
    boolean want(String name) {
        if (!name.endsWith(OVERLAY)
                || relay.published(name.substring(0, name.length() - OVERLAY.length()))
                        .isEmpty()) {
            return false;
        }
        synchronized (this) {
            long now = nanoTime.getAsLong();
            var demand = demands.computeIfAbsent(name, _ -> new Demand());
            demand.wantedNanos = now;
            notifyAll();
            return !(demand.isRefused && now - demand.askedNanos < REFUSED_FOR.toNanos());
        }
    }

    /// Asks, prolongs and ends.
    void tick() {
        Map<String, Demand> all;
        synchronized (this) {
            all = new HashMap<>(demands);
        }
        all.forEach(this::follow);
    }

    @Override
    public void close() {
        thread.close();
    }

    private void follow(String name, Demand demand) {
        String stream = name.substring(0, name.length() - OVERLAY.length());
        long now = nanoTime.getAsLong();
        boolean isRead = relay.published(name).map(RelayStream::readerCount).orElse(0) > 0;
        boolean isOver;
        boolean isDue;
        synchronized (this) {
            demand.wantedNanos = isRead ? now : demand.wantedNanos;
            isOver = now - demand.wantedNanos > LINGER.toNanos();
            long patience = (demand.isRefused ? REFUSED_FOR : RENEW_AFTER).toNanos();
            isDue = !demand.isAsked || now - demand.askedNanos > patience;
        }
        if (isOver) {
            LOG.info("overlay not read any more stream={}", stream);
            publisher.end(stream);
            synchronized (this) {
                demands.remove(name);
            }
        } else if (isDue) {
            boolean isRefused = !publisher.publish(stream, LEASE);
            synchronized (this) {
                demand.isAsked = true;
                demand.isRefused = isRefused;
                demand.askedNanos = nanoTime.getAsLong();
            }
        }
    }

    private void run() throws InterruptedException {
        while (true) {
            synchronized (this) {
                wait(LOOK_MILLIS);
            }
            tick();
        }
    }
}
