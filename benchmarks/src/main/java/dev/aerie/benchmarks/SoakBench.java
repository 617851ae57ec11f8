package dev.aerie.benchmarks;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.host.ProcessCost;
import dev.aerie.settings.Device;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.MemoryAdmissionConfig;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.sam2.TrackerLimits;
import dev.aerie.vision.segment.BilateralConfig;
import dev.aerie.vision.segment.BilateralTrackers;
import dev.aerie.vision.track.MaskTracker;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Runs a mask tracker on objects that appear and disappear, for a given number of frames, and reports whether its
/// memory grows: `./aerie soak`.
///
/// Without the publisher's weights it uses seeded weights, which cost the same.
@Command(
        name = "soak",
        description = "Whether a tracker's memory grows, over many frames and objects that come and go.",
        mixinStandardHelpOptions = true)
public final class SoakBench implements Callable<Integer> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MEBIBYTE = 1 << 20;

    /// Intervals of the run that are compared.
    private static final int ROWS = 10;

    private static final int MIN_SIDE = 64;
    private static final Pattern SIDES = Pattern.compile("(\\d{1,4})x(\\d{1,4})");
    private static final List<String> TRACKERS = List.of(BilateralTrackers.NAME, Sam2Trackers.NAME);
    private static final float SCORE_BIAS = 3;
    private static final int BUFFERED_FRAMES = 8;

    private final ModelStore models;
    private final PrintStream out;

    @Option(names = "--tracker", defaultValue = "sam2", paramLabel = "NAME", description = "or bilateral")
    private String tracker = "";

    @Option(names = "--model", defaultValue = "edgetam", paramLabel = "NAME", description = "of sam2")
    private String model = "";

    @Option(names = "--size", defaultValue = "512", paramLabel = "R", description = "of sam2: 512 or 1024")
    private int size;

    @Option(names = "--frames", defaultValue = "20000", paramLabel = "N", description = "in all")
    private int frames;

    @Option(names = "--objects", defaultValue = "3", paramLabel = "N", description = "at a time")
    private int objects;

    @Option(names = "--frame", defaultValue = "640x360", paramLabel = "WxH", description = "size of a frame, in pixels")
    private String frame = "";

    @Option(names = "--json", description = "the figures as one JSON object on the last line")
    private boolean json;

    public SoakBench(ModelStore models, PrintStream out) {
        this.models = models;
        this.out = out;
    }

    /// Prints a row for each tenth of the run, and all of them as JSON on the last line if asked. Returns 0 if memory
    /// and latency stayed flat.
    @Override
    public Integer call() {
        FrameSize frameSize = check();
        try (var trackers = open()) {
            var rows = new ArrayList<SoakRow>();
            SoakVerdict verdict = soak(trackers, frameSize, rows);
            out.println(verdict.toText());
            if (json) {
                out.println(JSON.writeValueAsString(
                        JSON.<ObjectNode>valueToTree(verdict).set("rows", JSON.valueToTree(rows))));
            }
            return verdict.flat() && verdict.latencyFlat() ? 0 : 1;
        } catch (ModelException | IOException e) {
            out.println("aerie: " + e.getMessage());
            return 1;
        }
    }

    private FrameSize check() {
        if (!TRACKERS.contains(tracker)) {
            throw new IllegalArgumentException(
                    "--tracker: no tracker '" + tracker + "', there are: " + String.join(", ", TRACKERS));
        }
        var frameSize = frameSize(frame);
        if (frameSize.widthPixels() < MIN_SIDE || frameSize.heightPixels() < MIN_SIDE) {
            throw new IllegalArgumentException("--frame is at least 64x64, was " + frameSize);
        }
        if (frames < ROWS || objects < 1) {
            throw new IllegalArgumentException(
                    "at least " + ROWS + " frames of 1 object, was told " + frames + " of " + objects);
        }
        return frameSize;
    }

    /// From `640x360`.
    private static FrameSize frameSize(String text) {
        var sides = SIDES.matcher(text);
        if (!sides.matches()) {
            throw new IllegalArgumentException("--frame is WIDTHxHEIGHT in pixels, was " + text);
        }
        return new FrameSize(Integer.parseInt(sides.group(1)), Integer.parseInt(sides.group(2)));
    }

    private MaskTracker.Factory open() throws ModelException, IOException {
        return tracker.equals(BilateralTrackers.NAME) ? new BilateralTrackers(BilateralConfig.LIVE) : openSam2();
    }

    private Sam2Trackers openSam2() throws ModelException, IOException {
        if (Sam2Trackers.find(models, model).isPresent()) {
            return Sam2Trackers.openInstalled(
                    models,
                    model,
                    size,
                    TrackerLimits.DEFAULT,
                    MemoryAdmissionConfig.SELECTIVE,
                    Precision.FP32,
                    InferenceDevice.of(Device.AUTO, 0));
        }
        ModelGraphs modelGraphs =
                ModelGraphs.find(model).orElseThrow(() -> new ModelException("no model of masks is called " + model));
        if (!modelGraphs.sizes().contains(size)) {
            throw new ModelException(model + " has no graphs of size " + size + ", but " + modelGraphs.sizes());
        }
        Path folder = Files.createTempDirectory("aerie-soak-");
        try {
            new SeededWeights(SCORE_BIAS).write(modelGraphs.layout(), folder);
            return Sam2Trackers.open(
                    modelGraphs,
                    size,
                    folder,
                    TrackerLimits.DEFAULT,
                    MemoryAdmissionConfig.SELECTIVE,
                    Precision.FP32,
                    InferenceDevice.of(Device.AUTO, 0));
        } finally {
            Files.deleteIfExists(folder.resolve(modelGraphs.layout().file()));
            Files.delete(folder);
        }
    }

    private SoakVerdict soak(MaskTracker.Factory trackers, FrameSize frameSize, List<SoakRow> rows)
            throws ModelException, IOException {
        var drawn = new DrawnFrames(frameSize);
        var churn = new ObjectChurn(objects);
        var first = new Latencies();
        var last = new Latencies();
        int framesPerRow = frames / ROWS;
        int all = ROWS * framesPerRow;
        out.println(SoakRow.HEADING);
        try (var opened = trackers.open(drawn.size(), objects, BUFFERED_FRAMES)) {
            var latencies = new Latencies();
            long maxBytes = 0;
            for (int i = 0; i < all; i++) {
                long nanos = step(churn, opened, drawn.at(i), i);
                latencies.add(nanos);
                if (i < all / 4) {
                    first.add(nanos);
                } else if (i >= all - all / 4) {
                    last.add(nanos);
                }
                maxBytes = Math.max(maxBytes, opened.memory().nativeBytes());
                if ((i + 1) % framesPerRow == 0) {
                    rows.add(row(i + 1, latencies, maxBytes, churn.came()));
                    out.println(rows.getLast().toLine());
                    latencies = new Latencies();
                    maxBytes = 0;
                }
            }
        }
        return SoakVerdict.of(rows, median(first), median(last));
    }

    private static long step(ObjectChurn churn, MaskTracker tracker, VideoFrame frame, long image)
            throws ModelException {
        long begun = System.nanoTime();
        churn.step(tracker, frame, image);
        return System.nanoTime() - begun;
    }

    private static double median(Latencies latencies) {
        return requireNonNullElse(latencies.percentileMillis(50), 0.0);
    }

    private static SoakRow row(long frames, Latencies latencies, long maxBytes, long came) throws IOException {
        System.gc();
        return new SoakRow(
                frames,
                median(latencies),
                requireNonNullElse(latencies.percentileMillis(95), 0.0),
                mebibytes(
                        ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed()),
                mebibytes(ProcessCost.of(ProcessHandle.current().pid()).residentBytes()),
                mebibytes(maxBytes),
                came);
    }

    private static double mebibytes(long bytes) {
        return Math.round(bytes / MEBIBYTE * 10) / 10.0;
    }
}
