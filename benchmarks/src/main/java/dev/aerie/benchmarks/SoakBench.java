package dev.aerie.benchmarks;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.aerie.host.ProcessCost;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.ModelStore;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.onnx.Device;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
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

/// Lets a tracker of masks follow objects that come and go, for as many frames as asked, and says whether its memory
/// grows: `./aerie soak`.
///
/// Without the publisher's weights it takes weights made from a formula, which cost the same.
public final class SoakBench {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MEBIBYTE = 1 << 20;

    private static final float SCORE_BIAS = 3;
    private static final int BUFFERED_FRAMES = 8;

    private final ModelStore models;
    private final PrintStream out;

    public SoakBench(ModelStore models, PrintStream out) {
        this.models = models;
        this.out = out;
    }

    /// Prints a row for each tenth of the run, and all of them as JSON on the last line if asked. Returns 0 if memory
    /// and latency stayed flat.
    public int run(SoakOptions options, boolean json) {
        try (var trackers = open(options)) {
            var rows = new ArrayList<SoakRow>();
            SoakVerdict verdict = soak(trackers, options, rows);
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

    private MaskTracker.Factory open(SoakOptions options) throws ModelException, IOException {
        return options.tracker().equals(BilateralTrackers.NAME)
                ? new BilateralTrackers(BilateralConfig.LIVE)
                : openSam2(options);
    }

    private Sam2Trackers openSam2(SoakOptions options) throws ModelException, IOException {
        if (Sam2Trackers.find(models, options.model()).isPresent()) {
            return Sam2Trackers.openInstalled(
                    models,
                    options.model(),
                    options.size(),
                    TrackerLimits.DEFAULT,
                    Precision.FP32,
                    InferenceDevice.of(Device.AUTO, 0));
        }
        ModelGraphs modelGraphs = ModelGraphs.find(options.model())
                .orElseThrow(() -> new ModelException("no model of masks is called " + options.model()));
        if (!modelGraphs.sizes().contains(options.size())) {
            throw new ModelException(
                    options.model() + " has no graphs of size " + options.size() + ", but " + modelGraphs.sizes());
        }
        Path folder = Files.createTempDirectory("aerie-soak-");
        try {
            new SeededWeights(SCORE_BIAS).write(modelGraphs.layout(), folder);
            return Sam2Trackers.open(
                    modelGraphs,
                    options.size(),
                    folder,
                    TrackerLimits.DEFAULT,
                    Precision.FP32,
                    InferenceDevice.of(Device.AUTO, 0));
        } finally {
            Files.deleteIfExists(folder.resolve(modelGraphs.layout().file()));
            Files.delete(folder);
        }
    }

    private SoakVerdict soak(MaskTracker.Factory trackers, SoakOptions options, List<SoakRow> rows)
            throws ModelException, IOException {
        var frames = new DrawnFrames(options.frameSize());
        var churn = new ObjectChurn(options.objects());
        var first = new Latencies();
        var last = new Latencies();
        int all = SoakOptions.ROWS * options.framesPerRow();
        out.println(SoakRow.HEADING);
        try (var tracker = trackers.open(frames.size(), options.objects(), BUFFERED_FRAMES)) {
            var latencies = new Latencies();
            long maxBytes = 0;
            for (int frame = 0; frame < all; frame++) {
                long nanos = step(churn, tracker, frames.at(frame), frame);
                latencies.add(nanos);
                if (frame < all / 4) {
                    first.add(nanos);
                } else if (frame >= all - all / 4) {
                    last.add(nanos);
                }
                maxBytes = Math.max(maxBytes, tracker.memory().nativeBytes());
                if ((frame + 1) % options.framesPerRow() == 0) {
                    rows.add(row(frame + 1, latencies, maxBytes, churn.came()));
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
