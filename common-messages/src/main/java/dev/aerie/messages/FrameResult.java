package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The objects of one frame, on [Exchanges#PROCESSED_FRAMES].
///
/// - `widthPixels`, `heightPixels`: of the frame that the boxes and masks belong to
/// - `tracker`: what followed them, `bytetrack`, `edgetam`
/// - `detections`: what the detector found in this frame, before tracking; null where it did not look, or is not
///   reported
public record FrameResult(
        @JsonUnwrapped Envelope envelope,
        @JsonProperty("width") int widthPixels,
        @JsonProperty("height") int heightPixels,
        String tracker,
        @JsonProperty("timing_ms") Timing timing,
        List<TrackedObject> objects,
        @Nullable List<RawDetection> detections)
        implements Message {

    public FrameResult {
        Require.present("envelope", envelope).requireFrame();
        Require.atLeast("width", widthPixels, 1);
        Require.atLeast("height", heightPixels, 1);
        Require.text("tracker", tracker);
        Require.present("timing_ms", timing);
        objects = List.copyOf(Require.present("objects", objects));
        detections = detections == null ? null : List.copyOf(detections);
    }

    /// Without raw detections.
    public FrameResult(
            Envelope envelope,
            int widthPixels,
            int heightPixels,
            String tracker,
            Timing timing,
            List<TrackedObject> objects) {
        this(envelope, widthPixels, heightPixels, tracker, timing, objects, null);
    }
}
