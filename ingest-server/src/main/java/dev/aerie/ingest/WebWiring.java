package dev.aerie.ingest;

import dev.aerie.ingest.rtsp.RtspServer;
import dev.aerie.ingest.source.Sources;
import dev.aerie.ingest.stream.Streams;
import dev.aerie.ingest.web.FrameProcessorClient;
import dev.aerie.ingest.web.RelayAddress;
import dev.aerie.ingest.web.StreamViews;
import dev.aerie.ingest.web.WebCredentials;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/// Builds what HTTP needs.
final class WebWiring {

    @Produces
    @Singleton
    WebCredentials credentials(IngestConfig config) {
        return new WebCredentials(config.username(), config.password());
    }

    @Produces
    @Singleton
    RelayAddress relayAddress(IngestConfig config, RtspServer rtspServer) {
        String host = config.rtspHost().orElse(config.bindHost());
        return new RelayAddress("built-in", () -> "rtsp://" + host + ":" + rtspServer.port(), config.streamName());
    }

    @Produces
    @Singleton
    StreamViews views(Streams streams, Sources sources, RtspServer rtspServer, RelayAddress address) {
        return new StreamViews(streams, sources, rtspServer, address);
    }

    @Produces
    @Singleton
    FrameProcessorClient frameProcessor(IngestConfig config) {
        return new FrameProcessorClient(config.frameProcessorUrl());
    }

    void close(@Disposes FrameProcessorClient client) {
        client.close();
    }
}
