package dev.aerie.frames.sight;

import dev.aerie.video.PictureSize;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.detect.Detector;
import dev.aerie.vision.mask.PictureMask;
import dev.aerie.vision.mot.Track;
import dev.aerie.vision.mot.TrackState;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.FollowedObject;
import dev.aerie.vision.track.MaskTracker;
import dev.aerie.vision.track.ObjectMask;
import dev.aerie.vision.track.Prompt;
import dev.aerie.vision.track.VideoTracker;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the objects of each picture by itself and remembers nothing: an object's number is its place in that
/// picture.
///
/// With a tracker of masks, each box that the detector finds is made a mask.
final class PictureByPicture implements VideoTracker {

    private final Detector detector;
    private final Optional<MaskTracker.Factory> engines;
    private final int maxObjects;
    private @Nullable MaskTracker engine;
    private @Nullable PictureSize size;

    /// - `detector`: owned from here on
    /// - `engines`: lent
    PictureByPicture(Detector detector, Optional<MaskTracker.Factory> engines, int maxObjects) {
        this.detector = detector;
        this.engines = engines;
        this.maxObjects = maxObjects;
    }

    @Override
    public List<FollowedObject> process(VideoFrame frame) throws ModelException {
        List<Detection> found = detector.detect(frame).detections().stream()
                .filter(detection -> detection.box().areaPixels() > 0)
                .limit(maxObjects)
                .toList();
        Map<Long, PictureMask> masks = masks(frame, found);
        var objects = new ArrayList<FollowedObject>();
        for (int i = 0; i < found.size(); i++) {
            long number = i + 1L;
            Detection detection = found.get(i);
            Optional<PictureMask> mask = Optional.ofNullable(masks.get(number));
            var box = mask.map(PictureMask::box).orElse(detection.box());
            var track = new Track(number, box, detection.label(), detection.score(), TrackState.CONFIRMED, 0);
            objects.add(new FollowedObject(track, mask, Optional.empty()));
        }
        return objects;
    }

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String model() {
        return engines.map(MaskTracker.Factory::model).orElseGet(detector::name);
    }

    @Override
    public void close() {
        detector.close();
        if (engine != null) {
            engine.close();
        }
    }

    private Map<Long, PictureMask> masks(VideoFrame frame, List<Detection> found) throws ModelException {
        Map<Long, PictureMask> masks = new HashMap<>();
        if (engines.isEmpty() || found.isEmpty()) {
            return masks;
        }
        MaskTracker segmenter = engineFor(frame.size());
        var prompts = new ArrayList<Prompt>();
        for (Detection detection : found) {
            prompts.add(new Prompt.BoxPrompt(prompts.size() + 1L, detection.box()));
        }
        try {
            for (ObjectMask seen : segmenter.prompt(frame, prompts)) {
                var mask = seen.logits().toPicture(frame.size());
                if (seen.isSeen() && !mask.isEmpty()) {
                    masks.put(seen.object(), mask);
                }
            }
            return masks;
        } finally {
            segmenter.objects().forEach(segmenter::remove);
        }
    }

    private MaskTracker engineFor(PictureSize wanted) throws ModelException {
        if (engine != null && wanted.equals(size)) {
            return engine;
        }
        if (engine != null) {
            engine.close();
            engine = null;
        }
        engine = engines.orElseThrow().open(wanted, maxObjects, 1);
        size = wanted;
        return engine;
    }
}
