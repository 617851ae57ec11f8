package dev.aerie.vision.checkpoint;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SafeTensorsTest {

    private static final String HEADER = """
            {"__metadata__":{"format":"pt"},
             "a.weight":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},
             "b.bias":{"dtype":"BF16","shape":[3],"data_offsets":[16,22]},
             "steps":{"dtype":"I64","shape":[],"data_offsets":[22,30]}}""";

    @TempDir
    private Path folder;

    private Path file(String header, int dataBytes) throws IOException {
        byte[] text = header.getBytes(UTF_8);
        var bytes = ByteBuffer.allocate(8 + text.length + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(text.length).put(text);
        if (dataBytes >= 22) {
            bytes.putFloat(1).putFloat(-2).putFloat(3).putFloat(4);
            bytes.putShort((short) 0x3F80).putShort((short) 0x4000).putShort((short) 0xC040);
        }
        return Files.write(folder.resolve("model.safetensors"), bytes.array());
    }

    private static float[] floats(TensorFile file, String name) throws IOException, CheckpointException {
        var buffer = file.floats(name, requireNonNull(file.tensors().get(name))).asFloatBuffer();
        float[] floats = new float[buffer.remaining()];
        buffer.get(floats);
        return floats;
    }

    @Test
    void open_floatsOfSeveralKinds_areReadAsFloat32() throws Exception {
        try (var file = TensorFile.open(file(HEADER, 30))) {
            assertThat(file.tensors().keySet()).containsExactly("a.weight", "b.bias", "steps");
            assertThat(requireNonNull(file.tensors().get("a.weight")).shape()).isEqualTo(List.of(2L, 2L));
            assertThat(floats(file, "a.weight")).containsExactly(1, -2, 3, 4);
            assertThat(floats(file, "b.bias")).containsExactly(1, 2, -3);
            assertThatExceptionOfType(CheckpointException.class)
                    .isThrownBy(() -> floats(file, "steps"))
                    .withMessageContaining("INT64");
        }
    }

    @Test
    void open_cutShort_isRefusedByTheTensorThatLacksBytes() throws IOException {
        var file = file(HEADER, 24);
        assertThatExceptionOfType(CheckpointException.class)
                .isThrownBy(() -> TensorFile.open(file))
                .withMessageContaining("steps")
                .withMessageContaining("cut short");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,16]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2,-2],\"data_offsets\":[-8,8]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807,2],\"data_offsets\":[0,8]}}",
                "{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[2],\"data_offsets\":[0,2]}}",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,16]}",
            })
    void open_headerThatContradictsItself_isRefused(String header) throws IOException {
        var file = file(header, 16);
        assertThatExceptionOfType(CheckpointException.class).isThrownBy(() -> TensorFile.open(file));
    }
}
