package dev.aerie.cli.bus;

import dev.aerie.host.Installation;
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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie restart`: asks the fleet to restart its work on a stream, or on all.
@Command(
        name = "restart",
        description = "Asks the fleet to restart its work on a stream, or on all.",
        mixinStandardHelpOptions = true)
public final class RestartCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final Duration CONFIRM = Duration.ofSeconds(6);

    private final Map<String, String> environment;
    private final Installation installation;
    private final InstantSource clock;
    private final PrintStream out;
    private final PrintStream err;

    @Parameters(arity = "0..1", paramLabel = "STREAM", description = "which one")
    private @Nullable String stream;

    @Option(names = "--all", description = "every stream")
    private boolean all;

    @Option(names = "--service", paramLabel = "S", description = "this service only: frame-processor")
    private Optional<String> service = Optional.empty();

    @Option(
            names = "--reason",
            defaultValue = "asked for by an operator",
            paramLabel = "TEXT",
            description = "for the logs")
    private String reason = "";

    public RestartCommand(
            Map<String, String> environment,
            Installation installation,
            InstantSource clock,
            PrintStream out,
            PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.installation = installation;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /// Returns the exit status: 0 once the broker has routed the request to a service, 1 without a broker or a
    /// connected service, 2 for an invalid name.
    @Override
    public Integer call() throws InterruptedException {
        if (all == (stream != null)) {
            throw new IllegalArgumentException("restart STREAM or restart --all");
        }
        if (reason.isBlank()) {
            throw new IllegalArgumentException("--reason is not empty");
        }
        Optional<String> wrong = wrong();
        if (wrong.isPresent()) {
            err.println("aerie: " + wrong.get());
            return USAGE;
        }
        try (var connection = Bus.connect(environment, installation, "restart");
                var publisher = new ConfirmedPublisher(connection, 1, 1)) {
            publisher.start();
            Bus.await(connection, connection::isConnected);
            var request = new RestartRequest(
                    Envelope.ofRequest(stream, clock.instant(), Producer.of("aerie", InstanceName.ofCommand())),
                    service.orElse(null),
                    reason);
            if (!publisher.offer(request) || !publisher.awaitConfirmed(CONFIRM)) {
                throw new IOException("the broker does not confirm the request");
            }
            return conclude(publisher.unheard() == 0);
        } catch (IOException e) {
            err.println("aerie: " + e.getMessage());
            return FAILED;
        }
    }

    private int conclude(boolean heard) {
        if (!heard) {
            err.println(
                    "aerie: nobody is subscribed to " + Exchanges.RESTART + ": no service is connected to this broker");
            return FAILED;
        }
        out.println("asked " + service.orElse("every service") + " to restart "
                + (stream == null ? "all streams" : "stream " + stream) + " (reason: "
                + reason + ")");
        return 0;
    }

    private Optional<String> wrong() {
        if (stream != null && !FrameId.isStreamName(stream)) {
            return Optional.of("no stream is called '" + stream + "'");
        }
        List<String> services = services();
        return service.filter(name -> !services.contains(name))
                .map(name -> "no service '" + name + "'; there are " + String.join(", ", services));
    }

    private static List<String> services() {
        var services = new ArrayList<>(List.of("ingest-server"));
        services.addAll(Exchanges.STREAM_WORKERS);
        return services;
    }
}
