package dev.aerie.slam.tracking;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.match.DescriptorMatcher;
import dev.aerie.slam.match.ProjectionMatcher;
import dev.aerie.slam.tuning.MatchingConfig;
import dev.aerie.slam.tuning.TrackingConfig;
import java.util.stream.IntStream;

/// Finds a frame's pose in a map that it is near to: first roughly, from the frame before or from a keyframe,
/// then with all of the map that should be in view.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), sections V.B to V.D.
final class PoseTracking {

    private final ProjectionMatcher matcher;
    private final DescriptorMatcher descriptorMatcher;
    private final PoseOptimizer poseOptimizer;
    private final TrackingConfig config;
    private Attempt lastAttempt = new Attempt(0, 0);

    PoseTracking(PoseOptimizer poseOptimizer, TrackingConfig config, MatchingConfig matching) {
        this.poseOptimizer = poseOptimizer;
        this.config = config;
        matcher = new ProjectionMatcher(matching);
        descriptorMatcher = DescriptorMatcher.narrowBaseline(matching);
    }

    /// The result of one attempt to find a pose: landmarks matched, and how many of them agree with the pose.
    record Attempt(int matches, int inliers) {}

    /// The newest attempt, successful or not.
    Attempt lastAttempt() {
        return lastAttempt;
    }

    /// A frame that has been found on the map.
    ///
    /// - `inliers`: landmarks that agree with its pose
    /// - `inlierRatio`: inliers among the matched landmarks
    record TrackedPose(int inliers, double inlierRatio, Keyframe reference) {}

    /// Tracks by the motion model's prediction; returns whether that gave a pose.
    boolean trackWithMotionModel(Frame frame, Frame before, RigidTransform guess) {
        return trackWithMotionModel(frame, before, guess, config.searchRadiusPixels())
                || trackWithMotionModel(frame, before, guess, config.wideSearchRadiusPixels());
    }

    private boolean trackWithMotionModel(Frame frame, Frame before, RigidTransform guess, double radiusPixels) {
        frame.clearLandmarks();
        int found =
                matcher.matchPreviousFrame(before.observations(), frame.viewFrom(guess), radiusPixels, frame.landmarks);
        return found >= config.minMatches() ? isFound(found, poseOptimizer.solve(frame, guess)) : isFound(found, 0);
    }

    /// Tracks by descriptors matched with a keyframe; returns whether that gave a pose.
    boolean trackReferenceKeyframe(Frame frame, Keyframe keyframe, RigidTransform guess) {
        frame.clearLandmarks();
        int found = matchDescriptors(frame, keyframe, descriptorMatcher);
        return found >= config.minInliers() ? isFound(found, poseOptimizer.solve(frame, guess)) : isFound(found, 0);
    }

    private boolean isFound(int matches, int inliers) {
        lastAttempt = new Attempt(matches, inliers);
        return inliers >= config.minInliers();
    }

    /// Lets a frame show what a keyframe's alike features show; returns how many there are.
    static int matchDescriptors(Frame frame, Keyframe keyframe, DescriptorMatcher matcher) {
        int[] known = IntStream.range(0, keyframe.features().count())
                .filter(i -> keyframe.landmark(i).isPresent())
                .toArray();
        var pairs = matcher.match(keyframe.features(), known, frame.features());
        pairs.forEach(featurePair -> frame.landmarks[featurePair.second()] =
                keyframe.landmark(featurePair.first()).orElse(null));
        return pairs.size();
    }

    /// Refines a pose with all of the map around; nothing agrees (0) if too little of it is in view.
    TrackedPose trackLocalMap(Frame frame, Keyframe fallback) {
        var local = LocalMap.around(frame, fallback, config);
        frame.observations()
                .forEach(landmarkObservation -> landmarkObservation.landmark().countExpected());
        int inView = matcher.matchLandmarks(
                local.landmarksNotIn(frame), frame.viewFrom(frame.cameraFromWorld()), 1, frame.landmarks);
        int matched = frame.countLandmarks();
        int inliers = poseOptimizer.solve(frame, frame.cameraFromWorld());
        lastAttempt = new Attempt(matched, inliers);
        boolean isContradicted =
                inliers < config.sureLocalMapInliers() && inliers < config.minInlierRatioInView() * inView;
        if (inliers < config.minLocalMapInliers() || isContradicted) {
            return new TrackedPose(0, 0, local.reference());
        }
        frame.observations()
                .forEach(landmarkObservation -> landmarkObservation.landmark().countFound());
        return new TrackedPose(inliers, (double) inliers / matched, local.reference());
    }

    /// Looks further around than a tracked frame needs, for one that has just been found again or was never
    /// tracked; returns how many landmarks agree.
    int searchWider(Frame frame, Keyframe around) {
        var local = LocalMap.around(frame, around, config);
        var cameraView = frame.viewFrom(frame.cameraFromWorld());
        matcher.matchLandmarks(local.landmarksNotIn(frame), cameraView, config.wideSearchFactor(), frame.landmarks);
        return poseOptimizer.solve(frame, frame.cameraFromWorld());
    }
}
