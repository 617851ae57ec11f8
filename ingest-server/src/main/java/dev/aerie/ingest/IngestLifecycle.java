package dev.aerie.ingest;

import dev.aerie.ingest.bus.RestartRequests;
import dev.aerie.ingest.bus.StreamEvents;
import dev.aerie.ingest.gortc.Go2rtcCameras;
import dev.aerie.ingest.gortc.Go2rtcRelay;
import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.source.ConfiguredSources;
import dev.aerie.ingest.source.Sources;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.time.NtpWatch;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Producer;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.messages.amqp.InspectQueues;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.messages.amqp.StreamWorkPublisher;
import dev.aerie.threads.BackgroundThread;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts what runs by itself, outlets before sources, and stops it the other way round.
@Singleton
final class IngestLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(IngestLifecycle.class);
    private static final Duration WATCH_EVERY = Duration.ofMillis(250);

    /// How long the last events may take to reach the broker when the server stops.
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final IngestConfig config;
    private final Streams streams;
    private final StreamEvents events;
    private final RtspServer rtspServer;
    private final Sources sources;
    private final BrokerConnection broker;
    private final LivePublisher live;
    private final ConfirmedPublisher confirmed;
    private final StreamWorkPublisher work;
    private final NtpWatch ntp;
    private final Optional<Go2rtcRelay> go2rtc;
    private final Optional<Go2rtcCameras> cameras;
    private final Optional<InspectQueues> inspectQueues;
    private final LiveSubscriber restarts;
    private final BackgroundThread watch;

    IngestLifecycle(
            IngestConfig config,
            Streams streams,
            StreamEvents events,
            RtspServer rtspServer,
            Sources sources,
            BrokerConnection broker,
            LivePublisher live,
            ConfirmedPublisher confirmed,
            StreamWorkPublisher work,
            NtpWatch ntp,
            Optional<Go2rtcRelay> go2rtc,
            Optional<Go2rtcCameras> cameras,
            Optional<InspectQueues> inspectQueues,
            Producer producer) {
        this.config = config;
        this.streams = streams;
        this.events = events;
        this.rtspServer = rtspServer;
        this.sources = sources;
        this.broker = broker;
        this.live = live;
        this.confirmed = confirmed;
        this.work = work;
        this.ntp = ntp;
        this.go2rtc = go2rtc;
        this.cameras = cameras;
        this.inspectQueues = inspectQueues;
        this.watch = BackgroundThread.every("streams-watch", WATCH_EVERY, streams::watch);
        this.restarts = new LiveSubscriber(
                broker,
                producer.queue("restarts"),
                List.of(Exchanges.RESTART),
                LiveSubscriber.Bounds.DEFAULT,
                new RestartRequests(BusWiring.SERVICE, sources));
    }

    void start(@Observes StartupEvent event) throws IOException {
        streams.addListener(events);
        broker.start();
        live.start();
        confirmed.start();
        work.start();
        restarts.start();
        inspectQueues.ifPresent(InspectQueues::start);
        ntp.start();
        rtspServer.start();
        go2rtc.ifPresent(relay -> {
            streams.addListener(relay);
            relay.start();
        });
        LOG.info("relay listens port={}", rtspServer.port());
        if (rtspServer.hasTls()) {
            LOG.info("relay listens in TLS port={}", rtspServer.tlsPort());
        }
        watch.start();
        config.sources().map(ConfiguredSources::parse).ifPresent(found -> found.forEach(sources::put));
        cameras.ifPresent(Go2rtcCameras::start);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        watch.close();
        restarts.close();
        cameras.ifPresent(Go2rtcCameras::close);
        sources.close();
        streams.close();
        go2rtc.ifPresent(Go2rtcRelay::close);
        rtspServer.close();
        ntp.close();
        if (broker.isConnected() && !confirmed.awaitConfirmed(LAST_WORDS)) {
            LOG.warn("events lost at stop cause=the broker did not confirm in time");
        }
        inspectQueues.ifPresent(InspectQueues::close);
        work.close();
        confirmed.close();
        live.close();
        broker.close();
    }
}
