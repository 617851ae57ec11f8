package dev.aerie.ingest;

import dev.aerie.ingest.forward.ForwardTarget;
import dev.aerie.ingest.forward.Forwards;
import dev.aerie.ingest.relay.Relay;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;

/// Sends streams to other servers.
@Singleton
final class ForwardWiring {

    private final Forwards forwards;

    ForwardWiring(IngestConfig config, Relay relay, MeterRegistry metrics) {
        forwards = new Forwards(config.forwards().map(ForwardTarget::parse).orElse(List.of()), relay);
        Gauge.builder("aerie.forwards", forwards, Forwards::sending)
                .description("Servers to which a stream is sent now")
                .register(metrics);
        FunctionCounter.builder("aerie.forwarded", forwards, Forwards::sent)
                .description("Frames sent to other servers, one for each")
                .register(metrics);
    }

    void start(@Observes StartupEvent started) {
        forwards.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        forwards.close();
    }
}
