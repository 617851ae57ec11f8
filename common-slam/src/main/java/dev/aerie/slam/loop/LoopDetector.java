package dev.aerie.slam.loop;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.loop.SimilarityRansac.PointPair;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.match.DescriptorMatcher;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.LoopConfig;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Finds places that a keyframe may show though the map has them elsewhere: by looks, then by a similarity
/// between what the two know, then by how much of the older place is found where it should be.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), sections VII.A and VII.B.
final class LoopDetector {

    private static final long SEED = 20260711;

    private final PlaceIndex placeIndex;
    private final LoopConfig config;
    private final DescriptorMatcher descriptorMatcher;
    private final PlaceProjection projection;

    LoopDetector(PlaceIndex placeIndex, LoopConfig config, MatchingConfig matching) {
        this.placeIndex = placeIndex;
        this.config = config;
        descriptorMatcher = DescriptorMatcher.wideBaseline(matching);
        projection = new PlaceProjection(matching);
    }

    /// Those that the keyframe alone says, the one that looks most alike first.
    List<LoopMatch> detect(Keyframe keyframe) {
        var near = new LinkedHashSet<>(keyframe.covisibility().neighbours());
        for (var neighbour : keyframe.covisibility().neighbours()) {
            near.addAll(neighbour.covisibility().neighbours());
        }
        return placeIndex
                .query(keyframe.features(), other -> isElsewhere(other, keyframe, near), config.maxCandidates())
                .stream()
                .flatMap(candidate -> compare(keyframe, candidate.keyframe()).stream())
                .toList();
    }

    private boolean isElsewhere(Keyframe other, Keyframe keyframe, Set<Keyframe> near) {
        boolean isLongAgo = keyframe.number() - other.number() >= config.minKeyframesApart();
        return !other.isRemoved()
                && other.submap() != Keyframe.NO_SUBMAP
                && other != keyframe
                && !near.contains(other)
                && (isLongAgo || other.submap() != keyframe.submap());
    }

    private Optional<LoopMatch> compare(Keyframe keyframe, Keyframe older) {
        var pairs = pointPairs(keyframe, older);
        var random = new SplittableRandom(SEED + keyframe.number());
        var ransac = new SimilarityRansac(keyframe.camera(), random, config);
        return pairs.size() < config.minMatches()
                ? Optional.empty()
                : ransac.solve(pairs, config.minInliers()).flatMap(olderFromCurrent -> {
                    var guess = olderFromCurrent
                            .inverse()
                            .times(Sim3.of(older.cameraFromWorld()))
                            .toRigid();
                    return confirm(keyframe, older, guess);
                });
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
    ///
    /// - `guess`: the keyframe's pose in the older one's world
    Optional<LoopMatch> confirm(Keyframe keyframe, Keyframe older, RigidTransform guess) {
        var around = LoopMatch.around(older, config.olderNeighbours());
        var found = Optional.<PlaceProjection.Found>empty();
        var pose = guess;
        for (int round = 0; round < config.projectionRounds(); round++) {
            found = projection
                    .find(keyframe, pose, around, config.searchRadiusFactor())
                    .filter(last -> last.matches().size() >= config.minProjectedInliers());
            if (found.isEmpty()) {
                return Optional.empty();
            }
            pose = found.get().cameraFromWorld();
        }
        return found.filter(last -> last.isMoreThan(config.minProjectedInliers(), config.minInlierRatioInView()))
                .flatMap(last -> LoopMatch.of(keyframe, older, last, around, config.minInliers()));
    }
}
