package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.aerie.settings.Device;
import dev.aerie.vision.onnx.ExecutionProvider;
import dev.aerie.vision.onnx.ModelException;
import org.junit.jupiter.api.Test;

final class PrecisionTest {

    private static final ExecutionProvider CUDA =
            new ExecutionProvider(Device.CUDA, "DEVICE=auto found CUDA", 1L << 33);

    @Test
    void parse_unknown_namesWhatThereIs() {
        assertThat(Precision.parse("int8")).isEqualTo(Precision.INT8);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Precision.parse("fp16"))
                .withMessageContaining("'fp16'")
                .withMessageContaining("fp32, int8");
    }

    @Test
    void requirePossible_eightBitsOnAGpu_isRefusedWithTheWayOut() {
        assertThatExceptionOfType(ModelException.class)
                .isThrownBy(() -> Networks.requirePossible(Precision.INT8, CUDA))
                .withMessageContaining("these on cuda (DEVICE=auto found CUDA)")
                .withMessageContaining("SAM2_PRECISION=fp32 or DEVICE=cpu");
        assertThatCode(() -> Networks.requirePossible(Precision.FP32, CUDA)).doesNotThrowAnyException();
    }
}
