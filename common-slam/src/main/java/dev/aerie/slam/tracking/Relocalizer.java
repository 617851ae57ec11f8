package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.match.DescriptorMatcher;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.MatchingConfig;
import dev.aerie.slam.tuning.RelocalizationConfig;
import java.util.Optional;

/// Finds the pose of a frame on the whole map, by the keyframes that are most similar to it.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), section V.C; the pose after Lepetit et al. 2009 (EPnP) within
/// RANSAC.
final class Relocalizer {

    private final RelocalizationConfig config;
    private final PlaceIndex placeIndex;
    private final PoseOptimizer poseOptimizer;
    private final PoseTracking poseTracking;
    private final DescriptorMatcher descriptorMatcher;

    Relocalizer(
            PlaceIndex placeIndex,
            PoseOptimizer poseOptimizer,
            PoseTracking poseTracking,
            RelocalizationConfig config,
            MatchingConfig matching) {
        this.placeIndex = placeIndex;
        this.poseOptimizer = poseOptimizer;
        this.poseTracking = poseTracking;
        this.config = config;
        descriptorMatcher = DescriptorMatcher.wideBaseline(matching);
    }

    /// The keyframe near which the frame was found; the frame then has its pose.
    Optional<Keyframe> relocalize(Frame frame) {
        for (var candidate :
                placeIndex.query(frame.features(), keyframe -> !keyframe.isRemoved(), config.maxCandidates())) {
            var keyframe = candidate.keyframe();
            if (isRelocalizedNear(frame, keyframe)) {
                return Optional.of(keyframe);
            }
        }
        return Optional.empty();
    }

    private boolean isRelocalizedNear(Frame frame, Keyframe keyframe) {
        frame.clearLandmarks();
        if (PoseTracking.matchDescriptors(frame, keyframe, descriptorMatcher) < config.minMatches()) {
            return false;
        }
        Optional<RigidTransform> guess = PnpRansac.solve(frame, config);
        return guess.isPresent()
                && poseOptimizer.solve(frame, guess.get()) >= config.minInliers()
                && isConfirmed(frame, keyframe);
    }

    /// Whether the map around agrees; a better pose finds more of it.
    private boolean isConfirmed(Frame frame, Keyframe keyframe) {
        for (int round = 0; round < config.searchRounds(); round++) {
            if (poseTracking.searchWider(frame, keyframe) >= config.minLocalMapInliers()) {
                return true;
            }
        }
        return false;
    }
}
