package dev.aerie.slam.map;

import java.util.List;

/// A tracked frame that should become a keyframe.
///
/// - `anchor`: its pose
public record KeyframeRequest(FrameFeatures frameFeatures, Anchor anchor, List<Match> sightings) {
    public KeyframeRequest {
        sightings = List.copyOf(sightings);
    }
}
