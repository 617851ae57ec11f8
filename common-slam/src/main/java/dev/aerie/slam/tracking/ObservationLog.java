package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.CameraModel;
import dev.aerie.slam.match.ProjectionMatcher.LandmarkObservation;
import dev.aerie.slam.movable.MovableMasks.FrameMask;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
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

    /// Lets each landmark that the frame showed know whether the mask covers it; each frame is judged once. Returns the
    /// covered landmarks as a fraction of those judged, 0..1; empty if none was.
    OptionalDouble judge(FrameMask mask) {
        var observations = frames.remove(mask.frameNumber());
        if (observations == null) {
            return OptionalDouble.empty();
        }
        var lensMask = new LensMask(camera, mask.mask());
        return observations.stream()
                .flatMap(observation -> judge(observation, lensMask).stream())
                .mapToInt(isCovered -> isCovered ? 1 : 0)
                .average();
    }

    private static Optional<Boolean> judge(LandmarkObservation observation, LensMask mask) {
        var isCovered = mask.covers(observation.keypoint());
        var landmark = observation.landmark().current();
        isCovered.ifPresent(covered -> landmark.ifPresent(there -> there.judge(covered)));
        return isCovered.filter(_ -> landmark.isPresent());
    }
}
