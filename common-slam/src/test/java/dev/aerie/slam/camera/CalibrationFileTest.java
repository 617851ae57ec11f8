package dev.aerie.slam.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.geometry.Vector3;
import dev.aerie.slam.geometry.PinholeCamera;
import dev.aerie.video.FrameSize;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CalibrationFileTest {

    private static final FrameSize SIZE = new FrameSize(752, 480);
    private static final String SIMPLE = "width: 752\nheight: 480\nfx: 458.7\nfy: 457.3\ncx: 367.2\ncy: 248.4\n";

    @TempDir
    private Path folder = Path.of("");

    private CameraCalibration read(String name, String text) throws IOException {
        return read(name, text, SIZE);
    }

    private CameraCalibration read(String name, String text, FrameSize size) throws IOException {
        return CalibrationFile.read(Files.writeString(folder.resolve(name), text), size);
    }

    @Test
    void yaml_ofOurs_givesEachLens() throws IOException {
        var ideal = new PinholeCamera(752, 480, 458.7, 457.3, 367.2, 248.4);

        assertThat(read("plain.yaml", SIMPLE).camera()).isEqualTo(ideal);
        assertThat(read("bent.yaml", SIMPLE + "distortion: [-0.28, 0.07, 0.0002, 0.00002]")
                        .camera())
                .isEqualTo(new RadialTangentialCamera(ideal, -0.28, 0.07, 0.0002, 0.00002, 0));
        assertThat(read("wide.yaml", SIMPLE + "model: fisheye\ndistortion: [1e-2, 2e-2, 3e-2, 4e-2]")
                        .camera())
                .isEqualTo(new FisheyeCamera(ideal, 0.01, 0.02, 0.03, 0.04));
    }

    @Test
    void yaml_withReadout_knowsTheRollingShutter() throws IOException {
        assertThat(read("plain.yaml", SIMPLE).readoutSeconds()).isZero();
        assertThat(read("rolling.yaml", SIMPLE + "readout_ms: 21.5").readoutSeconds())
                .isEqualTo(0.0215);
        assertThatThrownBy(() -> read("wrong.yaml", SIMPLE + "readout_ms: -1"))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("readout_ms");
    }

    @Test
    void yaml_ofRos_isRead() throws IOException {
        var calibration = read("ros.yaml", """
                image_width: 752
                image_height: 480
                camera_name: narrow_stereo
                camera_matrix:
                  rows: 3
                  cols: 3
                  data: [458.7, 0, 367.2, 0, 457.3, 248.4, 0, 0, 1]
                distortion_model: plumb_bob
                distortion_coefficients:
                  rows: 1
                  cols: 5
                  data: [-0.28, 0.07, 0.0002, 0.00002, 0]
                """);

        assertThat(calibration.camera()).isInstanceOf(RadialTangentialCamera.class);
        assertThat(calibration.camera().ideal().centreXPixels()).isEqualTo(367.2);
        assertThat(calibration.estimated()).isFalse();
    }

    @Test
    void yaml_ofKalibr_isReadWithThePlaceOfTheImu() throws IOException {
        var calibration = read("camchain.yaml", """
                cam0:
                  T_cam_imu:
                  - [0.0, -1.0, 0.0, 0.01]
                  - [0.0, 0.0, -1.0, 0.02]
                  - [1.0, 0.0, 0.0, 0.03]
                  - [0.0, 0.0, 0.0, 1.0]
                  camera_model: pinhole
                  distortion_coeffs: [-0.007, 0.045, -0.043, 0.008]
                  distortion_model: equidistant
                  intrinsics: [458.7, 457.3, 367.2, 248.4]
                  resolution: [752, 480]
                """);

        assertThat(calibration.camera()).isInstanceOf(FisheyeCamera.class);
        assertThat(calibration.cameraFromBody().rotation()).isEqualTo(CameraCalibration.LOOKING_FORWARD.rotation());
        assertThat(calibration.cameraFromBody().translation()).isEqualTo(new Vector3(0.01, 0.02, 0.03));
    }

    @ParameterizedTest
    @CsvSource({"P0: ,", "'',"})
    void kitti_withAndWithoutTheName_isRead(String name) throws IOException {
        var camera = read("calib.txt", name + "7.07e+02 0 6.01e+02 0 0 7.08e+02 1.83e+02 0 0 0 1 0\nP1: 1 2\n")
                .camera();

        assertThat(camera).isEqualTo(new PinholeCamera(752, 480, 707, 708, 601, 183));
    }

    @Test
    void read_forFramesOfHalfTheSize_isScaled() throws IOException {
        var camera =
                read("plain.yaml", SIMPLE, new FrameSize(376, 240)).camera().ideal();

        assertThat(camera.focalXPixels()).isCloseTo(458.7 / 2, within(1e-9));
        assertThat(camera.centreXPixels()).as("the centre of the same place").isCloseTo(183.35, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fx: 458.7 | fx: x | fx: expected a number, was \"x\"",
                "fx: 458.7 | | fx: expected a number, is missing",
                "fx: 458.7 | fx: -5 | focal lengths must be > 0",
                "height: 480 | height: 752 | size: expected the shape of the frames, 752 x 480, was 752 x 752",
                "height: 480 | height: 480\\nmodel: pinhale | model: expected pinhole or fisheye, was 'pinhale'",
                "height: 480 | height: 480\\nmodel: fisheye\\ndistortion: [1, 2] | expected 4 numbers k1 k2 k3 k4",
                "height: 480 | height: 480\\ndistortion: [1, 2] | distortion: expected k1 k2 p1 p2 [k3], had 2 numbers",
                "height: 480 | height: 480\\ncamera_from_body: [1, 2] | camera_from_body: expected 16 numbers, had 2",
                "height: 480 | height: [ | no YAML"
            })
    void yaml_brokenField_isNamed(String was, String becomes, String complaint) {
        String text = SIMPLE.replace(was, becomes == null ? "" : becomes.replace("\\n", "\n"));

        assertThatThrownBy(() -> read("broken.yaml", text))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("broken.yaml")
                .hasMessageContaining(complaint);
    }

    @Test
    void kitti_tooFewNumbers_isNamed() {
        assertThatThrownBy(() -> read("calib.txt", "P0: 1 2 3\n")).hasMessageContaining("expected 12 numbers");
    }

    @Test
    void source_folder_givesEachStreamItsOwn() throws IOException {
        Files.writeString(folder.resolve("drone.yaml"), SIMPLE);
        var source = new CalibrationSource(Optional.of(folder), 90);

        assertThat(source.of("drone", SIZE).estimated()).isFalse();
        var guessed = source.of("other", SIZE);
        assertThat(guessed.estimated()).isTrue();
        assertThat(guessed.camera().ideal().focalXPixels()).isCloseTo(376, within(1e-9));
    }

    @Test
    void source_cameraSettings_givesTheFieldOfViewOfTheStream() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("camera_settings.json"),
                "{\"cameras\": [{\"name\": \"gate\", \"stream\": \"drone\", \"hfov_degrees\": 60}, {\"name\": \"yard\"}]}");
        var source = new CalibrationSource(Optional.of(settings), 90);
        double halfWidth = SIZE.widthPixels() / 2.0;

        assertThat(source.of("drone", SIZE).camera().ideal().focalXPixels())
                .isCloseTo(halfWidth / Math.tan(Math.toRadians(30)), within(1e-9));
        assertThat(source.of("yard", SIZE).camera().ideal().focalXPixels()).isCloseTo(halfWidth, within(1e-9));
    }

    @Test
    void source_wrongCameraSettings_namesFileAndKey() throws IOException {
        Path settings = Files.writeString(
                folder.resolve("camera_settings.json"), "[{\"name\": \"drone\", \"hfov_degrees\": \"wide\"}]");
        var source = new CalibrationSource(Optional.of(settings), 90);

        assertThatThrownBy(() -> source.of("drone", SIZE))
                .isInstanceOf(CalibrationException.class)
                .hasMessageContaining("[0].hfov_degrees is \"wide\"");
    }

    @Test
    void source_fileThatIsNotThere_isAnError() {
        var source = new CalibrationSource(Optional.of(folder.resolve("missing.yaml")), 90);

        assertThatThrownBy(() -> source.of("drone", SIZE)).isInstanceOf(IOException.class);
    }
}
