package dev.aerie.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Quaternion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AxesTest {

    private static final double QUARTER = StrictMath.PI / 2;
    private static final Vector3 X = new Vector3(1, 0, 0);
    private static final Vector3 Y = new Vector3(0, 1, 0);
    private static final Vector3 Z = new Vector3(0, 0, 1);

    @Test
    void about_aQuarter_turnsTheAxesRightHanded() {
        assertThat(Rotation.aboutX(QUARTER).apply(Y).distanceTo(Z)).isLessThan(1e-15);
        assertThat(Rotation.aboutY(QUARTER).apply(Z).distanceTo(X)).isLessThan(1e-15);
        assertThat(Rotation.aboutZ(QUARTER).apply(X).distanceTo(Y)).isLessThan(1e-15);
    }

    @Test
    void ofAxes_itsOwnAxes_isTheSameRotation() {
        var rotation = Rotation.exp(new Vector3(0.3, -1.2, 0.7));

        assertThat(Rotation.ofAxes(rotation.xAxis(), rotation.yAxis(), rotation.zAxis()))
                .isEqualTo(rotation);
        assertThat(rotation.apply(X)).isEqualTo(rotation.xAxis());
    }

    @Test
    void bodyFromCamera_cameraLooksForward_alongX() {
        assertThat(Rotation.BODY_FROM_CAMERA.apply(Z)).isEqualTo(X);
        assertThat(Rotation.BODY_FROM_CAMERA.apply(Y).plus(Z)).isEqualTo(Vector3.ZERO);
    }

    @Test
    void applyInverse_ofWhatWasApplied_isThePoint() {
        var transform = new RigidTransform(Rotation.exp(new Vector3(1, 2, -0.5)), new Vector3(4, -5, 6));
        var point = new Vector3(0.5, -3, 7);

        assertThat(transform.applyInverse(transform.apply(point)).distanceTo(point))
                .isLessThan(1e-14);
    }

    /// One for each of the four branches: the largest of w, x, y and z.
    @ParameterizedTest
    @CsvSource({"0.9, 0.3, -0.1, 0.2", "0.1, 0.9, 0.3, -0.2", "0.2, -0.1, 0.9, 0.3", "0.3, 0.2, -0.1, 0.9"})
    void toQuaternion_ofAQuaternion_isItself(double w, double x, double y, double z) {
        double norm = Math.sqrt(w * w + x * x + y * y + z * z);

        Quaternion found = Rotation.ofQuaternion(-w, -x, -y, -z).toQuaternion();

        assertThat(found.w()).isCloseTo(w / norm, within(1e-15));
        assertThat(found.x()).isCloseTo(x / norm, within(1e-15));
        assertThat(found.y()).isCloseTo(y / norm, within(1e-15));
        assertThat(found.z()).isCloseTo(z / norm, within(1e-15));
    }
}
