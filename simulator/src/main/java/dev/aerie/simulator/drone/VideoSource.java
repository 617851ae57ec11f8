package dev.aerie.simulator.drone;

import dev.aerie.simulator.geometry.FlightPath;
import dev.aerie.simulator.truth.VisibleBody;
import dev.aerie.video.AccessUnit;
import dev.aerie.video.FrameSize;
import dev.aerie.video.VideoCodec;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// The video of a drone's camera, unit by unit. Used by one thread.
public interface VideoSource extends AutoCloseable {

    FrameSize size();

    double framesPerSecond();

    /// The codec of all its units.
    default VideoCodec codec() {
        return VideoCodec.H264;
    }

    /// The next frame; empty at the end of the video.
    Optional<AccessUnit> next() throws IOException;

    /// Whether [#next] shows the moment of its call: then a frame is asked for when it is due, not before.
    default boolean isLive() {
        return false;
    }

    /// Unix time of the last frame of [#next]; empty where it is when that frame was due.
    default OptionalLong capturedAtUnixNanos() {
        return OptionalLong.empty();
    }

    /// Makes the next unit an IDR frame, for a new connection.
    void beginAnew() throws IOException;

    /// Skips up to `frames` frames that are too late; returns the number skipped.
    int skip(int frames);

    /// The flight of the camera, from the first frame; empty if unknown.
    Optional<FlightPath> flight();

    /// The ground truth of the last frame of [#next]; empty if unknown.
    default List<VisibleBody> visibleBodies() {
        return List.of();
    }

    @Override
    void close();
}
