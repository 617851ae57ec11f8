package dev.aerie.ingest;

import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.stream.Streams;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts what runs by itself, outlets before sources, and stops it the other way round.
@Singleton
final class IngestLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IngestLifecycle.class);
    private static final long WATCH_EVERY_MILLIS = 250;

    private final Streams streams;
    private final RtspServer rtspServer;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("streams-watch").daemon().factory());

    IngestLifecycle(Streams streams, RtspServer rtspServer) {
        this.streams = streams;
        this.rtspServer = rtspServer;
    }

    void start(@Observes StartupEvent event) throws IOException {
        rtspServer.start();
        LOG.info("relay listens port={}", rtspServer.port());
        var _ = watch.scheduleWithFixedDelay(
                streams::watch, WATCH_EVERY_MILLIS, WATCH_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        watch.shutdownNow();
        streams.close();
        rtspServer.close();
    }
}
