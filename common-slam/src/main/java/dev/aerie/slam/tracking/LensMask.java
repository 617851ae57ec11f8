package dev.aerie.slam.tracking;

import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.movable.MovableMask;
import java.util.Optional;

/// The mask of what may move in a frame, for keypoints on the plane of the ideal camera.
record LensMask(CameraModel lens, MovableMask mask) {

    /// Whether a keypoint is covered; empty where the lens does not see it.
    Optional<Boolean> covers(Keypoint keypoint) {
        return lens.project(lens.ideal().rayOf(keypoint.xPixels(), keypoint.yPixels()))
                .map(pixel ->
                        mask.covers((pixel.x() + 0.5) / lens.widthPixels(), (pixel.y() + 0.5) / lens.heightPixels()));
    }
}
