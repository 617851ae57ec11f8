package dev.aerie.vision.tracker;

import dev.aerie.messages.FrameId;
import dev.aerie.messages.TrackState;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.DetectionRecorder;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.track.VideoTracker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Detects the objects of each frame independently, without memory: an object's number is its index in that frame.
///
/// With a mask tracker, each detected box prompts a mask.
final class ImageModeTracker implements VideoTracker {

    private final Detector detector;
    private final DetectionRecorder recorder;
    private final Optional<MaskTracker.Factory> maskTrackers;
    private final int maxObjects;
    private @Nullable MaskTracker maskTracker;
    private @Nullable FrameSize size;

    /// - `detector`: owned from here on
    /// - `recorder`: of that detector
    /// - `maskTrackers`: lent
    ImageModeTracker(
            Detector detector, DetectionRecorder recorder, Optional<MaskTracker.Factory> maskTrackers, int maxObjects) {
        this.detector = detector;
        this.recorder = recorder;
        this.maskTrackers = maskTrackers;
        this.maxObjects = maxObjects;
    }

    @Override
    public List<TrackedObjectState> process(VideoFrame frame) throws ModelException {
        List<Detection> detections = detector.detect(frame).detections().stream()
                .filter(detection -> detection.box().areaPixels() > 0)
                .limit(maxObjects)
                .toList();
        Map<Long, BinaryMask> masks = masks(frame, detections);
        var objects = new ArrayList<TrackedObjectState>();
        for (int i = 0; i < detections.size(); i++) {
            long number = i + 1L;
            Detection detection = detections.get(i);
            Optional<BinaryMask> mask = Optional.ofNullable(masks.get(number));
            var box = mask.map(BinaryMask::box).orElse(detection.box());
            var track = new BoxTrack(number, box, detection.label(), detection.score(), TrackState.CONFIRMED, 0);
            objects.add(new TrackedObjectState(track, mask, Optional.empty()));
        }
        return objects;
    }

    @Override
    public Optional<List<Detection>> detectionsIn(FrameId frame) {
        return recorder.detectionsIn(frame);
    }

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String model() {
        return maskTrackers.map(MaskTracker.Factory::model).orElseGet(detector::name);
    }

    @Override
    public void close() {
        detector.close();
        if (maskTracker != null) {
            maskTracker.close();
        }
    }

    private Map<Long, BinaryMask> masks(VideoFrame frame, List<Detection> detections) throws ModelException {
        Map<Long, BinaryMask> masks = new HashMap<>();
        if (maskTrackers.isEmpty() || detections.isEmpty()) {
            return masks;
        }
        MaskTracker segmenter = trackerFor(frame.size());
        var prompts = new ArrayList<Prompt>();
        for (Detection detection : detections) {
            prompts.add(new Prompt.BoxPrompt(prompts.size() + 1L, detection.box()));
        }
        try {
            for (ObjectMask result : segmenter.prompt(frame, prompts)) {
                var mask = result.logits().toFrame(frame.size());
                if (result.isVisible() && !mask.isEmpty()) {
                    masks.put(result.object(), mask);
                }
            }
            return masks;
        } finally {
            segmenter.objects().forEach(segmenter::remove);
        }
    }

    private MaskTracker trackerFor(FrameSize newSize) throws ModelException {
        if (maskTracker != null && newSize.equals(size)) {
            return maskTracker;
        }
        if (maskTracker != null) {
            maskTracker.close();
            maskTracker = null;
        }
        maskTracker = maskTrackers.orElseThrow().open(newSize, maxObjects, 1);
        size = newSize;
        return maskTracker;
    }
}
