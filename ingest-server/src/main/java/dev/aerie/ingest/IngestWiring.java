package dev.aerie.ingest;

import dev.aerie.auth.Credentials;
import dev.aerie.ingest.push.ClientClocks;
import dev.aerie.ingest.push.PushLimits;
import dev.aerie.ingest.push.StreamPublishing;
import dev.aerie.ingest.push.VideoIngest;
import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.rtsp.ConnectionLimits;
import dev.aerie.ingest.rtsp.RtspAccess;
import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.rtsp.RtspServerConfig;
import dev.aerie.ingest.rtsp.RtspTls;
import dev.aerie.ingest.rtsp.RtspUsers;
import dev.aerie.ingest.source.SourceHosts;
import dev.aerie.ingest.source.SourceInputs;
import dev.aerie.ingest.source.SourceRules;
import dev.aerie.ingest.source.Sources;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.time.NtpWatch;
import dev.aerie.ingest.transcode.BrowserStreams;
import dev.aerie.messages.Producer;
import dev.aerie.rtsp.ffmpeg.VideoDecoders;
import dev.aerie.service.config.WrongSetting;
import dev.aerie.service.decode.ServiceDecoders;
import dev.aerie.service.stage.FrameStages;
import dev.aerie.service.stage.FrameTracer;
import dev.aerie.service.stage.Stage;
import dev.aerie.settings.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Builds what the service is made of; the only class here that knows the wall clock.
final class IngestWiring {

    @Produces
    @Singleton
    InstantSource clock() {
        return InstantSource.system();
    }

    @Produces
    @Singleton
    Relay relay() {
        return new Relay();
    }

    @Produces
    @Singleton
    Streams streams(IngestConfig config, Relay relay, InstantSource clock, FrameStages stages) {
        var limits = new StreamLimits(
                config.maxStreams(), config.stallAfter(), config.endAfter(), config.publisherTakeover());
        var streams = new Streams(relay, limits, clock, System::nanoTime, new SecureRandom());
        streams.observe((stamp, begunNanos) -> stages.ended(Stage.RELAY, stamp, begunNanos, System.nanoTime()));
        return streams;
    }

    /// Opened at the start, which a decoder that cannot be had ends.
    @Produces
    @Singleton
    @Startup
    VideoDecoders decoders(IngestConfig config, MeterRegistry registry) {
        return ServiceDecoders.open(config.decoding(), registry);
    }

    void close(@Disposes VideoDecoders decoders) {
        decoders.close();
    }

    @Produces
    @Singleton
    BrowserStreams browserStreams(IngestConfig config, Relay relay, VideoDecoders decoders) {
        return new BrowserStreams(relay, config.transcoders(), System::nanoTime, decoders);
    }

    void close(@Disposes BrowserStreams browserStreams) {
        browserStreams.close();
    }

    @Produces
    @Singleton
    FrameTracer tracer(Producer producer) {
        return FrameTracer.of(System.getenv(), producer);
    }

    void close(@Disposes FrameTracer tracer) {
        tracer.close();
    }

    @Produces
    @Singleton
    FrameStages stages(MeterRegistry registry, InstantSource clock, FrameTracer tracer) {
        return new FrameStages(registry, clock, tracer, Stage.RELAY, Stage.RECEIVE, Stage.RECEIVE_POSE);
    }

    @Produces
    @Singleton
    ClientClocks clientClocks() {
        return new ClientClocks();
    }

    @Produces
    @Singleton
    VideoIngest videoClients(IngestConfig config, Streams streams, ClientClocks clocks) {
        return new VideoIngest(
                streams,
                new PushLimits(config.streamName(), config.maxChunkBytes(), config.maxAccessUnitBytes()),
                clocks);
    }

    @Produces
    @Singleton
    RtspServer rtspServer(
            IngestConfig config,
            RtspCertificate certificate,
            RtspAccess access,
            Relay relay,
            Streams streams,
            InstantSource clock) {
        var service = config.service();
        var connections = new ConnectionLimits(config.rtspConnections(), config.rtspConnectionsPerAddress());
        var plain = RtspServerConfig.defaults(plainHost(config, certificate), config.rtspPort())
                .withAccess(access)
                .withConnections(connections);
        return new RtspServer(
                certificate
                        .context()
                        .map(context -> plain.withTls(new RtspTls(service.bindHost(), config.rtspsPort(), context)))
                        .orElse(plain),
                relay,
                new StreamPublishing(streams, "rtsp"),
                clock);
    }

    /// Of publishers by RTMP, too.
    @Produces
    @Singleton
    RtspAccess access(IngestConfig config, OwnReader reader) {
        var service = config.service();
        return new RtspAccess(
                credentials(config.rtspPublishUsername(), config.rtspPublishPassword()),
                credentials(service.rtspReadUsername(), service.rtspReadPassword()),
                reader.credentials(),
                config.rtspUsers().map(IngestWiring::users),
                config.rtspBasic());
    }

    @Produces
    @Singleton
    OwnReader ownReader(IngestConfig config) {
        boolean open = config.rtspUsers().isEmpty()
                && config.service().rtspReadUsername().isEmpty();
        return OwnReader.make(open, new SecureRandom());
    }

    /// Ends the start with status 2 and one line if the file cannot be read.
    private static RtspUsers users(String file) {
        try {
            return new RtspUsers(Path.of(file), System::nanoTime);
        } catch (IOException e) {
            throw WrongSetting.of("RTSP_USERS cannot be read: " + e.getMessage());
        }
    }

    /// Beyond loopback RTSP and RTMP are not served in the clear beside RTSPS and RTMPS.
    static String plainHost(IngestConfig config, RtspCertificate certificate) {
        String host = config.service().bindHost();
        boolean open = Settings.isLoopback(host)
                || config.service().tlsTerminated()
                || certificate.context().isEmpty();
        return open ? host : "127.0.0.1";
    }

    @Produces
    @Singleton
    Sources sources(IngestConfig config, Streams streams, VideoDecoders decoders) {
        Path files = config.sourceFiles()
                .map(Path::of)
                .orElseGet(() -> Path.of(System.getProperty("user.home"), ".aerie", "videos"));
        var rules = new SourceRules(files, new SourceHosts(config.sourceHosts().orElse(List.of())));
        return new Sources(
                new SourceInputs(config.stallAfter(), streams::unixNanos, rules, decoders),
                streams,
                config.maxStreams());
    }

    @Produces
    @Singleton
    NtpWatch ntp(IngestConfig config, InstantSource clock) {
        return new NtpWatch(config.ntpServer().map(NtpWatch.Server::parse), config.ntpInterval(), clock);
    }

    private static Optional<Credentials> credentials(Optional<String> user, Optional<String> password) {
        return user.map(name -> new Credentials(name, password.orElse("")));
    }
}
