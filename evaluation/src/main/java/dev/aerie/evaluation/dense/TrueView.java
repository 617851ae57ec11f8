package dev.aerie.evaluation.dense;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.PinholeCamera;

/// What a keyframe truly shows.
///
/// - `depths`: metres along the optical axis, row by row; infinite for the sky; not to be changed any more
@SuppressWarnings("ArrayRecordComponent") // Nothing compares views.
public record TrueView(PinholeCamera camera, RigidTransform worldFromCamera, float[] depths) {

    /// In camera axes, metres; its depth must be finite.
    Vector3 point(int pixel) {
        int row = Math.floorDiv(pixel, camera.widthPixels());
        return camera.rayOf(pixel - row * camera.widthPixels(), row).times(depths[pixel]);
    }

    boolean isKnown(int pixel) {
        return depths[pixel] < Float.POSITIVE_INFINITY;
    }
}
