package dev.aerie.vision.tracker;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.track.ObjectMask;
import java.util.Optional;

/// A tracker's result for one object in one frame.
///
/// - `mask`: empty where the object is not visible
/// - `score`: of the mask, 0..1
/// - `appearance`: colours of the mask's pixels, where there are any
record MaskObservation(BinaryMask mask, double score, Optional<ColourHistogram> appearance) {

    static MaskObservation of(ObjectMask result, VideoFrame frame) {
        var mask = result.isVisible() ? result.logits().toFrame(frame.size()) : BinaryMask.empty(frame.size());
        return of(mask, result.score(), frame);
    }

    static MaskObservation of(BinaryMask mask, double score, VideoFrame frame) {
        return new MaskObservation(
                mask, score, mask.isEmpty() ? Optional.empty() : Optional.of(ColourHistogram.of(frame, mask)));
    }

    Box box() {
        return mask.box();
    }
}
