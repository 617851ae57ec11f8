package dev.aerie.evaluation.slam;

import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.LoopClosure;
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

/// Result of an engine on a sequence: the pose of each tracked frame, and the latency of every frame.
///
/// - `poses`: after the last frame, by time; of all submaps
/// - `published`: as each frame got it, before later frames corrected the map
/// - `latencyMillis`: processing time of each frame
/// - `loopClosures`: loops closed and submaps merged; frames are numbered as in the sequence, from 0
public record SequenceRun(
        int frames,
        List<FramePose> poses,
        List<FramePose> published,
        List<Double> latencyMillis,
        List<LoopClosure> loopClosures) {

    static final double NANOS = 1e9;

    public SequenceRun {
        poses = List.copyOf(poses);
        published = List.copyOf(published);
        latencyMillis = List.copyOf(latencyMillis);
        loopClosures = List.copyOf(loopClosures);
    }

    /// Runs the engine on every frame, one after the other; reading from disk is not timed.
    ///
    /// - `engine`: fresh; lent
    public static SequenceRun of(ImageSequence sequence, SlamEngine engine) throws IOException {
        return of(sequence, engine, false);
    }

    /// As [#of], at the pace of the capture times: background threads of the engine get the time that a camera would
    /// give them.
    public static SequenceRun atItsPace(ImageSequence sequence, SlamEngine engine) throws IOException {
        return of(sequence, engine, true);
    }

    /// As [#of], with the true masks of people and cars, which come as late as a frame-processor's results.
    ///
    /// - `lateSeconds`: from a frame to its masks
    public static SequenceRun withMasks(ImageSequence sequence, SlamEngine engine, double lateSeconds)
            throws IOException {
        return of(sequence, engine, false, new LateMasks(Optional.of(lateSeconds)));
    }

    private static SequenceRun of(ImageSequence sequence, SlamEngine engine, boolean isPaced) throws IOException {
        return of(sequence, engine, isPaced, new LateMasks(Optional.empty()));
    }

    private static SequenceRun of(ImageSequence sequence, SlamEngine engine, boolean isPaced, LateMasks masks)
            throws IOException {
        var latencies = new ArrayList<Double>();
        var published = new ArrayList<FramePose>();
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
                var movable = masks.of(i, captureTimeNanos, sequence.images().get(i), grey);
                var tracked = engine.track(new GreyFrame(i, captureTimeNanos, grey, movable), Optional.empty());
                masks.judge(engine);
                latencies.add((System.nanoTime() - begun) / 1e6);
                tracked.pose().ifPresent(published::add);
            }
        }
        return new SequenceRun(
                sequence.images().size(), engine.trajectory(), published, latencies, engine.loopClosures());
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

    /// The longest time without a pose after the first one was published; NaN if none was.
    ///
    /// - `endSeconds`: when the last frame was taken
    public double longestGapSeconds(double endSeconds) {
        double before = Double.NaN;
        double longest = Double.NaN;
        for (var pose : published) {
            double seconds = pose.captureTimeNanos() / NANOS;
            longest = Double.isNaN(before) ? 0 : Math.max(longest, seconds - before);
            before = seconds;
        }
        return Math.max(longest, endSeconds - before);
    }

    /// Number of submaps with poses.
    public int submaps() {
        return (int) poses.stream().mapToInt(FramePose::submap).distinct().count();
    }

    /// Throughput: frames per second of processing time.
    public double framesPerSecond() {
        double millis = latencyMillis.stream().mapToDouble(Double::doubleValue).sum();
        return 1000 * frames / millis;
    }

    /// Latency percentile, nearest rank; `fraction` is 0..1.
    public double latencyMillis(double fraction) {
        var sorted = latencyMillis.stream().sorted().toList();
        return sorted.get(Math.clamp((int) Math.ceil(fraction * sorted.size()) - 1, 0, sorted.size() - 1));
    }

    /// The poses of the submap with most of them.
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
