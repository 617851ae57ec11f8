package dev.aerie.benchmarks.bus;

import dev.aerie.benchmarks.RowBench;
import dev.aerie.host.Installation;
import dev.aerie.host.Ports;
import dev.aerie.messages.amqp.BrokerAddress;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Loads one broker with the messages of many streams: `./aerie bench bus`.
@Command(
        name = "bus",
        description = "What one RabbitMQ carries, next to its plain client and its own PerfTest.",
        mixinStandardHelpOptions = true)
public final class BusBench extends RowBench<BusRow> {

    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final int MAX_STREAMS = 10_000;

    private final Installation installation;
    private final Supplier<String> brokerUrl;
    private final PrintStream out;

    @Option(
            names = "--streams",
            split = ",",
            defaultValue = "1,100,1000",
            paramLabel = "N",
            description = "numbers of streams, six rows each")
    private List<Integer> streams = List.of();

    /// - `brokerUrl`: of the broker to load, asked when the benchmark begins
    public BusBench(Installation installation, Supplier<String> brokerUrl, PrintStream out) {
        super(out);
        this.installation = installation;
        this.brokerUrl = brokerUrl;
        this.out = out;
    }

    @Override
    protected void checkOptions() {
        check("--streams", streams, MAX_STREAMS);
    }

    @Override
    protected List<BusRow> measure() throws IOException, InterruptedException {
        var broker = BrokerAddress.parse(brokerUrl.get());
        if (!Ports.accepts(broker.host(), broker.port())) {
            throw new IOException("bench bus needs a RabbitMQ, none answers at " + broker + ": set RABBITMQ_URL");
        }
        try {
            return rows(broker);
        } catch (TimeoutException e) {
            throw new IOException("the broker at " + broker + " does not answer", e);
        }
    }

    private List<BusRow> rows(BrokerAddress broker) throws IOException, TimeoutException, InterruptedException {
        var rows = new ArrayList<BusRow>();
        List<BusClient> clients = present(
                List.of(new AerieBus(), new PlainBus(), new PerfTestBus(installation)),
                BusClient::name,
                BusClient::obstacle);
        out.println(BusRow.HEADING);
        for (int count : streams) {
            for (BusRow.Delivery kind : BusRow.Delivery.values()) {
                for (BusClient client : clients) {
                    BusRow row =
                            client.measure(new BusRun(kind, count, WARM_UP, Duration.ofSeconds(seconds())), broker);
                    out.println(row.toLine());
                    rows.add(row);
                }
            }
        }
        PlainBus.deleteExchange(broker);
        return rows;
    }
}
