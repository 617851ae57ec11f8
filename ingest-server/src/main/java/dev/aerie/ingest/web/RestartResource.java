package dev.aerie.ingest.web;

import dev.aerie.messages.Envelope;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LivePublisher;
import dev.aerie.service.web.ProblemException;
import io.smallrye.common.annotation.Blocking;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `POST /api/streams/{stream}/restart`: publishes a request to restart a service's work on the stream.
@Path("/api/streams/{stream: [a-z0-9][a-z0-9_-]*}/restart")
@Blocking
final class RestartResource {

    private static final int MAX_CHARACTERS = 200;
    private static final List<String> SERVICES = Stream.concat(
                    Stream.of("ingest-server"), Exchanges.STREAM_WORKERS.stream())
            .toList();

    private final BrokerConnection broker;
    private final LivePublisher publisher;
    private final Producer producer;
    private final InstantSource clock;

    RestartResource(BrokerConnection broker, LivePublisher publisher, Producer producer, InstantSource clock) {
        this.broker = broker;
        this.publisher = publisher;
        this.producer = producer;
        this.clock = clock;
    }

    /// - `service`: who is asked; null for every service
    /// - `reason`: for the log; null for the default
    record Wanted(@Nullable String service, @Nullable String reason) {}

    /// What was asked for.
    record RestartAccepted(String stream, @Nullable String service, String reason) {}

    /// 202 once the request is published; the workers on the stream then restart.
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response restart(String stream, @Nullable Wanted wanted) {
        String service = wanted == null ? null : wanted.service();
        if (service != null && !SERVICES.contains(service)) {
            throw ProblemException.badRequest("service", "one of " + String.join(", ", SERVICES) + ", or none for all");
        }
        if (!broker.isConnected()) {
            throw ProblemException.unavailable(
                    "a restart cannot be requested: this server has no connection to the broker");
        }
        var asked = new RestartAccepted(stream, service, reason(wanted));
        publisher.publish(new RestartRequest(
                Envelope.ofRequest(stream, clock.instant(), producer), asked.service(), asked.reason()));
        return Response.accepted(asked).build();
    }

    private static String reason(@Nullable Wanted wanted) {
        String reason =
                wanted == null || wanted.reason() == null ? "" : wanted.reason().strip();
        if (reason.length() > MAX_CHARACTERS) {
            throw ProblemException.badRequest("reason", "at most " + MAX_CHARACTERS + " characters");
        }
        return reason.isEmpty() ? "requested over HTTP" : reason;
    }
}
