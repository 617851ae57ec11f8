package dev.aerie.vision.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// An object of 8 × 8 cells in the middle of a grid of 48 × 48.
final class RecentBackgroundTest {

    private static final int SIDE = 48;
    private static final float FAR = 3;
    private static final int EVERY = 5;

    private final RecentBackground recent = new RecentBackground();

    @AfterEach
    void close() {
        recent.close();
    }

    @Test
    void lower_afterFiveFrames_knowsTheNewGround() {
        see(EVERY - 1, 1);
        assertThat(lowered(1)).isEqualTo(FAR);
        see(1, 1);
        assertThat(lowered(1)).isLessThan(0.2f);
        assertThat(lowered(-1)).isGreaterThan(1);
    }

    @Test
    void forget_learntGround_isUnknownAgain() {
        see(EVERY, 1);
        recent.forget();
        assertThat(lowered(1)).isEqualTo(FAR);
        assertThat(recent.nativeBytes()).isZero();
    }

    @Test
    void learn_groundThatLooksLikeTheObject_isSkipped() {
        for (int i = 0; i < EVERY; i++) {
            recent.learn(ground(1), object(), plane(1));
        }
        assertThat(lowered(1)).isEqualTo(FAR);
    }

    @Test
    void learn_manyFrames_keepsTheLastFourGrounds() {
        see(EVERY, 1);
        see(3 * EVERY, -1);
        long bytes = recent.nativeBytes();
        assertThat(lowered(1)).isLessThan(0.2f);
        see(EVERY, -1);
        assertThat(recent.nativeBytes()).isEqualTo(bytes);
        assertThat(lowered(1)).isGreaterThan(1);
    }

    @Test
    void restore_elsewhere_goesOnAlike() throws IOException {
        see(EVERY + EVERY - 1, 1);
        var saved = new ByteArrayOutputStream();
        recent.save(new DataOutputStream(saved));
        try (var other = new RecentBackground()) {
            other.restore(SIDE * SIDE, new DataInputStream(new ByteArrayInputStream(saved.toByteArray())));
            assertThat(other.nativeBytes()).isEqualTo(recent.nativeBytes());
            see(1, -1);
            other.learn(ground(-1), object(), plane(0));
            assertThat(other.nativeBytes()).isEqualTo(recent.nativeBytes());
        }
    }

    private void see(int frames, float colour) {
        for (int i = 0; i < frames; i++) {
            recent.learn(ground(colour), object(), plane(0));
        }
    }

    /// The distance to surroundings of this colour, [#FAR] before what was learnt counts.
    private float lowered(float colour) {
        var distances = new float[SIDE * SIDE];
        Arrays.fill(distances, FAR);
        recent.lowerDistances(distances, ground(colour));
        return distances[0];
    }

    private static Descriptors ground(float colour) {
        var values = new float[SIDE * SIDE * Descriptors.LENGTH];
        for (int cell = 0; cell < SIDE * SIDE; cell++) {
            values[cell * Descriptors.LENGTH] = colour;
            values[(cell + 1) * Descriptors.LENGTH - 1] = 1;
        }
        return new Descriptors(SIDE * SIDE, values);
    }

    private static Plane object() {
        var mask = plane(0);
        for (int y = 20; y < 28; y++) {
            Arrays.fill(mask.values(), y * SIDE + 20, y * SIDE + 28, 1);
        }
        return mask;
    }

    private static Plane plane(float value) {
        var plane = Plane.zero(SIDE, SIDE);
        Arrays.fill(plane.values(), value);
        return plane;
    }
}
