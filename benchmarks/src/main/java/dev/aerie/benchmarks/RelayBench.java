package dev.aerie.benchmarks;

import dev.aerie.host.Installation;
import dev.aerie.host.PartFailedException;
import dev.aerie.host.ProcessCost;
import dev.aerie.rtsp.RtspConfig;
import dev.aerie.rtsp.StreamSource;
import dev.aerie.rtsp.ffmpeg.FfmpegFrames;
import dev.aerie.video.VideoFrame;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Measures the relay and its peers on the same video, one after the other: `./aerie bench relay`.
@Command(
        name = "relay",
        description = "Latency and cost of the relay, next to the peers that are installed.",
        mixinStandardHelpOptions = true)
public final class RelayBench extends RowBench<RelayRow> {

    private static final String STREAM = "bench";
    private static final String LONG_GOP_STREAM = "bench-long-gop";
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final int IDR_EVERY_SECOND = BenchClip.FRAMES_PER_SECOND;
    private static final int IDR_EVERY_10_SECONDS = 10 * BenchClip.FRAMES_PER_SECOND;

    /// Positions in a group of 300 frames where a reader joins: 2, 5 and 8 s after its IDR frame.
    private static final List<Integer> JOIN_AT_FRAME = List.of(60, 150, 240);

    private static final int MAX_READERS = 1000;
    private static final int READERS_BESIDE_A_STALLED_ONE = 99;
    private static final int READERS_TO_WARM_UP = 20;

    private final Installation installation;
    private final PrintStream out;

    @Option(
            names = "--readers",
            split = ",",
            defaultValue = "1,20,100",
            paramLabel = "N",
            description = "numbers of readers, a row per server each")
    private List<Integer> readers = List.of();

    public RelayBench(Installation installation, PrintStream out) {
        super(out);
        this.installation = installation;
        this.out = out;
    }

    @Override
    protected void checkOptions() {
        check("--readers", readers, MAX_READERS);
    }

    @Override
    protected List<RelayRow> measure() throws PartFailedException, IOException, InterruptedException {
        List<BenchRelay> present = present(BenchRelay.all(), BenchRelay::server, BenchRelay::obstacle);
        var started = AerieRelay.start("aerie-source", installation, Map.of());
        try (var source = started.relay()) {
            Map<String, Double> firstFrames = firstFrames(present, source, started.api());
            return rows(present, source, started.api(), firstFrames);
        }
    }

    private Map<String, Double> firstFrames(List<BenchRelay> present, RunningRelay source, URI api)
            throws PartFailedException, IOException, InterruptedException {
        var millis = new HashMap<String, Double>();
        try (var benchPublisher = BenchPublisher.start(api, LONG_GOP_STREAM, BenchClip.encode(IDR_EVERY_10_SECONDS))) {
            benchPublisher.awaitFrames(BenchClip.FRAMES_PER_SECOND);
            for (BenchRelay benchRelay : present) {
                try (var relay = benchRelay.start(source, LONG_GOP_STREAM, installation)) {
                    millis.put(benchRelay.server(), firstFrame(relay, benchPublisher));
                }
            }
        }
        return millis;
    }

    private List<RelayRow> rows(List<BenchRelay> present, RunningRelay source, URI api, Map<String, Double> firstFrames)
            throws PartFailedException, IOException, InterruptedException {
        var rows = new ArrayList<RelayRow>();
        out.println(RelayRow.HEADING);
        try (var benchPublisher = BenchPublisher.start(api, STREAM, BenchClip.encode(IDR_EVERY_SECOND))) {
            benchPublisher.awaitFrames(BenchClip.FRAMES_PER_SECOND);
            for (BenchRelay benchRelay : present) {
                try (var relay = benchRelay.start(source, STREAM, installation)) {
                    Double stalled = besideAStalledReader(relay, benchPublisher, Duration.ofSeconds(seconds()));
                    warmUp(relay);
                    for (int count : readers) {
                        RelayRow row = row(relay, benchPublisher, count, Duration.ofSeconds(seconds()))
                                .withFirstFrame(firstFrames.get(benchRelay.server()))
                                .withStalled(stalled);
                        out.println(row.toLine());
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    private static void warmUp(RunningRelay relay) throws IOException, InterruptedException {
        try (var _ = LoadReaders.start(relay.url(STREAM), READERS_TO_WARM_UP)) {
            CompilerWarmUp.await(relay::compiling);
        }
    }

    /// `readerCount` readers, one of which decodes; the cost of the process while they read.
    private RelayRow row(RunningRelay relay, BenchPublisher benchPublisher, int readerCount, Duration measureFor)
            throws IOException, InterruptedException {
        try (var _ = LoadReaders.start(relay.url(STREAM), readerCount - 1);
                var probe = Probe.start(opener(relay, STREAM), benchPublisher)) {
            probe.awaitFirstFrame(PATIENCE);
            Thread.sleep(WARM_UP);
            Latencies latencies = probe.measure();
            ProcessCost before = relay.cost();
            long begin = System.nanoTime();
            Thread.sleep(measureFor);
            ProcessCost after = relay.cost();
            probe.measure();
            double cpu = 100.0 * after.cpuTime().minus(before.cpuTime()).toNanos() / (System.nanoTime() - begin);
            return RelayRow.of(relay.server(), readerCount, latencies, cpu / readerCount, after.residentBytes());
        }
    }

    /// 99th percentile of the latency of one of 99 readers, next to one that does not read; null without a frame.
    private @Nullable Double besideAStalledReader(
            RunningRelay relay, BenchPublisher benchPublisher, Duration measureFor)
            throws IOException, InterruptedException {
        var url = relay.url(STREAM);
        try (var _ = LoadReaders.start(url, READERS_BESIDE_A_STALLED_ONE - 1);
                var _ = LoadReaders.stalled(url);
                var probe = Probe.start(opener(relay, STREAM), benchPublisher)) {
            probe.awaitFirstFrame(PATIENCE);
            Thread.sleep(WARM_UP);
            Latencies latencies = probe.measure();
            Thread.sleep(measureFor);
            return latencies.percentileMillis(99);
        }
    }

    /// Median time to the first frame over joins at several positions in a GOP, while another reader keeps the stream
    /// running.
    private @Nullable Double firstFrame(RunningRelay relay, BenchPublisher benchPublisher)
            throws IOException, InterruptedException {
        var waits = new Latencies();
        try (var _ = LoadReaders.start(relay.url(LONG_GOP_STREAM), 1)) {
            for (int frame : JOIN_AT_FRAME) {
                benchPublisher.awaitFrame(frame, IDR_EVERY_10_SECONDS);
                try (var probe = Probe.start(opener(relay, LONG_GOP_STREAM), benchPublisher)) {
                    waits.add(probe.awaitFirstFrame(PATIENCE).toNanos());
                }
            }
        }
        return waits.percentileMillis(50);
    }

    private static StreamSource.Opener<VideoFrame> opener(RunningRelay relay, String stream) {
        var config = RtspConfig.of(stream, relay.url(stream).toString()).withTimeouts(PATIENCE, PATIENCE);
        return FfmpegFrames.of(config, InstantSource.system(), new SplittableRandom());
    }
}
