package dev.aerie.ptz.handoff;

import dev.aerie.ptz.camera.PtzPosition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// What one camera of the site saw in one frame.
///
/// - `captureTimeNanos`: Unix time of the frame, in one clock for all cameras
/// - `position`: where it pointed then
/// - `followedTrackId`: the track that it follows, detected in this frame or not; empty while it is idle
public record CameraReport(
        String camera,
        long captureTimeNanos,
        PtzPosition position,
        List<SeenTarget> seen,
        OptionalLong followedTrackId) {

    public CameraReport {
        seen = List.copyOf(seen);
    }

    Optional<SeenTarget> target(long trackId) {
        return seen.stream().filter(target -> target.trackId() == trackId).findFirst();
    }
}
