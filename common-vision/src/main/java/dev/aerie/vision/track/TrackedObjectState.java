package dev.aerie.vision.track;

import dev.aerie.vision.mask.BinaryMask;
import dev.aerie.vision.mot.BoxTrack;
import java.util.Optional;

/// One object as a [VideoTracker] reports it.
///
/// - `mask`: its pixels, from a tracker that knows them; empty where the object is not seen
/// - `prompt`: what asked for it, as messages name it: `point`, `box`, `mask`, `text:red car`, `auto_grid`;
///   empty where nothing did
public record TrackedObjectState(BoxTrack track, Optional<BinaryMask> mask, Optional<String> prompt) {

    /// An object known by its box alone, found by the tracker itself.
    public static TrackedObjectState of(BoxTrack track) {
        return new TrackedObjectState(track, Optional.empty(), Optional.empty());
    }
}
