package dev.aerie.slam.dense;

import dev.aerie.geometry.RigidTransform;
import java.util.Optional;
import java.util.function.LongFunction;

/// Turns a session's keyframes into surfaces. One thread adds; any may ask for the cloud.
///
/// [SweepBackEnd] matches keyframes with each other; a learned one may predict points from frames.
public interface DenseBackEnd extends AutoCloseable {

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
        DenseBackEnd open();
    }
}
