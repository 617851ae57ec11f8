package dev.aerie.ingest;

import dev.aerie.auth.LoginSeal;
import dev.aerie.ingest.bus.WorkerStates;
import dev.aerie.ingest.gortc.Go2rtcCameras;
import dev.aerie.ingest.gortc.Go2rtcRelay;
import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.source.Sources;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.web.ArchiveProxy;
import dev.aerie.ingest.web.FrameProcessorClient;
import dev.aerie.ingest.web.LoginLife;
import dev.aerie.ingest.web.PtzClient;
import dev.aerie.ingest.web.PublicRelayAddress;
import dev.aerie.ingest.web.SlamClient;
import dev.aerie.ingest.web.StreamViews;
import dev.aerie.rtsp.RelayAddress;
import dev.aerie.rtsp.gortc.Go2rtc;
import dev.aerie.rtsp.gortc.Go2rtcAddress;
import dev.aerie.service.web.BasicAccess;
import dev.aerie.service.web.BindGuard;
import dev.aerie.service.web.HttpLimits;
import dev.aerie.service.web.RequestGate;
import dev.aerie.service.web.RequestLimits;
import dev.aerie.service.web.SameOriginCheck;
import dev.aerie.service.web.SocketLimit;
import dev.aerie.tls.TrustedAuthorities;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.quarkus.websockets.next.OpenConnections;
import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import io.vertx.ext.web.Router;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// Builds what HTTP needs.
final class WebWiring {

    @Produces
    @Singleton
    BasicAccess access(IngestConfig config) {
        return BasicAccess.of(config.service(), InstantSource.system(), new SecureRandom());
    }

    /// After the authorities of `TLS_CA` are trusted.
    void startAccess(@Observes StartupEvent event, BasicAccess access) {
        access.start();
    }

    void close(@Disposes BasicAccess access) {
        access.close();
    }

    @Produces
    @Singleton
    LoginSeal loginSeal(IngestConfig config, InstantSource clock) {
        return new LoginSeal(config.service().loginKey(), new SecureRandom(), clock);
    }

    @Produces
    @Singleton
    LoginLife loginLife(IngestConfig config) {
        var service = config.service();
        return new LoginLife(config.loginLife(), service.tlsCertificate().isPresent() || service.tlsTerminated());
    }

    @Produces
    @Singleton
    RequestGate gate(IngestConfig config) {
        return new RequestGate(config.service().hosts());
    }

    @Produces
    @Singleton
    RequestLimits limits(IngestConfig config) {
        return new RequestLimits(HttpLimits.of(config.service()));
    }

    void guard(@Observes Filters filters, RequestLimits limits, RequestGate gate, BasicAccess access) {
        limits.guard(filters);
        gate.guard(filters);
        access.guard(filters);
    }

    void requireLoopback(
            @Observes @Priority(BindGuard.PRIORITY) StartupEvent event,
            IngestConfig config,
            RtspCertificate certificate) {
        var service = config.service();
        var credentials = new HashMap<>(BindGuard.ofHttp(service));
        if (config.rtspUsers().isEmpty()) {
            credentials.put("RTSP_READ_USERNAME", service.rtspReadUsername());
            credentials.put("RTSP_READ_PASSWORD", service.rtspReadPassword());
            credentials.put("RTSP_PUBLISH_USERNAME", config.rtspPublishUsername());
            credentials.put("RTSP_PUBLISH_PASSWORD", config.rtspPublishPassword());
        }
        var doors = new ArrayList<BindGuard.Door>();
        doors.add(new BindGuard.Door("BIND_HOST of RTSP and RTMP", IngestWiring.plainHost(config, certificate), false));
        if (certificate.context().isPresent()) {
            doors.add(new BindGuard.Door("BIND_HOST of RTSPS and RTMPS", service.bindHost(), true));
        }
        BindGuard.require(service, doors, credentials);
    }

    @Produces
    @Singleton
    SameOriginCheck sameOrigin() {
        return new SameOriginCheck();
    }

    @Produces
    @Singleton
    SocketLimit sockets(OpenConnections open, IngestConfig config) {
        return new SocketLimit(open, config.httpSockets(), config.httpSocketsPerAddress());
    }

    @Produces
    @Singleton
    PublicRelayAddress relayAddress(IngestConfig config, RtspCertificate certificate, RtspServer rtspServer) {
        if (config.go2rtcApi().isPresent()) {
            String base = Go2rtcAddress.of(config.go2rtcApi().get(), config.go2rtcRtspUrl())
                    .usualBase();
            return new PublicRelayAddress("go2rtc", () -> base, config.streamName());
        }
        return new PublicRelayAddress(
                "built-in", () -> ownAddress(config, certificate, rtspServer).base(), config.streamName());
    }

    /// The go2rtc that relays for us; empty where our own relay serves the consumers.
    @Produces
    @Singleton
    Optional<Go2rtcRelay> go2rtc(
            IngestConfig config, RtspCertificate certificate, RtspServer rtspServer, OwnReader reader) {
        return config.go2rtcApi()
                .map(api -> new Go2rtcRelay(
                        new Go2rtc(URI.create(api)),
                        stream -> reader.at(ownAddress(config, certificate, rtspServer))
                                .urlOf(stream)));
    }

    /// The go2rtc whose cameras we pull.
    @Produces
    @Singleton
    Optional<Go2rtcCameras> go2rtcCameras(IngestConfig config, Sources sources) {
        return config.go2rtcCameras()
                .map(api -> new Go2rtcCameras(Go2rtcAddress.of(api, config.go2rtcRtspUrl()), sources));
    }

    @Produces
    @Singleton
    StreamViews views(
            Streams streams, Sources sources, RtspServer rtspServer, PublicRelayAddress address, WorkerStates workers) {
        return new StreamViews(streams, sources, rtspServer, address, workers);
    }

    @Produces
    @Singleton
    FrameProcessorClient frameProcessor(IngestConfig config) {
        return new FrameProcessorClient(config.frameProcessorUrl().orElse(List.of()));
    }

    @Produces
    @Singleton
    ArchiveProxy archive(IngestConfig config, Vertx vertx) {
        return new ArchiveProxy(config.storageUrl(), config.service().tlsCa().map(WebWiring::trust), vertx);
    }

    static TrustOptions trust(String file) {
        try {
            return TrustOptions.wrap(TrustedAuthorities.manager(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException("TLS_CA cannot be read", e);
        }
    }

    void route(@Observes Router router, ArchiveProxy archive) {
        archive.addTo(router);
        router.get("/send").handler(request -> request.reroute("/send.html"));
    }

    void close(@Disposes FrameProcessorClient client) {
        client.close();
    }

    @Produces
    @Singleton
    SlamClient slam(IngestConfig config) {
        return new SlamClient(config.slamServiceUrl().orElse(List.of()));
    }

    void close(@Disposes SlamClient client) {
        client.close();
    }

    @Produces
    @Singleton
    PtzClient ptz(IngestConfig config) {
        return new PtzClient(config.ptzServiceUrl().orElse(List.of()));
    }

    void close(@Disposes PtzClient client) {
        client.close();
    }

    /// Where others, in containers of their own perhaps, find the relay.
    private static RelayAddress ownAddress(IngestConfig config, RtspCertificate certificate, RtspServer server) {
        var service = config.service();
        String host = config.rtspHost().orElseGet(() -> reachable(service.bindHost()));
        // Where RTSP is served on loopback alone, others find RTSPS.
        boolean secure = !IngestWiring.plainHost(config, certificate).equals(service.bindHost());
        int port = secure ? server.tlsPort() : server.port();
        return new RelayAddress(secure, host, port, Optional.empty(), Optional.empty());
    }

    /// An address that listens everywhere is no address to connect to: from this machine, loopback is.
    private static String reachable(String bindHost) {
        return bindHost.equals("0.0.0.0") || bindHost.equals("::") ? "127.0.0.1" : bindHost;
    }
}
