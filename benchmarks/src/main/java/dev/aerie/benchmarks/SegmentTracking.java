package dev.aerie.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.messages.Point;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.ModelStatistics;
import dev.aerie.vision.sam2.MemoryPolicy;
import dev.aerie.vision.sam2.Precision;
import dev.aerie.vision.sam2.Sam2Tracker;
import dev.aerie.vision.sam2.Sam2Trackers;
import dev.aerie.vision.sam2.TrackerLimits;
import dev.aerie.vision.track.Prompt;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/// The tracker as a stream runs it, timed whole: `process` of a camera's frame, in the state that it reaches after 16
/// frames, 7 memories and 16 pointers for each object.
///
/// Owns the networks until [#close].
final class SegmentTracking implements AutoCloseable {

    /// What the tracker does between the graphs.
    private static final String REST = "tracker";

    private static final FrameSize CAMERA = new FrameSize(1280, 720);
    private static final int HISTORY_FRAMES = 16;
    private static final int ROUND_FRAMES = 2;
    private static final int CHANNELS = 3;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    private final Sam2Trackers trackers;
    private final ByteBuffer noise = noise();

    /// - `weights`: the folder of the weights file
    SegmentTracking(
            ModelGraphs modelGraphs,
            int size,
            Path weights,
            MemoryPolicy memory,
            Precision precision,
            InferenceDevice inferenceDevice)
            throws ModelException {
        trackers = Sam2Trackers.open(
                modelGraphs, size, weights, TrackerLimits.DEFAULT, memory.config(), precision, inferenceDevice);
    }

    /// The cost of a frame with that many objects: medians over `repeats` rounds in a row, each the mean of
    /// [#ROUND_FRAMES] frames, because not every frame is remembered.
    FrameCost measure(int objects, int repeats) throws ModelException {
        try (var tracker = trackers.open(CAMERA, objects, 1)) {
            tracker.process(frame(0));
            tracker.prompt(frame(0), clicks(objects));
            for (int time = 1; time <= HISTORY_FRAMES; time++) {
                tracker.process(frame(time));
            }
            var rounds = new ArrayList<FrameCost>();
            for (int time = 0; time < repeats; time++) {
                rounds.add(round(tracker, HISTORY_FRAMES + 1L + (long) time * ROUND_FRAMES));
            }
            return FrameCost.median(rounds);
        }
    }

    /// The number of operations of each graph that ran on the CPU although another device was chosen.
    Map<String, Integer> operationsOnCpu() {
        var counts = new TreeMap<String, Integer>();
        trackers.statistics().forEach(graph -> counts.put(stage(graph), graph.onCpu()));
        return counts;
    }

    @Override
    public void close() {
        trackers.close();
    }

    private FrameCost round(Sam2Tracker tracker, long first) throws ModelException {
        Map<String, Long> before = nanos();
        long cpuNanos = PROCESS.getProcessCpuTime();
        long start = System.nanoTime();
        for (long number = first; number < first + ROUND_FRAMES; number++) {
            tracker.process(frame(number));
        }
        double millis = (System.nanoTime() - start) / NANOS_PER_MILLI / ROUND_FRAMES;
        double cpuMillis = (PROCESS.getProcessCpuTime() - cpuNanos) / NANOS_PER_MILLI / ROUND_FRAMES;
        var stages = new TreeMap<String, Double>();
        double inGraphs = 0;
        for (Map.Entry<String, Long> graph : nanos().entrySet()) {
            double spent =
                    (graph.getValue() - before.getOrDefault(graph.getKey(), 0L)) / NANOS_PER_MILLI / ROUND_FRAMES;
            inGraphs += spent;
            if (spent > 0) {
                stages.put(graph.getKey(), spent);
            }
        }
        stages.put(REST, millis - inGraphs);
        return new FrameCost(millis, cpuMillis, stages);
    }

    /// How long each graph has run so far.
    private Map<String, Long> nanos() {
        var nanos = new TreeMap<String, Long>();
        trackers.statistics().forEach(graph -> nanos.put(stage(graph), graph.runNanos()));
        return nanos;
    }

    private static String stage(ModelStatistics graph) {
        return graph.model().substring(graph.model().indexOf('/') + 1);
    }

    private VideoFrame frame(long number) {
        var stamp = new FrameStamp(new FrameId("bench", "local-bench", number), 0, CaptureClock.ARRIVAL);
        return HeapFrame.of(stamp, CAMERA, noise);
    }

    private static ByteBuffer noise() {
        var bytes = new byte[CAMERA.widthPixels() * CAMERA.heightPixels() * CHANNELS];
        new Random(1).nextBytes(bytes);
        return ByteBuffer.allocateDirect(bytes.length).put(bytes).flip();
    }

    private static List<Prompt> clicks(int objects) {
        var prompts = new ArrayList<Prompt>();
        for (int i = 0; i < objects; i++) {
            var at = new Point(
                    100 + 107.0 * i % (CAMERA.widthPixels() - 200), 80 + 137.0 * i % (CAMERA.heightPixels() - 160));
            prompts.add(new Prompt.PointPrompt(i + 1, List.of(new Prompt.Click(at, true))));
        }
        return prompts;
    }

    /// - `millis`: wall clock
    /// - `cpuMillis`: summed over all threads
    /// - `stages`: milliseconds of each graph, and of what the tracker does between them
    record FrameCost(double millis, double cpuMillis, Map<String, Double> stages) {

        FrameCost {
            stages = Map.copyOf(stages);
        }

        static FrameCost median(List<FrameCost> rounds) {
            var stages = new TreeMap<String, Double>();
            for (FrameCost round : rounds) {
                round.stages.keySet().forEach(stage -> stages.put(stage, 0.0));
            }
            stages.replaceAll((stage, _) -> middle(rounds.stream()
                    .mapToDouble(round -> round.stages.getOrDefault(stage, 0.0))
                    .toArray()));
            return new FrameCost(
                    middle(rounds.stream().mapToDouble(FrameCost::millis).toArray()),
                    middle(rounds.stream().mapToDouble(FrameCost::cpuMillis).toArray()),
                    stages);
        }

        private static double middle(double[] values) {
            Arrays.sort(values);
            int half = values.length / 2;
            return values.length % 2 == 1 ? values[half] : (values[half - 1] + values[half]) / 2;
        }
    }
}
