package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.match.DescriptorMatcher;
import dev.aerie.slam.place.PlaceIndex;
import java.util.Optional;

/// Finds a frame on the map with nothing known of where it is: keyframes that look like it are asked in turn.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), section V.C; the pose after Lepetit et al. 2009 (EPnP) within
/// RANSAC.
final class Relocalizer {

    private static final int MAX_CANDIDATES = 5;
    private static final int MIN_ALIKE = 15;
    private static final int MIN_AGREEING = 10;
    private static final int MIN_IN_MAP = 40;
    private static final int ROUNDS = 2;

    private final PlaceIndex placeIndex;
    private final PoseOptimizer poseOptimizer;
    private final PoseTracking poseTracking;
    private final DescriptorMatcher descriptorMatcher = DescriptorMatcher.wideBaseline();

    Relocalizer(PlaceIndex placeIndex, PoseOptimizer pose, PoseTracking tracking) {
        this.placeIndex = placeIndex;
        this.poseOptimizer = pose;
        this.poseTracking = tracking;
    }

    /// The keyframe beside which the frame was found; the frame has its pose then.
    Optional<Keyframe> relocalize(Frame frame) {
        for (var candidate : placeIndex.query(frame.features(), keyframe -> !keyframe.isRemoved(), MAX_CANDIDATES)) {
            var keyframe = candidate.keyframe();
            if (isRelocalizedNear(frame, keyframe)) {
                return Optional.of(keyframe);
            }
        }
        return Optional.empty();
    }

    private boolean isRelocalizedNear(Frame frame, Keyframe keyframe) {
        frame.clearLandmarks();
        if (PoseTracking.matchDescriptors(frame, keyframe, descriptorMatcher) < MIN_ALIKE) {
            return false;
        }
        Optional<RigidTransform> guess = PnpRansac.solve(frame);
        return guess.isPresent()
                && poseOptimizer.solve(frame, guess.get()) >= MIN_AGREEING
                && isConfirmed(frame, keyframe);
    }

    /// Whether the map around agrees; a better pose finds more of it.
    private boolean isConfirmed(Frame frame, Keyframe keyframe) {
        for (int round = 0; round < ROUNDS; round++) {
            if (poseTracking.searchWider(frame, keyframe) >= MIN_IN_MAP) {
                return true;
            }
        }
        return false;
    }
}
