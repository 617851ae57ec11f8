package dev.aerie.slam.mapping;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.feature.ScaleLevels;
import dev.aerie.slam.geometry.Triangulation;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.match.EpipolarMatcher;
import dev.aerie.slam.match.FeaturePair;
import dev.aerie.slam.tuning.MappingConfig;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes landmarks of what a new keyframe and its neighbours see but the map does not know yet.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), section VI.C.
final class LandmarkCreation {

    private final SlamMap map;
    private final MappingConfig config;
    private final EpipolarMatcher matcher;

    LandmarkCreation(SlamMap map, MappingConfig config, MatchingConfig matching) {
        this.map = map;
        this.config = config;
        matcher = new EpipolarMatcher(matching);
    }

    private record Candidate(Vector3 position, FeaturePair features) {}

    /// Returns what was made.
    List<Landmark> create(Keyframe keyframe) {
        var made = new ArrayList<Landmark>();
        for (var neighbour : keyframe.covisibility().best(config.creationNeighbours())) {
            double baseline = keyframe.position().distanceTo(neighbour.position());
            double depth = neighbour.medianDepth().orElse(Double.POSITIVE_INFINITY);
            if (baseline >= config.minBaselineFraction() * depth) {
                var candidates = triangulate(keyframe, neighbour);
                map.write(() -> candidates.forEach(candidate -> made.add(add(candidate, keyframe, neighbour))));
            }
        }
        return made;
    }

    private List<Candidate> triangulate(Keyframe keyframe, Keyframe neighbour) {
        var candidates = new ArrayList<Candidate>();
        for (var featurePair : matcher.match(keyframe, neighbour)) {
            triangulate(keyframe, neighbour, featurePair)
                    .ifPresent(position -> candidates.add(new Candidate(position, featurePair)));
        }
        return candidates;
    }

    private Optional<Vector3> triangulate(Keyframe keyframe, Keyframe neighbour, FeaturePair featurePair) {
        var one = keyframe.features().keypoint(featurePair.first());
        var other = neighbour.features().keypoint(featurePair.second());
        return Triangulation.triangulate(
                        keyframe.camera().rayOf(one.xPixels(), one.yPixels()),
                        keyframe.cameraFromWorld(),
                        neighbour.camera().rayOf(other.xPixels(), other.yPixels()),
                        neighbour.cameraFromWorld())
                .filter(point -> Triangulation.parallaxCosine(point, keyframe.position(), neighbour.position())
                        < config.maxParallaxCosine())
                .filter(point -> isSeenWhere(point, keyframe, featurePair.first()))
                .filter(point -> isSeenWhere(point, neighbour, featurePair.second()))
                .filter(point -> isOfOneSize(point, keyframe, neighbour, featurePair));
    }

    private boolean isSeenWhere(Vector3 point, Keyframe keyframe, int feature) {
        var inCamera = keyframe.cameraFromWorld().apply(point);
        var keypoint = keyframe.features().keypoint(feature);
        double ex = keyframe.camera().projectX(inCamera) - keypoint.xPixels();
        double ey = keyframe.camera().projectY(inCamera) - keypoint.yPixels();
        return (ex * ex + ey * ey) * ScaleLevels.information(keypoint.octave()) < config.maxReprojectionChi2();
    }

    /// Whether the levels in which it was found go with its distances.
    private boolean isOfOneSize(Vector3 point, Keyframe keyframe, Keyframe neighbour, FeaturePair featurePair) {
        double distances = point.distanceTo(neighbour.position()) / point.distanceTo(keyframe.position());
        double scales = ScaleLevels.scale(
                        keyframe.features().keypoint(featurePair.first()).octave())
                / ScaleLevels.scale(
                        neighbour.features().keypoint(featurePair.second()).octave());
        return distances < scales * config.maxScaleRatio() && distances * config.maxScaleRatio() > scales;
    }

    private Landmark add(Candidate candidate, Keyframe keyframe, Keyframe neighbour) {
        var landmark = map.addLandmark(
                candidate.position(), keyframe, candidate.features().first());
        map.observe(landmark, neighbour, candidate.features().second());
        landmark.refresh();
        return landmark;
    }
}
