package dev.aerie.ingest.transcode;

import dev.aerie.threads.BackgroundThread;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;

/// Ends transcoders that nobody reads, and counts.
@Singleton
final class TranscodeWiring {

    private static final Duration TICK = Duration.ofSeconds(1);

    private final BackgroundThread watch;

    TranscodeWiring(BrowserStreams streams, MeterRegistry metrics) {
        this.watch = BackgroundThread.every("transcoder-watch", TICK, streams::tick);
        Gauge.builder("aerie.transcoders", streams, BrowserStreams::running)
                .description("Streams that are transcoded for browsers now")
                .register(metrics);
        FunctionCounter.builder("aerie.transcoder.dropped", streams, BrowserStreams::dropped)
                .description("Frames dropped because they could not be transcoded in time")
                .register(metrics);
    }

    void start(@Observes StartupEvent started) {
        watch.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        watch.close();
    }
}
