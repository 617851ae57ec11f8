package dev.aerie.benchmarks;

import dev.aerie.benchmarks.Attackers.Kind;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.ProcessCost;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Whether a viewer notices when strangers attack the ingest-server: `./aerie bench attack`. The same viewer of the
/// same stream in three parts of `--seconds` each: without, with, and again without attackers. With `--faults` a fourth
/// part stands before the last: attackers, while broker, disk and a network fail.
@Command(
        name = "attack",
        description = "What a viewer sees while others send slow, endless and malformed requests, and without them.",
        mixinStandardHelpOptions = true)
public final class AttackBench extends RowBench<AttackRow> {

    private static final String STREAM = "bench";
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Duration WARM_UP = Duration.ofSeconds(5);

    private final Installation installation;
    private final PrintStream out;

    @Option(
            names = "--faults",
            description = "a fourth part: attackers, while the broker is killed and comes back, the disk of a"
                    + " storage-service fills and gets room, a reader's network stalls and is cut")
    private boolean faults;

    public AttackBench(Installation installation, PrintStream out) {
        super(out);
        this.installation = installation;
        this.out = out;
    }

    @Override
    protected void checkOptions() {
        // It has those of all benchmarks alone.
    }

    @Override
    protected List<AttackRow> measure() throws PartFailedException, IOException, InterruptedException {
        if (!faults) {
            return measure(Map.of(), (_, _, _) -> Optional.empty());
        }
        try (var broker = FaultyBroker.start(installation)) {
            return measure(
                    Map.of("RABBITMQ_URL", broker.url()),
                    (started, publisher, bytes) ->
                            Optional.of(AttackFaults.start(installation, started, STREAM, publisher, broker, bytes)));
        }
    }

    private List<AttackRow> measure(Map<String, String> settings, FaultsStart faultsStart)
            throws PartFailedException, IOException, InterruptedException {
        var started = AerieRelay.start("attacked", installation, settings);
        var clip = BenchClip.encode(BenchClip.FRAMES_PER_SECOND);
        try (var relay = started.relay();
                var publisher = BenchPublisher.start(started.api(), STREAM, clip)) {
            publisher.awaitFrames(BenchClip.FRAMES_PER_SECOND);
            var config = RtspConfig.of(STREAM, relay.url(STREAM).toString()).withTimeouts(PATIENCE, PATIENCE);
            try (var probe =
                    Probe.start(FfmpegFrames.of(config, InstantSource.system(), new SplittableRandom()), publisher)) {
                probe.awaitFirstFrame(PATIENCE);
                CompilerWarmUp.await(relay::compiling);
                long bytes = (long) (clip.bytesPerSecond() * seconds());
                return rows(started, probe, () -> faultsStart.start(started, publisher, bytes));
            }
        }
    }

    /// Makes what the faults need, for a stream of so many bytes in a part; empty for a run without.
    private interface FaultsStart {
        Optional<AttackFaults> start(AerieRelay.Started started, BenchPublisher publisher, long bytes)
                throws PartFailedException, IOException, InterruptedException;
    }

    private interface FaultsOfPart {
        Optional<AttackFaults> start() throws PartFailedException, IOException, InterruptedException;
    }

    private List<AttackRow> rows(AerieRelay.Started started, Probe probe, FaultsOfPart faultsOfPart)
            throws PartFailedException, IOException, InterruptedException {
        var rows = new ArrayList<AttackRow>();
        out.println(AttackRow.HEADING);
        add(rows, row("quiet", started, probe, Map::of, Optional.empty()));
        try (var attackers = Attackers.start(started.api(), started.relay().rtspPort(), STREAM)) {
            Thread.sleep(WARM_UP);
            add(rows, row("attacked", started, probe, attackers::connections, Optional.empty()));
            var failing = faultsOfPart.start();
            if (failing.isPresent()) {
                try (var each = failing.get()) {
                    Thread.sleep(WARM_UP);
                    add(rows, row("attacked, with faults", started, probe, attackers::connections, Optional.of(each)));
                }
            }
        }
        Thread.sleep(WARM_UP);
        add(rows, row("quiet again", started, probe, Map::of, Optional.empty()));
        return rows;
    }

    private void add(List<AttackRow> rows, AttackRow row) {
        out.println(row.toLine());
        rows.add(row);
    }

    /// What attackers have done so far.
    private interface Doings {
        Map<Kind, Long> connections();
    }

    private AttackRow row(
            String part, AerieRelay.Started started, Probe probe, Doings doings, Optional<AttackFaults> failing)
            throws IOException, InterruptedException {
        var relay = started.relay();
        var length = Duration.ofSeconds(seconds());
        var latencies = probe.measure();
        ProcessCost before = relay.cost();
        var waited = relay.waitingForCores();
        var viewerWaited = waitingHere();
        var mark = failing.map(AttackFaults::mark);
        long begin = System.nanoTime();
        failing.ifPresent(each -> each.begin(length));
        var health = HealthAnswers.during(length, started.api());
        ProcessCost after = relay.cost();
        long nanos = System.nanoTime() - begin;
        double cpu = percent(after.cpuTime().minus(before.cpuTime()), nanos);
        double waiting = percent(relay.waitingForCores().minus(waited), nanos);
        double viewerWaiting = percent(waitingHere().minus(viewerWaited), nanos);
        var connections = doings.connections();
        probe.measure();
        return new AttackRow(
                part,
                latencies.percentileMillis(50),
                latencies.percentileMillis(99),
                latencies.percentileMillis(100),
                latencies.count(),
                health.answered(),
                health.asked(),
                health.longestMillis(),
                cpu,
                waiting,
                viewerWaiting,
                Math.round(after.residentBytes() / 1e5) / 10.0,
                connections,
                failing.isEmpty() ? null : failing.get().figures(mark.orElseThrow()));
    }

    private static Duration waitingHere() throws IOException {
        return ProcessCost.waitingForCores(ProcessHandle.current().pid());
    }

    private static double percent(Duration part, long nanos) {
        return Math.round(1000.0 * part.toNanos() / nanos) / 10.0;
    }
}
