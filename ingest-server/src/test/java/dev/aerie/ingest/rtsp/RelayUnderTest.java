package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.relay.RelayStream;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.video.AccessUnit;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/// A server on a free port of loopback, with publishers that play clips in a loop in real time.
final class RelayUnderTest implements AutoCloseable {

    final Relay relay = new Relay();
    final RecordedPublications publications = new RecordedPublications();
    final RtspServer server;
    private final ScheduledExecutorService publishers = Executors.newScheduledThreadPool(2, task -> {
        var thread = new Thread(task, "test-publisher");
        thread.setDaemon(true);
        return thread;
    });

    private final List<Future<?>> running = new ArrayList<>();

    RelayUnderTest(RtspServerConfig config) throws IOException {
        server = new RtspServer(config, relay, publications, InstantSource.system());
        server.start();
    }

    static RelayUnderTest open() throws IOException {
        return new RelayUnderTest(RtspServerConfig.defaults("127.0.0.1", 0));
    }

    String url(String stream) {
        return "rtsp://127.0.0.1:" + server.port() + "/" + stream;
    }

    String tlsUrl(String stream) {
        return "rtsps://127.0.0.1:" + server.tlsPort() + "/" + stream;
    }

    /// Publishes the clip in a loop, 30 units a second, with times that go on.
    RelayStream loop(String name, List<AccessUnit> clip) {
        var stream = relay.open(name);
        var next = new Runnable() {
            private int index;

            @Override
            public void run() {
                AccessUnit unit = clip.get(index % clip.size());
                stream.publish(unit.withPtsTicks90k((long) index * TestClip.FRAME_TICKS));
                index++;
            }
        };
        running.add(publishers.scheduleAtFixedRate(next, 0, 1_000_000 / 30, TimeUnit.MICROSECONDS));
        return stream;
    }

    /// The statistics of one stream.
    RtspServerStats.StreamStats stats(String stream) {
        return server.stats().streams().stream()
                .filter(stats -> stats.stream().equals(stream))
                .findFirst()
                .orElseThrow();
    }

    /// Waits until a condition holds; throws an assertion error after `patience`.
    static void until(String what, Duration patience, BooleanSupplier condition) throws InterruptedException {
        Eventually.holds(what, patience, condition);
    }

    @Override
    public void close() {
        running.forEach(publishing -> publishing.cancel(true));
        publishers.shutdownNow();
        server.close();
    }
}
