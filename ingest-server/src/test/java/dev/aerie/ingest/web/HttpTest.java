package dev.aerie.ingest.web;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.aerie.EndpointList;
import dev.aerie.ExposedMetrics;
import dev.aerie.GuardedDoors;
import dev.aerie.messages.testing.Eventually;
import dev.aerie.natives.NativeLibraries;
import dev.aerie.rtsp.ffmpeg.FfmpegLibraries;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

@QuarkusTest
final class HttpTest {

    /// As the service does where it starts: a source that is stopped while its thread loads them leaves them unusable.
    @BeforeAll
    static void loadLibraries() {
        assertThat(NativeLibraries.of(FfmpegLibraries.VIDEO).load()).isEmpty();
    }

    @Test
    void endpoints_allOfThem_haveARole() throws IOException {
        EndpointList.isComplete(
                RestAssured.port,
                "nobody:",
                "GET /",
                "GET /index.html",
                "GET /login.html",
                "GET /js/login.js",
                "GET /js/dom.js",
                "GET /js/requests.js",
                "GET /recordings.html",
                "GET /alerts.html",
                "GET /sources.html",
                "GET /wall.html",
                "GET /send",
                "GET /send.html",
                "GET /hls/{stream}/{file}",
                "GET /hls/{stream}/overlay/{file}",
                "GET /icon.svg",
                "GET /favicon.ico",
                "GET /css/**",
                "GET /js/**",
                "GET /ptz/**",
                "POST /ptz/**",
                "PUT /ptz/**",
                "DELETE /ptz/**",
                "GET /archive/api/**",
                "PUT /archive/api/**",
                "POST /archive/api/**",
                "DELETE /archive/api/**");
    }

    @Test
    void doors_forPagesOfOtherSites_areShut() throws IOException {
        GuardedDoors.areShutAt(RestAssured.port);
    }

    @Test
    void health_besideSlowBodies_isAnswered() throws IOException {
        GuardedDoors.answerHealthBesideSlowBodies(RestAssured.port, "/prompt");
    }

    @Test
    void putStream_testPattern_isLiveThenGone() {
        given().contentType("application/json")
                .body("{\"type\":\"test\",\"width\":128,\"height\":96,\"fps\":25}")
                .put("/api/streams/card")
                .then()
                .statusCode(200)
                .body("stream", equalTo("card"), "source_type", equalTo("test"));
        Eventually.holds(
                "live", () -> "live".equals(when().get("/api/streams/card").path("state")));
        when().get("/api/streams/card")
                .then()
                .body("width", equalTo(128), "height", equalTo(96), "source_state", equalTo("running"))
                .body("rtsp_url", matchesPattern("rtsp://127\\.0\\.0\\.1:\\d+/card"))
                .body("session", matchesPattern("[0-9A-Z]{26}"));
        when().get("/api/streams").then().body("streams.stream", hasItem("card"));
        when().delete("/api/streams/card").then().statusCode(204);
        when().get("/api/streams/card").then().body("state", equalTo("ended"), "end_cause", containsString("stopped"));
    }

    @Test
    void putStreams_several_addsEach() {
        given().contentType("application/json")
                .body(
                        "{\"one\":{\"type\":\"test\",\"width\":64,\"height\":64},\"two\":{\"type\":\"test\",\"width\":64,\"height\":64}}")
                .put("/api/streams")
                .then()
                .statusCode(200)
                .body("streams.stream", hasItem("one"))
                .body("streams.stream", hasItem("two"));
        when().delete("/api/streams/one").then().statusCode(204);
        when().delete("/api/streams/two").then().statusCode(204);
    }

    @Test
    void putStream_pathWithANul_isRefusedAndNothingRuns() {
        given().contentType("application/json")
                .body("{\"type\":\"file\",\"path\":\"/tmp/a\\u0000b\"}")
                .put("/api/streams/nul")
                .then()
                .statusCode(400)
                .body("field", equalTo("path"), "expected", containsString("path of a video file"));
        when().get("/api/streams/nul").then().statusCode(404);
        when().get("/q/health/live").then().statusCode(200);
    }

    @Test
    void putStream_sourceThatFails_isSaidAndLivenessStays() {
        given().contentType("application/json")
                .body("{\"type\":\"file\",\"path\":\"/nowhere/at/all.mp4\"}")
                .put("/api/streams/nowhere")
                .then()
                .statusCode(200);
        Eventually.holds(
                "retrying",
                () -> "retrying".equals(when().get("/api/streams/nowhere").path("source_state")));
        when().get("/q/health/live").then().statusCode(200);
        when().get("/q/health/ready")
                .then()
                .body(containsString("source nowhere"), containsString("there is no file /nowhere/at/all.mp4"));
        when().delete("/api/streams/nowhere").then().statusCode(204);
    }

    @Test
    void metrics_tellRefusedClocksByDoor() {
        when().get("/q/metrics")
                .then()
                .body(
                        containsString("aerie_clock_refused_total{door=\"frame_time\""),
                        containsString("door=\"telemetry\""));
    }

    @Test
    void putStream_wrongField_isNamedWithoutItsValue() {
        given().contentType("application/json")
                .body("{\"type\":\"rtsp\",\"urls\":[\"http://user:hunter2@camera/\"]}")
                .put("/api/streams/cam")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("urls"), "expected", startsWith("rtsp://"), "status", equalTo(400))
                .body(not(containsString("hunter2")));
    }

    @Test
    void putStream_wrongType_wrongNumber_noJson_areNamed() {
        problemOfPut("{\"type\":\"carrier-pigeon\"}", "type");
        problemOfPut("{\"type\":\"test\",\"fps\":\"many\"}", "fps");
        problemOfPut("{\"type\":\"test\",\"width\":63}", "width");
        problemOfPut("{", "body");
        problemOfPut("", "body");
    }

    @Test
    void putStream_passwordInUrl_isNeverShown() {
        given().contentType("application/json")
                .body("{\"type\":\"rtsp\",\"urls\":[\"rtsp://user:hun/t@er2@127.0.0.1:1/x?token=abc\"]}")
                .put("/api/streams/secret");
        given().contentType("application/json")
                .body("{\"type\":\"rtsp\",\"urls\":[\"rtsp://user:hunter2@127.0.0.1:1/x?token=abc\"]}")
                .put("/api/streams/secret")
                .then()
                .statusCode(200);
        var shown = Eventually.gives(
                "an error", () -> when().get("/api/streams/secret").asString(), body -> body.contains("last_error"));
        assertThat(shown).doesNotContain("hunter2", "token=abc");
        when().delete("/api/streams/secret").then().statusCode(204);
    }

    @Test
    void unknownStream_unknownPath_wrongMethod_areProblems() {
        when().get("/api/streams/nobody")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("nobody"));
        when().delete("/api/streams/nobody").then().statusCode(404).contentType("application/problem+json");
        when().post("/api/time").then().statusCode(405).contentType("application/problem+json");
        given().contentType("text/plain")
                .body("x")
                .put("/api/streams/x")
                .then()
                .statusCode(415)
                .contentType("application/problem+json");
    }

    @Test
    void stopAndStart_ofASource_actOnIt() {
        given().contentType("application/json")
                .body("{\"type\":\"test\",\"width\":64,\"height\":64}")
                .put("/api/streams/pausing");
        given().contentType("application/json")
                .body("{\"stream\":\"pausing\"}")
                .post("/stop")
                .then()
                .statusCode(200)
                .body("streams", hasItem("pausing"));
        when().get("/api/streams/pausing").then().body("source_state", equalTo("stopped"));
        given().contentType("application/json")
                .body("{\"stream\":\"pausing\"}")
                .post("/start")
                .then()
                .statusCode(200);
        Eventually.holds(
                "running",
                () -> "running".equals(when().get("/api/streams/pausing").path("source_state")));
        given().contentType("application/json")
                .body("{\"stream\":\"nobody\"}")
                .post("/start")
                .then()
                .statusCode(404);
        when().delete("/api/streams/pausing").then().statusCode(204);
    }

    @Test
    void mapOfASlamService_withoutOne_saysHowToSetIt() {
        when().get("/api/slam/drone/map").then().statusCode(503).body("detail", containsString("SLAM_SERVICE_URL"));
        when().get("/api/slam/Not%20a%20name/map").then().statusCode(400);
    }

    @Test
    void commandsForAFrameProcessor_withoutOne_sayHowToSetIt() {
        for (String command : new String[] {"/prompt", "/mode", "/fps", "/strategy"}) {
            given().contentType("application/json")
                    .body("{}")
                    .post(command)
                    .then()
                    .statusCode(503)
                    .contentType("application/problem+json")
                    .body("detail", containsString("FRAME_PROCESSOR_URL"));
        }
        for (String path : new String[] {"perception", "objects/3/crop"}) {
            when().get("/api/streams/drone/" + path)
                    .then()
                    .statusCode(503)
                    .body("detail", containsString("FRAME_PROCESSOR_URL"));
        }
        when().delete("/prompt/drone/3").then().statusCode(503).body("detail", containsString("FRAME_PROCESSOR_URL"));
        when().delete("/prompt/Not%20a%20name/3").then().statusCode(400);
    }

    @Test
    void alertRules_putListRemove_wrongOnesAreNamed() {
        String gate = "{\"labels\":[\"person\"],\"zone\":[[0,0],[1,0],[0.5,1]],\"dwell_s\":3}";
        given().contentType("application/json")
                .body(gate)
                .put("/api/alerts/rules/gate")
                .then()
                .statusCode(200)
                .body("name", equalTo("gate"), "dwell_s", equalTo(3.0f), "zone[2][1]", equalTo(1.0f));
        when().get("/api/alerts/rules")
                .then()
                .body("rules.name", hasItem("gate"), "rules[0].labels[0]", equalTo("person"));
        when().get("/api/alerts?stream=drone").then().statusCode(200).body("alerts.size()", equalTo(0));
        given().contentType("application/json")
                .body("{\"dwell_s\":-1}")
                .put("/api/alerts/rules/gate")
                .then()
                .statusCode(400)
                .body("field", equalTo("dwell_s"));
        given().contentType("application/json")
                .body("{\"zone\":[[0,0],[3,0],[0.5,1]]}")
                .put("/api/alerts/rules/gate")
                .then()
                .statusCode(400)
                .body("field", equalTo("zone"));
        given().contentType("application/json")
                .body("{}")
                .put("/api/alerts/rules/No")
                .then()
                .statusCode(400);
        when().delete("/api/alerts/rules/gate").then().statusCode(204);
        when().delete("/api/alerts/rules/gate").then().statusCode(404);
    }

    @Test
    void restart_withoutABroker_isUnavailable_andRefusesAnUnknownService() {
        given().contentType("application/json")
                .body("{\"service\":\"slam-service\"}")
                .post("/api/streams/drone/restart")
                .then()
                .statusCode(503)
                .contentType("application/problem+json")
                .body("detail", containsString("broker"));
        given().contentType("application/json")
                .body("{\"service\":\"teapot\"}")
                .post("/api/streams/drone/restart")
                .then()
                .statusCode(400)
                .body("field", equalTo("service"), "expected", containsString("frame-processor"));
    }

    @Test
    void status_hasTheFieldsOfTheContract() {
        when().get("/rtsp/status")
                .then()
                .statusCode(200)
                .body("rtsp_running", equalTo(true), "thread_alive", equalTo(true), "queue_size", equalTo(0))
                .body("rtsp_url", matchesPattern("rtsp://127\\.0\\.0\\.1:\\d+/drone"), "relay", equalTo("built-in"));
    }

    @Test
    void time_withoutAServer_givesTheReason() {
        when().get("/api/time")
                .then()
                .statusCode(200)
                .body("unix_time_ns", greaterThan(1_700_000_000_000_000_000L))
                .body("ntp_error", containsString("NTP_SERVER"));
    }

    @Test
    void health_withoutABroker_isAliveAndNotReady() {
        when().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        when().get("/q/health/ready").then().statusCode(503).body("status", equalTo("DOWN"));
    }

    @Test
    void metrics_areThoseOfTheFile() throws IOException {
        ExposedMetrics.areThoseOf("ingest-server", when().get("/q/metrics").asString(), List.of());
    }

    @Test
    void metricsAndOpenApi_areThere() {
        when().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("aerie_frames_in_total"), containsString("aerie_frames_relayed_total"))
                .body(containsString("aerie_broker_connected 0.0"), containsString("aerie_ntp_offset_seconds NaN"));
        when().get("/q/openapi").then().statusCode(200).body(containsString("/api/streams"));
    }

    private static void problemOfPut(String body, String field) {
        given().contentType("application/json")
                .body(body)
                .put("/api/streams/wrong")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo(field));
    }
}
