package dev.aerie.slam.dense.slam3r;

import dev.aerie.slam.dense.DenseView;
import java.util.List;

/// The calls of SLAM3R's networks; all of them throw [IllegalStateException] where a network fails. Safe for several
/// threads, each with frames of its own.
public interface PointNets extends AutoCloseable {

    /// Of the square views that they take.
    int sidePixels();

    /// A frame's tokens; the caller closes it.
    SceneFrame encode(DenseView square);

    /// The points of all frames of a window in one frame's axes: its own first, then the others'.
    List<PointMap> window(SceneFrame keyframe, List<SceneFrame> others);

    /// The points of one frame in its own axes.
    ///
    /// - `others`: frames that show the same, at least one
    PointMap keyframe(SceneFrame keyframe, List<SceneFrame> others);

    /// How much each of the frames `scene` has in common with a frame: the more, the greater.
    double[] correlations(SceneFrame frame, List<SceneFrame> scene);

    /// The points of a frame in the world.
    ///
    /// - `scene`: registered frames, at least one; `local`: the frame's points in its own axes, normalised
    PointMap registration(List<SceneFrame> scene, SceneFrame frame, PointMap local);

    @Override
    void close();
}
