package dev.aerie.slam.mapping;

import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.match.CameraView;
import dev.aerie.slam.match.ProjectionMatcher;
import dev.aerie.slam.tuning.MappingConfig;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds landmarks in keyframes that see them without the map knowing, and makes one of two that are the same.
///
/// Source: ORB-SLAM (Mur-Artal et al. 2015), sections VI.C and VII.C.
public final class LandmarkFusion {

    private final SlamMap map;
    private final MappingConfig config;
    private final ProjectionMatcher matcher;

    public LandmarkFusion(SlamMap map, MappingConfig config, MatchingConfig matching) {
        this.map = map;
        this.config = config;
        matcher = new ProjectionMatcher(matching);
    }

    /// Compares a new keyframe with its neighbours, both ways.
    void fuseAround(Keyframe keyframe) {
        Set<Keyframe> neighbours = new LinkedHashSet<>();
        for (var neighbour : keyframe.covisibility().best(config.fusionNeighbours())) {
            neighbours.add(neighbour);
            neighbours.addAll(neighbour.covisibility().best(config.fusionSecondNeighbours()));
        }
        neighbours.remove(keyframe);
        neighbours.forEach(neighbour -> fuse(keyframe.landmarks(), neighbour, config.fusionRadiusPixels()));
        var theirs = new LinkedHashSet<Landmark>();
        neighbours.forEach(neighbour -> theirs.addAll(neighbour.landmarks()));
        fuse(theirs, keyframe, config.fusionRadiusPixels());
        map.write(() -> {
            keyframe.landmarks().forEach(Landmark::refresh);
            keyframe.covisibility().update();
        });
    }

    /// Looks for landmarks in a keyframe and makes it see them; returns how many it was found to see.
    ///
    /// - `radiusPixels`: how far off they may show, for level 0
    public int fuse(Collection<Landmark> landmarks, Keyframe keyframe, double radiusPixels) {
        List<Landmark> unseen = new ArrayList<>();
        for (var landmark : landmarks) {
            if (!landmark.isRemoved() && !landmark.isSeenBy(keyframe)) {
                unseen.add(landmark);
            }
        }
        var cameraView = new CameraView(keyframe.features(), keyframe.camera(), keyframe.cameraFromWorld());
        int[] features = matcher.locate(unseen, cameraView, radiusPixels);
        int[] found = new int[1];
        map.write(() -> {
            for (int i = 0; i < features.length; i++) {
                if (features[i] >= 0
                        && !unseen.get(i).isRemoved()
                        && !unseen.get(i).isSeenBy(keyframe)) {
                    observe(unseen.get(i), keyframe, features[i]);
                    found[0]++;
                }
            }
        });
        return found[0];
    }

    /// The feature shows the landmark: of two that it is said to show, the one that fewer see goes up in the
    /// other.
    private void observe(Landmark landmark, Keyframe keyframe, int feature) {
        var known = keyframe.landmark(feature);
        if (known.isEmpty()) {
            map.observe(landmark, keyframe, feature);
            landmark.refresh();
        } else if (known.get().observations().size() > landmark.observations().size()) {
            map.fuse(landmark, known.get());
        } else {
            map.fuse(known.get(), landmark);
        }
    }
}
