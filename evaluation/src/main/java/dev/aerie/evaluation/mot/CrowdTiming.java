package dev.aerie.evaluation.mot;

import dev.aerie.messages.Box;
import dev.aerie.video.FrameSize;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.mot.FrameDetections;
import dev.aerie.vision.mot.MultiObjectTracker;
import dev.aerie.vision.motion.CameraMotion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/// How long a box tracker takes for a crowd that walks about in a frame of 1920 × 1080, a tenth of it undetected in
/// each frame.
public final class CrowdTiming {

    private static final FrameSize FRAME = new FrameSize(1920, 1080);
    private static final int FRAMES = 600;
    private static final int WARM_UP_FRAMES = 300;
    private static final double DETECTED = 0.9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final long SEED = 5;

    private CrowdTiming() {}

    /// Median milliseconds per frame, detections in, tracks out.
    ///
    /// - `objects`: number of walkers
    public static double medianMillis(Supplier<MultiObjectTracker> open, int objects) {
        var tracker = open.get();
        var random = new Random(SEED);
        var times = new ArrayList<Long>();
        for (int frame = 0; frame < FRAMES; frame++) {
            var input = new FrameDetections(crowd(frame, objects, random), CameraMotion.NONE, 1, Optional.of(FRAME));
            long begun = System.nanoTime();
            tracker.update(input);
            long nanos = System.nanoTime() - begun;
            if (frame >= WARM_UP_FRAMES) {
                times.add(nanos);
            }
        }
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow() / NANOS_PER_MILLI;
    }

    /// Each walks to and fro on a line of its own.
    private static List<Detection> crowd(int frame, int objects, Random random) {
        var crowd = new ArrayList<Detection>();
        for (int i = 0; i < objects; i++) {
            double left = 900 + 800 * Math.sin(i + frame * (0.002 + 0.0002 * i));
            double top = 20 + 900.0 * i / objects;
            if (random.nextDouble() < DETECTED) {
                crowd.add(new Detection(
                        new Box(left + random.nextGaussian(), top + random.nextGaussian(), 60, 140),
                        "person",
                        0.7 + 0.3 * random.nextDouble()));
            }
        }
        return crowd;
    }
}
