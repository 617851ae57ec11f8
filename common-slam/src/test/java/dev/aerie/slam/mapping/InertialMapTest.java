package dev.aerie.slam.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.RigidTransform;
import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.Sim3;
import dev.aerie.slam.imu.ImuBuffer;
import dev.aerie.slam.imu.InertialStart;
import dev.aerie.slam.tuning.InertialNoise;
import org.junit.jupiter.api.Test;

final class InertialMapTest {

    private static final long SECOND = 1_000_000_000L;

    private final InertialMap inertial = new InertialMap(InertialNoise.DEFAULT);

    @Test
    void up_isKnownOnceTheSubmapHasBeenRefinedFor15Seconds() {
        var metricFromMap = new Sim3(Rotation.aboutX(-Math.PI / 2), Vector3.ZERO, 2);
        assertThat(inertial.up(7)).as("no readings").isEmpty();
        inertial.begin(new InertialStart(7, metricFromMap, Vector3.ZERO, new ImuBuffer(), RigidTransform.IDENTITY), 0);

        refineUntil(14 * SECOND);
        assertThat(inertial.up(7)).as("after 14 s").isEmpty();

        refineUntil(15 * SECOND);
        assertThat(inertial.up(7).orElseThrow().distanceTo(new Vector3(0, -1, 0)))
                .as("camera axes, y down")
                .isLessThan(1e-12);

        inertial.end(7);
        assertThat(inertial.up(7)).as("readings take no part any more").isEmpty();
    }

    private void refineUntil(long nanos) {
        for (long now = 0; now <= nanos; now += SECOND) {
            boolean _ = inertial.isRefinementDue(7, now);
        }
    }
}
