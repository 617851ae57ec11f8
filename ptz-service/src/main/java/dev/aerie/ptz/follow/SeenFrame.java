package dev.aerie.ptz.follow;

import dev.aerie.ptz.aim.AimTrack;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import java.util.List;

/// The tracks of one frame.
///
/// - `receivedAtNanos`: of `System.nanoTime()`, when the frame had come in
public record SeenFrame(FrameStamp stamp, FrameSize size, long receivedAtNanos, List<AimTrack> tracks) {

    public SeenFrame {
        tracks = List.copyOf(tracks);
    }

    SeenFrame with(List<AimTrack> others) {
        return new SeenFrame(stamp, size, receivedAtNanos, others);
    }
}
