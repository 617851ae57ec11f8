package dev.aerie.ptz.follow;

import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import java.util.List;
import java.util.Optional;

/// The tracks of one frame.
///
/// - `receivedAtNanos`: of `System.nanoTime()`, when the frame had come in
/// - `motion`: of the background; empty where it is not known
public record SeenFrame(
        FrameStamp stamp, FrameSize size, long receivedAtNanos, List<AimTrack> tracks, Optional<SeenMotion> motion) {

    public SeenFrame {
        tracks = List.copyOf(tracks);
    }

    /// Of a frame whose background nobody looked at.
    public SeenFrame(FrameStamp stamp, FrameSize size, long receivedAtNanos, List<AimTrack> tracks) {
        this(stamp, size, receivedAtNanos, tracks, Optional.empty());
    }

    SeenFrame with(List<AimTrack> others) {
        return new SeenFrame(stamp, size, receivedAtNanos, others, motion);
    }
}
