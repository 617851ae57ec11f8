package dev.aerie.slam.map;

import java.util.List;

/// A tracked frame that should become a keyframe.
///
/// - `anchor`: its pose
public record KeyframeRequest(FrameFeatures frameFeatures, Anchor anchor, List<Match> matches) {
    public KeyframeRequest {
        matches = List.copyOf(matches);
    }
}
