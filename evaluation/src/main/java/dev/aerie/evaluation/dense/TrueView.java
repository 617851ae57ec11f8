package dev.aerie.evaluation.dense;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.PinholeCamera;

/// What a keyframe truly shows.
public final class TrueView {

    private final PinholeCamera camera;
    private final RigidTransform worldFromCamera;
    private final float[] depths;

    /// - `depths`: metres along the optical axis, row by row; infinite for the sky; owned from now on
    TrueView(PinholeCamera camera, RigidTransform worldFromCamera, float[] depths) {
        this.camera = camera;
        this.worldFromCamera = worldFromCamera;
        this.depths = depths;
    }

    RigidTransform worldFromCamera() {
        return worldFromCamera;
    }

    /// In camera axes, metres; its depth must be finite.
    Vector3 point(int pixel) {
        int row = Math.floorDiv(pixel, camera.widthPixels());
        return camera.rayOf(pixel - row * camera.widthPixels(), row).times(depths[pixel]);
    }

    boolean isKnown(int pixel) {
        return depths[pixel] < Float.POSITIVE_INFINITY;
    }
}
