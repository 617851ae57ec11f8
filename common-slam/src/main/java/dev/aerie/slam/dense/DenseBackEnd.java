package dev.aerie.slam.dense;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/// Turns a session's keyframes into surfaces. One thread adds; any may ask for the cloud.
///
/// [SweepBackEnd] matches keyframes with each other; SLAM3R's predicts points from frames.
public interface DenseBackEnd extends AutoCloseable {

    /// How wide the views are that it takes, of frames of this size.
    int viewWidthPixels(int widthPixels, int heightPixels);

    /// Takes the next keyframe, in the order of frames; may take as long as keyframes are apart.
    void add(DenseView view);

    /// All surfaces, fused; takes seconds.
    ///
    /// - `poses`: world from camera of a keyframe, by its frame number, as the map knows it now; keyframes without
    ///   one are left out
    DenseCloud cloud(LongFunction<Optional<RigidTransform>> poses);

    @Override
    void close();

    /// Makes one for each session.
    interface Factory {
        DenseBackEnd open(ObservedLandmarks landmarks);
    }

    /// What keyframes have observed, as the map knows it now; asked by the thread that adds.
    interface ObservedLandmarks {

        /// The landmarks in the keyframe's camera axes, in the map's unit; empty where it is no keyframe.
        List<Vector3> inCamera(long frameNumber);
    }
}
