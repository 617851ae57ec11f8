package dev.aerie.ingest.rtsp;

import dev.aerie.ingest.relay.Relay;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/// What all connections of one server share.
final class ServerParts {

    private final RtspServerConfig config;
    private final Relay relay;
    private final PublishHandler publishers;
    private final InstantSource clock;
    private final LongAdder malformedMessages = new LongAdder();

    ServerParts(RtspServerConfig config, Relay relay, PublishHandler publishers, InstantSource clock) {
        this.config = config;
        this.relay = relay;
        this.publishers = publishers;
        this.clock = clock;
    }

    RtspServerConfig config() {
        return config;
    }

    Relay relay() {
        return relay;
    }

    PublishHandler publishers() {
        return publishers;
    }

    InstantSource clock() {
        return clock;
    }

    void countMalformed() {
        malformedMessages.increment();
    }

    RtspServerStats stats(boolean running, boolean threadsAlive, int connections) {
        return new RtspServerStats(running, threadsAlive, 0, connections, malformedMessages.sum(), List.of());
    }
}
