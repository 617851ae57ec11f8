package dev.aerie.ingest;

import dev.aerie.ingest.push.StreamPublishing;
import dev.aerie.ingest.rtmp.RtmpDoor;
import dev.aerie.ingest.rtmp.RtmpServer;
import dev.aerie.ingest.rtmp.RtmpServerConfig;
import dev.aerie.ingest.rtsp.ConnectionLimits;
import dev.aerie.ingest.rtsp.RtspAccess;
import dev.aerie.ingest.stream.Streams;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts the RTMP server together.
final class RtmpWiring {

    private static final Logger LOG = LoggerFactory.getLogger(RtmpWiring.class);

    /// Of connections for each stream: one that comes back before its former is given up must find a place.
    private static final int CONNECTIONS_PER_STREAM = 2;

    @Produces
    @Singleton
    RtmpServer server(IngestConfig config, RtspCertificate certificate, RtspAccess access, Streams streams) {
        int most = config.maxStreams();
        return new RtmpServer(
                doors(config, certificate),
                RtmpServerConfig.of(
                        access, config.maxAccessUnitBytes(), new ConnectionLimits(CONNECTIONS_PER_STREAM * most, most)),
                new StreamPublishing(streams, "rtmp"));
    }

    /// Beyond loopback RTMP is not served in the clear beside RTMPS, as little as RTSP.
    private static List<RtmpDoor> doors(IngestConfig config, RtspCertificate certificate) {
        var doors = new ArrayList<RtmpDoor>();
        if (config.rtmpPort() != 0) {
            doors.add(RtmpDoor.plain(IngestWiring.plainHost(config, certificate), config.rtmpPort()));
        }
        if (config.rtmpsPort() != 0) {
            certificate
                    .context()
                    .ifPresent(context ->
                            doors.add(RtmpDoor.tls(config.service().bindHost(), config.rtmpsPort(), context)));
        }
        return doors;
    }

    /// Whose port is taken serves everything else.
    void start(@Observes StartupEvent event, RtmpServer server, MeterRegistry metrics) {
        Gauge.builder("aerie.rtmp.connections", server, RtmpServer::connections)
                .description("RTMP connections")
                .register(metrics);
        FunctionCounter.builder("aerie.rtmp.malformed", server, RtmpServer::malformed)
                .description("RTMP connections ended for breaking a rule")
                .register(metrics);
        FunctionCounter.builder("aerie.rtmp.audio", server, RtmpServer::audioMessages)
                .description("Messages of sound thrown away")
                .register(metrics);
        try {
            server.start();
            LOG.info("rtmp listens ports={}", server.ports());
        } catch (IOException e) {
            LOG.warn("rtmp is not served cause={}", e.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event, RtmpServer server) {
        server.close();
    }
}
