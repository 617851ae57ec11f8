package dev.aerie.ptz.aim;

import dev.aerie.messages.Box;
import dev.aerie.messages.TrackState;
import java.util.Optional;

/// A track in one frame.
///
/// - `id`: as the tracker numbers it
/// - `score`: 0..1
/// - `identity`: who it is by its appearance, as the gallery names it; empty while that is unknown
public record AimTrack(long id, String label, double score, Box box, TrackState state, Optional<String> identity) {

    public AimTrack {
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("score must be 0..1, was " + score);
        }
    }

    /// A track of which the appearance is not known.
    public static AimTrack of(long id, String label, double score, Box box, TrackState state) {
        return new AimTrack(id, label, score, box, state, Optional.empty());
    }
}
