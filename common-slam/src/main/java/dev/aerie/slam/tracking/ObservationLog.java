package dev.aerie.slam.tracking;

import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.match.ProjectionMatcher.LandmarkObservation;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import java.util.List;
import java.util.TreeMap;

/// Which landmarks the newest frames showed, and where: for masks that come later than their frames.
///
/// Used by one thread.
final class ObservationLog {

    /// Two seconds at 30 frames a second: results that come later judge nothing.
    private static final int FRAMES = 60;

    private final CameraModel camera;
    private final TreeMap<Long, List<LandmarkObservation>> frames = new TreeMap<>();

    ObservationLog(CameraModel camera) {
        this.camera = camera;
    }

    void add(Frame frame) {
        frames.put(frame.frameFeatures().frameNumber(), frame.observations());
        if (frames.size() > FRAMES) {
            frames.pollFirstEntry();
        }
    }

    void clear() {
        frames.clear();
    }

    /// Lets each landmark that the frame showed know whether the mask covers it; each frame is judged once.
    void judge(FrameMask mask) {
        var observations = frames.remove(mask.frameNumber());
        if (observations != null) {
            observations.forEach(observation -> observation
                    .landmark()
                    .current()
                    .ifPresent(landmark -> judge(landmark, observation.keypoint(), mask)));
        }
    }

    /// - `keypoint`: on the plane of the ideal camera
    private void judge(Landmark landmark, Keypoint keypoint, FrameMask mask) {
        camera.project(camera.ideal().rayOf(keypoint.xPixels(), keypoint.yPixels()))
                .ifPresent(pixel -> landmark.judge(mask.mask()
                        .covers((pixel.x() + 0.5) / camera.widthPixels(), (pixel.y() + 0.5) / camera.heightPixels())));
    }
}
