package dev.aerie.cli.demo;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.aerie.evaluation.detection.DetectionScores;
import dev.aerie.evaluation.detection.TrueObject;
import dev.aerie.messages.FrameResult;
import dev.aerie.messages.TrackState;
import dev.aerie.messages.TrackedObject;
import dev.aerie.simulator.truth.FrameTruth;
import dev.aerie.vision.detect.Detection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Scores the frame results on the bus against the simulator's ground truth, by [DetectionScores].
///
/// Only confirmed objects count: a tentative one is uncertain, an occluded one's box is predicted. Objects to be found
/// are [dev.aerie.simulator.truth.VisibleBody#isToBeFound]. A result matches a line of truth when their capture times
/// differ by less than half a frame interval: the ingest converts the drone's clock, with an error of microseconds. Any
/// thread.
final class DetectionJudge {

    /// An hour at 30 frames per second; the oldest results are dropped.
    private static final int MAX_RESULTS = 108_000;

    private static final long SAME_FRAME_NANOS = 8_000_000;

    @GuardedBy("this")
    private final Deque<Found> results = new ArrayDeque<>();

    private record Found(long captureTimeNanos, List<Detection> detections) {}

    synchronized void result(FrameResult result) {
        Long captureTimeNanos = result.envelope().captureTimeNanos();
        if (captureTimeNanos == null) {
            return;
        }
        if (results.size() == MAX_RESULTS) {
            results.removeFirst();
        }
        results.addLast(new Found(
                captureTimeNanos,
                result.objects().stream()
                        .filter(object -> object.state() == TrackState.CONFIRMED)
                        .map(DetectionJudge::detection)
                        .toList()));
    }

    /// Scores of all results until now.
    ///
    /// - `truth`: a file of [FrameTruth] lines; throws [IOException] if it cannot be read
    synchronized DetectionReport judge(Path truth) throws IOException {
        var frames = read(truth);
        var scores = DetectionScores.NONE;
        long judged = 0;
        for (Found found : results) {
            var frame = nearest(frames, found.captureTimeNanos());
            if (frame != null) {
                scores = scores.plus(DetectionScores.of(objects(frame), found.detections()));
                judged++;
            }
        }
        return DetectionReport.of(judged, scores);
    }

    private static NavigableMap<Long, FrameTruth> read(Path file) throws IOException {
        var frames = new TreeMap<Long, FrameTruth>();
        try (var lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                var frame = FrameTruth.parse(line);
                frames.put(frame.captureTimeNanos(), frame);
            }
        }
        return frames;
    }

    private static @Nullable FrameTruth nearest(NavigableMap<Long, FrameTruth> frames, long captureTimeNanos) {
        var before = frames.floorEntry(captureTimeNanos);
        var after = frames.ceilingEntry(captureTimeNanos);
        var nearest = before == null
                        || (after != null && after.getKey() - captureTimeNanos < captureTimeNanos - before.getKey())
                ? after
                : before;
        return nearest == null || Math.abs(nearest.getKey() - captureTimeNanos) > SAME_FRAME_NANOS
                ? null
                : nearest.getValue();
    }

    private static List<TrueObject> objects(FrameTruth frame) {
        var size = frame.frameSize();
        return frame.bodies().stream()
                .map(body -> new TrueObject(body.label(), body.box(), body.isToBeFound(size)))
                .toList();
    }

    private static Detection detection(TrackedObject object) {
        return new Detection(object.box(), object.label(), object.score());
    }
}
