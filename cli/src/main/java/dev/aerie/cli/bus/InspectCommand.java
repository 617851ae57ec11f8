package dev.aerie.cli.bus;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.aerie.messages.Exchanges;
import dev.aerie.messages.amqp.BrokerConnection;
import dev.aerie.messages.amqp.LiveSubscriber;
import dev.aerie.settings.InstanceName;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/// `./aerie inspect`: prints what passes through the broker, until it is told to stop.
public final class InspectCommand {

    private static final int FAILED = 1;
    private static final int USAGE = 2;
    private static final String ENDING = "_exchange";

    /// A terminal that does not keep up loses the oldest, as any live reader does.
    private static final LiveSubscriber.Bounds BOUNDS = new LiveSubscriber.Bounds(10_000, Duration.ofSeconds(10), 200);

    private final Options options;
    private final PrintStream out;
    private final PrintStream err;
    private final MessageLine line;
    private final CountDownLatch enough = new CountDownLatch(1);
    private final AtomicLong printed = new AtomicLong();

    /// - `exchange`: which one, with or without `_exchange`; all without
    /// - `count`: ends after so many messages; empty for never
    /// - `json`: whole bodies, one a line
    public record Options(
            String brokerUrl,
            Optional<String> exchange,
            Optional<String> stream,
            Optional<Integer> count,
            boolean json) {

        @Override
        public String toString() {
            return "inspect " + exchange.orElse("*"); // the broker's URL has a password
        }
    }

    public InspectCommand(Options options, ZoneId zone, PrintStream out, PrintStream err) {
        this.options = options;
        this.line = new MessageLine(zone);
        this.out = out;
        this.err = err;
    }

    /// Returns the exit status: 0 after `count` messages, 1 where the broker is away, 2 for an exchange that is not
    /// known.
    public int run() throws InterruptedException {
        List<String> exchanges = exchanges();
        if (exchanges.isEmpty()) {
            err.println("aerie: no exchange '" + options.exchange().orElse("") + "'; there are "
                    + String.join(", ", Exchanges.ALL));
            return USAGE;
        }
        try (var connection = Bus.connect(options.brokerUrl(), "inspect");
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
        return options.exchange()
                .map(name -> Exchanges.ALL.stream()
                        .filter(known -> known.equals(name) || known.equals(name + ENDING))
                        .toList())
                .orElse(Exchanges.ALL);
    }

    private void tell(BrokerConnection connection, boolean connected) {
        if (enough.getCount() == 0) {
            return; // it is we who leave
        }
        err.println(
                connected
                        ? "aerie: the broker is back"
                        : "aerie: the broker is lost, "
                                + connection.lastFailure().orElse("waiting for it"));
    }

    private void print(String exchange, byte[] body) {
        boolean wanted =
                options.stream().map(stream -> MessageLine.isOf(stream, body)).orElse(true);
        long max = options.count().map(Integer::longValue).orElse(Long.MAX_VALUE);
        if (!wanted || printed.get() >= max) {
            return;
        }
        out.println(options.json() ? new String(body, UTF_8) : line.of(exchange, body));
        out.flush();
        if (printed.incrementAndGet() >= max) {
            enough.countDown();
        }
    }
}
