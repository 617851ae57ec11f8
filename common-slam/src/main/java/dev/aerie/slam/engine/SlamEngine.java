package dev.aerie.slam.engine;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import java.util.List;
import java.util.Optional;

/// SLAM of one session of one stream: owns its map and its threads.
///
/// One thread tracks; any thread may read the map.
public interface SlamEngine extends AutoCloseable {

    /// Remembered by an engine.
    int MAX_LOOP_CLOSURES = 1000;

    /// Finds the camera in the next frame; does not wait for the map to be worked out.
    ///
    /// - `frame`: lent
    /// - `lastFromThis`: how the camera has turned since the last frame, where an inertial sensor says so: it
    ///   takes directions in this frame's axes and gives them in the last one's
    TrackedFrame track(GreyFrame frame, Optional<Rotation> lastFromThis);

    /// Takes the mask of a frame that was tracked before it was known: landmarks that such masks mostly cover are
    /// removed. To be called by the thread that tracks.
    void judge(FrameMask mask);

    /// What masks have left out so far.
    MaskCounts maskCounts();

    /// The map as it is now.
    MapView map();

    /// The landmarks that a keyframe of the current submap observes, in its camera axes and the map's unit; empty where
    /// the frame is none.
    List<Vector3> observed(long frameNumber);

    /// The poses of every frame tracked so far, as the map knows them now, oldest first.
    List<FramePose> trajectory();

    /// Those of frames taken at some moment or later.
    List<FramePose> trajectory(long sinceNanos);

    /// The newest loops closed and submaps merged, at most [#MAX_LOOP_CLOSURES], oldest first.
    List<LoopClosure> loopClosures();

    /// Ends the threads and waits for them.
    @Override
    void close();

    /// Makes an engine for each session.
    ///
    /// - `stream`: for the log
    interface Factory {
        SlamEngine open(String stream, CameraModel camera);
    }
}
