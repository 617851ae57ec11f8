package dev.aerie.slam.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.geometry.Rotation;
import dev.aerie.geometry.Vector3;
import dev.aerie.slam.tuning.InitializationConfig;
import org.junit.jupiter.api.Test;

final class GyroRotationTest {

    private static Rotation yaw(double degrees) {
        return Rotation.exp(new Vector3(0, Math.toRadians(degrees), 0));
    }

    @Test
    void allows_whileStraightOn_onlySmallRotations() {
        var measured = new GyroRotation(yaw(0), 0.2);

        assertThat(measured.allows(yaw(0.5), InitializationConfig.DEFAULT)).isTrue();
        assertThat(measured.allows(yaw(1.5), InitializationConfig.DEFAULT)).isFalse();
    }

    @Test
    void allows_bias_asLongAsItMayHaveGrown() {
        assertThat(new GyroRotation(yaw(0), 4).allows(yaw(1.5), InitializationConfig.DEFAULT))
                .isTrue();
    }

    @Test
    void allows_focalLengthATenthOff_inASharpRotation() {
        var measured = new GyroRotation(yaw(20), 0.5);

        assertThat(measured.allows(yaw(22), InitializationConfig.DEFAULT)).isTrue();
        assertThat(measured.allows(yaw(-20), InitializationConfig.DEFAULT)).isFalse();
        assertThat(measured.allows(yaw(0), InitializationConfig.DEFAULT)).isFalse();
    }
}
