package dev.aerie.slam.engine;

import dev.aerie.slam.movable.MovableMask;
import java.util.Optional;
import org.bytedeco.opencv.opencv_core.Mat;

/// A frame of one stream's session, lent to the call that it is handed to.
///
/// - `frameNumber`, `captureTimeNanos`: grow from frame to frame; numbers may be left out
/// - `grey`: 8 bits, one channel, of the camera's size
/// - `movable`: where it shows things that may move, if that is known: no corners are looked for there
/// - `rowTurns`: how the camera turned while its rows were read, if that is known
public record GreyFrame(
        long frameNumber, long captureTimeNanos, Mat grey, Optional<MovableMask> movable, RowTurns rowTurns) {

    /// With all rows of one moment, as far as is known.
    public GreyFrame(long frameNumber, long captureTimeNanos, Mat grey, Optional<MovableMask> movable) {
        this(frameNumber, captureTimeNanos, grey, movable, RowTurns.NONE);
    }

    /// Of which nobody knows what may move.
    public GreyFrame(long frameNumber, long captureTimeNanos, Mat grey) {
        this(frameNumber, captureTimeNanos, grey, Optional.empty());
    }

    public GreyFrame withRowTurns(RowTurns turns) {
        return new GreyFrame(frameNumber, captureTimeNanos, grey, movable, turns);
    }
}
