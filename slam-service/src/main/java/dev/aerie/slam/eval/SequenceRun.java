package dev.aerie.slam.eval;

import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyPicture;
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

/// What an engine made of a sequence: a pose for each picture that it could place, and how long each took.
///
/// - `poses`: as the map knew them after the last picture, by time; of all parts
/// - `latencyMillis`: for each picture, from being handed over to being answered
public record SequenceRun(int pictures, List<FramePose> poses, List<Double> latencyMillis) {

    static final double NANOS = 1e9;

    public SequenceRun {
        poses = List.copyOf(poses);
        latencyMillis = List.copyOf(latencyMillis);
    }

    /// Hands every picture to the engine, one after the other, none left out; reading it from disk is not
    /// timed.
    ///
    /// - `engine`: fresh; lent
    public static SequenceRun of(ImageSequence sequence, SlamEngine engine) throws IOException {
        return of(sequence, engine, false);
    }

    /// As [#of], each picture not before as much time has passed as it was taken after the first: what the engine
    /// does on threads of its own gets the time that a camera would give it.
    public static SequenceRun atItsPace(ImageSequence sequence, SlamEngine engine) throws IOException {
        return of(sequence, engine, true);
    }

    private static SequenceRun of(ImageSequence sequence, SlamEngine engine, boolean isPaced) throws IOException {
        var latencies = new ArrayList<Double>();
        long start = System.nanoTime();
        for (int i = 0; i < sequence.pictures().size(); i++) {
            long captureTimeNanos = Math.round(sequence.seconds().get(i) * NANOS);
            try (var grey = sequence.pictures().get(i).read()) {
                if (isPaced) {
                    long sinceFirst =
                            captureTimeNanos - Math.round(sequence.seconds().getFirst() * NANOS);
                    sleepUntil(start + sinceFirst);
                }
                long begun = System.nanoTime();
                engine.track(new GreyPicture(i, captureTimeNanos, grey), Optional.empty());
                latencies.add((System.nanoTime() - begun) / 1e6);
            }
        }
        return new SequenceRun(sequence.pictures().size(), engine.trajectory(), latencies);
    }

    private static void sleepUntil(long nanoTime) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted between two pictures");
        }
    }

    /// Pictures that have a pose, 0..100.
    public double trackedPercent() {
        return 100.0 * poses.size() / pictures;
    }

    /// In how many separate worlds the poses lie.
    public int parts() {
        return (int) poses.stream().mapToInt(FramePose::part).distinct().count();
    }

    /// Pictures per second of work, were they handed over as fast as they are answered.
    public double picturesPerSecond() {
        double millis = latencyMillis.stream().mapToDouble(Double::doubleValue).sum();
        return 1000 * pictures / millis;
    }

    /// The latency that a share of the pictures, 0..1, does not exceed.
    public double latencyMillis(double share) {
        var sorted = latencyMillis.stream().sorted().toList();
        return sorted.get(Math.clamp((int) Math.ceil(share * sorted.size()) - 1, 0, sorted.size() - 1));
    }

    /// The poses of the part that has most of them.
    public Trajectory trajectory() {
        Map<Integer, List<FramePose>> parts = poses.stream().collect(Collectors.groupingBy(FramePose::part));
        var largest =
                parts.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
        return new Trajectory(largest.stream()
                .map(pose -> new TimedPose(pose.captureTimeNanos() / NANOS, pose.worldFromCamera()))
                .toList());
    }
}
