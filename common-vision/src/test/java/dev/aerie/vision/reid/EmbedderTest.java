package dev.aerie.vision.reid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.messages.Box;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.settings.Device;
import dev.aerie.video.VideoFrame;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import dev.aerie.vision.onnx.OnnxModel;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EmbedderTest {

    /// A tennis player in a photograph of COCO.
    private static final Box PLAYER = new Box(276.4, 84.6, 140.1, 312.1);

    private static final Box ELSEWHERE = new Box(20, 40, 140, 312);

    @Test
    void osnet_samePersonCroppedOtherwise_isNearerThanAnotherPlace() throws ModelException {
        try (var model = osnet();
                var embedder = new OsnetEmbedder(model)) {
            var shifted = new Box(280, 90, 136, 306);
            var embeddings = embedder.embed(player(), List.of(PLAYER, shifted, ELSEWHERE));
            double same = embeddings.get(0).similarityTo(embeddings.get(1));
            double other = embeddings.get(0).similarityTo(embeddings.get(2));
            assertThat(same).isGreaterThan(0.9);
            assertThat(other).isLessThan(same - 0.2);
        }
    }

    @Test
    void osnet_batch_equalsOneByOne() throws ModelException {
        try (var model = osnet();
                var embedder = new OsnetEmbedder(model)) {
            var frame = player();
            var batch = embedder.embed(frame, List.of(PLAYER, ELSEWHERE));
            assertThat(batch.get(0)
                            .similarityTo(embedder.embed(frame, List.of(PLAYER)).getFirst()))
                    .isCloseTo(1, within(1e-5));
            assertThat(batch.get(1)
                            .similarityTo(
                                    embedder.embed(frame, List.of(ELSEWHERE)).getFirst()))
                    .isCloseTo(1, within(1e-5));
            assertThat(embedder.embed(frame, List.of())).isEmpty();
            assertThat(embedder.dimensions()).isEqualTo(512);
            assertThat(embedder.name()).isEqualTo("osnet_x0_25_msmt17-dddd73c80b78");
        }
    }

    @Test
    void osnet_boxOutsideTheFrame_isStillEmbedded() throws ModelException {
        try (var model = osnet();
                var embedder = new OsnetEmbedder(model)) {
            assertThat(embedder.embed(player(), List.of(new Box(-500, -500, 20, 40))))
                    .hasSize(1);
        }
    }

    @Test
    void histogram_sameCrop_isOneAndAnotherIsLess() {
        try (var embedder = new HistogramEmbedder()) {
            var embeddings = embedder.embed(player(), List.of(PLAYER, PLAYER, ELSEWHERE));
            assertThat(embeddings.get(0).similarityTo(embeddings.get(1))).isCloseTo(1, within(1e-6));
            assertThat(embeddings.get(0).similarityTo(embeddings.get(2))).isLessThan(0.9);
            assertThat(embedder.name()).contains("histogram");
            assertThat(embeddings.getFirst().dimensions()).isEqualTo(embedder.dimensions());
        }
    }

    private static VideoFrame player() {
        return TestFrame.read(SharedData.require("data/coco/000000000885.jpg"), 0);
    }

    private static OnnxModel osnet() throws ModelException {
        return OnnxModel.open(SharedData.require("models/osnet_x0_25_msmt17.onnx"), InferenceDevice.of(Device.CPU, 1));
    }
}
