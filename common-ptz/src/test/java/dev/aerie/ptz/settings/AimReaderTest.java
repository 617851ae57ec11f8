package dev.aerie.ptz.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.ptz.aim.AimConfig;
import dev.aerie.ptz.aim.FramingRule;
import dev.aerie.ptz.aim.OvertakeConfig;
import dev.aerie.ptz.aim.Zone;
import dev.aerie.ptz.aim.ZoneArea;
import dev.aerie.ptz.camera.ImagePoint;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.control.FollowConfig;
import dev.aerie.settings.InvalidSettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What a camera's sections say, what the file's say for the rest, and what is refused.
final class AimReaderTest {

    private static final String CAMERA = "{'name': 'gate', 'driver': 'simulated'";

    @TempDir
    private Path folder;

    @Test
    void read_noSection_isTheDefault() throws IOException {
        var site = settings("{'cameras': [" + CAMERA + "}]}");

        assertThat(aim(site)).isEqualTo(AimConfig.DEFAULT);
        assertThat(control(site)).isEqualTo(FollowConfig.DEFAULT);
    }

    @Test
    void read_cameraAndFile_cameraCountsKeyByKey() throws IOException {
        var site = settings("{'aim': {'height_share': 0.3, 'overtake': {'factor': 2, 'confirm_seconds': 5}},"
                + " 'control': {'dead_zone': 0.2, 'search_seconds': 0},"
                + " 'cameras': [" + CAMERA
                + ", 'aim': {'overtake': {'factor': 3}, 'runner': {'overtake': {'factor': 4}}},"
                + " 'control': {'dead_zone': 0.1}}]}");

        var aim = aim(site);
        assertThat(aim.framing()).isEqualTo(new FramingRule(0.3, FramingRule.ONE.maxWidthShare()));
        assertThat(aim.overtake()).isEqualTo(new OvertakeConfig(3, 5, OvertakeConfig.DEFAULT.minHoldSeconds()));
        assertThat(aim.runner().overtake().factor()).isEqualTo(4);
        assertThat(aim.group()).isEqualTo(AimConfig.DEFAULT.group());
        assertThat(control(site).deadZone()).isEqualTo(0.1);
        assertThat(control(site).searchSeconds()).isZero();
        assertThat(control(site).gainPerSecond()).isEqualTo(FollowConfig.DEFAULT.gainPerSecond());
    }

    @Test
    void read_prioritiesAndZones_areThoseOfTheCameraBeforeTheFile() throws IOException {
        var site = settings("{'priorities': {'dog': 0.7, 'other': 0}, 'zones': [], 'cameras': [" + CAMERA
                + ", 'priority': {'dog': 2}, 'zones': [{'name': 'street', 'pan_degrees': [60, 120]},"
                + " {'name': 'door', 'weight': 3, 'polygon': [[0, 0], [1, 0], [0.5, 1]]}]}]}");

        var priorities = aim(site).priorities();
        assertThat(priorities.labelWeights()).isEqualTo(Map.of("person", 1.0, "dog", 2.0));
        assertThat(priorities.otherWeight()).isZero();
        assertThat(priorities.zones())
                .containsExactly(
                        Zone.ignored(
                                "street", new ZoneArea.InDirections(new PtzRange(60, 120), new PtzRange(-180, 180))),
                        new Zone(
                                "door",
                                new ZoneArea.InImage(
                                        List.of(new ImagePoint(-1, 1), new ImagePoint(1, 1), new ImagePoint(0, -1))),
                                3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "'aim': {'heigth_share': 1} | aim.heigth_share is unknown, allowed: group, height_share",
                "'aim': {'height_share': 0} | aim.height_share is 0, allowed: a number from 0.01 to 1",
                "'aim': {'interest': {'size_weight': 1}} | aim.interest is {\"size_weight\":1}, allowed: values that go"
                        + " together: weights are >= 0 and add up to 1",
                "'aim': {'group': {'leave_distance': 1}} | values that go together: expected spread > 0, 0 < join <= leave",
                "'aim': 3 | aim is 3, allowed: an object",
                "'control': {'deadzone': 1} | control.deadzone is unknown, allowed: acceleration_deg_s2",
                "'control': {'dead_zone': 0.6} | control.dead_zone is 0.6, allowed: a number from 0 to 0.5",
                "'control': {'prediction_seconds': 0.1} | values that go together: expected predictionSeconds of grace",
                "'priorities': {'dog': -1} | priorities.dog is -1, allowed: a number from 0 to 1000",
                "'priorities': ['dog'] | allowed: weights by label, such as {\"person\": 1",
                "'zones': [{'name': 'a'}] | zones[0] is {\"name\":\"a\"}, allowed: polygon, or pan_degrees and tilt_degrees",
                "'zones': [{'polygon': [[0, 0]]}] | zones[0].polygon is [[0,0]], allowed: a list of 3 to 100 corners",
                "'zones': [{'polygon': [[0, 0], [0, 2], [1, 1]]}] | polygon[1][1] is 2, allowed: a number from 0 to 1",
                "'zones': [{'pan_degrees': [9, 3]}] | pan_degrees is [9,3], allowed: two numbers, the smaller first",
            })
    void read_wrongValue_namesFileCameraAndKey(String field, String message) throws IOException {
        var site = settings("{'cameras': [" + CAMERA + ", " + field + "}]}");

        assertThatThrownBy(() -> {
                    aim(site);
                    control(site);
                })
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith("camera_settings.json: cameras[0] (gate).")
                .hasMessageContaining(message);
    }

    private static AimConfig aim(SiteSettings site) {
        return AimReader.read(site, site.cameras().getFirst());
    }

    private static FollowConfig control(SiteSettings site) {
        return ControlReader.read(site, site.cameras().getFirst());
    }

    private SiteSettings settings(String json) throws IOException {
        return SiteSettings.read(Files.writeString(folder.resolve("camera_settings.json"), json.replace('\'', '"')));
    }
}
