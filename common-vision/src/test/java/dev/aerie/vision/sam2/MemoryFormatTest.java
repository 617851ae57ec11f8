package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MemoryFormatTest {

    /// As PyTorch's `torch.tensor(x).bfloat16().float()`.
    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "1.001, 1",
        "1.004, 1.0078125",
        "1.00390625, 1",
        "1.01171875, 1.015625",
        "-3.1415927, -3.140625",
        "0, 0",
        "3.4028235e38, Infinity",
        "NaN, NaN"
    })
    void rounded_float_isTheNearestBfloat16(float value, float expected) {
        float found = Float.intBitsToFloat(MemoryFormat.rounded(value) << Short.SIZE);
        assertThat(Float.compare(found, expected))
                .as("%s, not %s", found, expected)
                .isZero();
    }

    @Test
    void load_ofWhatBfloat16Holds_isThat() {
        try (Arena arena = Arena.ofConfined()) {
            var memory = arena.allocate(3L * Short.BYTES);
            MemoryFormat.store(FloatBuffer.wrap(new float[] {9, 1.5f, -2, 0.25f, 9}, 1, 3), memory);
            var loaded = FloatBuffer.allocate(5);
            MemoryFormat.load(memory, loaded.slice(1, 3));
            assertThat(loaded.array()).containsExactly(0, 1.5f, -2, 0.25f, 0);
        }
    }
}
