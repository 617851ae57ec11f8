package dev.aerie.ptz.onvif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.aerie.auth.Credentials;
import dev.aerie.ptz.camera.PtzCapabilities;
import dev.aerie.ptz.camera.PtzCapabilities.Move;
import dev.aerie.ptz.camera.PtzException;
import dev.aerie.ptz.camera.PtzException.Reason;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.camera.PtzPreset;
import dev.aerie.ptz.camera.PtzRange;
import dev.aerie.ptz.camera.PtzRanges;
import dev.aerie.ptz.camera.PtzVelocity;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.RecordingDevice;
import dev.aerie.ptz.device.Traffic;
import dev.aerie.ptz.device.onvif.OnvifFeatures;
import dev.aerie.ptz.device.onvif.OnvifFeatures.Login;
import dev.aerie.ptz.device.onvif.OnvifFeatures.Media;
import dev.aerie.ptz.device.onvif.OnvifServer;
import dev.aerie.ptz.http.CameraEndpoint;
import dev.aerie.settings.cameras.FieldOfView;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The client against our server; what passes between them is compared with the specification's spaces.
final class OnvifCameraTest {

    private static final Credentials OPERATOR = new Credentials("operator", "s3cret: \"word\"");
    private static final PtzVelocity FULL_SPEED = new PtzVelocity(100, 50, 0.5);
    private static final PtzRanges RANGES =
            new PtzRanges(new PtzRange(-170, 170), new PtzRange(-90, 30), new PtzRange(1, 21));
    private static final FieldOfView LENS = FieldOfView.ofWidest(60);
    private static final OnvifFeatures PLAIN = OnvifFeatures.of("gate", URI.create("rtsp://127.0.0.1:8554/gate"));

    private final Traffic traffic = new Traffic();
    private final RecordingDevice device = new RecordingDevice();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    @Test
    void moveAt_genericSpace_sendsSharesAndATimeOut() throws Exception {
        var camera = camera(PLAIN);

        camera.moveAt(new PtzVelocity(25, -10, 0.25), Duration.ofMillis(700));

        assertThat(device.takeCommands()).containsExactly("moveAt 25.000 -10.000 0.250 700 ms");
        assertThat(lastRequest())
                .contains("<tptz:ProfileToken>profile_1</tptz:ProfileToken>")
                .contains(
                        "x=\"0.25\" y=\"-0.2\" space=\"http://www.onvif.org/ver10/tptz/PanTiltSpaces/VelocityGenericSpace\"")
                .contains("<tptz:Timeout>PT0.7S</tptz:Timeout>");
    }

    @Test
    void moveAt_cameraThatCountsInDegrees_isToldDegreesPerSecond() throws Exception {
        var camera = camera(PLAIN.withDegrees());

        camera.moveAt(new PtzVelocity(250, -10, 0), Duration.ofMinutes(10));

        assertThat(device.takeCommands()).containsExactly("moveAt 100.000 -10.000 0.000 60000 ms");
        assertThat(lastRequest()).contains("x=\"100\" y=\"-10\"", "VelocitySpaceDegrees");
    }

    @Test
    void moveAt_zero_stopsEveryAxis() throws Exception {
        camera(PLAIN).moveAt(PtzVelocity.ZERO, Duration.ofSeconds(1));

        assertThat(device.takeCommands()).containsExactly("stop");
        assertThat(lastRequest()).contains("<tptz:PanTilt>true</tptz:PanTilt><tptz:Zoom>true</tptz:Zoom>");
    }

    @Test
    void moveTo_genericSpace_mapsTheRangesOfTheSettings() throws Exception {
        var camera = camera(PLAIN);

        camera.moveTo(new PtzPosition(85, -90, 11));

        assertThat(lastRequest()).contains("x=\"0.5\" y=\"-1\"", "PositionGenericSpace", "<tt:Zoom x=\"0.5\"");
        assertThat(device.takeCommands()).containsExactly("moveTo 85.000 -90.000 11.000");
        assertPosition(camera.position(), 85, -90, 11);
    }

    @Test
    void moveTo_degrees_takesTheCamerasOwnRanges() throws Exception {
        var camera = camera(
                PLAIN.withDegrees(),
                new OnvifOptions(Optional.empty(), Optional.empty(), FULL_SPEED, Optional.empty()));

        camera.moveTo(new PtzPosition(500, -12.5, 1));

        assertThat(lastRequest()).contains("x=\"170\" y=\"-12.5\"", "SphericalPositionSpaceDegrees");
        assertPosition(camera.position(), 170, -12.5, 1);
        assertThat(camera.capabilities().panDegrees()).isEqualTo(new PtzRange(-170, 170));
    }

    @Test
    void moveBy_fieldOfViewSpace_sendsSharesOfTheFrame() throws Exception {
        var camera = camera(PLAIN.withFieldOfView(LENS), optionsWithLens());

        camera.moveBy(15, -5, 1);

        assertThat(lastRequest()).contains("TranslationSpaceFov", "x=\"0.464102\"");
        assertThat(device.takeCommands()).containsExactly("moveBy 15.000 -5.000 1.000");
    }

    @Test
    void moveBy_beyondTheFrame_goesByPosition() throws Exception {
        var camera = camera(PLAIN.withFieldOfView(LENS), optionsWithLens());

        camera.moveBy(100, 0, 1);

        assertThat(lastRequest()).contains("AbsoluteMove");
        assertThat(device.takeCommands()).containsExactly("moveTo 100.000 0.000 1.000");
    }

    @Test
    void moveBy_degreesSpace_sendsDegrees() throws Exception {
        var camera = camera(PLAIN.withDegrees());

        camera.moveBy(100, -5, 2);

        assertThat(lastRequest()).contains("SphericalTranslationSpaceDegrees", "x=\"100\" y=\"-5\"");
        assertThat(device.takeCommands()).containsExactly("moveBy 100.000 -5.000 2.000");
    }

    @Test
    void position_cameraThatDoesNotSay_isUnsupported() throws Exception {
        var silent = new RecordingDevice(new PtzCapabilities(
                EnumSet.of(Move.CONTINUOUS, Move.RELATIVE),
                false,
                RANGES.panDegrees(),
                RANGES.tiltDegrees(),
                RANGES.zoom(),
                FULL_SPEED,
                10));
        var camera = camera(silent, PLAIN, options());

        assertThat(camera.capabilities().reportsPosition()).isFalse();
        assertThat(camera.capabilities().moves()).containsExactlyInAnyOrder(Move.CONTINUOUS, Move.RELATIVE);
        assertRefused(Reason.UNSUPPORTED, camera::position);
        assertRefused(Reason.UNSUPPORTED, () -> camera.moveTo(PtzPosition.HOME));
        camera.moveBy(34, 12, 1);
        assertThat(silent.takeCommands()).containsExactly("moveBy 34.000 12.000 1.000");
    }

    @Test
    void presets_savedVisitedRemoved() throws Exception {
        var camera = camera(PLAIN);
        camera.moveTo(new PtzPosition(40, -20, 3));

        var gate = camera.savePreset("gate & <yard>");
        var same = camera.savePreset("gate & <yard>");
        var next = camera.savePreset("door");

        assertThat(gate).isEqualTo(new PtzPreset("1", "gate & <yard>"));
        assertThat(same).isEqualTo(gate);
        assertThat(camera.presets()).containsExactly(gate, next);
        camera.moveTo(PtzPosition.HOME);
        camera.goToPreset(gate.id());
        assertPosition(camera.position(), 40, -20, 3);
        camera.removePreset(gate.id());
        assertThat(camera.presets()).containsExactly(next);
        assertRefused(Reason.REFUSED, () -> camera.goToPreset("77"));
        assertThat(camera.capabilities().maxPresets()).isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Login.class)
    void call_oneLogin_isFoundAndKept(Login login) throws Exception {
        var camera = camera(PLAIN.withLogins(login));
        camera.capabilities();
        traffic.forget();

        camera.stop();
        camera.position();

        assertThat(traffic.requests()).hasSize(2);
        var last = traffic.lastRequest();
        assertThat(last.body().contains("wsse:UsernameToken")).isEqualTo(login == Login.USERNAME_TOKEN);
        assertThat(last.headers().contains("Digest username=")).isEqualTo(login == Login.HTTP_DIGEST);
    }

    @ParameterizedTest
    @EnumSource(Media.class)
    void capabilities_oneMediaService_isEnough(Media media) throws Exception {
        assertThat(camera(PLAIN.withMedia(media)).capabilities().moves()).containsExactlyInAnyOrder(Move.values());
    }

    @Test
    void capabilities_profileThatIsNotThere_isNamed() throws Exception {
        var camera =
                camera(PLAIN, new OnvifOptions(Optional.of("other"), Optional.empty(), FULL_SPEED, Optional.empty()));

        assertThatThrownBy(camera::capabilities)
                .hasMessage("camera gate: it has no media profile other with a PTZ configuration");
    }

    private String lastRequest() {
        return traffic.lastRequest().body();
    }

    private static void assertPosition(PtzPosition position, double pan, double tilt, double zoom) {
        assertThat(position.panDegrees()).isCloseTo(pan, within(1e-3));
        assertThat(position.tiltDegrees()).isCloseTo(tilt, within(1e-3));
        assertThat(position.zoom()).isCloseTo(zoom, within(1e-3));
    }

    private static void assertRefused(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        PtzException.class, e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private static OnvifOptions options() {
        return new OnvifOptions(Optional.empty(), Optional.of(RANGES), FULL_SPEED, Optional.empty());
    }

    private static OnvifOptions optionsWithLens() {
        return new OnvifOptions(Optional.empty(), Optional.of(RANGES), FULL_SPEED, Optional.of(LENS));
    }

    private OnvifCamera camera(OnvifFeatures features) throws IOException {
        return camera(features, options());
    }

    private OnvifCamera camera(OnvifFeatures features, OnvifOptions options) throws IOException {
        return camera(device, features, options);
    }

    private OnvifCamera camera(RecordingDevice motors, OnvifFeatures features, OnvifOptions options)
            throws IOException {
        var server = OnvifServer.start(
                motors, features, DeviceServerConfig.onLoopback(OPERATOR).withFilters(traffic));
        opened.add(server);
        var camera = new OnvifCamera(
                new CameraEndpoint("gate", server.uri(), Optional.of(OPERATOR), Duration.ofSeconds(20)),
                options,
                InstantSource.system());
        opened.add(camera);
        return camera;
    }
}
