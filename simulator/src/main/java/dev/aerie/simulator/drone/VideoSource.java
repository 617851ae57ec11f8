package dev.aerie.simulator.drone;

import dev.aerie.simulator.geometry.Trajectory;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// What a drone's camera delivers, unit by unit. Used by one thread.
public interface VideoSource extends AutoCloseable {

    FrameSize size();

    double framesPerSecond();

    /// The next frame; empty at the end of the video.
    Optional<AccessUnit> next() throws IOException;

    /// Makes the next unit one that decoding can start with, for a new connection.
    void beginAnew() throws IOException;

    /// Asks for the next `frames` frames to be left out, as time has passed them by; returns how many are.
    int skip(int frames);

    /// The flight that the frames show, from their first one on; empty for video that knows of none.
    Optional<Trajectory> flight();

    /// What the last frame that [#next] gave shows; empty for video that knows of nothing.
    default List<VisibleBody> visibleBodies() {
        return List.of();
    }

    @Override
    void close();
}
