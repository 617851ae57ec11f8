package dev.aerie.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.aerie.cli.host.Installation;
import dev.aerie.cli.host.PartFailedException;
import dev.aerie.cli.host.ProcessCost;
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

/// Measures the relay and its peers on the same video, one after the other: `./aerie bench relay`.
public final class RelayBench {

    private static final String STREAM = "bench";
    private static final String LONG_GOP_STREAM = "bench-long-gop";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Duration WARM_UP = Duration.ofSeconds(2);
    private static final int IDR_EVERY_SECOND = Clip.PICTURES_PER_SECOND;
    private static final int IDR_EVERY_10_SECONDS = 10 * Clip.PICTURES_PER_SECOND;

    /// Where in a group of 300 pictures a reader joins: 2, 5 and 8 s behind its IDR picture.
    private static final List<Integer> JOIN_AT_PICTURE = List.of(60, 150, 240);

    private static final int READERS_BESIDE_A_STALLED_ONE = 99;

    private final Installation installation;
    private final PrintStream out;

    public RelayBench(Installation installation, PrintStream out) {
        this.installation = installation;
        this.out = out;
    }

    /// Prints one line per row as it is measured, and all of them as JSON on the last line if asked. Returns the exit
    /// status.
    public int run(BenchOptions options, boolean json) throws InterruptedException {
        try {
            List<RelayRow> rows = measure(options);
            if (json) {
                out.println(JSON.writeValueAsString(Map.of("rows", rows)));
            }
            return 0;
        } catch (PartFailedException | IOException e) {
            out.println("aerie: " + e.getMessage());
            return 1;
        }
    }

    private List<RelayRow> measure(BenchOptions options) throws PartFailedException, IOException, InterruptedException {
        List<Contender> present = present();
        var started = AerieRelay.start("aerie-source", installation, Map.of());
        try (var source = started.relay()) {
            Map<String, Double> firstPictures = firstPictures(present, source, started.api());
            return rows(present, source, started.api(), options, firstPictures);
        }
    }

    /// Says why for each that is left out.
    private List<Contender> present() {
        var present = new ArrayList<Contender>();
        for (Contender contender : Contender.all()) {
            contender
                    .obstacle()
                    .ifPresentOrElse(
                            obstacle -> out.println(contender.server() + " is not measured: " + obstacle),
                            () -> present.add(contender));
        }
        return present;
    }

    private Map<String, Double> firstPictures(List<Contender> present, RunningRelay source, URI api)
            throws PartFailedException, IOException, InterruptedException {
        var millis = new HashMap<String, Double>();
        try (var publisher = Publisher.start(api, LONG_GOP_STREAM, Clip.encode(IDR_EVERY_10_SECONDS))) {
            publisher.awaitPictures(Clip.PICTURES_PER_SECOND);
            for (Contender contender : present) {
                try (var relay = contender.start(source, LONG_GOP_STREAM, installation)) {
                    millis.put(contender.server(), firstPicture(relay, publisher));
                }
            }
        }
        return millis;
    }

    private List<RelayRow> rows(
            List<Contender> present,
            RunningRelay source,
            URI api,
            BenchOptions options,
            Map<String, Double> firstPictures)
            throws PartFailedException, IOException, InterruptedException {
        var rows = new ArrayList<RelayRow>();
        out.println(RelayRow.HEADING);
        try (var publisher = Publisher.start(api, STREAM, Clip.encode(IDR_EVERY_SECOND))) {
            publisher.awaitPictures(Clip.PICTURES_PER_SECOND);
            for (Contender contender : present) {
                try (var relay = contender.start(source, STREAM, installation)) {
                    Double stalled = besideAStalledReader(relay, publisher, options.measureFor());
                    for (int readers : options.readers()) {
                        RelayRow row = row(relay, publisher, readers, options.measureFor())
                                .withFirstPicture(firstPictures.get(contender.server()))
                                .withStalled(stalled);
                        out.println(row.toLine());
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    /// `readers`, one of which decodes; the cost of the process while they read.
    private RelayRow row(RunningRelay relay, Publisher publisher, int readers, Duration measureFor)
            throws IOException, InterruptedException {
        try (var _ = LoadReaders.start(relay.url(STREAM), readers - 1);
                var probe = Probe.start(opener(relay, STREAM), publisher)) {
            probe.awaitFirstPicture(PATIENCE);
            Thread.sleep(WARM_UP);
            Latencies latencies = probe.measure();
            ProcessCost before = relay.cost();
            long begin = System.nanoTime();
            Thread.sleep(measureFor);
            ProcessCost after = relay.cost();
            probe.measure();
            double cpu = 100.0 * after.cpuTime().minus(before.cpuTime()).toNanos() / (System.nanoTime() - begin);
            return RelayRow.of(relay.server(), readers, latencies, cpu / readers, after.residentBytes());
        }
    }

    /// The 99th percentile of one of 99 readers while a hundredth does not read; null if no picture came.
    private @Nullable Double besideAStalledReader(RunningRelay relay, Publisher publisher, Duration measureFor)
            throws IOException, InterruptedException {
        var url = relay.url(STREAM);
        try (var _ = LoadReaders.start(url, READERS_BESIDE_A_STALLED_ONE - 1);
                var _ = LoadReaders.stalled(url);
                var probe = Probe.start(opener(relay, STREAM), publisher)) {
            probe.awaitFirstPicture(PATIENCE);
            Thread.sleep(WARM_UP);
            Latencies latencies = probe.measure();
            Thread.sleep(measureFor);
            return latencies.percentileMillis(99);
        }
    }

    /// The median over joins at several places of a group of pictures, while another reader keeps the stream going.
    private @Nullable Double firstPicture(RunningRelay relay, Publisher publisher)
            throws IOException, InterruptedException {
        var waits = new Latencies();
        try (var _ = LoadReaders.start(relay.url(LONG_GOP_STREAM), 1)) {
            for (int picture : JOIN_AT_PICTURE) {
                publisher.awaitPicture(picture, IDR_EVERY_10_SECONDS);
                try (var probe = Probe.start(opener(relay, LONG_GOP_STREAM), publisher)) {
                    waits.add(probe.awaitFirstPicture(PATIENCE).toNanos());
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
