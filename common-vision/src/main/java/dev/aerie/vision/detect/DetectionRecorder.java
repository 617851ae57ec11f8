package dev.aerie.vision.detect;

import dev.aerie.messages.FrameId;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.onnx.ModelException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Remembers what the detectors of one stream found in the frame that they looked at last. Used by that stream's
/// thread.
public final class DetectionRecorder {

    private final boolean isOn;
    private final List<Detection> found = new ArrayList<>();
    private @Nullable FrameId frame;

    /// - `isOn`: whether anything is remembered
    public DetectionRecorder(boolean isOn) {
        this.isOn = isOn;
    }

    /// `detector`, whose detections are remembered from now on; it is closed with the result.
    public Detector recording(Detector detector) {
        return isOn ? new Recorded(detector) : detector;
    }

    /// Everything that was detected in `frame`; empty where no detector looked at it.
    public Optional<List<Detection>> detectionsIn(FrameId frame) {
        return frame.equals(this.frame) ? Optional.of(List.copyOf(found)) : Optional.empty();
    }

    private void add(FrameId seen, List<Detection> detections) {
        if (!seen.equals(frame)) {
            frame = seen;
            found.clear();
        }
        found.addAll(detections);
    }

    private final class Recorded implements Detector {

        private final Detector detector;

        Recorded(Detector detector) {
            this.detector = detector;
        }

        @Override
        public DetectionResult detect(VideoFrame frame) throws ModelException {
            var result = detector.detect(frame);
            add(frame.stamp().id(), result.detections());
            return result;
        }

        @Override
        public String name() {
            return detector.name();
        }

        @Override
        public void close() {
            detector.close();
        }
    }
}
