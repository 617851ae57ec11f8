package dev.aerie.vision.sam2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.CaptureClock;
import dev.aerie.messages.FrameId;
import dev.aerie.settings.Device;
import dev.aerie.video.FrameSize;
import dev.aerie.video.FrameStamp;
import dev.aerie.video.HeapFrame;
import dev.aerie.vision.models.ModelGraphs;
import dev.aerie.vision.models.SeededWeights;
import dev.aerie.vision.onnx.Graph;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What a network makes of a camera's bytes, against plain Java: stretched as PyTorch's antialiased `interpolate` does
/// it, red first, normalised.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RawImageTest {

    private static final int SIDE = 512;
    private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
    private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};
    private static final int PADDING_BYTES = 11;

    private OnnxModel encoder;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, ModelException {
        ModelGraphs edgetam = ModelGraphs.find("edgetam").orElseThrow();
        new SeededWeights(1).write(edgetam.layout(), folder);
        encoder = OnnxModel.open(
                Graph.withWeightsIn(folder, "encoder", edgetam.graph(SIDE, "image_encoder")),
                InferenceDevice.of(Device.CPU, 2));
    }

    @AfterAll
    void close() {
        encoder.close();
    }

    @Test
    void encode_frameLargerThanTheSquare_isShrunkAndNormalised() throws ModelException {
        assertAlike(noise(new FrameSize(1280, 720), 0));
    }

    @Test
    void encode_frameSmallerThanTheSquare_isEnlargedAndNormalised() throws ModelException {
        assertAlike(noise(new FrameSize(160, 90), 0));
    }

    @Test
    void encode_rowsApart_areBroughtTogether() throws ModelException {
        assertAlike(noise(new FrameSize(333, 77), PADDING_BYTES));
    }

    private void assertAlike(HeapFrame frame) throws ModelException {
        try (var raw = new RawImage();
                var bytes = raw.of(frame);
                var out = encoder.runWithFullCheck(Map.of("picture", bytes), Set.of("pixel_values"))) {
            FloatBuffer values = out.get("pixel_values").floats();
            for (int channel = 0; channel < MEAN.length; channel++) {
                float[] expected = stretched(frame, MEAN.length - 1 - channel);
                for (int i = 0; i < expected.length; i += 7) {
                    float wanted = (expected[i] / 255 - MEAN[channel]) / DEVIATION[channel];
                    assertThat(values.get(channel * expected.length + i)).isCloseTo(wanted, within(2e-5f));
                }
            }
        }
    }

    private static float[] stretched(HeapFrame frame, int channel) {
        int width = frame.size().widthPixels();
        int height = frame.size().heightPixels();
        var plane = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                plane[y * width + x] = frame.bgr().get(y * frame.strideBytes() + 3 * x + channel) & 0xFF;
            }
        }
        return new AntialiasedResize(width, height, SIDE, SIDE).apply(plane);
    }

    private static HeapFrame noise(FrameSize size, int paddingBytes) {
        int stride = 3 * size.widthPixels() + paddingBytes;
        var bytes = new byte[stride * size.heightPixels()];
        new SplittableRandom(1).nextBytes(bytes);
        var stamp = new FrameStamp(new FrameId("test", "s", 0), 1, CaptureClock.SENDER);
        return new HeapFrame(
                stamp, size, ByteBuffer.allocateDirect(bytes.length).put(bytes).flip(), stride, 0, 0);
    }
}
