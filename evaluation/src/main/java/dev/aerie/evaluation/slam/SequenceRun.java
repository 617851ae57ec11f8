package dev.aerie.evaluation.slam;

import dev.aerie.evaluation.slam.metrics.PosePairs;
import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.messages.CameraPose.TrackingState;
import dev.aerie.slam.engine.FramePose;
import dev.aerie.slam.engine.GreyFrame;
import dev.aerie.slam.engine.LoopClosure;
import dev.aerie.slam.engine.SlamEngine;
import dev.aerie.slam.engine.TrackedFrame;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.geometry.UmeyamaAlignment;
import dev.aerie.slam.inertial.InertialSlam;
import dev.aerie.slam.trajectory.TimedPose;
import dev.aerie.slam.trajectory.Trajectory;
import dev.aerie.slam.tuning.InertialConfig;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Result of an engine on a sequence: the pose of each tracked frame, and the latency of every frame.
///
/// - `poses`: after the last frame, by time; of all submaps
/// - `published`: as each frame got it, before later frames corrected the map
/// - `latencyMillis`: processing time of each frame
/// - `loopClosures`: loops closed and submaps merged; frames are numbered as in the sequence, from 0
/// - `inMetres`: as each frame got it, where the scale was known; those predicted by readings alone too
/// - `metricFromMap`: what brings the submap of the last pose to metres with Z up, if an inertial sensor has told
public record SequenceRun(
        int frames,
        List<FramePose> poses,
        List<FramePose> published,
        List<Double> latencyMillis,
        List<LoopClosure> loopClosures,
        List<MetricPose> inMetres,
        Optional<Sim3> metricFromMap) {

    static final double NANOS = 1e9;

    public SequenceRun {
        poses = List.copyOf(poses);
        published = List.copyOf(published);
        latencyMillis = List.copyOf(latencyMillis);
        loopClosures = List.copyOf(loopClosures);
        inMetres = List.copyOf(inMetres);
    }

    /// Runs the engine on every frame, one after the other; reading from disk is not timed.
    ///
    /// - `engine`: fresh; lent
    public static SequenceRun of(ImageSequence sequence, SlamEngine engine) throws IOException {
        return of(sequence, image -> engine.track(image, Optional.empty()), engine, false);
    }

    /// As [#of], with an inertial sensor on the camera's body.
    ///
    /// - `masksLateSeconds`: from a frame to its true masks, if the engine is to get them
    public static SequenceRun withReadings(
            ImageSequence sequence, SlamEngine engine, SimulatedReadings readings, Optional<Double> masksLateSeconds)
            throws IOException {
        var inertial = new InertialSlam(
                engine, readings.buffer(), readings.calibration(sequence.camera()), InertialConfig.DEFAULT);
        var inMetres = new ArrayList<MetricPose>();
        var run = of(
                sequence,
                image -> {
                    readings.advanceTo(image.captureTimeNanos() / NANOS);
                    var tracked = inertial.track(image);
                    MetricPose.of(tracked, inertial.metricFromMap()).ifPresent(inMetres::add);
                    return tracked;
                },
                engine,
                false,
                new LateMasks(masksLateSeconds));
        return new SequenceRun(
                run.frames,
                run.poses,
                run.published,
                run.latencyMillis,
                run.loopClosures,
                inMetres,
                inertial.metricFromMap());
    }

    /// As [#of], at the pace of the capture times: background threads of the engine get the time that a camera would
    /// give them.
    public static SequenceRun atItsPace(ImageSequence sequence, SlamEngine engine) throws IOException {
        return of(sequence, image -> engine.track(image, Optional.empty()), engine, true);
    }

    /// As [#of], with the true masks of people and cars, which come as late as a frame-processor's results.
    ///
    /// - `lateSeconds`: from a frame to its masks
    public static SequenceRun withMasks(ImageSequence sequence, SlamEngine engine, double lateSeconds)
            throws IOException {
        return of(
                sequence,
                image -> engine.track(image, Optional.empty()),
                engine,
                false,
                new LateMasks(Optional.of(lateSeconds)));
    }

    private static SequenceRun of(
            ImageSequence sequence, Function<GreyFrame, TrackedFrame> track, SlamEngine engine, boolean isPaced)
            throws IOException {
        return of(sequence, track, engine, isPaced, new LateMasks(Optional.empty()));
    }

    private static SequenceRun of(
            ImageSequence sequence,
            Function<GreyFrame, TrackedFrame> track,
            SlamEngine engine,
            boolean isPaced,
            LateMasks masks)
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
                var tracked = track.apply(new GreyFrame(i, captureTimeNanos, grey, movable));
                masks.judge(engine);
                latencies.add((System.nanoTime() - begun) / 1e6);
                if (tracked.state() == TrackingState.TRACKING) {
                    tracked.pose().ifPresent(published::add);
                }
            }
        }
        return new SequenceRun(
                sequence.images().size(),
                engine.trajectory(),
                published,
                latencies,
                engine.loopClosures(),
                List.of(),
                Optional.empty());
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

    /// By how much the metre is wrong, as a fraction; empty where the scale is not known.
    public Optional<Double> scaleError(Trajectory truth) {
        if (metricFromMap.isEmpty() || poses.isEmpty()) {
            return Optional.empty();
        }
        int submap = poses.getLast().submap();
        var estimate = new Trajectory(poses.stream()
                .filter(pose -> pose.submap() == submap)
                .map(pose -> new TimedPose(pose.captureTimeNanos() / NANOS, pose.worldFromCamera()))
                .toList());
        var pairs = PosePairs.associate(truth, estimate, PosePairs.DEFAULT_SECONDS);
        var trueFromMap = UmeyamaAlignment.align(places(pairs.estimate()), places(pairs.reference()), true);
        return Optional.of(Math.abs(metricFromMap.get().scale() / trueFromMap.scale() - 1));
    }

    private static List<Vector3> places(List<RigidTransform> poses) {
        return poses.stream().map(RigidTransform::translation).toList();
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
        return new Trajectory(largestSubmap().stream()
                .map(pose -> new TimedPose(pose.captureTimeNanos() / NANOS, pose.worldFromCamera()))
                .toList());
    }

    /// The poses of the submap with most of them, by time.
    List<FramePose> largestSubmap() {
        Map<Integer, List<FramePose>> submaps = poses.stream().collect(Collectors.groupingBy(FramePose::submap));
        return submaps.values().stream()
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }
}
