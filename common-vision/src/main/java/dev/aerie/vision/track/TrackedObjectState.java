package dev.aerie.vision.track;

import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mot.BoxTrack;
import java.util.Optional;

/// One object as a [VideoTracker] reports it.
///
/// - `mask`: its pixels, from a mask tracker; empty where the object is not visible
/// - `prompt`: what started it, as messages name it: `point`, `box`, `mask`, `text:red car`, `auto_grid`;
///   empty where no prompt did
public record TrackedObjectState(BoxTrack track, Optional<BinaryMask> mask, Optional<String> prompt) {

    /// An object with a box only, without a prompt.
    public static TrackedObjectState of(BoxTrack track) {
        return new TrackedObjectState(track, Optional.empty(), Optional.empty());
    }
}
