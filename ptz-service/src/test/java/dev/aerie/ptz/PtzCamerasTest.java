package dev.aerie.ptz;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;

import dev.aerie.ExposedMetrics;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.service.metrics.StreamGauges;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// The service over HTTP and WebSocket with two cameras: a simulated one, and one that nobody answers for.
@QuarkusTest
@TestProfile(PtzCamerasTest.TwoCameras.class)
final class PtzCamerasTest {

    @Inject
    StreamGauges<?> gauges;

    public static final class TwoCameras implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ptz.rabbitmq-url", "amqp://127.0.0.1:1",
                    "ptz.detector", "none",
                    "ptz.mode", "hold",
                    "ptz.config", "src/test/resources/camera_settings.json");
        }
    }

    @TestHTTPResource("/ws/ptz/gate?operator=joy")
    URI joystick;

    @Test
    void readiness_oneCameraAway_saysSoOfEach() {
        Eventually.holds("noticed", () -> readiness("camera.yard").startsWith("unreachable"));
        Eventually.holds("ready", () -> readiness("camera.gate").startsWith("ready"));
        when().get("/ptz/cameras").then().statusCode(200).body("camera", hasItem("yard"));
        move("{\"camera\": \"yard\", \"pan_deg\": 5}").statusCode(503).body("detail", containsString("yard"));
        when().get("/ptz/streams/yard-video").then().statusCode(200).body("camera", equalTo("yard"));
        when().get("/ptz/streams/none").then().statusCode(404);
    }

    @Test
    void move_everyKind_isWhereTheCameraIs() {
        move("{\"camera\": \"gate\", \"absolute\": {\"pan_deg\": 30, \"tilt_deg\": -10, \"zoom\": 2}}")
                .statusCode(200)
                .body("outcome", equalTo("sent"), "status.operator", equalTo("operator"));
        awaitPan(30);
        move("{\"camera\": \"gate\", \"operator\": \"ana\", \"pan_deg\": -20, \"zoom\": 2}")
                .statusCode(200)
                .body("status.operator", equalTo("ana"));
        awaitPan(10);
        Eventually.holds("zoom 4", () -> Math.abs(zoom() - 4) < 0.2);

        move("{\"camera\": \"gate\", \"pan_speed\": 20, \"tilt_speed\": 0, \"seconds\": 5}")
                .statusCode(200);
        Eventually.holds("it turns", () -> pan() > 12);
        given().contentType("application/json")
                .body("{\"camera\": \"gate\"}")
                .post("/ptz/stop")
                .then()
                .statusCode(200);
        awaitRest();
    }

    @Test
    void joystick_pageOfAnotherSite_isRefused() {
        try (var http = HttpClient.newHttpClient()) {
            var foreign = http.newWebSocketBuilder()
                    .header("Origin", "https://elsewhere.example")
                    .buildAsync(joystickAddress(), new WebSocket.Listener() {});
            assertThat(foreign)
                    .failsWithin(Duration.ofSeconds(10))
                    .withThrowableThat()
                    .havingRootCause()
                    .withMessageContaining("403");
        }
    }

    @Test
    void presets_savedMovedToAndRemoved_areThoseOfTheCamera() {
        move("{\"camera\": \"gate\", \"absolute\": {\"pan_deg\": -40}}").statusCode(200);
        awaitPan(-40);
        String id = given().contentType("application/json")
                .body("{\"camera\": \"gate\", \"name\": \"door\"}")
                .post("/ptz/presets")
                .then()
                .statusCode(200)
                .body("name", equalTo("door"))
                .extract()
                .path("id");
        move("{\"camera\": \"gate\", \"absolute\": {\"pan_deg\": 0}}").statusCode(200);
        awaitPan(0);
        given().contentType("application/json")
                .body("{\"camera\": \"gate\"}")
                .post("/ptz/presets/" + id + "/goto")
                .then()
                .statusCode(200);
        awaitPan(-40);
        when().delete("/ptz/presets/" + id + "?camera=gate").then().statusCode(204);
        when().get("/ptz/presets?camera=gate").then().statusCode(200).body("id", not(hasItem(id)));
        given().contentType("application/json")
                .body("{\"camera\": \"gate\"}")
                .post("/ptz/presets/" + id + "/goto")
                .then()
                .statusCode(409);
    }

    @Test
    void mode_andTarget_areWhatWasAskedFor() {
        given().contentType("application/json")
                .body("{\"mode\": \"group\"}")
                .put("/ptz/gate/mode")
                .then()
                .statusCode(200)
                .body("mode", equalTo("group"));
        given().contentType("application/json")
                .body("{\"mode\": \"tour\"}")
                .put("/ptz/gate/mode")
                .then()
                .statusCode(400)
                .body("field", equalTo("stops"));
        given().contentType("application/json")
                .body("{\"x\": 0.5, \"y\": 2}")
                .post("/ptz/gate/target")
                .then()
                .statusCode(400)
                .body("field", equalTo("y"));
        given().contentType("application/json")
                .body("{\"x\": 0.5, \"y\": 0.25}")
                .post("/ptz/gate/target")
                .then()
                .statusCode(200)
                .body("mode", equalTo("follow"));
        move("{\"camera\": \"gate\", \"absolute\": {\"zoom\": 0}}")
                .statusCode(400)
                .body("field", equalTo("zoom"));
        move("{\"camera\": \"gate\"}").statusCode(400);
        given().get("/q/metrics").then().body(containsString("aerie_ptz_camera_ready{camera=\"gate\""));
    }

    @Test
    void metrics_areThoseOfTheFile() throws IOException {
        String scraped = given().get("/q/metrics").asString();

        ExposedMetrics.areThoseOf("ptz-service", scraped, gauges.names());
    }

    @Test
    void joystick_closedInMidMove_stopsTheCamera() throws Exception {
        var last = new AtomicReference<>("");
        try (var http = HttpClient.newHttpClient()) {
            WebSocket socket = http.newWebSocketBuilder()
                    .buildAsync(joystickAddress(), new LastMessage(last))
                    .join();
            socket.sendText("{\"pan_speed\": 30, \"tilt_speed\": 0, \"seconds\": 8}", true)
                    .join();
            Eventually.holds("told who is in control", () -> last.get().contains("\"operator\":\"joy\""));
            Eventually.holds("it turns", () -> !isResting());
            socket.sendText("nonsense", true).join();
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "gone").join();
            awaitRest();
            status().body("operator", equalTo(null));
        }
    }

    private URI joystickAddress() {
        return URI.create(joystick.toString().replaceFirst("^http", "ws"));
    }

    private record LastMessage(AtomicReference<String> last) implements WebSocket.Listener {

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean isLast) {
            last.set(data.toString());
            socket.request(1);
            return null;
        }
    }

    private static ValidatableResponse move(String body) {
        return given().contentType("application/json")
                .body(body)
                .post("/ptz/move")
                .then();
    }

    private static ValidatableResponse status() {
        return when().get("/ptz/gate/status").then().statusCode(200);
    }

    private static double pan() {
        Number pan = when().get("/ptz/gate/status").path("position.pan_deg");
        return pan == null ? Double.NaN : pan.doubleValue();
    }

    private static double zoom() {
        Number zoom = when().get("/ptz/gate/status").path("position.zoom");
        return zoom == null ? Double.NaN : zoom.doubleValue();
    }

    private static boolean isResting() {
        Number speed = when().get("/ptz/gate/status").path("velocity.pan_deg_s");
        return speed.doubleValue() == 0;
    }

    private static void awaitPan(double degrees) {
        Eventually.holds("pan " + degrees, () -> Math.abs(pan() - degrees) < 0.5);
    }

    private static void awaitRest() {
        Eventually.holds("at rest", PtzCamerasTest::isResting);
        assertThat(isResting()).isTrue();
    }

    private static String readiness(String key) {
        String words =
                when().get("/q/health/ready").path("checks.find { it.name == 'ptz-service' }.data.'" + key + "'");
        return String.valueOf(words);
    }
}
