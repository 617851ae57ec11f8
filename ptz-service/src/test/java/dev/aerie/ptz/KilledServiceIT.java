package dev.aerie.ptz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aerie.auth.Credentials;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.messages.testing.PackagedService;
import dev.aerie.ptz.camera.PtzPosition;
import dev.aerie.ptz.device.DeviceServerConfig;
import dev.aerie.ptz.device.isapi.IsapiFeatures;
import dev.aerie.ptz.device.isapi.IsapiServer;
import dev.aerie.ptz.simulated.Personalities;
import dev.aerie.ptz.simulated.SimulatedDevice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The packaged service, killed without a chance to say goodbye, or asked to end, while its camera turns.
final class KilledServiceIT {

    private static final Credentials LOGIN = new Credentials("admin", "secret-7");
    private static final int TURN_SECONDS = 2;
    private static final double SHARE_OF_SPEED = 0.5;

    @TempDir
    private Path folder;

    private final SimulatedDevice device =
            new SimulatedDevice(Personalities.QUICK, PtzPosition.HOME, InstantSource.system(), new Random(3));

    @Test
    void kill_inMidMove_cameraWithATimeOutRestsByItself() throws Exception {
        try (var camera = IsapiServer.start(device, IsapiFeatures.CURRENT, DeviceServerConfig.onLoopback(LOGIN));
                var service = start(camera.uri(), "one.log")) {
            turn(service.uri(), TURN_SECONDS);
            service.kill();

            Eventually.holds("it rests", this::isResting);
            double farthest = device.capabilities().maxSpeed().panDegreesPerSecond() * SHARE_OF_SPEED * TURN_SECONDS;
            assertThat(device.truePosition().panDegrees()).isBetween(1.0, 1.1 * farthest);
        }
    }

    @Test
    void kill_inMidMove_cameraWithoutATimeOutIsStoppedByTheNextStart() throws Exception {
        try (var camera = IsapiServer.start(device, IsapiFeatures.OLD, DeviceServerConfig.onLoopback(LOGIN))) {
            try (var service = start(camera.uri(), "one.log")) {
                turn(service.uri(), 10);
                service.kill();
            }
            assertThat(isResting()).isFalse();
            try (var service = start(camera.uri(), "two.log")) {
                Eventually.holds(() -> "it rests: " + service.printed(), Duration.ofMinutes(1), this::isResting);
            }
        }
    }

    @Test
    void terminate_inMidMove_cameraWithoutATimeOutIsStoppedBeforeTheServiceEnds() throws Exception {
        try (var camera = IsapiServer.start(device, IsapiFeatures.OLD, DeviceServerConfig.onLoopback(LOGIN));
                var service = start(camera.uri(), "one.log")) {
            turn(service.uri(), 10);

            assertThat(service.terminate(Duration.ofMinutes(1)))
                    .as(service.printed())
                    .isTrue();
            Eventually.holds("it rests", this::isResting);
        }
    }

    private PackagedService start(URI camera, String log) throws IOException, InterruptedException {
        Path settings = folder.resolve("camera_settings.json");
        Files.writeString(settings, """
                {"cameras": [{"name": "gate", "driver": "isapi", "url": "%s", "username_env": "CAMERA_USER",
                 "password_env": "CAMERA_PASSWORD", "max_speed": {"pan_deg_s": 40, "tilt_deg_s": 20, "zoom_s": 0.5}}]}
                """.formatted(camera));
        return PackagedService.start(
                Map.of(
                        "PTZ_CONFIG", settings.toString(),
                        "PTZ_DETECTOR", "none",
                        "CAMERA_USER", LOGIN.user(),
                        "CAMERA_PASSWORD", LOGIN.password(),
                        "STREAM_NAME", "gate",
                        "RTSP_PORT", "1",
                        "RABBITMQ_URL", "none"),
                folder.resolve(log));
    }

    private void turn(URI service, int seconds) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(service.resolve("/ptz/move"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"pan_speed\": " + 100 * SHARE_OF_SPEED + ", \"seconds\": " + seconds + "}"))
                    .build();
            var answer = http.send(request, BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        Eventually.holds("it turns", () -> device.trueVelocity().panDegreesPerSecond() > 5);
    }

    private boolean isResting() {
        return Math.abs(device.trueVelocity().panDegreesPerSecond()) < 1e-6;
    }
}
