package dev.aerie.evaluation.vos;

import com.sun.management.OperatingSystemMXBean;
import dev.aerie.evaluation.detection.DetectionScores;
import dev.aerie.evaluation.detection.TrueObject;
import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.prompt.StrategyChoice;
import dev.aerie.vision.prompt.StrategyKind;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.track.VideoTracker;
import dev.aerie.vision.tracker.ProcessingMode;
import dev.aerie.vision.tracker.StreamControl;
import dev.aerie.vision.tracker.TrackerFactory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs the pipeline of the frame-processor on a labelled video, without a prompt, and beside it its detector alone.
public final class AutoRun {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double FPS = 30;
    private static final OperatingSystemMXBean PROCESS =
            ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

    /// Class of an object whose class is not known: no detection is called so.
    private static final String ANY = "";

    /// Smallest region of the truth that a detector must find, of the frame.
    private static final double MIN_REGION = 0.001;

    private final TrackerFactory trackers;

    /// - `trackers`: lent
    public AutoRun(TrackerFactory trackers) {
        this.trackers = trackers;
    }

    /// Processes every frame; the first and the last are not judged, as in DAVIS.
    public AutoScore score(LabelledVideo video) throws IOException, ModelException {
        var control =
                new StreamControl(ProcessingMode.VIDEO, FPS, new StrategyChoice(StrategyKind.DETECTOR, "object."));
        try (var tracker = trackers.open(ProcessingMode.VIDEO, control);
                var detector = trackers.openDetector()) {
            return new Scoring(video, tracker, detector, trackers.minPromptScore()).run();
        }
    }

    /// One video's sums.
    private static final class Scoring {

        private final LabelledVideo video;
        private final VideoTracker tracker;
        private final Detector detector;
        private final double minScore;
        private DetectionScores boxes = DetectionScores.NONE;
        private DetectionScores tracked = DetectionScores.NONE;
        private final Map<String, Long> labels = new TreeMap<>();
        private boolean isClassKnown;
        private double region;
        private double boundary;
        private double falseBoxArea;
        private double falseObjectArea;
        private long wanted;
        private long blind;
        private long nanos;
        private long detectorCpuNanos;

        Scoring(LabelledVideo video, VideoTracker tracker, Detector detector, double minScore) {
            this.video = video;
            this.tracker = tracker;
            this.detector = detector;
            this.minScore = minScore;
        }

        AutoScore run() throws IOException, ModelException {
            int last = video.frames() - 1;
            for (int number = 0; number <= last; number++) {
                VideoFrame frame = video.frame(number);
                try {
                    process(frame, number > 0 && number < last);
                } finally {
                    frame.release();
                }
            }
            double judged = last - 1.0;
            return new AutoScore(
                    video.name(),
                    region / judged,
                    boundary / judged,
                    (last + 1) * NANOS_PER_SECOND / nanos,
                    detectorCpuNanos / NANOS_PER_MILLI / (last + 1),
                    boxes,
                    tracked,
                    labels,
                    isClassKnown,
                    last - 1L,
                    wanted,
                    blind,
                    falseBoxArea / judged,
                    falseObjectArea / judged);
        }

        private void process(VideoFrame frame, boolean isJudged) throws IOException, ModelException {
            long begun = System.nanoTime();
            List<TrackedObjectState> objects = tracker.process(frame);
            nanos += System.nanoTime() - begun;
            long cpuBegun = PROCESS.getProcessCpuTime();
            var found = detector.detect(frame).detections();
            detectorCpuNanos += PROCESS.getProcessCpuTime() - cpuBegun;
            var detections = found.stream()
                    .filter(detection -> detection.score() >= minScore)
                    .toList();
            if (isJudged) {
                var truth = video.truth();
                var confirmed = objects.stream()
                        .filter(object -> object.track().state() == TrackState.CONFIRMED)
                        .toList();
                judgeObjects(frame.size(), confirmed, truth);
                var regions = regions(frame.size(), truth);
                judgeNames(confirmed, truth, truth.named().isEmpty() ? regions : truth.named());
                judgeBoxes(frame.size(), detections, truth, regions);
            }
        }

        private void judgeObjects(FrameSize size, List<TrackedObjectState> confirmed, LabelledVideo.Truth truth) {
            var found = DavisVideo.union(
                    size,
                    confirmed.stream().flatMap(object -> object.mask().stream()).toList());
            var counted = truth.ignored().isEmpty()
                    ? found
                    : BinaryMask.of(
                            size,
                            (x, y) -> found.contains(x, y) && !truth.ignored().contains(x, y));
            var agreement = MaskAgreement.of(counted, truth.objects());
            region += agreement.region();
            boundary += agreement.boundary();
            falseObjectArea += share(counted.areaPixels() - counted.sharedPixels(truth.objects()), size);
        }

        private void judgeNames(
                List<TrackedObjectState> confirmed, LabelledVideo.Truth truth, List<TrueObject> trueObjects) {
            isClassKnown |= !truth.named().isEmpty();
            var detections = confirmed.stream()
                    .map(TrackedObjectState::track)
                    .map(track -> new Detection(track.box(), track.label(), track.score()))
                    .toList();
            tracked = tracked.plus(DetectionScores.of(trueObjects, detections));
            confirmed.stream()
                    .filter(object -> object.mask()
                            .filter(mask -> 2 * mask.sharedPixels(truth.objects()) > mask.areaPixels())
                            .isPresent())
                    .forEach(object -> labels.merge(object.track().label(), 1L, Long::sum));
        }

        private static List<TrueObject> regions(FrameSize size, LabelledVideo.Truth truth) {
            double minArea = MIN_REGION * size.widthPixels() * size.heightPixels();
            var wantedBoxes = MaskRegions.of(truth.objects()).stream()
                    .map(one -> new TrueObject(ANY, one.box(), one.areaPixels() >= minArea))
                    .toList();
            var ignoredBoxes = MaskRegions.of(truth.ignored()).stream()
                    .map(one -> new TrueObject(ANY, one.box(), false))
                    .toList();
            var all = new ArrayList<>(wantedBoxes);
            all.addAll(ignoredBoxes);
            return all;
        }

        private void judgeBoxes(
                FrameSize size, List<Detection> detections, LabelledVideo.Truth truth, List<TrueObject> regions) {
            boxes = boxes.plus(DetectionScores.of(regions, detections));
            if (!truth.objects().isEmpty()) {
                wanted++;
                blind += detections.isEmpty() ? 1 : 0;
            }
            var covered = DavisVideo.union(
                    size,
                    detections.stream()
                            .map(detection -> BinaryMask.of(size, detection.box()))
                            .toList());
            long right = covered.sharedPixels(truth.objects()) + covered.sharedPixels(truth.ignored());
            falseBoxArea += share(covered.areaPixels() - right, size);
        }

        private static double share(long pixels, FrameSize size) {
            return pixels / ((double) size.widthPixels() * size.heightPixels());
        }
    }
}
