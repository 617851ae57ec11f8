package dev.aerie.cli.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aerie.host.Installation;
import dev.aerie.messages.Exchanges;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.settings.InstanceName;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `./aerie inspect`: prints the messages that pass through the broker, until Ctrl-C.
@Command(
        name = "inspect",
        description = "Prints the messages that pass through the broker, a line each, until Ctrl-C.",
        mixinStandardHelpOptions = true)
public final class InspectCommand implements Callable<Integer> {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String ENDING = "_exchange";

    /// A slow terminal loses the oldest messages, as any live reader does.
    private static final LiveSubscriber.Bounds BOUNDS = new LiveSubscriber.Bounds(10_000, Duration.ofSeconds(10), 200);

    private final Map<String, String> environment;
    private final Installation installation;
    private final PrintStream out;
    private final PrintStream err;
    private final MessageLine line;
    private final CountDownLatch enough = new CountDownLatch(1);
    private final AtomicLong printed = new AtomicLong();

    @Parameters(arity = "0..1", paramLabel = "EXCHANGE", description = "with or without _exchange; all without")
    private @Nullable String exchange;

    @Option(names = "--stream", paramLabel = "S", description = "messages of this stream only")
    private Optional<String> stream = Optional.empty();

    @Option(names = "--count", paramLabel = "N", description = "end after so many")
    private Optional<Integer> count = Optional.empty();

    @Option(names = "--json", description = "whole bodies, one a line")
    private boolean json;

    public InspectCommand(
            Map<String, String> environment, Installation installation, ZoneId zone, PrintStream out, PrintStream err) {
        this.environment = Map.copyOf(environment);
        this.installation = installation;
        this.line = new MessageLine(zone);
        this.out = out;
        this.err = err;
    }

    /// Returns the exit status: 0 after `count` messages, 1 without a broker, 2 for an unknown exchange.
    @Override
    public Integer call() throws InterruptedException {
        if (count.isPresent() && count.get() < 1) {
            throw new IllegalArgumentException("--count is at least 1");
        }
        List<String> exchanges = exchanges();
        if (exchanges.isEmpty()) {
            err.println("aerie: no exchange '" + Objects.requireNonNullElse(exchange, "") + "'; there are "
                    + String.join(", ", Exchanges.ALL));
            return USAGE;
        }
        try (var connection = Bus.connect(environment, installation, "inspect");
                var subscriber = new LiveSubscriber(
                        connection, "aerie-inspect." + InstanceName.ofCommand(), exchanges, BOUNDS, this::print)) {
            subscriber.start();
            Bus.await(connection, subscriber::isSubscribed);
            connection.onChange(connected -> tell(connection, connected));
            enough.await();
            return 0;
        } catch (IOException e) {
            err.println("aerie: " + e.getMessage());
            return FAILED;
        }
    }

    private List<String> exchanges() {
        return Optional.ofNullable(exchange)
                .map(name -> Exchanges.ALL.stream()
                        .filter(known -> known.equals(name) || known.equals(name + ENDING))
                        .toList())
                .orElse(Exchanges.ALL);
    }

    private void tell(BrokerConnection connection, boolean connected) {
        if (enough.getCount() == 0) {
            return; // this command closes the connection
        }
        err.println(
                connected
                        ? "aerie: the broker is back"
                        : "aerie: the broker is lost, "
                                + connection.lastFailure().orElse("reconnecting"));
    }

    private void print(String from, byte[] body) {
        boolean wanted = stream.map(name -> MessageLine.isOf(name, body)).orElse(true);
        long max = count.map(Integer::longValue).orElse(Long.MAX_VALUE);
        if (!wanted || printed.get() >= max) {
            return;
        }
        out.println(json ? new String(body, UTF_8) : line.of(from, body));
        out.flush();
        if (printed.incrementAndGet() >= max) {
            enough.countDown();
        }
    }
}
