package dev.aerie.slam.match;

import dev.aerie.slam.feature.Descriptor;
import dev.aerie.slam.feature.Keypoint;
import dev.aerie.slam.feature.ScaleLevels;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds landmarks in a frame near where its pose says that they are.
///
/// Used by one thread. Source: ORB-SLAM (Mur-Artal et al. 2015), sections V.B and V.D.
public final class ProjectionMatcher {

    private final MatchingConfig config;
    private int[] near = new int[2048];

    public ProjectionMatcher(MatchingConfig config) {
        this.config = config;
    }

    /// A landmark that the frame before showed, and how.
    public record LandmarkObservation(Landmark landmark, Keypoint keypoint) {}

    /// Looks for what the frame before showed; fills `matched` (one place per feature, empty at first).
    ///
    /// - `radiusPixels`: how far the guess of the pose may put a landmark of level 0 off
    /// - returns how many were found
    public int matchPreviousFrame(
            List<LandmarkObservation> before, CameraView now, double radiusPixels, @Nullable Landmark[] matched) {
        var found = new ArrayList<Integer>();
        var histogram = new RotationHistogram(config);
        for (var landmarkObservation : before) {
            int index = matchPreviousFrame(landmarkObservation, now, radiusPixels, matched);
            if (index >= 0) {
                matched[index] = landmarkObservation.landmark();
                found.add(index);
                histogram.add(
                        landmarkObservation.keypoint().angleRadians(),
                        now.features().keypoint(index).angleRadians());
            }
        }
        return keepConsistent(found, histogram, matched);
    }

    private int matchPreviousFrame(
            LandmarkObservation landmarkObservation,
            CameraView now,
            double radiusPixels,
            @Nullable Landmark[] matched) {
        var inCamera =
                now.cameraFromWorld().apply(landmarkObservation.landmark().position());
        if (!(inCamera.z() > 0)) {
            return -1;
        }
        int octave = landmarkObservation.keypoint().octave();
        int count = findInWindow(
                now,
                now.camera().projectX(inCamera),
                now.camera().projectY(inCamera),
                radiusPixels * ScaleLevels.scale(octave),
                octave - 1,
                octave + 1);
        int best = -1;
        int min = config.maxGuidedBits();
        for (int i = 0; i < count; i++) {
            int distance = distance(now, near[i], landmarkObservation.landmark().descriptor());
            if (distance < min && matched[near[i]] == null) {
                min = distance;
                best = near[i];
            }
        }
        return best;
    }

    private static int keepConsistent(List<Integer> found, RotationHistogram histogram, @Nullable Landmark[] matched) {
        boolean[] isConsistent = histogram.areConsistent();
        int kept = 0;
        for (int i = 0; i < found.size(); i++) {
            if (isConsistent[i]) {
                kept++;
            } else {
                matched[found.get(i)] = null;
            }
        }
        return kept;
    }

    /// Looks for landmarks of the map around; fills the places of `matched` that are still empty, and counts
    /// for each landmark that it was expected.
    ///
    /// - `slack`: 1 for a pose that is known well, more otherwise
    /// - returns how many should have been in view
    public int matchLandmarks(
            Iterable<Landmark> landmarks, CameraView now, double slack, @Nullable Landmark[] matched) {
        return match(landmarks, now, slack, matched, Landmark::countExpected);
    }

    /// As [#matchLandmarks], but only asking: that they were looked for is not counted, because they may be elsewhere.
    public int findLandmarks(Iterable<Landmark> landmarks, CameraView now, double slack, @Nullable Landmark[] matched) {
        return match(landmarks, now, slack, matched, _ -> {});
    }

    private int match(
            Iterable<Landmark> landmarks,
            CameraView now,
            double slack,
            @Nullable Landmark[] matched,
            Consumer<Landmark> whenInView) {
        var position = now.cameraFromWorld().originOfTarget();
        int inView = 0;
        for (var landmark : landmarks) {
            var expected = PredictedKeypoint.of(landmark, now, position, config);
            if (expected.isPresent()) {
                inView++;
                whenInView.accept(landmark);
                int index = matchPredicted(landmark.descriptor(), expected.get(), now, slack, matched);
                if (index >= 0) {
                    matched[index] = landmark;
                }
            }
        }
        return inView;
    }

    /// How many of some landmarks should be in view.
    public int countInView(Iterable<Landmark> landmarks, CameraView now) {
        var position = now.cameraFromWorld().originOfTarget();
        int count = 0;
        for (var landmark : landmarks) {
            count += PredictedKeypoint.of(landmark, now, position, config).isPresent() ? 1 : 0;
        }
        return count;
    }

    /// The feature that shows it; -1 if none does, or if two of one size look alike.
    private int matchPredicted(
            Descriptor wanted, PredictedKeypoint at, CameraView now, double slack, @Nullable Landmark[] matched) {
        double radius = at.cosine() > config.straightViewCosine()
                ? config.straightRadiusPixels()
                : config.obliqueRadiusPixels();
        double side = slack * radius * ScaleLevels.scale(at.octave());
        int count = findInWindow(now, at.xPixels(), at.yPixels(), side, at.octave() - 1, at.octave());
        int best = -1;
        int min = Descriptor.BITS;
        int second = Descriptor.BITS;
        int bestOctave = -1;
        int secondOctave = -1;
        for (int i = 0; i < count; i++) {
            if (matched[near[i]] != null) {
                continue;
            }
            int distance = distance(now, near[i], wanted);
            int octave = now.features().keypoint(near[i]).octave();
            if (distance < min) {
                second = min;
                secondOctave = bestOctave;
                min = distance;
                bestOctave = octave;
                best = near[i];
            } else if (distance < second) {
                second = distance;
                secondOctave = octave;
            }
        }
        boolean isAmbiguous = bestOctave == secondOctave && min > config.projectionRatio() * second;
        return min <= config.maxGuidedBits() && !isAmbiguous ? best : -1;
    }

    /// Where landmarks show in a frame, whatever its features are known to show: for fusing.
    ///
    /// - `radiusPixels`: how far off, for level 0
    /// - returns for each landmark its feature, or -1
    public int[] locate(List<Landmark> landmarks, CameraView cameraView, double radiusPixels) {
        var position = cameraView.cameraFromWorld().originOfTarget();
        int[] located = new int[landmarks.size()];
        for (int i = 0; i < located.length; i++) {
            var landmark = landmarks.get(i);
            located[i] = PredictedKeypoint.of(landmark, cameraView, position, config)
                    .map(at -> mostSimilar(landmark.descriptor(), at, cameraView, radiusPixels))
                    .orElse(-1);
        }
        return located;
    }

    private int mostSimilar(Descriptor wanted, PredictedKeypoint at, CameraView cameraView, double radiusPixels) {
        double side = radiusPixels * ScaleLevels.scale(at.octave());
        int count = findInWindow(cameraView, at.xPixels(), at.yPixels(), side, at.octave() - 1, at.octave());
        int best = -1;
        int min = config.maxBits() + 1;
        for (int i = 0; i < count; i++) {
            int distance = distance(cameraView, near[i], wanted);
            if (distance < min) {
                min = distance;
                best = near[i];
            }
        }
        return best;
    }

    private int findInWindow(CameraView cameraView, double x, double y, double halfSide, int minOctave, int maxOctave) {
        if (near.length < cameraView.features().count()) {
            near = new int[2 * cameraView.features().count()];
        }
        return cameraView.features().around(x, y, halfSide, minOctave, maxOctave, near);
    }

    private static int distance(CameraView cameraView, int feature, Descriptor wanted) {
        return cameraView.features().descriptor(feature).distanceTo(wanted);
    }
}
