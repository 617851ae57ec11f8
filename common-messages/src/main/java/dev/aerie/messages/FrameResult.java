package dev.aerie.messages;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/// The objects of one frame, on [Exchanges#PROCESSED_FRAMES].
///
/// - `widthPixels`, `heightPixels`: of the frame that the boxes and masks belong to
/// - `tracker`: what followed them, `bytetrack`, `edgetam`
public record FrameResult(
        @JsonUnwrapped Envelope envelope,
        @JsonProperty("width") int widthPixels,
        @JsonProperty("height") int heightPixels,
        String tracker,
        @JsonProperty("timing_ms") Timing timing,
        List<TrackedObject> objects)
        implements Message {

    public FrameResult {
        Require.present("envelope", envelope).requireFrame();
        Require.atLeast("width", widthPixels, 1);
        Require.atLeast("height", heightPixels, 1);
        Require.text("tracker", tracker);
        Require.present("timing_ms", timing);
        objects = List.copyOf(Require.present("objects", objects));
    }
}
