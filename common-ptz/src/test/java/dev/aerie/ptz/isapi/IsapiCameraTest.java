package dev.aerie.ptz.isapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.auth.Credentials;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.RecordingDevice;
import dev.aerie.ptz.device.Traffic;
import dev.aerie.ptz.device.isapi.IsapiFeatures;
import dev.aerie.ptz.device.isapi.IsapiServer;
import dev.aerie.ptz.http.CameraEndpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The client against our server; what passes between them is compared with the published calls.
final class IsapiCameraTest {

    private static final Credentials OPERATOR = new Credentials("operator", "s3cret: \"word\"");
    private static final PtzVelocity FULL_SPEED = new PtzVelocity(100, 50, 0.5);

    private final Traffic traffic = new Traffic();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void moveAt_momentary_isToldItsTime() throws Exception {
        var device = new RecordingDevice();
        var camera = camera(device, IsapiFeatures.CURRENT);

        camera.moveAt(new PtzVelocity(25, -10, 0.25), Duration.ofMillis(700));

        assertThat(device.takeCommands()).containsExactly("moveAt 25.000 -10.000 0.250 700 ms");
        var request = lastRequest();
        assertThat(request.title()).isEqualTo("PUT /ISAPI/PTZCtrl/channels/1/momentary");
        assertThat(request.body())
                .contains("<PTZData xmlns=\"http://www.hikvision.com/ver20/XMLSchema\" version=\"2.0\">")
                .contains("<pan>25</pan><tilt>-20</tilt><zoom>50</zoom>")
                .contains("<Momentary><duration>700</duration></Momentary>");
    }

    @Test
    void moveAt_oldCamera_isContinuousUntilStopped() throws Exception {
        var device = new RecordingDevice();
        var camera = camera(device, IsapiFeatures.OLD);

        camera.moveAt(new PtzVelocity(-400, 50, 0), Duration.ofMillis(700));
        assertThat(lastRequest().title()).isEqualTo("PUT /ISAPI/PTZCtrl/channels/1/continuous");
        assertThat(lastRequest().body()).contains("<pan>-100</pan><tilt>100</tilt><zoom>0</zoom>");
        camera.stop();

        assertThat(lastRequest().body()).contains("<pan>0</pan><tilt>0</tilt><zoom>0</zoom>");
        assertThat(device.takeCommands()).containsExactly("moveAt -100.000 50.000 0.000 3600000 ms", "stop");
    }

    @Test
    void moveAt_zero_stops() throws Exception {
        var device = new RecordingDevice();

        camera(device, IsapiFeatures.CURRENT).moveAt(PtzVelocity.ZERO, Duration.ofSeconds(1));

        assertThat(device.takeCommands()).containsExactly("stop");
    }

    @Test
    void moveTo_current_sendsDegreesAndReadsThemBack() throws Exception {
        var device = new RecordingDevice();
        var camera = camera(device, IsapiFeatures.CURRENT);

        camera.moveTo(new PtzPosition(-30.25, -12.5, 4));

        assertThat(lastRequest().title()).isEqualTo("PUT /ISAPI/PTZCtrl/channels/1/absoluteEx");
        assertThat(lastRequest().body())
                .contains("<elevation>12.50</elevation><azimuth>329.75</azimuth><absoluteZoom>4.00</absoluteZoom>");
        assertThat(device.takeCommands()).containsExactly("moveTo -30.250 -12.500 4.000");
        assertThat(camera.position()).isEqualTo(new PtzPosition(-30.25, -12.5, 4));
    }

    @Test
    void moveTo_oldCamera_sendsTenthsAndReadsThemFromTheStatus() throws Exception {
        var device = new RecordingDevice();
        var camera = camera(device, IsapiFeatures.OLD);

        camera.moveTo(new PtzPosition(500, -12.5, 4.2));

        assertThat(lastRequest().title()).isEqualTo("PUT /ISAPI/PTZCtrl/channels/1/absolute");
        assertThat(lastRequest().body())
                .contains("<AbsoluteHigh><elevation>125</elevation><azimuth>1400</azimuth>"
                        + "<absoluteZoom>42</absoluteZoom></AbsoluteHigh>");
        assertThat(camera.position().zoom()).isEqualTo(4.2);
        assertThat(traffic.answers().getLast().body())
                .contains("<PTZStatus", "<elevation>125</elevation>", "<absoluteZoom>42</absoluteZoom>");
    }

    @Test
    void moveBy_positionKnown_isAbsolute() throws Exception {
        var device = new RecordingDevice();
        var camera = camera(device, IsapiFeatures.CURRENT);
        camera.moveTo(new PtzPosition(10, 5, 2));
        device.takeCommands();

        camera.moveBy(-15, 2, 1.5);

        assertThat(device.takeCommands()).containsExactly("moveTo -5.000 7.000 3.000");
    }

    @Test
    void moveBy_positionNotReported_movesForTheTimeItTakes() throws Exception {
        var silent = new PtzCapabilities(
                EnumSet.of(Move.CONTINUOUS),
                false,
                new PtzRange(-170, 170),
                new PtzRange(-90, 30),
                new PtzRange(1, 21),
                FULL_SPEED,
                200);
        var device = new RecordingDevice(silent);
        var camera = camera(device, IsapiFeatures.CURRENT);

        camera.moveBy(20, 5, 1);

        assertThat(device.takeCommands()).containsExactly("moveAt 100.000 25.000 0.000 200 ms");
        assertThat(camera.capabilities().moves()).containsExactlyInAnyOrder(Move.CONTINUOUS, Move.RELATIVE);
        assertThatThrownBy(camera::position)
                .isInstanceOfSatisfying(
                        PtzException.class, e -> assertThat(e.reason()).isEqualTo(PtzException.Reason.UNSUPPORTED));
    }

    @Test
    void capabilities_newCamera_areThoseItReports() throws Exception {
        var can = camera(new RecordingDevice(), IsapiFeatures.CURRENT).capabilities();

        assertThat(can.moves()).containsExactlyInAnyOrder(Move.values());
        assertThat(can.reportsPosition()).isTrue();
        assertThat(can.tiltDegrees()).isEqualTo(new PtzRange(-90, 30));
        assertThat(can.zoom()).isEqualTo(new PtzRange(1, 21));
        assertThat(can.maxPresets()).isEqualTo(200);
        assertThat(can.maxSpeed()).isEqualTo(FULL_SPEED);
    }

    @Test
    void presets_savedVisitedRemoved() throws Exception {
        var device = new RecordingDevice();
        var camera = camera(device, IsapiFeatures.CURRENT);
        camera.moveTo(new PtzPosition(40, -20, 3));

        var gate = camera.savePreset("gate & <yard>");
        var same = camera.savePreset("gate & <yard>");
        var next = camera.savePreset("door");

        assertThat(gate).isEqualTo(new PtzPreset("1", "gate & <yard>"));
        assertThat(same).isEqualTo(gate);
        assertThat(camera.presets()).containsExactly(gate, next);
        camera.moveTo(PtzPosition.HOME);
        camera.goToPreset("1");
        assertThat(lastRequest().title()).isEqualTo("PUT /ISAPI/PTZCtrl/channels/1/presets/1/goto");
        assertThat(camera.position()).isEqualTo(new PtzPosition(40, -20, 3));
        camera.removePreset("1");
        assertThat(camera.presets()).containsExactly(next);
        assertThatThrownBy(() -> camera.goToPreset("1/../../reboot")).hasMessageContaining("no preset");
    }

    @Test
    void savePreset_thirtyTwoTaken_skipsThoseThatStartFunctions() throws Exception {
        var device = new RecordingDevice();
        for (int id = 1; id <= 32; id++) {
            device.savePreset(new PtzPreset("" + id, "p" + id));
        }

        assertThat(camera(device, IsapiFeatures.CURRENT).savePreset("next").id())
                .isEqualTo("106");
    }

    @Test
    void requests_afterTheFirst_needNoChallenge() throws Exception {
        var camera = camera(new RecordingDevice(), IsapiFeatures.CURRENT);
        camera.capabilities();
        traffic.forget();

        camera.stop();
        camera.position();

        assertThat(traffic.requests()).hasSize(2);
        assertThat(traffic.answers()).extracting(Traffic.Message::title).containsOnly("200");
        assertThat(traffic.lastRequest().headers()).contains("algorithm=SHA-256", "nc=00000004");
    }

    private Traffic.Message lastRequest() {
        return traffic.lastRequest();
    }

    private IsapiCamera camera(RecordingDevice device, IsapiFeatures features) throws IOException {
        var server = IsapiServer.start(
                device, features, DeviceServerConfig.onLoopback(OPERATOR).withFilters(traffic));
        opened.add(server);
        var camera = new IsapiCamera(
                new CameraEndpoint("gate", server.uri(), Optional.of(OPERATOR), Duration.ofSeconds(20)),
                IsapiOptions.of(FULL_SPEED));
        opened.add(camera);
        return camera;
    }
}
