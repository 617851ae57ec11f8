package dev.aerie.ingest;

import dev.aerie.ingest.relay.Relay;
import dev.aerie.ingest.stream.StreamLimits;
import dev.aerie.ingest.stream.Streams;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.InstantSource;

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
    Streams streams(IngestConfig config, Relay relay, InstantSource clock) {
        var limits = new StreamLimits(
                config.maxStreams(), config.stallAfter(), config.endAfter(), config.publisherTakeover());
        return new Streams(relay, limits, clock, System::nanoTime, new SecureRandom());
    }
}
