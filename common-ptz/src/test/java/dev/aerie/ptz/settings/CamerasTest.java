package dev.aerie.ptz.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aerie.auth.Credentials;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.RecordingDevice;
import dev.aerie.ptz.device.isapi.IsapiFeatures;
import dev.aerie.ptz.device.isapi.IsapiServer;
import dev.aerie.ptz.device.onvif.OnvifFeatures;
import dev.aerie.ptz.device.onvif.OnvifServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From a file and the environment to a camera that moves.
final class CamerasTest {

    private static final Credentials OPERATOR = new Credentials("operator", "s3cret");
    private static final Map<String, String> ENVIRONMENT = Map.of("GATE_USER", "operator", "GATE_PASSWORD", "s3cret");

    @TempDir
    Path folder;

    @Test
    void open_isapi_movesTheCamera() throws Exception {
        var device = new RecordingDevice();
        try (var server = IsapiServer.start(device, IsapiFeatures.CURRENT, DeviceServerConfig.onLoopback(OPERATOR))) {
            move("isapi", server.uri());
        }
        assertThat(device.takeCommands()).startsWith("moveTo 10.000 -20.000 2.000");
    }

    @Test
    void open_onvif_movesTheCamera() throws Exception {
        var device = new RecordingDevice();
        var features = OnvifFeatures.of("gate", URI.create("rtsp://127.0.0.1:8554/gate"));
        try (var server = OnvifServer.start(device, features, DeviceServerConfig.onLoopback(OPERATOR))) {
            move("onvif", server.uri());
        }
        assertThat(device.takeCommands()).startsWith("moveTo 10.000 -20.000 2.000");
    }

    @Test
    void open_variableNotSet_namesIt() throws Exception {
        var gate = settings("'driver': 'onvif', 'url': 'http://127.0.0.1:1', 'username_env': 'GATE_USER',"
                + " 'password_env': 'GATE_PASSWORD'");

        assertThatThrownBy(() ->
                        Cameras.open(gate, Map.of("GATE_USER", "operator")).close())
                .hasMessage("camera gate: GATE_PASSWORD, named by password_env, is not set");
    }

    @Test
    void open_simulated_hasThePersonalityOfTheFile() throws Exception {
        var silent = settings("'driver': 'simulated', 'personality': 'no_position'");
        var unknown = settings("'driver': 'simulated', 'personality': 'moody'");

        try (var camera = Cameras.open(silent, Map.of())) {
            assertThat(camera.capabilities().reportsPosition()).isFalse();
        }
        assertThatThrownBy(() -> Cameras.open(unknown, Map.of()).close())
                .hasMessageContaining("personality is \"moody\", allowed: ")
                .hasMessageContaining("typical");
    }

    private void move(String driver, URI url) throws Exception {
        var gate = settings("'driver': '" + driver + "', 'url': '" + url + "', 'username_env': 'GATE_USER',"
                + " 'password_env': 'GATE_PASSWORD', 'timeout_seconds': 20, 'pan_range_degrees': [-170, 170],"
                + " 'tilt_range_degrees': [-90, 30], 'zoom_range': [1, 21]");
        try (var camera = Cameras.open(gate, ENVIRONMENT)) {
            camera.moveTo(new PtzPosition(10, -20, 2));
        }
    }

    private CameraSettings settings(String fields) throws IOException {
        String json = ("[{'name': 'gate', " + fields + "}]").replace('\'', '"');
        return SiteSettings.read(Files.writeString(folder.resolve("camera_settings.json"), json))
                .cameras()
                .getFirst();
    }
}
