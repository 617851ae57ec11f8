package dev.aerie.slam.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.Landmark;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.tuning.MappingConfig;
import dev.aerie.slam.tuning.MatchingConfig;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Three keyframes of a [PointCloud], whose points the map knows in part, or twice.
final class LandmarkFusionTest {

    private static final double RADIUS_PIXELS = 3;

    private final PointCloud cloud = new PointCloud();
    private final SlamMap map = new SlamMap();
    private final int submap = map.newSubmap();
    private final LandmarkFusion fusion = new LandmarkFusion(map, MappingConfig.DEFAULT, MatchingConfig.DEFAULT);
    private final List<Keyframe> keyframes = IntStream.range(0, 3)
            .mapToObj(i -> map.addKeyframe(cloud.frame(i, pose(i), 0), PointCloud.CAMERA, pose(i), submap))
            .toList();

    @Test
    void fuse_landmarkTheKeyframeShows_isObserved() {
        var landmark = landmark(0, 0, 1);

        int found = fusion.fuse(List.of(landmark), keyframes.get(2), RADIUS_PIXELS);

        assertThat(found).isEqualTo(1);
        assertThat(landmark.observations()).containsEntry(keyframes.get(2), 0);
    }

    @Test
    void fuse_duplicate_goesUpInTheOneThatMoreSee() {
        var kept = landmark(0, 0, 1);
        var doubled = landmark(0, 2);

        fusion.fuse(List.of(kept), keyframes.get(2), RADIUS_PIXELS);

        assertThat(doubled.current()).contains(kept);
        assertThat(kept.observations().keySet()).containsExactlyElementsOf(keyframes);
        assertThat(map.landmarks()).containsExactly(kept);
    }

    @Test
    void fuse_duplicateThatMoreSee_isKept() {
        var doubled = landmark(0, 0);
        var kept = landmark(0, 1, 2);

        fusion.fuse(List.of(doubled), keyframes.get(2), RADIUS_PIXELS);

        assertThat(doubled.current()).contains(kept);
        assertThat(map.landmarks()).containsExactly(kept);
    }

    @Test
    void fuse_farFromTheFeature_isLeftAlone() {
        var landmark = landmark(0, 0, 1);
        landmark.moveTo(cloud.point(0).plus(new Vector3(0.2, 0, 0)));

        assertThat(fusion.fuse(List.of(landmark), keyframes.get(2), RADIUS_PIXELS))
                .as("ten pixels and more off")
                .isZero();
    }

    @Test
    void fuseAround_halfOfThePointsKnownTwice_areKnownOnce() {
        for (int i = 0; i < PointCloud.POINTS; i++) {
            if (i < PointCloud.POINTS / 2) {
                landmark(i, 0, 1, 2);
            } else {
                landmark(i, 0, 1);
                landmark(i, 2);
            }
        }
        keyframes.forEach(keyframe -> keyframe.covisibility().update());

        fusion.fuseAround(keyframes.get(2));

        assertThat(map.landmarkCount()).isEqualTo(PointCloud.POINTS);
        assertThat(map.landmarks())
                .allSatisfy(landmark -> assertThat(landmark.observations()).hasSize(3));
        assertThat(keyframes.get(2).covisibility().shared(keyframes.get(0))).isEqualTo(PointCloud.POINTS);
    }

    /// So near to each other that all see all points.
    private static RigidTransform pose(int number) {
        return new RigidTransform(Rotation.IDENTITY, new Vector3(-0.2 * number, 0, 0));
    }

    /// Adds a landmark for a point that some keyframes see.
    private Landmark landmark(int point, int... seenBy) {
        var landmark = map.addLandmark(cloud.point(point), keyframes.get(seenBy[0]), point);
        for (int keyframe : seenBy) {
            map.observe(landmark, keyframes.get(keyframe), point);
        }
        landmark.refresh();
        return landmark;
    }
}
