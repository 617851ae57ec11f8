package dev.aerie.frames.pipeline;

import dev.aerie.messages.RawDetection;
import dev.aerie.messages.TrackedObject;
import dev.aerie.vision.detect.Detection;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mask.MaskOutline;
import dev.aerie.vision.mot.BoxTrack;
import dev.aerie.vision.track.TrackedObjectState;
import java.util.List;

/// Converts tracked objects to messages.
public final class ObjectMessages {

    private ObjectMessages() {}

    /// What a detector found, before tracking.
    static List<RawDetection> raw(List<Detection> detections) {
        return detections.stream()
                .map(detection -> new RawDetection(detection.label(), detection.score(), detection.box()))
                .toList();
    }

    /// Box, area and polygon are the mask's, where there is one.
    public static TrackedObject of(TrackedObjectState state) {
        BoxTrack track = state.track();
        var mask = state.mask().filter(pixels -> !pixels.isEmpty());
        return new TrackedObject(
                track.id(),
                track.label(),
                track.score(),
                track.box(),
                track.state(),
                track.ageFrames(),
                state.prompt().orElse(null),
                mask.map(pixels -> (double) pixels.areaPixels())
                        .orElseGet(() -> track.box().areaPixels()),
                mask.map(BinaryMask::toMessage).orElse(null),
                mask.flatMap(MaskOutline::polygon).orElse(null));
    }
}
