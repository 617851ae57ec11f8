package dev.aerie.ingest;

import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.webrtc.WebRtcConfig;
import dev.aerie.ingest.webrtc.WebRtcServer;
import dev.aerie.limits.ByteBudget;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetAddress;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts WebRTC together.
final class WebRtcWiring {

    private static final Logger LOG = LoggerFactory.getLogger(WebRtcWiring.class);

    /// Of the memory that this process may have for objects.
    private static final int PART_OF_MEMORY = 8;

    @Produces
    @Singleton
    WebRtcServer server(IngestConfig config, Streams streams, InstantSource clock) {
        var addresses = config.webRtcAddresses().orElse(List.of()).stream()
                .map(InetAddress::ofLiteral)
                .toList();
        var settings = new WebRtcConfig(
                config.service().bindHost(),
                config.webRtcPort(),
                addresses,
                config.webRtcSessions(),
                config.webRtcSessionsPerAddress());
        var budget = ByteBudget.ofProcess(PART_OF_MEMORY);
        return WebRtcServer.of(settings, streams, new SecureRandom(), clock, budget);
    }

    /// Whose port is taken serves everything else.
    void start(@Observes StartupEvent event, WebRtcServer server, MeterRegistry metrics) {
        Gauge.builder("aerie.webrtc.sessions", server, WebRtcServer::sessions)
                .description("Sessions of WebRTC")
                .register(metrics);
        FunctionCounter.builder("aerie.webrtc.resent", server, WebRtcServer::resent)
                .description("Packets sent again to browsers that missed them")
                .register(metrics);
        FunctionCounter.builder("aerie.webrtc.restarts", server, WebRtcServer::restarts)
                .description("Cached groups sent again to browsers that could not go on")
                .register(metrics);
        FunctionCounter.builder("aerie.webrtc.asked", server, WebRtcServer::asked)
                .description("Packets that publishers were asked for again")
                .register(metrics);
        FunctionCounter.builder("aerie.webrtc.idrs.asked", server, WebRtcServer::idrsAsked)
                .description("IDR frames that publishers were asked for")
                .register(metrics);
        try {
            server.start();
            LOG.info("webrtc listens port={}", server.port());
        } catch (IOException e) {
            LOG.warn("webrtc is not served cause={}", e.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event, WebRtcServer server) {
        server.close();
    }
}
