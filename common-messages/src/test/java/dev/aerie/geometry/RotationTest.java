package dev.aerie.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RotationTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 1e-12, 1e-7, 1e-3, 1, 2, 3.1, 3.1415926, Math.PI})
    void log_ofExp_isTheSameRotation(double radians) {
        var random = new SplittableRandom(7);
        for (int i = 0; i < 20; i++) {
            var axis = new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()).normalized();
            var rotation = Rotation.exp(axis.times(radians));

            var again = Rotation.exp(rotation.log());

            assertThat(again.angleTo(rotation)).isLessThan(1e-6);
            assertThat(rotation.log().length()).isCloseTo(radians, within(1e-6));
        }
    }

    @Test
    void times_inverse_isIdentity() {
        var rotation = Rotation.exp(new Vector3(0.3, -1.2, 0.7));

        assertThat(rotation.times(rotation.inverse()).angleTo(Rotation.IDENTITY))
                .isLessThan(1e-12);
    }

    @Test
    void ofQuaternion_aboutZ_rotationsXToY() {
        var quarter = Rotation.ofQuaternion(Math.sqrt(0.5), 0, 0, Math.sqrt(0.5));

        assertThat(quarter.apply(new Vector3(1, 0, 0)).distanceTo(new Vector3(0, 1, 0)))
                .isLessThan(1e-12);
    }

    @Test
    void orthonormal_afterAThousandProducts_isARotation() {
        var small = Rotation.exp(new Vector3(0.1, 0.2, -0.05));
        var product = Rotation.IDENTITY;
        for (int i = 0; i < 1000; i++) {
            product = product.times(small);
        }

        var clean = product.orthonormal();

        assertThat(clean.apply(new Vector3(1, 2, 3)).length()).isCloseTo(Math.sqrt(14), within(1e-14));
        assertThat(clean.angleTo(product)).isLessThan(1e-9);
    }
}
