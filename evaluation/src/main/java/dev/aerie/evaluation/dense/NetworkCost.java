package dev.aerie.evaluation.dense;

import com.sun.management.OperatingSystemMXBean;
import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.dense.DenseView;
import dev.aerie.slam.dense.slam3r.OnnxPointNets;
import dev.aerie.slam.dense.slam3r.PointMap;
import dev.aerie.slam.dense.slam3r.SceneFrame;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What each call of SLAM3R's networks takes, at the published size with seeded weights, which cost what the
/// publisher's cost. Needs 3 GB of disk for a while.
public final class NetworkCost {

    private static final double NANOS = 1e9;

    /// Of one call.
    ///
    /// - `cpuSeconds`: of all threads of the process
    public record Cost(double seconds, double cpuSeconds) {}

    private NetworkCost() {}

    /// The median of each call by its name.
    ///
    /// - `repeats`: of each call, at least 1, after one that does not count
    public static Map<String, Cost> measure(InferenceDevice inferenceDevice, int repeats)
            throws IOException, ModelException {
        var imagesToPoints = ModelGraphs.find(OnnxPointNets.IMAGES_TO_POINTS).orElseThrow();
        var localToWorld = ModelGraphs.find(OnnxPointNets.LOCAL_TO_WORLD).orElseThrow();
        Path folder = Files.createTempDirectory("aerie-slam3r-");
        List<Path> files = new ArrayList<>();
        try {
            files.add(new SeededWeights(0).write(imagesToPoints.layout(), folder));
            files.add(new SeededWeights(0).write(localToWorld.layout(), folder));
            try (var nets = OnnxPointNets.open(imagesToPoints, localToWorld, folder, inferenceDevice)) {
                return measure(nets, repeats);
            }
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(folder);
        }
    }

    private static Map<String, Cost> measure(OnnxPointNets nets, int repeats) {
        var random = new Random(1);
        List<SceneFrame> frames = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            frames.add(nets.encode(view(nets.sidePixels(), i, random)));
        }
        var first = frames.getFirst();
        int pixels = nets.sidePixels() * nets.sidePixels();
        float[] points = new float[3 * pixels];
        for (int i = 0; i < points.length; i++) {
            points[i] = (float) random.nextGaussian();
        }
        var local = new PointMap(points, new float[pixels]);
        var seconds = new LinkedHashMap<String, Cost>();
        seconds.put(
                "encoder",
                median(
                        repeats,
                        () -> nets.encode(view(nets.sidePixels(), 0, random)).close()));
        seconds.put("window, 4 others", median(repeats, () -> nets.window(first, frames.subList(1, 5))));
        for (int others : new int[] {2, 4, 10}) {
            seconds.put(
                    "keyframe, " + others + " others",
                    median(repeats, () -> nets.keyframe(first, frames.subList(1, others + 1))));
        }
        seconds.put("retrieval, 19 frames", median(repeats, () -> nets.correlations(first, frames.subList(1, 20))));
        for (int scene : new int[] {2, 5, 10}) {
            seconds.put(
                    "registration, " + scene + " scene frames",
                    median(repeats, () -> nets.registration(frames.subList(1, scene + 1), first, local)));
        }
        frames.forEach(SceneFrame::close);
        return seconds;
    }

    private static DenseView view(int side, int frame, Random random) {
        int[] rgb = new int[side * side];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = random.nextInt(1 << 24);
        }
        return new DenseView(
                frame,
                PinholeCamera.ofFieldOfView(side, side, 60),
                new DenseView.Colours(rgb),
                RigidTransform.IDENTITY,
                1,
                10);
    }

    private static Cost median(int repeats, Runnable call) {
        call.run();
        double[] seconds = new double[repeats];
        double[] cpuSeconds = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            long begun = System.nanoTime();
            long cpuBegun = cpuNanos();
            call.run();
            seconds[i] = (System.nanoTime() - begun) / NANOS;
            cpuSeconds[i] = (cpuNanos() - cpuBegun) / NANOS;
        }
        Arrays.sort(seconds);
        Arrays.sort(cpuSeconds);
        return new Cost(seconds[repeats / 2], cpuSeconds[repeats / 2]);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}
