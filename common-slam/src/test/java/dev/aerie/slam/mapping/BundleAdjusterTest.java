package dev.aerie.slam.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.tuning.InertialNoise;
import dev.aerie.slam.tuning.MappingConfig;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A camera flies past a [PointCloud].
final class BundleAdjusterTest {

    private final PointCloud cloud = new PointCloud();
    private final SlamMap map = new SlamMap();

    @Test
    void adjustAround_wholeMapFree_keepsItsScale() {
        var adjuster = new BundleAdjuster(map, MappingConfig.DEFAULT, new InertialMap(InertialNoise.DEFAULT));
        var keyframes = addKeyframes(6);
        double before = distances(keyframes);

        for (int i = 0; i < 20; i++) {
            adjuster.adjustAround(keyframes.getLast(), () -> false);
        }

        assertThat(distances(keyframes)).isEqualTo(before, within(1e-6 * before));
        assertThat(keyframes.get(1).position().distanceTo(PointCloud.pose(1).originOfTarget()))
                .as("adjusted, in depths 5 to 9")
                .isLessThan(0.05);
    }

    /// Keyframes that all see all points, with half a pixel of noise, all but the first a little off.
    private List<Keyframe> addKeyframes(int count) {
        var keyframes = new ArrayList<Keyframe>();
        map.write(() -> {
            int submap = map.newSubmap();
            for (int i = 0; i < count; i++) {
                var off = i == 0
                        ? RigidTransform.IDENTITY
                        : new RigidTransform(Rotation.IDENTITY, cloud.noiseVector(0.03));
                var pose = PointCloud.pose(i);
                keyframes.add(map.addKeyframe(cloud.frame(i, pose, 0.5), PointCloud.CAMERA, off.times(pose), submap));
            }
            for (int i = 0; i < PointCloud.POINTS; i++) {
                var landmark = map.addLandmark(cloud.point(i).plus(cloud.noiseVector(0.05)), keyframes.getFirst(), i);
                for (var keyframe : keyframes.subList(1, count)) {
                    map.observe(landmark, keyframe, i);
                }
                landmark.refresh();
            }
            keyframes.forEach(keyframe -> keyframe.covisibility().update());
        });
        return keyframes;
    }

    private static double distances(List<Keyframe> keyframes) {
        var first = keyframes.getFirst().position();
        return keyframes.stream()
                .mapToDouble(keyframe -> keyframe.position().distanceTo(first))
                .sum();
    }
}
