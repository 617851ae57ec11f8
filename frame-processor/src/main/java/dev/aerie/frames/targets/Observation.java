package dev.aerie.frames.targets;

import dev.aerie.messages.Box;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.mask.PictureMask;
import dev.aerie.vision.track.ObjectMask;
import java.util.Optional;

/// What a tracker says of one object in one picture.
///
/// - `mask`: empty where the object is not seen
/// - `score`: of the mask, 0..1
/// - `appearance`: of the mask's pixels, where there are any
record Observation(PictureMask mask, double score, Optional<Appearance> appearance) {

    static Observation of(ObjectMask seen, VideoFrame frame) {
        var mask = seen.isSeen() ? seen.logits().toPicture(frame.size()) : PictureMask.empty(frame.size());
        return of(mask, seen.score(), frame);
    }

    static Observation of(PictureMask mask, double score, VideoFrame frame) {
        return new Observation(
                mask, score, mask.isEmpty() ? Optional.empty() : Optional.of(Appearance.of(frame, mask)));
    }

    Box box() {
        return mask.box();
    }
}
