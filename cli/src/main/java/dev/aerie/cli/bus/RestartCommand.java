package dev.aerie.cli.bus;

import dev.aerie.messages.Envelope;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Producer;
import dev.aerie.messages.RestartRequest;
import dev.aerie.messages.amqp.ConfirmedPublisher;
import dev.aerie.settings.InstanceName;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `./aerie restart`: asks the fleet to begin its work on a stream, or on all, anew.
public final class RestartCommand {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final Duration CONFIRM = Duration.ofSeconds(6);

    private final Options options;
    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream err;

    /// - `stream`: which one; empty for all
    /// - `service`: who is meant; empty for everyone
    public record Options(String brokerUrl, Optional<String> stream, Optional<String> service, String reason) {

        @Override
        public String toString() {
            return "restart " + stream.orElse("*"); // the broker's URL has a password
        }
    }

    public RestartCommand(Options options, InstantSource clock, PrintStream out, PrintStream err) {
        this.options = options;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /// Returns the exit status: 0 once the broker has given the request to somebody, 1 where it is away or nobody
    /// listens, 2 for a name that cannot be.
    public int run() throws InterruptedException {
        Optional<String> wrong = wrong();
        if (wrong.isPresent()) {
            err.println("aerie: " + wrong.get());
            return USAGE;
        }
        try (var connection = Bus.connect(options.brokerUrl(), "restart");
                var publisher = new ConfirmedPublisher(connection, 1, 1)) {
            publisher.start();
            Bus.await(connection, connection::isConnected);
            var request = new RestartRequest(
                    Envelope.ofRequest(
                            options.stream().orElse(null),
                            clock.instant(),
                            Producer.of("aerie", InstanceName.ofCommand())),
                    options.service().orElse(null),
                    options.reason());
            if (!publisher.offer(request) || !publisher.awaitConfirmed(CONFIRM)) {
                throw new IOException("the broker does not confirm that it took the request");
            }
            return conclude(publisher.unheard() == 0);
        } catch (IOException e) {
            err.println("aerie: " + e.getMessage());
            return FAILED;
        }
    }

    private int conclude(boolean heard) {
        if (!heard) {
            err.println("aerie: nobody listens on " + Exchanges.RESTART + ": no service is connected to this broker");
            return FAILED;
        }
        out.println("asked " + options.service().orElse("every service") + " to begin anew with "
                + options.stream().map(stream -> "stream " + stream).orElse("all streams") + " (reason: "
                + options.reason() + ")");
        return 0;
    }

    private Optional<String> wrong() {
        if (options.stream().filter(stream -> !FrameId.isStreamName(stream)).isPresent()) {
            return Optional.of("no stream is called '" + options.stream().get() + "'");
        }
        List<String> services = services();
        return options.service()
                .filter(service -> !services.contains(service))
                .map(service -> "no service '" + service + "'; there are " + String.join(", ", services));
    }

    private static List<String> services() {
        var services = new ArrayList<>(List.of("ingest-server"));
        services.addAll(Exchanges.STREAM_WORKERS);
        return services;
    }
}
