package dev.aerie.slam.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.engine.SlamEvents;
import dev.aerie.slam.map.InitialMap;
import dev.aerie.slam.map.InitialMap.InitialPoint;
import dev.aerie.slam.map.Keyframe;
import dev.aerie.slam.map.SlamMap;
import dev.aerie.slam.place.PlaceIndex;
import dev.aerie.slam.tuning.InertialNoise;
import dev.aerie.slam.tuning.PlaceConfig;
import dev.aerie.slam.tuning.SlamTuning;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A new submap from two views of a [PointCloud].
final class LocalMapperTest {

    private static final RigidTransform TRUTH = PointCloud.pose(2);
    private static final RigidTransform DISTURBED = new RigidTransform(
            Rotation.exp(new Vector3(Math.toRadians(0.3), Math.toRadians(-0.4), 0))
                    .times(TRUTH.rotation()),
            TRUTH.translation());

    private final PointCloud cloud = new PointCloud();
    private final SlamMap map = new SlamMap();
    private final LocalMapper mapper = new LocalMapper(
            map,
            new PlaceIndex(PlaceConfig.DEFAULT),
            SlamTuning.DEFAULT,
            new InertialMap(InertialNoise.DEFAULT),
            new SlamEvents("test"));

    @Test
    void initialize_secondViewAndPointsOff_bothAreAdjustedAndTheFirstHoldsStill() {
        var second = mapper.initialize(initialMap(PointCloud.POINTS)).orElseThrow();

        assertThat(Math.toDegrees(second.cameraFromWorld().rotation().angleTo(TRUTH.rotation())))
                .as("degrees off, 0.5 before")
                .isLessThan(0.05);
        var first = map.keyframes().getFirst();
        assertThat(first.position().length()).isZero();
        assertThat(first.cameraFromWorld().rotation().angleTo(Rotation.IDENTITY))
                .isLessThan(1e-9);
        double unit = TRUTH.originOfTarget().length() / second.position().length();
        assertThat(meanPointError(first, unit))
                .as("mean error of the points, 0.1 before")
                .isLessThan(0.02);
    }

    @Test
    void initialize_unitOfTheSubmap_isTheMedianDepth() {
        assertThat(mapper.initialize(initialMap(PointCloud.POINTS))).isPresent();

        assertThat(map.keyframes().getFirst().medianDepth())
                .hasValueSatisfying(depth -> assertThat(depth).isCloseTo(1, within(1e-9)));
    }

    @Test
    void initialize_tooFewLandmarks_leavesNothing() {
        int tooFew = SlamTuning.DEFAULT.mapping().minInitialLandmarks() - 1;

        assertThat(mapper.initialize(initialMap(tooFew))).isEmpty();
        assertThat(map.keyframeCount()).isZero();
        assertThat(map.landmarkCount()).isZero();
    }

    private InitialMap initialMap(int points) {
        return new InitialMap(
                cloud.frame(0, RigidTransform.IDENTITY, 0),
                cloud.frame(1, TRUTH, 0),
                PointCloud.CAMERA,
                DISTURBED,
                5,
                IntStream.range(0, points)
                        .mapToObj(i -> new InitialPoint(i, i, cloud.point(i).plus(cloud.noiseVector(0.1))))
                        .toList());
    }

    private double meanPointError(Keyframe first, double unit) {
        return map.landmarks().stream()
                .mapToDouble(landmark -> landmark.position()
                        .times(unit)
                        .distanceTo(cloud.point(landmark.observations().getOrDefault(first, 0))))
                .average()
                .orElseThrow();
    }
}
