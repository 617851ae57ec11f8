package dev.aerie.benchmarks;

import dev.aerie.auth.Secrets;
import dev.aerie.host.Child;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.Ports;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures the cost of recording, next to `ffmpeg -c copy`, on the same streams in the same run: `./aerie bench
/// record`.
@Command(name = "record", description = "Cost of recording, next to ffmpeg -c copy.", mixinStandardHelpOptions = true)
public final class RecordBench extends RowBench<RecordRow> {

    /// Time to connect.
    private static final Duration WARM_UP = Duration.ofSeconds(20);

    /// Streams beside the measured ones while Java warms up: they bring its compiler in two minutes as far as one
    /// stream does in a quarter of an hour.
    private static final int WARM_UP_STREAMS = 8;

    private static final Duration WARM_UP_WITH_STREAMS = Duration.ofSeconds(150);

    private static final int MAX_STREAMS = 64;

    private final Installation installation;
    private final PrintStream out;

    @Option(
            names = "--streams",
            split = ",",
            defaultValue = "1,8",
            paramLabel = "N",
            description = "numbers of streams, a row per writer each")
    private List<Integer> streams = List.of();

    public RecordBench(Installation installation, PrintStream out) {
        super(out);
        this.installation = installation;
        this.out = out;
    }

    @Override
    protected void checkOptions() {
        check("--streams", streams, MAX_STREAMS);
    }

    @Override
    protected List<RecordRow> measure() throws PartFailedException, IOException, InterruptedException {
        int port = Ports.free();
        String password = Secrets.password(new SecureRandom());
        String brokerUrl = "amqp://guest:" + password + "@127.0.0.1:" + port;
        var settings = Map.of("BROKER_PASSWORD", password);
        try (var broker = Child.start("broker", installation.brokerCommand(port), settings, installation.logs())) {
            broker.awaitReady(() -> Ports.accepts("127.0.0.1", port), RunningRelay.START_LIMIT);
            var source = AerieRelay.start("aerie-source", installation, Map.of("RABBITMQ_URL", brokerUrl));
            try (var relay = source.relay()) {
                var writers = present(
                        List.<RecordWriter>of(
                                new RecordWriter.Aerie(installation, relay, brokerUrl, 0),
                                new RecordWriter.Ffmpeg(installation),
                                new RecordWriter.Aerie(installation, relay, brokerUrl, 1)),
                        RecordWriter::name,
                        RecordWriter::obstacle);
                return rows(writers, relay, source.api());
            }
        }
    }

    private List<RecordRow> rows(List<RecordWriter> writers, RunningRelay relay, URI api)
            throws PartFailedException, IOException, InterruptedException {
        var benchClip = BenchClip.encodeFullHd();
        var rows = new ArrayList<RecordRow>();
        out.println(RecordRow.HEADING);
        for (int count : streams) {
            var publishers = new ArrayList<BenchPublisher>();
            try {
                var urls = publish("bench-" + count, count, benchClip, api, relay, publishers);
                for (RecordWriter writer : writers) {
                    RecordRow row = row(writer, urls, benchClip, api, relay);
                    out.println(row.toLine());
                    rows.add(row);
                }
            } finally {
                publishers.forEach(BenchPublisher::close);
            }
        }
        return rows;
    }

    /// - `publishers`: receives the started ones
    private static List<URI> publish(
            String prefix, int count, BenchClip benchClip, URI api, RunningRelay relay, List<BenchPublisher> publishers)
            throws IOException, InterruptedException {
        var urls = new ArrayList<URI>();
        for (int i = 0; i < count; i++) {
            String stream = prefix + "-" + i;
            publishers.add(BenchPublisher.start(api, stream, benchClip));
            urls.add(relay.url(stream));
        }
        for (BenchPublisher benchPublisher : publishers) {
            benchPublisher.awaitFrames(BenchClip.FRAMES_PER_SECOND);
        }
        return urls;
    }

    private RecordRow row(RecordWriter writer, List<URI> urls, BenchClip benchClip, URI api, RunningRelay relay)
            throws PartFailedException, IOException, InterruptedException {
        Path folder = Files.createTempDirectory(Files.createDirectories(installation.logs()), "bench-record");
        try (var running = writer.start(urls, folder)) {
            Thread.sleep(WARM_UP);
            if (running.compiling().isPositive()) {
                warmUp(running, benchClip, api, relay);
            }
            var used = running.over(Duration.ofSeconds(seconds()));
            double received =
                    benchClip.bytesPerSecond() * urls.size() * used.elapsed().toNanos() / 1e9;
            return RecordRow.of(used, running, urls.size(), received);
        } finally {
            delete(folder);
        }
    }

    /// Java compiles by what it has seen: for a while it sees many streams, then those that are measured again.
    private static void warmUp(RunningWriter running, BenchClip benchClip, URI api, RunningRelay relay)
            throws IOException, InterruptedException {
        var publishers = new ArrayList<BenchPublisher>();
        try {
            publish("warm-up", WARM_UP_STREAMS, benchClip, api, relay, publishers);
            Thread.sleep(WARM_UP_WITH_STREAMS);
        } finally {
            publishers.forEach(BenchPublisher::close);
        }
        CompilerWarmUp.await(running::compiling);
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
