package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.engine.ExpectedPose;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.match.DescriptorMatcher;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.MatchingConfig;
import dev.aerie.slam.tuning.RelocalizationConfig;
import java.util.Comparator;
import java.util.List;
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
    ///
    /// - `expected`: where the frame is in some submaps, if that is known
    Optional<Keyframe> relocalize(Frame frame, List<ExpectedPose> expected) {
        for (var candidate :
                placeIndex.query(frame.features(), keyframe -> !keyframe.isRemoved(), config.maxCandidates())) {
            var keyframe = candidate.keyframe();
            if (isRelocalizedNear(frame, keyframe) && isAllowed(frame, keyframe, expected)) {
                return Optional.of(keyframe);
            }
        }
        return Optional.empty();
    }

    /// As [#relocalize], but by the place where the frame is expected alone: with what the keyframes see that were
    /// nearest to it.
    ///
    /// - `keyframes`: of the submap in which it is expected
    Optional<Keyframe> relocalizeNear(Frame frame, ExpectedPose expected, List<Keyframe> keyframes) {
        var place = expected.worldFromCamera().translation();
        return keyframes.stream()
                .sorted(Comparator.comparingDouble(
                        keyframe -> keyframe.position().distanceTo(place)))
                .limit(config.maxCandidates())
                .filter(keyframe -> {
                    frame.clearLandmarks();
                    frame.moveTo(expected.worldFromCamera().inverse());
                    return isConfirmed(frame, keyframe) && isAllowed(frame, keyframe, List.of(expected));
                })
                .findFirst();
    }

    private static boolean isAllowed(Frame frame, Keyframe keyframe, List<ExpectedPose> expected) {
        return expected.stream()
                .filter(there -> there.submap() == keyframe.submap())
                .allMatch(there -> there.allows(frame.cameraFromWorld().inverse()));
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
