package dev.aerie.slam.tracking;

import dev.aerie.slam.geometry.RigidTransform;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.match.DescriptorMatcher;
import dev.aerie.slam.match.ProjectionMatcher;
import java.util.stream.IntStream;

/// Finds a frame's pose in a map that it is near to: first roughly, from the frame before or from a keyframe,
/// then with all of the map that should be in view.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), sections V.B to V.D.
final class PoseTracking {

    private static final double RADIUS_PIXELS = 15;
    private static final double WIDE_RADIUS_PIXELS = 40;
    private static final int MIN_SEEN = 20;
    private static final int MIN_AGREEING = 12;
    private static final int MIN_IN_LOCAL_MAP = 30;

    /// Where few agree of many that should be in view, those few may have moved on with the camera.
    private static final int FEW_IN_LOCAL_MAP = 80;

    private static final double MIN_FRACTION_IN_VIEW = 0.1;
    private static final double WIDE_SLACK = 4;

    private final ProjectionMatcher matcher = new ProjectionMatcher();
    private final DescriptorMatcher descriptorMatcher = DescriptorMatcher.narrowBaseline();
    private final PoseOptimizer poseOptimizer;

    PoseTracking(PoseOptimizer pose) {
        this.poseOptimizer = pose;
    }

    /// A frame that has been found on the map.
    ///
    /// - `agreeing`: how many landmarks agree with its pose
    /// - `share`: of those that look as if they were in the frame, how many agree
    record TrackedPose(int inliers, double inlierRatio, Keyframe reference) {}

    /// Whether the frame could be placed next to the one before.
    boolean trackWithMotionModel(Frame frame, Frame before, RigidTransform guess) {
        return trackWithMotionModel(frame, before, guess, RADIUS_PIXELS)
                || trackWithMotionModel(frame, before, guess, WIDE_RADIUS_PIXELS);
    }

    private boolean trackWithMotionModel(Frame frame, Frame before, RigidTransform guess, double radiusPixels) {
        frame.clearLandmarks();
        int found =
                matcher.matchPreviousFrame(before.observations(), frame.viewFrom(guess), radiusPixels, frame.landmarks);
        return found >= MIN_SEEN && poseOptimizer.solve(frame, guess) >= MIN_AGREEING;
    }

    /// Whether the frame could be placed by what it looks to share with a keyframe.
    boolean trackReferenceKeyframe(Frame frame, Keyframe keyframe, RigidTransform guess) {
        frame.clearLandmarks();
        return matchDescriptors(frame, keyframe, descriptorMatcher) >= MIN_AGREEING
                && poseOptimizer.solve(frame, guess) >= MIN_AGREEING;
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
        var local = LocalMap.around(frame, fallback);
        frame.observations()
                .forEach(landmarkObservation -> landmarkObservation.landmark().countExpected());
        int inView = matcher.matchLandmarks(
                local.landmarksNotIn(frame), frame.viewFrom(frame.cameraFromWorld()), 1, frame.landmarks);
        int matched = frame.countLandmarks();
        int inliers = poseOptimizer.solve(frame, frame.cameraFromWorld());
        boolean isContradicted = inliers < FEW_IN_LOCAL_MAP && inliers < MIN_FRACTION_IN_VIEW * inView;
        if (inliers < MIN_IN_LOCAL_MAP || isContradicted) {
            return new TrackedPose(0, 0, local.reference());
        }
        frame.observations()
                .forEach(landmarkObservation -> landmarkObservation.landmark().countFound());
        return new TrackedPose(inliers, (double) inliers / matched, local.reference());
    }

    /// Looks further around than a tracked frame needs, for one that has just been found again or was never
    /// tracked; returns how many landmarks agree.
    int searchWider(Frame frame, Keyframe around) {
        var local = LocalMap.around(frame, around);
        var cameraView = frame.viewFrom(frame.cameraFromWorld());
        matcher.matchLandmarks(local.landmarksNotIn(frame), cameraView, WIDE_SLACK, frame.landmarks);
        return poseOptimizer.solve(frame, frame.cameraFromWorld());
    }
}
