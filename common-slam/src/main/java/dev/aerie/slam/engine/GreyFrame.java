package dev.aerie.slam.engine;

import dev.aerie.slam.movable.MovableMask;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/// A frame of one stream's session, lent to the call that it is handed to.
///
/// - `frameNumber`, `captureTimeNanos`: grow from frame to frame; numbers may be left out
/// - `grey`: 8 bits, one channel, of the camera's size
/// - `movable`: where it shows things that may move, if that is known: no corners are looked for there
public record GreyFrame(long frameNumber, long captureTimeNanos, Mat grey, Optional<MovableMask> movable) {

    /// Of which nobody knows what may move.
    public GreyFrame(long frameNumber, long captureTimeNanos, Mat grey) {
        this(frameNumber, captureTimeNanos, grey, Optional.empty());
    }
}
