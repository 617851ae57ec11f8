package dev.aerie.vision.tracker;

import dev.aerie.messages.TrackState;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.sam2.AutomaticMask;
import dev.aerie.vision.track.TrackedObjectState;
import dev.aerie.vision.track.VideoTracker;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Segments everything in each frame independently, without prompts and without memory: an object's number is its index
/// in that frame, best mask first.
///
/// Its objects stay [TrackState#TENTATIVE], because nothing says that they are the same in the next frame: nobody
/// crops, identifies or follows them.
public final class WholeFrameSegmenter implements VideoTracker {

    /// The label of its objects, and the prompt that they name.
    public static final String SEGMENT = "segment";

    private final AutomaticMaskService service;
    private final String model;
    private final WholeFrameConfig config;

    /// - `service`: lent
    /// - `model`: as messages name it
    public WholeFrameSegmenter(AutomaticMaskService service, String model, WholeFrameConfig config) {
        this.service = service;
        this.model = model;
        this.config = config;
    }

    /// The masks in `frame`, at most [WholeFrameConfig#maxMasks]; waits while a frame of another stream is being
    /// segmented.
    @Override
    public List<TrackedObjectState> process(VideoFrame frame) throws ModelException {
        var objects = new ArrayList<TrackedObjectState>();
        for (AutomaticMask found : service.segmentInTurn(frame)) {
            if (objects.size() == config.maxMasks()) {
                break;
            }
            double score = Math.clamp(found.predictedIou(), 0, 1);
            var track = new BoxTrack(objects.size() + 1L, found.mask().box(), SEGMENT, score, TrackState.TENTATIVE, 0);
            objects.add(new TrackedObjectState(track, Optional.of(found.mask()), Optional.of(SEGMENT)));
        }
        return objects;
    }

    @Override
    public String name() {
        return "none";
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public double maxFps() {
        return config.maxFps();
    }

    @Override
    public void close() {}
}
