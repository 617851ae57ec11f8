package dev.aerie.vision.track;

import dev.aerie.vision.mask.PictureMask;
import dev.aerie.vision.mot.Track;
import java.util.Optional;

/// One object as a [VideoTracker] reports it.
///
/// - `mask`: its pixels, from a tracker that knows them; empty where the object is not seen
/// - `prompt`: what asked for it, as messages name it: `point`, `box`, `mask`, `text:red car`, `auto_grid`;
///   empty where nothing did
public record FollowedObject(Track track, Optional<PictureMask> mask, Optional<String> prompt) {

    /// An object known by its box alone, found by the tracker itself.
    public static FollowedObject of(Track track) {
        return new FollowedObject(track, Optional.empty(), Optional.empty());
    }
}
