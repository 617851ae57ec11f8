package dev.aerie.slam.loop;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.Match;
import dev.aerie.slam.match.CameraView;
import dev.aerie.slam.match.ProjectionMatcher;
import dev.aerie.slam.solve.PoseGaussNewton;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Looks for the landmarks of one place in a keyframe of which it is guessed that it shows that place.
///
/// Used by the mapping thread.
final class PlaceProjection {

    private final ProjectionMatcher matcher;

    PlaceProjection(MatchingConfig matching) {
        matcher = new ProjectionMatcher(matching);
    }

    /// What was found.
    ///
    /// - `cameraFromWorld`: the keyframe's pose by the landmarks found
    /// - `matches`: those that agree with it
    /// - `inView`: landmarks that should be in view
    record Found(RigidTransform cameraFromWorld, List<Match> matches, int inView) {

        boolean isMoreThan(int minMatches, double minRatioInView) {
            return matches.size() >= minMatches && matches.size() >= minRatioInView * inView;
        }
    }

    /// Empty where too few are found for a pose.
    ///
    /// - `guess`: the keyframe's pose in the world of the landmarks
    /// - `radiusFactor`: search radius, as a multiple of that for a tracked frame
    Optional<Found> find(Keyframe keyframe, RigidTransform guess, List<Landmark> landmarks, double radiusFactor) {
        @Nullable Landmark[] matched = new Landmark[keyframe.features().count()];
        matcher.findLandmarks(landmarks, viewFrom(keyframe, guess), radiusFactor, matched);
        var newton = new PoseGaussNewton(keyframe.camera());
        newton.start(keyframe.camera());
        var all = new ArrayList<Match>();
        for (int i = 0; i < matched.length; i++) {
            var landmark = matched[i];
            if (landmark != null) {
                newton.add(landmark.position(), keyframe.features().keypoint(i));
                all.add(new Match(i, landmark));
            }
        }
        if (newton.solve(guess) == 0) {
            return Optional.empty();
        }
        var matches = IntStream.range(0, all.size())
                .filter(newton::isInlier)
                .mapToObj(all::get)
                .toList();
        int inView = matcher.countInView(landmarks, viewFrom(keyframe, newton.pose()));
        return Optional.of(new Found(newton.pose(), matches, inView));
    }

    private static CameraView viewFrom(Keyframe keyframe, RigidTransform pose) {
        return new CameraView(keyframe.features(), keyframe.camera(), pose);
    }
}
