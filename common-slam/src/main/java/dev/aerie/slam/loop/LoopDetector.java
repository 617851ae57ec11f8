package dev.aerie.slam.loop;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.loop.SimilarityRansac.PointPair;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.Match;
import dev.aerie.slam.match.CameraView;
import dev.aerie.slam.match.DescriptorMatcher;
import dev.aerie.slam.match.ProjectionMatcher;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.solve.PoseGaussNewton;
import dev.aerie.slam.tuning.LoopConfig;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds out whether a keyframe shows a place that the map has elsewhere: by looks, then by a similarity
/// between what the two know, then by how much of the older place is found where it should be.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), sections VII.A and VII.B.
final class LoopDetector {

    private static final long SEED = 20260711;

    private final PlaceIndex placeIndex;
    private final LoopConfig config;
    private final DescriptorMatcher descriptorMatcher;
    private final ProjectionMatcher matcher;

    LoopDetector(PlaceIndex placeIndex, LoopConfig config, MatchingConfig matching) {
        this.placeIndex = placeIndex;
        this.config = config;
        descriptorMatcher = DescriptorMatcher.wideBaseline(matching);
        matcher = new ProjectionMatcher(matching);
    }

    Optional<LoopMatch> detect(Keyframe keyframe) {
        var near = new LinkedHashSet<>(keyframe.covisibility().neighbours());
        for (var neighbour : keyframe.covisibility().neighbours()) {
            near.addAll(neighbour.covisibility().neighbours());
        }
        for (var candidate : placeIndex.query(
                keyframe.features(), other -> isElsewhere(other, keyframe, near), config.maxCandidates())) {
            var match = verify(keyframe, candidate.keyframe());
            if (match.isPresent()) {
                return match;
            }
        }
        return Optional.empty();
    }

    private boolean isElsewhere(Keyframe other, Keyframe keyframe, Set<Keyframe> near) {
        boolean isLongAgo = keyframe.number() - other.number() >= config.minKeyframesApart();
        return !other.isRemoved()
                && other.submap() != Keyframe.NO_SUBMAP
                && other != keyframe
                && !near.contains(other)
                && (isLongAgo || other.submap() != keyframe.submap());
    }

    private Optional<LoopMatch> verify(Keyframe keyframe, Keyframe older) {
        var pairs = pointPairs(keyframe, older);
        var random = new SplittableRandom(SEED + keyframe.number());
        var ransac = new SimilarityRansac(keyframe.camera(), random, config);
        return pairs.size() < config.minMatches()
                ? Optional.empty()
                : ransac.solve(pairs, config.minInliers())
                        .flatMap(olderFromCurrent -> confirmByProjection(keyframe, older, olderFromCurrent));
    }

    private List<PointPair> pointPairs(Keyframe keyframe, Keyframe older) {
        var pairs = new ArrayList<PointPair>();
        var alike = descriptorMatcher.match(
                keyframe.features(), withLandmarks(keyframe), older.features(), withLandmarks(older));
        for (var featurePair : alike) {
            var first = keyframe.landmark(featurePair.first()).orElseThrow();
            var second = older.landmark(featurePair.second()).orElseThrow();
            pairs.add(new PointPair(
                    keyframe.cameraFromWorld().apply(first.position()),
                    keyframe.features().keypoint(featurePair.first()),
                    older.cameraFromWorld().apply(second.position()),
                    older.features().keypoint(featurePair.second())));
        }
        return pairs;
    }

    private static int[] withLandmarks(Keyframe keyframe) {
        return IntStream.range(0, keyframe.features().count())
                .filter(i -> keyframe.landmark(i).isPresent())
                .toArray();
    }

    /// Looks for everything that is to be seen of the older place; enough of it must be there.
    private Optional<LoopMatch> confirmByProjection(Keyframe keyframe, Keyframe older, Sim3 olderFromCurrent) {
        var around = around(older);
        RigidTransform guess = olderFromCurrent
                .inverse()
                .times(Sim3.of(older.cameraFromWorld()))
                .toRigid();
        var newton = new PoseGaussNewton(keyframe.camera());
        List<Match> matches = List.of();
        for (int round = 0; round < config.projectionRounds(); round++) {
            matches = findMatches(keyframe, guess, around, newton);
            if (matches.size() < config.minProjectedInliers()) {
                return Optional.empty();
            }
            guess = newton.pose();
        }
        int inView = matcher.countInView(around, new CameraView(keyframe.features(), keyframe.camera(), guess));
        if (matches.size() < config.minInlierRatioInView() * inView) {
            return Optional.empty();
        }
        return withScale(keyframe, older, guess, matches, around);
    }

    private List<Match> findMatches(
            Keyframe keyframe, RigidTransform guess, List<Landmark> around, PoseGaussNewton newton) {
        @Nullable Landmark[] matched = new Landmark[keyframe.features().count()];
        var cameraView = new CameraView(keyframe.features(), keyframe.camera(), guess);
        matcher.matchLandmarks(around, cameraView, config.searchRadiusFactor(), matched);
        newton.start(keyframe.camera());
        var all = new ArrayList<Match>();
        for (int i = 0; i < matched.length; i++) {
            var landmark = matched[i];
            if (landmark != null) {
                newton.add(landmark.position(), keyframe.features().keypoint(i));
                all.add(new Match(i, landmark));
            }
        }
        return newton.solve(guess) == 0
                ? List.of()
                : IntStream.range(0, all.size())
                        .filter(newton::isInlier)
                        .mapToObj(all::get)
                        .toList();
    }

    private List<Landmark> around(Keyframe older) {
        var around = new LinkedHashSet<>(older.landmarks());
        older.covisibility().best(config.olderNeighbours()).forEach(neighbour -> around.addAll(neighbour.landmarks()));
        return List.copyOf(around);
    }

    /// The scale between the two: the median ratio of depths, of features whose landmarks both worlds know.
    private Optional<LoopMatch> withScale(
            Keyframe keyframe,
            Keyframe older,
            RigidTransform currentFromWorld,
            List<Match> matches,
            List<Landmark> around) {
        double[] ratios = matches.stream()
                .filter(match -> keyframe.landmark(match.feature()).isPresent())
                .mapToDouble(match -> keyframe.cameraFromWorld()
                                .apply(keyframe.landmark(match.feature())
                                        .orElseThrow()
                                        .position())
                                .z()
                        / currentFromWorld.apply(match.landmark().position()).z())
                .filter(ratio -> ratio > 0)
                .sorted()
                .toArray();
        if (ratios.length < config.minInliers()) {
            return Optional.empty();
        }
        double scale = ratios[ratios.length / 2];
        var similarity = new Sim3(
                currentFromWorld.rotation(), currentFromWorld.translation().times(scale), scale);
        return Optional.of(new LoopMatch(keyframe, older, similarity, matches, around));
    }
}
