package dev.aerie.ingest.hls;

import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.transcode.BrowserStreams;
import dev.aerie.limits.ByteBudget;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Optional;

/// Puts HLS together.
@Singleton
final class HlsWiring {

    private static final long TICK_MILLIS = 1_000;

    /// Of the memory for objects: what segments may take, and as much for those on their way to players.
    private static final int PART_OF_MEMORY = 8;

    private final BrowserStreams browserStreams;
    private final HlsStreams streams;
    private final Vertx vertx;

    HlsWiring(BrowserStreams browserStreams, Streams known, Vertx vertx) {
        this.browserStreams = browserStreams;
        this.streams = new HlsStreams(browserStreams::readable, known::unixNanos, ByteBudget.ofProcess(PART_OF_MEMORY));
        this.vertx = vertx;
    }

    void route(@Observes Router router) {
        var sending = ByteBudget.ofProcess(PART_OF_MEMORY);
        new HlsPages(streams, this::refusal, browserStreams::mayCome, vertx, sending).addTo(router);
    }

    private Optional<String> refusal(String stream) {
        return browserStreams.find(stream) instanceof BrowserStreams.Found.Refused(String reason)
                ? Optional.of(reason)
                : Optional.empty();
    }

    void start(@Observes StartupEvent started) {
        vertx.setPeriodic(TICK_MILLIS, _ -> streams.tick(System.nanoTime()));
    }

    void stop(@Observes ShutdownEvent stopping) {
        streams.close();
    }
}
