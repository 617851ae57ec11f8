package dev.aerie.vision.sot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.messages.Box;
import dev.aerie.messages.testing.SharedData;
import dev.aerie.settings.Device;
import dev.aerie.vision.TestFrame;
import dev.aerie.vision.onnx.InferenceDevice;
import dev.aerie.vision.onnx.ModelException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class NanoTrackTest {

    /// A bus in a photograph of COCO.
    private static final Box BUS = new Box(49, 100, 553, 343);

    private NanoTrackModel model;
    private NanoTrack tracker;

    @BeforeEach
    void open() throws ModelException {
        model = NanoTrackModel.open(SharedData.require("models/nanotrack"), InferenceDevice.of(Device.CPU, 1));
        tracker = new NanoTrack(model, NanoTrackConfig.DEFAULT);
    }

    @AfterEach
    void close() {
        if (model != null) {
            tracker.close();
            model.close();
        }
    }

    @Test
    void update_sameFrame_staysWhereItIs() throws ModelException {
        var frame = TestFrame.read(SharedData.require("data/coco/000000002006.jpg"), 0);
        tracker.begin(frame, BUS);
        ObjectEstimate estimate = tracker.update(frame);
        assertThat(estimate.score()).isGreaterThan(0.9);
        assertThat(estimate.box().overlapWith(BUS)).isGreaterThan(0.8);
    }

    @Test
    void update_objectIsGone_hasALowerScore() throws ModelException {
        Path folder = SharedData.require("data/davis2016/blackswan/frames");
        tracker.begin(TestFrame.read(folder.resolve("00000.jpg"), 0), new Box(159, 100, 421, 262));
        double there =
                tracker.update(TestFrame.read(folder.resolve("00001.jpg"), 1)).score();
        double gone = tracker.update(TestFrame.black("s", 2, 854, 480)).score();
        assertThat(there).isGreaterThan(0.9);
        assertThat(gone).isLessThan(there - 0.2);
    }

    @Test
    void update_beforeBegin_isRefused() {
        assertThatThrownBy(() -> tracker.update(TestFrame.black("s", 0, 64, 64)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("update comes after begin");
    }

    @Test
    void begin_boxOutsideTheFrame_isRefused() {
        assertThatThrownBy(() -> tracker.begin(TestFrame.black("s", 0, 64, 64), new Box(100, 0, 20, 20)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("its centre in the frame");
    }

    @Test
    void open_anotherNetwork_isRefused() {
        Path folder = SharedData.require("models");
        assertThatThrownBy(() -> NanoTrackModel.open(folder, InferenceDevice.of(Device.CPU, 1)))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("nanotrack_backbone.onnx");
    }
}
