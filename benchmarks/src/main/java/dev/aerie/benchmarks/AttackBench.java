package dev.aerie.benchmarks;

import dev.aerie.benchmarks.Attackers.Kind;
import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.ProcessCost;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import picocli.CommandLine.Command;

/// Whether a viewer notices when strangers attack the ingest-server: `./aerie bench attack`. The same viewer of the
/// same stream in three parts of `--seconds` each: without, with, and again without attackers.
@Command(
        name = "attack",
        description = "What a viewer sees while others send slow, endless and malformed requests, and without them.",
        mixinStandardHelpOptions = true)
public final class AttackBench extends RowBench<AttackRow> {

    private static final String STREAM = "bench";
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Duration WARM_UP = Duration.ofSeconds(5);
    private static final int HEALTH_MILLIS = 5_000;
    private static final int BETWEEN_HEALTH_MILLIS = 1_000;
    private static final String HEALTH = "GET /q/health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    private final Installation installation;
    private final PrintStream out;

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
        var started = AerieRelay.start("attacked", installation, Map.of());
        try (var relay = started.relay();
                var publisher =
                        BenchPublisher.start(started.api(), STREAM, BenchClip.encode(BenchClip.FRAMES_PER_SECOND))) {
            publisher.awaitFrames(BenchClip.FRAMES_PER_SECOND);
            var config = RtspConfig.of(STREAM, relay.url(STREAM).toString()).withTimeouts(PATIENCE, PATIENCE);
            try (var probe =
                    Probe.start(FfmpegFrames.of(config, InstantSource.system(), new SplittableRandom()), publisher)) {
                probe.awaitFirstFrame(PATIENCE);
                CompilerWarmUp.await(relay::compiling);
                return rows(relay, started.api(), probe);
            }
        }
    }

    private List<AttackRow> rows(RunningRelay relay, URI api, Probe probe) throws IOException, InterruptedException {
        var rows = new ArrayList<AttackRow>();
        out.println(AttackRow.HEADING);
        add(rows, row("quiet", relay, api, probe, Map::of));
        try (var attackers = Attackers.start(api, relay.rtspPort(), STREAM)) {
            Thread.sleep(WARM_UP);
            add(rows, row("attacked", relay, api, probe, attackers::connections));
        }
        Thread.sleep(WARM_UP);
        add(rows, row("quiet again", relay, api, probe, Map::of));
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

    private AttackRow row(String part, RunningRelay relay, URI api, Probe probe, Doings doings)
            throws IOException, InterruptedException {
        var latencies = probe.measure();
        ProcessCost before = relay.cost();
        var waited = relay.waitingForCores();
        var viewerWaited = waitingHere();
        long begin = System.nanoTime();
        long end = begin + Duration.ofSeconds(seconds()).toNanos();
        var health = new Latencies();
        int asked = 0;
        while (System.nanoTime() < end) {
            asked++;
            askHealth(api, health);
            Thread.sleep(BETWEEN_HEALTH_MILLIS);
        }
        ProcessCost after = relay.cost();
        long nanos = System.nanoTime() - begin;
        double cpu = percent(after.cpuTime().minus(before.cpuTime()), nanos);
        double waiting = percent(relay.waitingForCores().minus(waited), nanos);
        double viewerWaiting = percent(waitingHere().minus(viewerWaited), nanos);
        probe.measure();
        return new AttackRow(
                part,
                latencies.percentileMillis(50),
                latencies.percentileMillis(99),
                latencies.percentileMillis(100),
                latencies.count(),
                health.count(),
                asked,
                health.percentileMillis(100),
                cpu,
                waiting,
                viewerWaiting,
                Math.round(after.residentBytes() / 1e5) / 10.0,
                doings.connections());
    }

    private static Duration waitingHere() throws IOException {
        return ProcessCost.waitingForCores(ProcessHandle.current().pid());
    }

    private static double percent(Duration part, long nanos) {
        return Math.round(1000.0 * part.toNanos() / nanos) / 10.0;
    }

    private static void askHealth(URI api, Latencies health) {
        long begin = System.nanoTime();
        try (var socket = new Socket()) {
            socket.setSoTimeout(HEALTH_MILLIS);
            socket.connect(new InetSocketAddress(api.getHost(), api.getPort()), HEALTH_MILLIS);
            socket.getOutputStream().write(HEALTH.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (answer.startsWith("HTTP/1.1 200")) {
                health.add(System.nanoTime() - begin);
            }
        } catch (IOException _) {
            // Asked and not answered.
        }
    }
}
