package dev.aerie.ptz;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import dev.aerie.EndpointList;
import dev.aerie.GuardedDoors;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The service as it is started, with a broker that is away and no camera.
@QuarkusTest
@TestProfile(PtzServiceTest.BrokerAway.class)
final class PtzServiceTest {

    public static final class BrokerAway implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "ptz.rabbitmq-url", "amqp://127.0.0.1:1",
                    "ptz.detector", "none",
                    "ptz.username", "ops",
                    "ptz.password", "secret");
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
    void readiness_brokerAway_isDown() {
        given().get("/q/health/ready")
                .then()
                .statusCode(503)
                .body("checks.find { it.name == 'ptz-service' }.status", equalTo("DOWN"));
    }

    @Test
    void liveness_brokerAway_isUp() {
        given().get("/q/health/live").then().statusCode(200).body("status", equalTo("UP"));
    }

    @Test
    void anything_withoutCredentials_isRefusedWithAProblem() {
        given().get("/ptz/cameras")
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Basic"));
    }

    @Test
    void commands_noCamera_areProblemsThatSaySo() {
        known().get("/ptz/cameras").then().statusCode(200).body("$", hasSize(0));
        known().get("/ptz/gate/status").then().statusCode(404).body("detail", containsString("PTZ_CONFIG"));
        known().contentType("application/json")
                .body("{\"pan_deg\": 5}")
                .post("/ptz/move")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("field", equalTo("camera"));
    }

    @Test
    void metrics_andOpenApi_areThere() {
        known().get("/q/metrics").then().statusCode(200).body(containsString("aerie_results_published_total"));
        known().get("/q/openapi").then().statusCode(200).body(containsString("/ptz/move"));
    }

    private static RequestSpecification known() {
        return given().auth().preemptive().basic("ops", "secret");
    }
}
