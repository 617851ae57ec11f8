package dev.aerie.vision.tracker;

import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.track.VideoTracker;

/// Makes the tracker of a stream. Safe for several threads.
@FunctionalInterface
public interface VideoTrackerFactory {

    /// A tracker for one more stream; whoever opens it closes it.
    ///
    /// - `mode`: not [ProcessingMode#OFF]
    /// - `control`: of that stream, read while it runs
    VideoTracker open(ProcessingMode processingMode, StreamControl control) throws ModelException;
}
