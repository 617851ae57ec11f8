package dev.aerie.evaluation.slam;

import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// What an engine made of a sequence: a pose for each frame that it could place, and how long each took.
///
/// - `poses`: as the map knew them after the last frame, by time; of all parts
/// - `latencyMillis`: for each frame, from being handed over to being answered
public record SequenceRun(int frames, List<FramePose> poses, List<Double> latencyMillis) {

    static final double NANOS = 1e9;

    public SequenceRun {
        poses = List.copyOf(poses);
        latencyMillis = List.copyOf(latencyMillis);
    }

    /// Hands every frame to the engine, one after the other, none left out; reading it from disk is not
    /// timed.
    ///
    /// - `engine`: fresh; lent
    public static SequenceRun of(ImageSequence sequence, SlamEngine engine) throws IOException {
        return of(sequence, engine, false);
    }

    /// As [#of], each frame not before as much time has passed as it was taken after the first: what the engine
    /// does on threads of its own gets the time that a camera would give it.
    public static SequenceRun atItsPace(ImageSequence sequence, SlamEngine engine) throws IOException {
        return of(sequence, engine, true);
    }

    private static SequenceRun of(ImageSequence sequence, SlamEngine engine, boolean isPaced) throws IOException {
        var latencies = new ArrayList<Double>();
        long start = System.nanoTime();
        for (int i = 0; i < sequence.images().size(); i++) {
            long captureTimeNanos = Math.round(sequence.seconds().get(i) * NANOS);
            try (var grey = sequence.images().get(i).read()) {
                if (isPaced) {
                    long sinceFirst =
                            captureTimeNanos - Math.round(sequence.seconds().getFirst() * NANOS);
                    sleepUntil(start + sinceFirst);
                }
                long begun = System.nanoTime();
                engine.track(new GreyFrame(i, captureTimeNanos, grey), Optional.empty());
                latencies.add((System.nanoTime() - begun) / 1e6);
            }
        }
        return new SequenceRun(sequence.images().size(), engine.trajectory(), latencies);
    }

    private static void sleepUntil(long nanoTime) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between two frames");
        }
    }

    /// Frames that have a pose, 0..100.
    public double trackedPercent() {
        return 100.0 * poses.size() / frames;
    }

    /// In how many separate worlds the poses lie.
    public int submaps() {
        return (int) poses.stream().mapToInt(FramePose::submap).distinct().count();
    }

    /// Frames per second of work, were they handed over as fast as they are answered.
    public double framesPerSecond() {
        double millis = latencyMillis.stream().mapToDouble(Double::doubleValue).sum();
        return 1000 * frames / millis;
    }

    /// The latency that a share of the frames, 0..1, does not exceed.
    public double latencyMillis(double fraction) {
        var sorted = latencyMillis.stream().sorted().toList();
        return sorted.get(Math.clamp((int) Math.ceil(fraction * sorted.size()) - 1, 0, sorted.size() - 1));
    }

    /// The poses of the part that has most of them.
    public Trajectory trajectory() {
        Map<Integer, List<FramePose>> submaps = poses.stream().collect(Collectors.groupingBy(FramePose::submap));
        var largest = submaps.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
        return new Trajectory(largest.stream()
                .map(pose -> new TimedPose(pose.captureTimeNanos() / NANOS, pose.worldFromCamera()))
                .toList());
    }
}
