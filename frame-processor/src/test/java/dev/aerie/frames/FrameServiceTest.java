package dev.aerie.frames;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.aerie.EndpointList;
import dev.aerie.ExposedMetrics;
import dev.aerie.GuardedDoors;
import dev.aerie.service.metrics.StreamGauges;
import dev.aerie.service.stage.FrameStages;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The service as it is started, with a broker that is away: the port of the URL is one that nobody listens
/// on.
@QuarkusTest
@TestProfile(FrameServiceTest.BrokerAway.class)
final class FrameServiceTest {

    @Inject
    StreamGauges<?> gauges;

    /// Made with the pipeline, which other tests of this module replace.
    @Inject
    FrameStages stages;

    public static final class BrokerAway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "frames.rabbitmq-url", "amqp://127.0.0.1:1",
                    "frames.username", "ops",
                    "frames.password", "secret",
                    "frames.tracker-type", "bilateral",
                    "frames.detector", "motion",
                    "frames.worker-stats-file", "target/worker_stats.json");
        }
    }

    @Test
    void endpoints_allOfThem_haveARole() throws IOException {
        EndpointList.isComplete(RestAssured.port, "ops:secret");
    }

    @Test
    void doors_forPagesOfOtherSites_areShut() throws IOException {
        GuardedDoors.areShutAt(RestAssured.port);
    }

    @Test
    void readiness_brokerAway_isDownAndReportsWhatRuns() {
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("status", equalTo("DOWN"))
                .body("checks.find { it.name == 'frame-processor' }.data.detector", equalTo("motion"))
                .body("checks.find { it.name == 'frame-processor' }.data.tracker", equalTo("bilateral"));
    }

    @Test
    void liveness_brokerAway_isUp() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
        given().get("/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void anything_withoutCredentials_isRefusedWithAProblem() {
        given().get("/api/streams/drone/objects")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Basic"));
    }

    @Test
    void objects_unknownStream_isAProblemThatNamesIt() {
        known().get("/api/streams/drone/objects")
                .then()
                .statusCode(404)
                .contentType("application/problem+json")
                .body("detail", containsString("drone"));
    }

    @Test
    void fps_brokenJson_isAProblem() {
        known().contentType("application/json")
                .body("{\"fps\": ")
                .put("/api/streams/drone/fps")
                .then()
                .statusCode(400)
                .contentType("application/problem+json");
    }

    @Test
    void metrics_andOpenApi_areThere() {
        known().get("/q/metrics").then().statusCode(200).body(containsString("aerie_results_published_total"));
        known().get("/q/openapi").then().statusCode(200).body(containsString("/api/streams/{stream}/objects"));
    }

    @Test
    void metrics_areThoseOfTheFile() throws IOException {
        String scraped = known().get("/q/metrics").asString();

        ExposedMetrics.areThoseOf("frame-processor", scraped, gauges.names());
    }

    private static RequestSpecification known() {
        return given().auth().preemptive().basic("ops", "secret");
    }
}
