package dev.aerie.slam.map;

import java.util.List;

/// A tracked picture that should become a keyframe.
///
/// - `anchor`: its pose
public record KeyframeRequest(Shot shot, Anchor anchor, List<Sighting> sightings) {
    public KeyframeRequest {
        sightings = List.copyOf(sightings);
    }
}
